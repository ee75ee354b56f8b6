"""Watching the dates that were given: what is due, what is late, and moving a date openly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import models, transaction

from interlude.audit.record import record
from interlude.boundaries.calendars import calendar_of
from interlude.core.errors import BadHours
from interlude.core.hours import Calendar
from interlude.core.policy import Policy
from interlude.core.promises import Promise, WorkingDays, read_at, reply_due
from interlude.messaging.answering import (
    Answered,
    TakenBack,
    free_id,
    readers,
    stands_already,
    store_reply,
)
from interlude.messaging.handing import hand_to_who_stands_in
from interlude.messaging.models import Message, PromiseMove, Reply
from interlude.messaging.storing import locked
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Clinician

SHOWN = 50
END_OF_DAY = time(23, 59)
WITH_A_DATE = (Message.Outcome.ANSWER, Message.Outcome.ACKNOWLEDGE)


@dataclass(frozen=True, slots=True)
class Watch:
    """The promises of one clinician that need a thought, by when they are due; of each the first fifty."""

    late: list[Message]
    before_next_window: list[Message]
    later: list[Message]


def promise_watch(clinician: Clinician, *, now: datetime, next_window: datetime | None) -> Watch:
    """What is late, what falls due before the next window opens, and what has time; six queries.

    Without a next window, everything is due before it. Rows carry dates; no words are opened.
    """
    late = models.Q(reply_due__lt=now)
    ahead, far = models.Q(reply_due__gte=now), models.Q(reply_due__gt=next_window)
    soon = ahead & models.Q(reply_due__lte=next_window) if next_window else ahead
    later = _first(clinician, now, far & ahead) if next_window else []
    return Watch(_first(clinician, now, late), _first(clinician, now, soon), later)


def _first(clinician: Clinician, now: datetime, dates: models.Q) -> list[Message]:
    """The fifty that are due first, each outcome read in the order of its index."""
    waiting = Message.objects.visible_to(clinician, at=now).filter(dates, resolved_at=None)
    rows = waiting.select_related("client", "participant").defer("sealed")
    in_order = rows.order_by("reply_due", "sent_at", "id")
    found = [one for outcome in WITH_A_DATE for one in in_order.filter(outcome=outcome)[:SHOWN]]
    return sorted(found, key=lambda one: (one.reply_due or now, one.sent_at))[:SHOWN]


@transaction.atomic
def move_promises(*, clinician: Clinician, reason: str, by: models.Model | None, now: datetime) -> int:
    """Count every open promise again on today's calendar; a later date is told, a sooner one is not needed.

    Rules are those of the message's own agreement; only days closed and time away can have changed (law 3). A
    message whose check window does not happen any more is handed over at the next one.
    """
    moved = 0
    not_over = models.Q(reply_due__gt=now) | models.Q(handed_at__gt=now)
    open_ones = Message.unscoped.filter(not_over, clinician=clinician, resolved_at=None, taken_back_at=None)
    for message in open_ones.select_related("agreement__client", "client", "clinician"):
        policy = rules_of(message)
        calendar = calendar_of(message.clinician, policy)
        _hand_over_later(message, policy, calendar, now=now)
        later = later_date(message, policy, calendar, now=now)
        if later is not None:
            _move(message, to=later, reason=reason, by=by, now=now)
            moved += 1
    return moved


def later_date(message: Message, policy: Policy, calendar: Calendar, *, now: datetime) -> datetime | None:
    """The later date that this calendar asks for; None where the one that was given stands. Rule: R-241.

    It counts to a later date; or the date that was given falls into time away, and no window opens before it any
    more, so that nobody would have met it: then the first working day after.
    """
    given, due = message.reply_due, due_on(message, policy, calendar)
    if given is None or due is None or given <= now:
        return None
    if due > given:
        return due
    if calendar.away(given) is None or _window_before(given, policy, calendar, now=now):
        return None
    return _working_day_after(given, policy, calendar)


def _window_before(given: datetime, policy: Policy, calendar: Calendar, *, now: datetime) -> bool:
    """Does a check window open between now and the date that was given?"""
    try:
        opens = policy.checks().next_after(now, calendar)
    except BadHours:
        return False
    return opens <= given


def _working_day_after(moment: datetime, policy: Policy, calendar: Calendar) -> datetime | None:
    """The cut-off of the first working day after that moment; None if there is none."""
    cut_off = policy.promise.cut_off if isinstance(policy.promise, WorkingDays) else END_OF_DAY
    day = moment.astimezone(calendar.hours.zone).date()
    try:
        return calendar.clip(calendar.next_working_date(day), cut_off)
    except BadHours:
        return None


def rules_of(message: Message) -> Policy:
    """The rules that the message was sent under."""
    on = message.clinician.date_at(message.sent_at)
    return message.agreement.rules(on).policy


def due_on(message: Message, policy: Policy, calendar: Calendar) -> datetime | None:
    """When the answer is due on that calendar; None if nothing is, or never."""
    promise, checks = _promise(message, policy), policy.checks()
    try:
        return reply_due(promise, sent=message.sent_at, calendar=calendar, checks=checks)
    except BadHours:
        return None


def _promise(message: Message, policy: Policy) -> Promise:
    """Extra support has a promise of its own."""
    return policy.extra.promise if policy.extra and message.extra_minor is not None else policy.promise


def _hand_over_later(message: Message, policy: Policy, calendar: Calendar, *, now: datetime) -> None:
    """What was handed over stays so; for the rest, the window that reads it now, never a sooner one."""
    if message.handed_at is None or message.handed_at <= now:
        return
    try:
        reads = read_at(message.sent_at, calendar, policy.checks())
    except BadHours:
        return
    if reads > message.handed_at:
        message.handed_at, message.stands_in = reads, None
        hand_to_who_stands_in(message, after=now)
        message.save(update_fields=["handed_at", "stands_in"])


def next_reading(message: Message, *, now: datetime) -> datetime | None:
    """When its own clinician reads it next; None if no window is planned."""
    policy = rules_of(message)
    try:
        return read_at(now, calendar_of(message.clinician, policy), policy.checks())
    except BadHours:
        return None


def _move(message: Message, *, to: datetime, reason: str, by: models.Model | None, now: datetime) -> None:
    """Give a message a later date, tell its writers, and leave a line."""
    assert message.reply_due is not None
    PromiseMove.objects.create(
        message=message, from_due=message.reply_due, to_due=to, reason=reason, moved_at=now
    )
    Message.unscoped.filter(pk=message.pk).update(reply_due=to)
    for participant in readers(message, at=now):
        leave_notice(
            "date_moved",
            to=participant.user,
            practice_id=message.practice_id,
            once=f"moved:{message.pk}:{int(to.timestamp())}",
            link="/my/conversation/",
            send_at=now,
        )
    record("promise.moved", by=by, on=message, practice_id=message.practice_id, at=now, due=to.isoformat())


@dataclass(frozen=True, slots=True)
class NotLate:
    """Nothing to repair: the date has not passed, or there was none. Or the new date is another by now."""

    new_date: datetime | None


def new_date_for(message: Message, *, now: datetime) -> datetime | None:
    """A new date for a late answer, on the working day after today; None if it is not late."""
    if message.reply_due is None or message.reply_due >= now:
        return None
    policy = rules_of(message)
    return _working_day_after(now, policy, calendar_of(message.clinician, policy))


def _is_with_supervisor(standing: Answered | TakenBack) -> bool:
    """An answer that has not been approved keeps nobody from owning that it is late."""
    return isinstance(standing, Answered) and standing.too_late and standing.reply.awaits_approval


@transaction.atomic
def repair(
    message: Message,
    text: str,
    *,
    by: Clinician,
    now: datetime,
    reply_id: UUID,
    to: datetime,
    seconds: int = 0,
) -> Answered | TakenBack | NotLate:
    """Own a missed date and give a new one (law 3): the words leave at once, the message waits on.

    *to* is the date that the form showed; if another is right by now, nothing is stored.
    """
    fresh = locked(message)
    standing = stands_already(fresh, text, kind=Reply.Kind.REPAIR, reply_id=reply_id)
    if standing is not None and not _is_with_supervisor(standing):
        return standing
    new_date = new_date_for(fresh, now=now)
    if new_date is None or new_date != to:
        return NotLate(new_date)
    reply = Reply(id=free_id(reply_id), message=fresh, clinician=by, kind=Reply.Kind.REPAIR)
    reply.written_at = reply.leaves_at = now
    store_reply(reply, text, seconds=seconds)
    _move(fresh, to=new_date, reason=PromiseMove.Reason.REPAIR, by=by, now=now)
    record("message.repair", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return Answered(reply)
