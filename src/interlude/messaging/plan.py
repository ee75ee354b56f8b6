"""The plan for the week as a client sees it: marks, a sentence, and their own usual week. Nobody else's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.core.policy import Policy
from interlude.messaging.seen import ME, ids_of, seen_by
from interlude.practice.models import Participant
from interlude.practice.prepared import Prepared

PLACES = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"), _("sixth"), _("seventh"), _("eighth"))
MOST_MARKS = 10
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """How many messages a week two people planned, and how many were written."""

    limit: int
    used: int

    @property
    def marks(self) -> list[str]:
        """One class for each message of the plan; none where that would be a picture of a crowd."""
        if max(self.limit, self.used) > MOST_MARKS:
            return []
        return ["is-written"] * self.used + [""] * (self.limit - self.used)

    @property
    def marks_with_this(self) -> list[str]:
        """The same, with the message that is being written: the next of the plan, or beside it."""
        if max(self.limit, self.used) > MOST_MARKS:
            return []
        this = "is-kept" if self.is_full else "is-now"
        return ["is-written"] * self.used + [this] + [""] * (self.limit - self.used - 1)

    @property
    def place(self) -> str | Later:
        """Which of the week this is: `second`; a number from the ninth on."""
        return PLACES[self.used] if self.used < len(PLACES) else str(self.used + 1)

    @property
    def in_words(self) -> bool:
        """Whether `place` is a word; else the sentence names a number."""
        return self.used < len(PLACES)

    @property
    def is_full(self) -> bool:
        return self.used >= self.limit


def plan_of(policy: Policy, used: int) -> Plan | None:
    """The plan of this agreement; None where it sets no number of messages."""
    return Plan(policy.messages_per_week, used) if policy.messages_per_week else None


@dataclass(frozen=True, slots=True)
class Usual:
    """From how many to how many messages most of this client's own weeks had."""

    low: int
    high: int


def usual_week(participant: Participant, now: datetime) -> Usual | None:
    """What most of the last eight whole weeks had; None before four whole weeks have passed. One query.

    It looks at this client's own weeks only (law 8), and says nothing of much or little.
    """
    client = participant.client
    zone = client.clinician.time_zone()
    local = now.astimezone(zone)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    whole = min(WEEKS, (monday.date() - client.began_on).days // 7)
    if whole < WEEKS // 2:
        return None
    sent = (
        at.astimezone(zone) for at in counted(participant, monday - timedelta(weeks=whole)) if at < monday
    )
    weeks = Counter((monday.date() - at.date() - timedelta(days=1)).days // 7 for at in sent)
    counts = sorted(weeks[week] for week in range(whole))
    return Usual(counts[whole // 4], counts[(3 * whole - 1) // 4])


def counted(participant: Participant, since: datetime) -> list[datetime]:
    """When the messages were sent since then that count towards the plan, of those this person can see."""
    if not participant.reads_messages:
        return []
    return _COUNTED(**ids_of(participant), since=since)


_COUNTED: Prepared[datetime] = Prepared(
    lambda since, **me: seen_by(**me).in_plan_since(since).order_by().values_list("sent_at", flat=True),
    **ME,
    since=models.DateTimeField(),
)
