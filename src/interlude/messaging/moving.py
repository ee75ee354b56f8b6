"""Who answers when a client asks about a session's time, by when, and what the agreement says of cancelling."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from interlude.agreements.course import course_of
from interlude.appointments.models import Session
from interlude.core.cancelling import Cancelling, cancelling
from interlude.core.errors import BadHours
from interlude.core.policy import Topic
from interlude.core.promises import reply_due
from interlude.core.terms import LateCancel
from interlude.messaging.actions import Ground
from interlude.messaging.asking import desk_due, is_asked_here
from interlude.practice.models import Client


@dataclass(frozen=True, slots=True)
class Answers:
    """Who it is as agreed, and by when; *due* None where no date can be counted."""

    to: str
    due: datetime | None


def who_answers(ground: Ground, topic: str = Topic.SCHEDULE) -> Answers:
    """The front desk or the therapist, as the agreement sends that topic, with the date that each promises. R-276."""
    if is_asked_here(ground, topic):
        return Answers(Session.To.DESK, desk_due(ground))
    due = None
    with suppress(BadHours):
        promise, checks = ground.policy.promise, ground.policy.checks()
        due = reply_due(promise, sent=ground.now, calendar=ground.calendar, checks=checks)
    return Answers(Session.To.CLINICIAN, due)


def cancelling_of(session: Session, now: datetime) -> Cancelling:
    """What cancelling it means now, by the agreement in force; free where none is. Rule: R-271."""
    return cancelling(_agreed(session.client, now), starts_at=session.starts_at, now=now)


def _agreed(client: Client, now: datetime) -> LateCancel | None:
    agreement = course_of(client, now).in_force
    if agreement is None:
        return None
    return agreement.rules(client.clinician.date_at(now)).policy.late_cancel
