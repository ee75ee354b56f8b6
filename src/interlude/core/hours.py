"""Office hours: openings of a day, a week of them, closed days, absences, and time counted while open.

One question is asked of every moment: is it open? A moment is open when the clock in the practice's zone
stands inside an opening of that weekday, the date is not closed, and no absence covers the moment (R-11).
An hour that the clock skips is never open; one that it shows twice is open twice. Everything else here is
counting, in real elapsed time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

from interlude.core._layout import Layout
from interlude.core._moments import DAY, date_of, day_number, length, moment, since_midnight, ticks
from interlude.core._offsets import wall_clock
from interlude.core._spans import HORIZON_DAYS, Spans
from interlude.core.errors import BadHours

HORIZON = timedelta(days=HORIZON_DAYS)
"""How far from its start an answer is looked for: ten years. Then NeverOpen or BadHours. Rule: R-19."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TEXT = re.compile(r"\s*([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})\s*")


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """One stretch of a day, in local clock time: opens <= t < closes.

    `closes == time(0)` is the end of the day, 24:00. Hours are given to the minute. Raises BadHours.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        for clock in (self.opens, self.closes):
            if clock.second or clock.microsecond or clock.tzinfo:
                raise BadHours(
                    f"{clock.isoformat()} is not a plain time to the minute; give hours and minutes"
                )
        if self.closes != time(0) and self.closes <= self.opens:
            raise BadHours(
                f"hours end ({self.closes:%H:%M}) before they begin ({self.opens:%H:%M}); "
                "for hours past midnight, give two openings, one on each day"
            )

    @classmethod
    def parse(cls, text: str) -> "Opening":
        """From "09:00-12:30" or "20:00-24:00". Raises BadHours."""
        parts = _TEXT.fullmatch(text)
        if parts is None:
            raise BadHours(f"{text[:40]!r} is not a stretch of hours; write it like 09:00-12:30")
        hour, minute, to_hour, to_minute = map(int, parts.groups())
        if to_hour == to_minute == 0:
            raise BadHours(f"{text[:40]!r} ends at 00:00; write 24:00 for the end of the day")
        if (to_hour, to_minute) == (24, 0):
            to_hour = 0
        try:
            return cls(time(hour, minute), time(to_hour, to_minute))
        except ValueError:
            raise BadHours(f"{text[:40]!r} has a time no clock shows; use 00:00 to 24:00") from None

    def __str__(self) -> str:
        closes = "24:00" if self.closes == time(0) else f"{self.closes:%H:%M}"
        return f"{self.opens:%H:%M}-{closes}"

    @property
    def span(self) -> tuple[int, int]:
        """Both ends in microseconds since midnight."""
        return since_midnight(self.opens), since_midnight(self.closes) or DAY


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The openings of each weekday (Monday is 0) in one zone. Days left out are closed.

    Raises BadHours for overlapping openings, naming both, and for a day that is not 0 to 6.
    """

    zone: ZoneInfo
    days: Mapping[int, tuple[Opening, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(_checked(self.days)))

    def __hash__(self) -> int:
        return hash((self.zone.key, tuple(self.days.items())))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.zone, dict(self.days))


