"""Who is offered a time that became free: the one who waits longest of those whom it suits. Rules: R-272, R-273."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from interlude.core.zones import first_moment

WITHIN = timedelta(hours=4)
"""How long somebody has to answer, at the least by day."""

LEAST = timedelta(minutes=30)
"""A time that leaves less than this to answer in is not offered."""

_DAY_BEGINS, _DAY_ENDS = time(10), time(20)


class Part(StrEnum):
    """A part of a day, by the clock of the one who waits: before noon, before five, from five on."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that became free."""

    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who waits for an earlier time.

    Args:
        zone: where they are; *weekdays* (Monday is 0) and *parts* are of their own clock, and empty is any.
        before: the session they have; only what is earlier is earlier.
        notice: how long before it begins they must know.
    """

    id: UUID
    asked_at: datetime
    before: datetime
    zone: ZoneInfo
    minutes: int = 50
    weekdays: frozenset[int] = field(default_factory=frozenset)
    parts: frozenset[Part] = field(default_factory=frozenset)
    notice: timedelta = timedelta(0)


def part_of(at: datetime, zone: ZoneInfo) -> Part:
    """Which part of the day that moment is in."""
    hour = at.astimezone(zone).hour
    return Part.MORNING if hour < 12 else Part.AFTERNOON if hour < 17 else Part.EVENING


def suits(wish: Wish, slot: Slot, *, now: datetime) -> bool:
    """Is it earlier, long enough, on a day and at an hour they named, with the notice they need? R-272."""
    return (
        slot.starts_at < wish.before
        and wish.minutes <= slot.minutes
        and _latest(wish, slot) - now >= LEAST
        and (not wish.weekdays or slot.starts_at.astimezone(wish.zone).weekday() in wish.weekdays)
        and (not wish.parts or part_of(slot.starts_at, wish.zone) in wish.parts)
    )


def next_in_line(
    slot: Slot, wishes: Iterable[Wish], *, had_it: Collection[UUID], now: datetime
) -> Wish | None:
    """Who waits longest of those whom it suits and who did not have this offer before. Rule: R-272."""
    suited = (wish for wish in wishes if wish.id not in had_it and suits(wish, slot, now=now))
    return min(suited, key=lambda wish: (wish.asked_at, wish.id), default=None)


def answer_by(wish: Wish, slot: Slot, *, now: datetime) -> datetime:
    """Until when it is held for them: four hours, never ending at night, and not into the notice they need. R-273."""
    at = now.astimezone(UTC) + WITHIN
    here = at.astimezone(wish.zone)
    if here.time() < _DAY_BEGINS:
        at = max(at, first_moment(here.date(), _DAY_BEGINS, wish.zone))
    elif here.time() > _DAY_ENDS:
        at = max(at, first_moment(here.date() + timedelta(days=1), _DAY_BEGINS, wish.zone))
    return min(at, _latest(wish, slot))


def _latest(wish: Wish, slot: Slot) -> datetime:
    """The last moment at which knowing is early enough; counted in UTC, so that a clock change takes no hour away."""
    return slot.starts_at.astimezone(UTC) - wish.notice
