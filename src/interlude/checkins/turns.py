"""Whose turn it is: the check-in that is due for one person, the next one, and when what they say is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interlude.agreements.actions import part_in, version_held
from interlude.agreements.models import Agreement
from interlude.appointments.actions import next_session
from interlude.boundaries.calendars import calendar_of
from interlude.boundaries.windows import window_of
from interlude.checkins.models import CheckIn
from interlude.core.checkins import BEFORE_SESSION, due_on, next_on
from interlude.core.errors import NeverOpen
from interlude.core.policy import Policy
from interlude.practice.models import Client, Clinician, Participant

LOOKED_BACK = timedelta(days=28)  # further back no answer closes a turn


@dataclass(frozen=True, slots=True)
class Turn:
    """*due*: the first day of what is due now; *mine*: what this person gave or laid aside in these days."""

    due: date | None = None
    next_on: date | None = None
    mine: CheckIn | None = None

    @property
    def current(self) -> CheckIn | None:
        """One's own answers that can still be looked at as the newest."""
        return self.mine if self.mine is not None and self.mine.sealed is not None else None


@dataclass(frozen=True, slots=True)
class Frame:
    """What turns are counted from: since when the agreement holds, and its rules of today."""

    agreement: Agreement
    start: date
    now: datetime
    policy: Policy

    @property
    def client(self) -> Client:
        return self.agreement.client

    @property
    def today(self) -> date:
        return self.client.clinician.date_at(self.now)


def frame_of(
    client: Client, now: datetime, *, held: Agreement | None = None, policy: Policy | None = None
) -> Frame | None:
    """None where no messages are open: nothing accepted, none in this care, too young, or ended."""
    today = client.clinician.date_at(now)
    agreement = held or version_held(client, now)
    if agreement is None or client.has_ended(now):
        return None
    agreement.client = client  # the one at hand, so that it is not asked for again
    rules = policy or agreement.rules(today).policy
    age = client.age(today)
    if rules.messages == "none" or (age is not None and age < rules.minimum_age):
        return None
    return Frame(agreement, began_on(agreement), now, rules)


def began_on(agreement: Agreement) -> date:
    """The day from which the weeks count."""
    began = agreement.accepted_at or agreement.published_at  # what only gives holds before its yes
    return agreement.client.clinician.date_at(began)


def turn_of(frame: Frame | None, *, by: Participant | Clinician, part: str = "") -> Turn:
    """Where one person stands; two queries, one where it is known how they stand to the version (*part*).

    A guardian has no turn, nor has who is not in the version that holds (R-137).
    """
    if frame is None or (isinstance(by, Participant) and not _is_asked(frame, by, part)):
        return Turn()
    lately = CheckIn.unscoped.filter(client=frame.client, due_on__gt=frame.today - LOOKED_BACK)
    own = list(lately.by(by))
    earlier = [one.due_on for one in own]
    review, start, today = frame.policy.review, frame.start, frame.today
    asked = due_on(review, start=start, today=today)
    return Turn(
        due_on(review, start=start, today=today, earlier=earlier),
        next_on(review, start=start, today=today, earlier=earlier),
        next((one for one in own if one.due_on == asked), None),
    )


def _is_asked(frame: Frame, by: Participant, part: str) -> bool:
    return by.reads_messages and (part or part_in(frame.agreement, by, frame.now)) == "in"


def handed_at(frame: Frame, *, by: Participant | Clinician, now: datetime) -> datetime:
    """A client's answers are handed over as the next window opens, a clinician's leave in working hours.

    The session does not wait for either. Rules: R-123, R-124.
    """
    session = next_session(frame.client, now)
    if isinstance(by, Clinician):
        hands = leaves_at(frame.policy, by=by, now=now)
    else:
        hands = _next_window(frame, now) or (session.starts_at if session else now)
    before = session.starts_at - BEFORE_SESSION if session else hands
    return max(now, min(hands, before))


def leaves_at(policy: Policy, *, by: Clinician, now: datetime) -> datetime:
    """When words of a clinician go out: at the next open moment, as answers do. Rule: R-124."""
    if policy.replies_leave == "at_once":
        return now
    try:
        return calendar_of(by, policy).next_open(now)
    except NeverOpen:
        return now


def leaves_to(client: Client, *, by: Clinician, now: datetime) -> datetime:
    """The same, by the agreement with this client; by the clinician's own rules where there is none. R-124."""
    frame = frame_of(client, now)
    return leaves_at(frame.policy if frame else window_of(by, now).policy, by=by, now=now)


def _next_window(frame: Frame, now: datetime) -> datetime | None:
    try:
        return frame.policy.checks().next_after(now, calendar_of(frame.client.clinician, frame.policy))
    except NeverOpen:
        return None
