"""Which of two values is the stricter: for locks that nobody may loosen, and for the client who loses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from interlude.core.errors import BadHours
from interlude.core.hours import Calendar, Opening, WeeklyHours
from interlude.core.promises import FixedTurns, Promise, WorkingDays, reply_due
from interlude.core.terms import CheckPlan, Extra, Handling, Hours, LateCancel
from interlude.core.windows import CheckTimes

_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Direction(StrEnum):
    """How one value stands to another."""

    STRICTER = "stricter"
    LOOSER = "looser"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The week in which two promises are compared; without check times, that of a desk."""

    hours: Hours
    check_times: CheckPlan
    check_minutes: int


Order = Callable[[Any, Any, Rhythm], Direction]
"""(before, after, rhythm), two different values: is the second the stricter one?"""


def unordered(_before: object, _after: object, _rhythm: Rhythm) -> Direction:
    """Neither is the stricter; under a lock such a value cannot change at all."""
    return Direction.NEITHER


def higher(before: int, after: int, _rhythm: Rhythm) -> Direction:
    """More is stricter, as with the youngest age."""
    return Direction.STRICTER if after > before else Direction.LOOSER


def lower(before: int | None, after: int | None, rhythm: Rhythm) -> Direction:
    """Less is stricter, and no limit is the loosest."""
    if before is None or after is None:
        return Direction.STRICTER if before is None else Direction.LOOSER
    return higher(after, before, rhythm)


def strictest(value: object) -> Order:
    """*value* is stricter than all others, and these cannot be compared."""

    def compare(before: object, after: object, _rhythm: Rhythm) -> Direction:
        if after == value:
            return Direction.STRICTER
        return Direction.LOOSER if before == value else Direction.NEITHER

    return compare


def within(before: tuple[Opening, ...], after: tuple[Opening, ...], _rhythm: Rhythm) -> Direction:
    """Hours inside the others are stricter; hours that are moved are neither."""
    one, two = _minutes(before), _minutes(after)
    if one >= two:
        return Direction.STRICTER if one > two else Direction.NEITHER
    return Direction.LOOSER if one < two else Direction.NEITHER


def taken_away(before: tuple[Any, ...], after: tuple[Any, ...], _rhythm: Rhythm) -> Direction:
    """For a client, hours or times are stricter as soon as some of them are gone, whatever else was added."""
    one, two = _parts(before), _parts(after)
    if one - two:
        return Direction.STRICTER
    return Direction.LOOSER if two - one else Direction.NEITHER


def answered(before: Handling, after: Handling, _rhythm: Rhythm) -> Direction:
    """Answer, acknowledge, keep: each gives less. The desk and a page of one's own stand beside them."""
    steps = [Handling.ANSWER, Handling.ACKNOWLEDGE, Handling.KEEP]
    if before not in steps or after not in steps:
        return Direction.NEITHER
    return Direction.STRICTER if steps.index(after) > steps.index(before) else Direction.LOOSER


def priced(before: Extra | None, after: Extra | None, rhythm: Rhythm) -> Direction:
    """For a client: an offer withdrawn, dearer or slower is stricter. Two currencies cannot be compared."""
    if before is None or after is None:
        return Direction.STRICTER if after is None else Direction.LOOSER
    if before.price.currency != after.price.currency:
        return Direction.NEITHER
    if before.price != after.price:
        return higher(before.price.minor, after.price.minor, rhythm)
    return slower(before.promise, after.promise, rhythm)


def sooner_and_dearer(before: LateCancel | None, after: LateCancel | None, _rhythm: Rhythm) -> Direction:
    """For a lock: stricter is what is due sooner or costs more, and neither less."""
    if before is None or after is None:
        return Direction.STRICTER if before is None else Direction.LOOSER
    if before.price.currency != after.price.currency:
        return Direction.NEITHER
    hours, price = after.hours - before.hours, after.price.minor - before.price.minor
    if max(hours, price) > 0:
        return Direction.NEITHER if min(hours, price) < 0 else Direction.STRICTER
    return Direction.LOOSER


