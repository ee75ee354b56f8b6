"""Watching the dates that were given: what is due, what is late, and moving a date openly before it passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from interlude.audit.record import record
from interlude.boundaries.actions import go_away
from interlude.boundaries.calendars import calendar_of
from interlude.boundaries.models import Absence
from interlude.core.errors import NeverOpen
from interlude.core.promises import read_at, reply_due
from interlude.messaging.models import Message, PromiseMove
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Clinician, Participant


@dataclass(frozen=True, slots=True)
class Watch:
    """The promises of one clinician that need a thought, by when they are due."""

    late: list[Message]
    before_next_window: list[Message]
    later: list[Message]


def promise_watch(clinician: Clinician, *, now: datetime, next_window: datetime | None) -> Watch:
    """What is late, what falls due before the next window opens, and what has time. Dates only, no words."""
    rows = Message.objects.visible_to(clinician, at=now).waiting().filter(reply_due__isnull=False)
    open_ones = list(rows.select_related("client", "participant").order_by("reply_due", "id")[:500])
    late = [one for one in open_ones if _due(one) < now]
    soon = [one for one in open_ones if now <= _due(one) and (next_window is None or _due(one) <= next_window)]
    return Watch(late, soon, [one for one in open_ones if one not in late and one not in soon])


def _due(message: Message) -> datetime:
    assert message.reply_due is not None
    return message.reply_due


@transaction.atomic
def take_time_away(
    *, clinician: Clinician, starts_at: datetime, ends_at: datetime, by: models.Model | None, now: datetime
) -> tuple[Absence, int]:
    """Set time away and move, openly and at once, every promise that it would break. Returns how many moved."""
    absence = go_away(clinician=clinician, starts_at=starts_at, ends_at=ends_at, by=by, now=now)
    reason = PromiseMove.Reason.TIME_AWAY
    return absence, move_promises(clinician=clinician, reason=reason, by=by, now=now)


@transaction.atomic
def move_promises(*, clinician: Clinician, reason: str, by: models.Model | None, now: datetime) -> int:
    """Count every open promise again on the calendar of today; a later date is told, a sooner one is not needed.

    Rules are those of the message's own agreement; only days closed and time away can have changed (law 3).
    """
    moved = 0
    open_ones = Message.unscoped.filter(
        clinician=clinician, resolved_at=None, taken_back_at=None, reply_due__gt=now
    ).select_related("agreement", "client")
    for message in open_ones:
        due = _due_today(message, clinician)
        if due is not None and due > _due(message):
            _move(message, to=due, reason=reason, by=by, now=now)
            moved += 1
    return moved


def _due_today(message: Message, clinician: Clinician) -> datetime | None:
    policy = message.agreement.rules(message.sent_at.astimezone(clinician.time_zone()).date()).policy
    calendar = calendar_of(clinician, policy)
    try:
        return reply_due(policy.promise, sent=message.sent_at, calendar=calendar, checks=policy.checks())
    except NeverOpen:
        return None


def _move(message: Message, *, to: datetime, reason: str, by: models.Model | None, now: datetime) -> None:
    PromiseMove.objects.create(message=message, from_due=_due(message), to_due=to, reason=reason, moved_at=now)
    Message.unscoped.filter(pk=message.pk).update(reply_due=to, handed_at=_handed_at(message, now))
    for participant in message.client.participants.exclude(role=Participant.Role.GUARDIAN).select_related("user"):
        leave_notice(
            "date_moved", to=participant.user, practice_id=message.practice_id, once=f"moved:{message.pk}:{to:%s}",
            link="/my/conversation/", send_at=now,
        )
    record("promise.moved", by=by, on=message, practice_id=message.practice_id, at=now, due=to.isoformat())


def _handed_at(message: Message, now: datetime) -> datetime | None:
    """The window that reads it now. A message that was handed over stays handed over."""
    if message.handed_at is None or message.handed_at <= now:
        return message.handed_at
    policy = message.agreement.rules(message.sent_at.date()).policy
    return read_at(message.sent_at, calendar_of(message.clinician, policy), policy.checks())
