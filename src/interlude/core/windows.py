"""Check times: when a clinician reads messages. They stand apart from office hours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from interlude.core._moments import date_of, moment, since_midnight, ticks, weekday
from interlude.core._offsets import wall_clock
from interlude.core.errors import BadHours, NeverOpen
from interlude.core.hours import HORIZON, WEEKDAYS, Calendar


@dataclass(frozen=True, slots=True)
class CheckTimes:
    """Clock times by weekday (Monday is 0) at which a check window of *minutes* opens.

    A time that the clock skips is the first moment after the gap; of two occurrences, the first (R-20).
    Raises BadHours for a day that is not 0 to 6, a time with a zone, or minutes outside 1 to 1440.
    """

    zone: ZoneInfo
    days: Mapping[int, tuple[time, ...]]
    minutes: int = 45

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 1440:
            raise BadHours(f"a check window of {self.minutes} minutes; use 1 to 1440")
        object.__setattr__(self, "days", MappingProxyType(_checked(self.days)))

    def __hash__(self) -> int:
        return hash((self.zone.key, tuple(self.days.items()), self.minutes))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.zone, dict(self.days), self.minutes)

    def next_after(self, at: datetime, calendar: Calendar) -> datetime:
        """The first window that opens strictly after *at*, in UTC.

        Windows on closed dates and windows that would open inside an absence do not happen.
        Raises NeverOpen if none happens within ten years. Rule: R-21.
        """
        after = ticks(at)
        today = wall_clock(self.zone).day_at(after)
        for opens in self._windows(today - 1, calendar, step=1):
            if opens > after:
                return moment(opens)
        raise NeverOpen(
            f"no check of messages within ten years of {at.isoformat()}; "
            "give check times, or look at the closed days and absences"
        )

    def latest_until(self, at: datetime, calendar: Calendar) -> datetime | None:
        """The last window that opened at or before *at*, in UTC; None if none did in ten years. Rule: R-21.

        What was sent before this moment has been handed over; what was sent since has not.
        """
        until = ticks(at)
        today = wall_clock(self.zone).day_at(until)
        for opens in self._windows(today + 1, calendar, step=-1):
            if opens <= until:
                return moment(opens)
        return None

    def open_until(self, at: datetime, calendar: Calendar) -> datetime | None:
        """When the window that is open at *at* closes, in UTC; None if none is open. Rule: R-22."""
        opened = self.latest_until(at, calendar)
        if opened is None:
            return None
        closes = opened + timedelta(minutes=self.minutes)
        return closes if at < closes else None

    def _windows(self, day: int, calendar: Calendar, *, step: int) -> Iterator[int]:
        """Openings from a local day on for ten years, forwards or (step -1) backwards."""
        days_left = HORIZON.days if self.days else 0
        last = day + step * days_left
        while (last - day) * step > 0:
            yield from self._on(day, calendar)[::step]
            day = self._onwards(day, calendar, step=step)

    def _on(self, day: int, calendar: Calendar) -> list[int]:
        """The openings of one local day that happen, in order."""
        times = self.days.get(weekday(day))
        if not times or date_of(day) in calendar.closed_on:
            return []
        clock = wall_clock(self.zone)
        if clock.first(day, 0) == clock.first(day + 1, 0):
            return []  # the zone left this date out, as Apia did with 30 December 2011
        openings = (clock.first(day, since_midnight(each)) for each in times)
        return [opens for opens in openings if not calendar.layout.away(opens)]

    def _onwards(self, day: int, calendar: Calendar, *, step: int) -> int:
        """The next day to look at; a long absence is crossed at once, less a day for dates that repeat."""
        clock = wall_clock(self.zone)
        away = calendar.layout.away(clock.first(day, 0))
        if away is None:
            return day + step
        if step > 0:
            return max(day + 1, clock.day_at(away[1]) - 1)
        return min(day - 1, clock.day_at(away[0]) + 1)


def _checked(days: Mapping[int, Iterable[time]]) -> dict[int, tuple[time, ...]]:
    if unknown := [day for day in days if day not in range(7)]:
        raise BadHours(f"{unknown[0]!r} is not a weekday; use 0 (Monday) to 6 (Sunday)")
    for day, times in days.items():
        if zoned := [each for each in times if each.tzinfo]:
            raise BadHours(f"{WEEKDAYS[day]}: {zoned[0].isoformat()} carries a zone; give a plain clock time")
    return {day: tuple(sorted(set(days[day]))) for day in sorted(days) if days[day]}