@dataclass(frozen=True, slots=True)
class Absence:
    """Time away, as moments: starts <= t < ends. Raises BadMoment; BadHours if it ends before it starts."""

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if ticks(self.ends) < ticks(self.starts):
            raise BadHours(
                f"an absence ends ({self.ends.isoformat()}) before it starts "
                f"({self.starts.isoformat()}); swap the two"
            )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekly hours less closed dates and absences: when a practice is open, and sums of that time.

    A value: compare it, hash it, share it between threads. Tables are built inside as questions come, in
    strips of about a hundred days. Moments in are aware, in any zone; moments out are in UTC.
    All methods raise BadMoment for naive moments and years outside 1900 to 2199. Searches end after
    `HORIZON` (ten years): NeverOpen if nothing was open until then, BadHours if it was not enough.
    """

    hours: WeeklyHours
    closed_on: frozenset[date] = frozenset()
    absences: tuple[Absence, ...] = ()
    layout: Layout = field(init=False, repr=False, compare=False)
    spans: Spans = field(init=False, repr=False, compare=False)
    """The tables. For the core's own modules; everybody else asks the methods."""

    def __post_init__(self) -> None:
        week = tuple(tuple(each.span for each in self.hours.days.get(day, ())) for day in range(7))
        closed = frozenset(day_number(day) for day in self.closed_on)
        absences = ((ticks(each.starts), ticks(each.ends)) for each in self.absences)
        layout = Layout(wall_clock(self.hours.zone), week, closed=closed, absences=absences)
        object.__setattr__(self, "layout", layout)
        object.__setattr__(self, "spans", Spans(layout))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.hours, self.closed_on, self.absences)

    def is_open(self, at: datetime) -> bool:
        """Is this moment open? Rule: R-11."""
        return self.spans.is_open(ticks(at))

    def next_open(self, at: datetime) -> datetime:
        """The first open moment at or after *at*. Raises NeverOpen. Rule: R-12."""
        return moment(self.spans.next_open(ticks(at)))

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment by which *amount* of open time has passed since *start*.

        Raises: BadHours if *amount* is negative, or more than the next ten years hold.
        Rule: R-13. Sent Tue 16:00 with 8 open hours promised, 9 to 5: due Wed 16:00.
        """
        return moment(self.spans.add(ticks(start), length(amount)))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Open time from *start* to *end*. Raises BadMoment if *end* comes first. Rule: R-14."""
        return timedelta(microseconds=self.spans.between(ticks(start), ticks(end)))

    def working_day_close(self, start: datetime, days: int) -> datetime:
        """The last close of the *days*-th working date after the local date of *start*.

        Raises: BadHours if *days* is below 1, or more than the next ten years hold. Rules: R-15, R-16.
        """
        today = self.layout.clock.day_at(ticks(start))
        return moment(self.spans.day(self.spans.day_after(today, days))[-1][1])

    def is_working_date(self, day: date) -> bool:
        """Has this local date at least one open moment? Rule: R-15."""
        return bool(self.spans.day(day_number(day)))

    def next_working_date(self, day: date) -> date:
        """The first working date strictly after *day*. Raises NeverOpen. Rule: R-15."""
        return self.working_date_after(day, 1)

    def working_date_after(self, day: date, days: int) -> date:
        """The *days*-th working date strictly after *day*. Raises BadHours. Rule: R-15."""
        return date_of(self.spans.day_after(day_number(day), days))

    def last_close(self, day: date) -> datetime | None:
        """The end of the last open stretch of this local date; None if it has none. Rule: R-16."""
        stretches = self.spans.day(day_number(day))
        return moment(stretches[-1][1]) if stretches else None

    def clip(self, day: date, cut_off: time) -> datetime:
        """The latest moment of open time on *day* that is not after *cut_off*.

        If open time starts after the cut-off, the close of that day. Raises BadHours on a closed date.
        Rule: R-17. Open 9 to 12 and 13 to 17, cut-off 12:30: 12:00.
        """
        number = day_number(day)
        stretches = self.spans.day(number)
        if not stretches:
            raise BadHours(f"{day.isoformat()} has no open time; ask for a working date")
        limit = self.layout.clock.first(number, since_midnight(cut_off))
        until = [end for start, end in stretches if start <= limit]
        return moment(min(until[-1], limit) if until else stretches[-1][1])

    def away(self, at: datetime) -> Absence | None:
        """The absence that covers *at*, joined with those that touch it, or None. Rule: R-18."""
        found = self.layout.away(ticks(at))
        return Absence(moment(found[0]), moment(found[1])) if found else None


def _checked(days: Mapping[int, Iterable[Opening]]) -> dict[int, tuple[Opening, ...]]:
    if unknown := [day for day in days if day not in range(7)]:
        raise BadHours(f"{unknown[0]!r} is not a weekday; use 0 (Monday) to 6 (Sunday)")
    week = {day: tuple(sorted(days[day])) for day in sorted(days)}
    for day, openings in week.items():
        for one, two in pairwise(openings):
            if one.span[1] > two.span[0]:
                raise BadHours(f"{WEEKDAYS[day]}: {one} and {two} overlap; join them or move one")
    return {day: openings for day, openings in week.items() if openings}
