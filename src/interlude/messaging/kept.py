"""The dates that were given to one client, and what became of them: one record, the same for both. Rule: R-252."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from interlude.messaging.models import Message, MessageQuerySet, PromiseMove, Reply
from interlude.practice.models import Client, Clinician, Participant

LOOKED_BACK = timedelta(days=90)
LAST = 5
"""Dates that stand beside a message and before a session."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One date that was given. *heard_at*: when an answer arrived, or None; *state*: kept, moved, late, waiting."""

    message: Message
    due: datetime
    heard_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Three months of dates, the newest first."""

    since: datetime
    rows: list[Promised]

    def of(self, state: str) -> int:
        return sum(1 for one in self.rows if one.state == state)

    @property
    def kept(self) -> int:
        """Heard by the date, whether it had moved openly before or not."""
        return self.of("kept") + self.of("moved")

    @property
    def moved(self) -> int:
        return self.of("moved")

    @property
    def late(self) -> int:
        return self.of("late")

    @property
    def waiting(self) -> int:
        return self.of("waiting")

    @property
    def settled(self) -> int:
        return self.kept + self.late


def kept_record(client: Client, person: Participant | Clinician, *, now: datetime) -> KeptRecord:
    """By what arrived and by the clock: nothing that somebody did on a screen is in it (law 4). One query.

    Of several people each reads the dates of what they can read.
    """
    since = now - LOOKED_BACK
    rows = _dates_of(client, person, now).filter(sent_at__gte=since, reply_due__gte=since)
    return KeptRecord(since, [_promised(one, now) for one in rows.order_by("-sent_at")[:200]])


def last_dates(client: Client, *, clinician: Clinician, now: datetime) -> list[Promised]:
    """The newest first; dates that lie ahead and wait are not among them. One query."""
    settled = Q(heard_at__isnull=False) | Q(reply_due__lt=now)
    rows = _dates_of(client, clinician, now).filter(settled).order_by("-reply_due", "-sent_at")
    return [_promised(one, now) for one in rows[:LAST]]


def _dates_of(client: Client, person: Participant | Clinician, now: datetime) -> MessageQuerySet:
    """What had a date, with what became of it: `heard_at`, `was_moved`, and `given_late` for a repair."""
    arrived = Reply.unscoped.arrived(now).closing().filter(message=OuterRef("pk"))
    moves = PromiseMove.objects.filter(message=OuterRef("pk"))
    rows = Message.objects.visible_to(person, at=now).filter(client=client, taken_back_at=None)
    return (
        rows.filter(reply_due__isnull=False)
        .defer("sealed")
        .annotate(
            heard_at=Subquery(arrived.order_by("leaves_at").values("leaves_at")[:1]),
            was_moved=Exists(moves),
            given_late=Exists(moves.filter(reason=PromiseMove.Reason.REPAIR)),
        )
    )


def _promised(message: Any, now: datetime) -> Promised:
    """*message*: a row of `_dates_of`."""
    heard: datetime | None = message.heard_at
    if message.given_late or (heard or now) > message.reply_due:
        state = "late"
    elif heard is None:
        state = "waiting"
    else:
        state = "moved" if message.was_moved else "kept"
    return Promised(message, message.reply_due, heard, state)
