"""The kinds of promise: when a message is read, when its answer is due, and whether the promise was kept."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from interlude.core.hours import Calendar
from interlude.core.windows import CheckTimes


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """By the cut-off of the n-th working date after arrival. Rule: R-24."""

    days: int
    cut_off: time


@dataclass(frozen=True, slots=True)
class OpenHours:
    """After so much open time. Rule: R-25."""

    amount: timedelta


@dataclass(frozen=True, slots=True)
class NextCheck:
    """Read at the next check, answered by the close of the working date after it. Rule: R-26."""


@dataclass(frozen=True, slots=True)
class FixedTurns:
    """Full answers on set weekdays (Monday is 0) at a set time. Rule: R-27."""

    weekdays: frozenset[int]
    at: time


@dataclass(frozen=True, slots=True)
class SessionOnly:
    """No written answer: it is talked about in the session. Rule: R-28."""


Promise = WorkingDays | OpenHours | NextCheck | FixedTurns | SessionOnly


class State(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    WAITING = "waiting"
    LATE = "late"


def read_at(sent: datetime, calendar: Calendar, checks: CheckTimes) -> datetime:
    """The opening of the check window in which a message sent then is read. Rule: R-23."""
    raise NotImplementedError


def reply_due(promise: Promise, *, sent: datetime, calendar: Calendar, checks: CheckTimes) -> datetime | None:
    """The UTC moment by which the answer is due; None only for SessionOnly. Rules: R-23 to R-28."""
    raise NotImplementedError


def state(due: datetime, *, now: datetime, answered_at: datetime | None) -> State:
    """Kept, waiting or late. Rule: R-29."""
    raise NotImplementedError
