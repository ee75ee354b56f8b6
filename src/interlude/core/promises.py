"""The kinds of promise: when a message is read, when its answer is due, and whether the promise was kept.

Every due moment is in UTC, at or after the moment of sending, and inside open time or at its close. It never
comes sooner for a message sent later, nor for a longer promise of the same kind.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never

from interlude.core.errors import BadHours, NeverOpen
from interlude.core.hours import HORIZON, Calendar
from interlude.core.windows import CheckTimes
from interlude.core.zones import first_moment


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """By the cut-off of the n-th working date after arrival. Raises BadHours below 1 day. Rule: R-24."""

    days: int
    cut_off: time

    def __post_init__(self) -> None:
        if self.days < 1:
            raise BadHours(f"a promise of {self.days} working days; use 1 or more")
        _plain(self.cut_off)


@dataclass(frozen=True, slots=True)
class OpenHours:
    """After so much open time. Raises BadHours for none or less. Rule: R-25."""

    amount: timedelta

    def __post_init__(self) -> None:
        if self.amount <= timedelta(0):
            raise BadHours(f"a promise of {self.amount} open hours; use more than none")


@dataclass(frozen=True, slots=True)
class NextCheck:
    """Read at the next check, answered by the close of the working date after it. Rule: R-26."""


@dataclass(frozen=True, slots=True)
class FixedTurns:
    """Full answers on set weekdays (Monday is 0) at a set time. Raises BadHours. Rule: R-27."""

    weekdays: frozenset[int]
    at: time

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", frozenset(self.weekdays))
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise BadHours(f"turns on {sorted(self.weekdays)}; give one or more of 0 (Monday) to 6 (Sunday)")
        _plain(self.at)


@dataclass(frozen=True, slots=True)
class SessionOnly:
    """No written answer: it is talked about in the session. Rule: R-28."""


Promise = WorkingDays | OpenHours | NextCheck | FixedTurns | SessionOnly


class State(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    WAITING = "waiting"
    LATE = "late"


def reply_due(
    promise: Promise, *, sent: datetime, calendar: Calendar, checks: CheckTimes | None
) -> datetime | None:
    """The UTC moment by which the answer to a message sent then is due; None only for SessionOnly.

    Args:
        sent: an aware moment; its zone makes no difference.
        checks: when messages are read; None for a desk that reads whenever it is open.

    Raises:
        BadMoment: *sent* is naive or outside the years 1900 to 2199.
        NeverOpen, BadHours: no such moment within ten years.

    Rules: R-23 to R-28. Two working days by 17:00, sent Tue 10:00: due Thu 17:00.
    """
    if isinstance(promise, SessionOnly):
        return None
    return due_once_read(promise, sent=sent, read=read_at(sent, calendar, checks), calendar=calendar)


def due_once_read(promise: Promise, *, sent: datetime, read: datetime, calendar: Calendar) -> datetime | None:
    """The same where it is known that the message is read at *read*."""
    match promise:
        case SessionOnly():
            return None
        case WorkingDays():
            return max(_cut_off_after(promise, sent, calendar), _close_after(read, calendar))
        case OpenHours():
            return max(calendar.add(sent, promise.amount), _close_after(read, calendar))
        case NextCheck():
            return calendar.working_day_close(read, 1)
        case FixedTurns():
            return _turn_after(promise, read, calendar)
        case _:  # pragma: no cover
            assert_never(promise)


def read_at(sent: datetime, calendar: Calendar, checks: CheckTimes | None) -> datetime:
    """When a message sent then is read: as the next check window opens. Rule: R-23.

    A message sent while a window is open waits for the one after it. Without check times (a desk),
    the next open moment. Raises BadMoment and NeverOpen.
    """
    return checks.next_after(sent, calendar) if checks else calendar.next_open(sent)


def arrival_date(sent: datetime, calendar: Calendar, cut_off: time) -> date:
    """The working date a message counts from: the first whose cut-off is not before *sent*. Rule: R-24."""
    day = calendar.next_working_date(_local_date(sent, calendar) - timedelta(days=2))
    while first_moment(day, cut_off, calendar.hours.zone) < sent:
        day = calendar.next_working_date(day)
    return day


def state(due: datetime, *, now: datetime, answered_at: datetime | None) -> State:
    """Kept if answered by *due*, late if not, waiting while neither. Rule: R-29.

    An answer that leaves after *now* is no answer yet.
    """
    if answered_at is not None and answered_at <= now:
        return State.KEPT if answered_at <= due else State.LATE
    return State.LATE if now > due else State.WAITING


def _cut_off_after(promise: WorkingDays, sent: datetime, calendar: Calendar) -> datetime:
    arrived = arrival_date(sent, calendar, promise.cut_off)
    return calendar.clip(calendar.working_date_after(arrived, promise.days), promise.cut_off)


def _close_after(read: datetime, calendar: Calendar) -> datetime:
    """The close of the working date of reading, or of the next if that one closed before."""
    today = calendar.last_close(_local_date(read, calendar))
    return today if today and today >= read else calendar.working_day_close(read, 1)


def _turn_after(promise: FixedTurns, read: datetime, calendar: Calendar) -> datetime:
    today = _local_date(read, calendar)
    day = calendar.next_working_date(today - timedelta(days=2))
    while day <= today + HORIZON:
        if day.weekday() in promise.weekdays and (turn := calendar.clip(day, promise.at)) >= read:
            return turn
        day = calendar.next_working_date(day)
    raise NeverOpen(
        f"no turn on weekdays {sorted(promise.weekdays)} within ten years of {read.isoformat()}; "
        "choose weekdays on which there are open hours"
    )


def _local_date(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(calendar.hours.zone).date()


def _plain(clock: time) -> None:
    if clock.tzinfo:
        raise BadHours(f"{clock.isoformat()} carries a zone; give a plain clock time")
