"""Sessions that come again at the same time by the clock on the wall, and what is left out openly. Rule: R-275."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interlude.core.errors import InterludeError
from interlude.core.zones import first_moment

MOST = 52
"""Dates of one series."""

Stretch = tuple[datetime, datetime]


class LeftOut(StrEnum):
    """Why a date of a series gets no session."""

    PAST = "past"
    CLOSED = "closed"
    AWAY = "away"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Planned:
    """One date of a series; *left_out* None where a session is made."""

    starts_at: datetime
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a series has to go around: closed days, time away, and what is there already."""

    closed_on: Collection[date] = ()
    away: Collection[Stretch] = ()
    taken: Collection[Stretch] = ()


def dates(first: date, clock: time, zone: ZoneInfo, *, every_weeks: int, times: int) -> list[datetime]:
    """The moments of a series: the same clock time each week or each second week, across clock changes.

    A time that the clock skips is the moment of the change, one that it shows twice the first of both (R-20).
    Raises InterludeError for fewer than one or more than `MOST` dates.
    """
    if not 1 <= times <= MOST or every_weeks < 1:
        raise InterludeError(
            f"{times} times every {every_weeks} weeks; give 1 to {MOST} times, every week or more"
        )
    return [first_moment(first + timedelta(weeks=every_weeks * each), clock, zone) for each in range(times)]


def laid_around(
    starts: Iterable[datetime], around: Around, *, minutes: int, zone: ZoneInfo, now: datetime
) -> list[Planned]:
    """Each date with why it is left out, if it is: past, a closed day, time away, or something else there."""
    length = timedelta(minutes=minutes)  # *starts* are in UTC, as `dates` gives them
    return [Planned(at, _why_not((at, at + length), around, zone, now)) for at in starts]


def overlap(one: Stretch, other: Stretch) -> bool:
    """Do two stretches of time share a moment? One may begin as the other ends."""
    return one[0] < other[1] and other[0] < one[1]


def _why_not(one: Stretch, around: Around, zone: ZoneInfo, now: datetime) -> LeftOut | None:
    if one[0] <= now:
        return LeftOut.PAST
    if one[0].astimezone(zone).date() in around.closed_on:
        return LeftOut.CLOSED
    if any(overlap(one, each) for each in around.away):
        return LeftOut.AWAY
    return LeftOut.TAKEN if any(overlap(one, each) for each in around.taken) else None
