"""Time away as somebody says it: from a day to a day, or part of a day; once, each week, each year. Rule: R-240."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interlude.core.hours import Absence

MOST = 60
"""How many stretches one series may have: a year of weeks, and some."""


class Repeat(StrEnum):
    """How often it comes again."""

    ONCE = "once"
    WEEKLY = "weekly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class TimeAway:
    """Days by the calendar where somebody is, first and last included.

    Args:
        starts: the clock time on the first day; None: the whole of it.
        ends: the clock time on the last day; None: the whole of it.
        until: the last day on which another stretch may begin, where it comes again.
    """

    first: date
    last: date
    starts: time | None = None
    ends: time | None = None
    repeat: Repeat = Repeat.ONCE
    until: date | None = None

    def stretches(self, zone: ZoneInfo) -> tuple[Absence, ...]:
        """All of it as moments in UTC, the first first. A clock time stays one across a change of the clock.

        Empty where it ends before it starts.
        """
        found = (self._from(day, zone) for day in self._first_days())
        return tuple(one for one in found if one is not None)

    def _from(self, first: date, zone: ZoneInfo) -> Absence | None:
        last = first + (self.last - self.first)
        starts = _moment(first, self.starts or time(0), zone)
        ends = _moment(last, self.ends, zone) if self.ends else _moment(last + _DAY, time(0), zone)
        return Absence(starts, ends) if ends > starts else None

    def _first_days(self) -> Iterator[date]:
        yield self.first
        if self.repeat is Repeat.ONCE or self.until is None:
            return
        for number in range(1, MOST):
            day = self._again(number)
            if day > self.until:
                return
            yield day

    def _again(self, number: int) -> date:
        if self.repeat is Repeat.WEEKLY:
            return self.first + timedelta(weeks=number)
        return _in_year(self.first, self.first.year + number)


_DAY = timedelta(days=1)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 28 February where there is no 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
