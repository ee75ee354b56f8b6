"""How a relationship closes: named days, told ahead, with time to read afterwards. Rules: R-116 to R-119."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

READ_AT_LEAST = timedelta(days=30)
"""From the last answer to the last day to read: time to come back to it, and to ask for a copy. Rule: R-117."""

FARTHEST = timedelta(days=3 * 366)


class ClosingFault(StrEnum):
    """Why a closing cannot be set as asked."""

    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    READ_TOO_SHORT = "read_too_short"
    EARLIER = "earlier"
    READ_EARLIER = "read_earlier"
    UNCHANGED = "unchanged"
    OVER = "over"
    LATE = "late"
    PROMISED = "promised"
    NOT_THAT_DAY = "not_that_day"


@dataclass(frozen=True, slots=True)
class ClosingRefused:
    """An expected no: what is wrong, what was asked for, and the day that would do."""

    fault: ClosingFault
    value: date | None = None
    held: date | None = None


@dataclass(frozen=True, slots=True)
class ClosingDays:
    """The last day on which answers are given, and the last day on which all can be read."""

    last_answer_on: date
    last_read_on: date


def refusal_of_days(
    asked: ClosingDays,
    *,
    today: date,
    notice_days: int,
    agreed_on: date | None = None,
    before: ClosingDays | None = None,
) -> ClosingRefused | None:
    """Why these days cannot be; None if they can.

    Args:
        notice_days: between telling and the last answers, unless both agreed on the day (*agreed_on*).
        before: the days as they were said already; they only ever move later. Rules: R-116 to R-118.
    """
    answers, reading = asked.last_answer_on, asked.last_read_on
    if answers < today:
        return ClosingRefused(ClosingFault.PAST, answers, today)
    if reading - today > FARTHEST:
        return ClosingRefused(ClosingFault.TOO_FAR, reading, today + FARTHEST)
    if reading - answers < READ_AT_LEAST:
        return ClosingRefused(ClosingFault.READ_TOO_SHORT, reading, answers + READ_AT_LEAST)
    if before is not None:
        return _refusal_of_moving(asked, before)
    if agreed_on is not None:
        return ClosingRefused(ClosingFault.NOT_THAT_DAY, agreed_on, today) if agreed_on > today else None
    soonest = today + timedelta(days=notice_days)
    return ClosingRefused(ClosingFault.TOO_SOON, answers, soonest) if answers < soonest else None


def refusal_of_promises(
    promised: Iterable[datetime], *, last_answers_end: datetime, now: datetime
) -> ClosingRefused | None:
    """A promise is kept, or moved openly, before anything ends: none may be late, none fall after. Rule: R-119."""
    open_ones = sorted(promised)
    if open_ones and open_ones[0] < now:
        return ClosingRefused(ClosingFault.LATE, open_ones[0].date())
    if open_ones and open_ones[-1] > last_answers_end:
        return ClosingRefused(ClosingFault.PROMISED, held=open_ones[-1].date())
    return None


def end_of_day(on: date, zones: Iterable[str]) -> datetime:
    """When that day is over for everybody in those zones: the whole day counts on each clock. Rule: R-116."""
    return max(
        datetime.combine(on + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for zone in zones
    )


def _refusal_of_moving(asked: ClosingDays, before: ClosingDays) -> ClosingRefused | None:
    if asked.last_answer_on < before.last_answer_on:
        return ClosingRefused(ClosingFault.EARLIER, asked.last_answer_on, before.last_answer_on)
    if asked.last_read_on < before.last_read_on:
        return ClosingRefused(ClosingFault.READ_EARLIER, asked.last_read_on, before.last_read_on)
    return ClosingRefused(ClosingFault.UNCHANGED, asked.last_answer_on) if asked == before else None