def sooner_or_dearer(before: LateCancel | None, after: LateCancel | None, rhythm: Rhythm) -> Direction:
    """For a client: stricter as soon as it is due sooner or costs more, whatever else got better."""
    if before and after and before.price.currency == after.price.currency:
        worse = after.hours > before.hours or after.price.minor > before.price.minor
        return Direction.STRICTER if worse else Direction.LOOSER
    return sooner_and_dearer(before, after, rhythm)


def charged(before: str, after: str, _rhythm: Rhythm) -> Direction:
    """For a client: messages that begin to cost something are stricter."""
    free = ("none", "included")
    if (before in free) == (after in free):
        return Direction.NEITHER
    return Direction.STRICTER if before in free else Direction.LOOSER


def slower(before: Promise, after: Promise, rhythm: Rhythm) -> Direction:
    """For a client: a promise is stricter if at any moment of a plain week its answer would come later."""
    later, sooner = _pace(before, after, rhythm)
    if later:
        return Direction.STRICTER
    return Direction.LOOSER if sooner else Direction.NEITHER


def never_slower(before: Promise, after: Promise, rhythm: Rhythm) -> Direction:
    """For a lock on the slowest promise: stricter is what never answers later. Rule: R-66."""
    later, sooner = _pace(before, after, rhythm)
    if not later:
        return Direction.STRICTER
    return Direction.NEITHER if sooner else Direction.LOOSER


@lru_cache(maxsize=512)
def _pace(before: Promise, after: Promise, rhythm: Rhythm) -> tuple[bool, bool]:
    """Is *after* later than *before* at any moment of a plain week, and is it sooner at any? Rule: R-66."""
    zone = ZoneInfo("UTC")
    calendar = Calendar(WeeklyHours(zone, dict(rhythm.hours)))
    checks = CheckTimes(zone, dict(rhythm.check_times), rhythm.check_minutes) if rhythm.check_times else None
    later = sooner = False
    for sent in _moments_of_a_week(_edges(rhythm) | _turns(before) | _turns(after)):
        one, two = (_due(promise, sent, calendar, checks) for promise in (before, after))
        later, sooner = later or two > one, sooner or two < one
    return later, sooner


def _due(promise: Promise, sent: datetime, calendar: Calendar, checks: CheckTimes | None) -> datetime:
    try:
        return reply_due(promise, sent=sent, calendar=calendar, checks=checks) or _NEVER
    except BadHours:
        return _NEVER


def _moments_of_a_week(clocks: set[time]) -> Iterator[datetime]:
    """Each clock time of each day, with the minutes before and after it.

    A due moment never comes sooner for a message sent later, and leaps only at these times; between two of
    them the greatest difference lies at their ends. So these few moments stand for all.
    """
    for day in range(7):
        for clock in clocks:
            for minute in (-1, 0, 1):
                yield _MONDAY + timedelta(days=day, hours=clock.hour, minutes=clock.minute + minute)


def _edges(rhythm: Rhythm) -> set[time]:
    openings = {clock for _, day in rhythm.hours for each in day for clock in (each.opens, each.closes)}
    return openings | {clock for _, times in rhythm.check_times for clock in times} | {time(0)}


def _turns(promise: Promise) -> set[time]:
    match promise:
        case WorkingDays(cut_off=clock) | FixedTurns(at=clock):
            return {clock}
    return set()


def _minutes(openings: tuple[Opening, ...]) -> set[int]:
    return {minute for each in openings for minute in range(*(edge // 60_000_000 for edge in each.span))}


def _parts(values: tuple[Any, ...]) -> set[int]:
    if all(isinstance(each, time) for each in values):
        return {60 * each.hour + each.minute for each in values}
    return _minutes(values)
