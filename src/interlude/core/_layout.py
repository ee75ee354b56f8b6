"""What lies open between two moments: the week laid out over and over, less closed days and absences.

All moments here are microseconds since 1970, and stretches are two sorted lists, of opens and of closes.
What a closed week, an absence or a week that never closes decides as a whole costs next to nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from interlude.core._moments import DAY, weekday
from interlude.core._offsets import Steady, WallClock

Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]
Stretches = tuple[list[int], list[int]]


class Layout:
    """One week, closed days and absences on one wall clock."""

    def __init__(
        self, clock: WallClock, week: Week, *, closed: Iterable[int], absences: Iterable[Span]
    ) -> None:
        self.clock = clock
        self.ever_open = any(week)
        self._week = week
        self._week_opens = [day * DAY + opens for day in range(7) for opens, _ in week[day]]
        self._week_closes = [day * DAY + closes for day in range(7) for _, closes in week[day]]
        self._open_weekdays = [day for day in range(7) if week[day]]
        self._round_the_clock = all(day == ((0, DAY),) for day in week)
        self._closed = sorted(closed)
        away = _joined(sorted(absences))
        self._away_from = [start for start, _ in away]
        self._away_until = [end for _, end in away]

    def between(self, start: int, end: int) -> Stretches:
        """The open stretches of start <= t < end; those that touch may be left apart."""
        away = self._away_in(start, end)
        if not self.ever_open or (away and away[0][0] <= start and away[0][1] >= end):
            return [], []
        closed = self._closed_in(start, end)
        if self._round_the_clock and not closed:
            opens, closes = [start], [end]
        elif closed and self._all_closed(start, end, closed=closed):
            return [], []
        else:
            opens, closes = self._weeks_in(start, end, closed=closed)
        _cut(opens, closes, away)
        return opens, closes

    def day(self, number: int) -> list[Span]:
        """The open stretches of one local day, in order."""
        if not self._week[weekday(number)] or self._is_closed(number):
            return []
        midnight = number * DAY
        opens: list[int] = []
        closes: list[int] = []
        for start, end, offset in self.clock.steady(midnight - DAY, midnight + 2 * DAY):
            for since, until in self._week[weekday(number)]:
                if max(start, midnight + since - offset) < min(end, midnight + until - offset):
                    opens.append(max(start, midnight + since - offset))
                    closes.append(min(end, midnight + until - offset))
        _cut(opens, closes, self._away_in(midnight - DAY, midnight + 2 * DAY))
        return list(zip(opens, closes, strict=True))

    def away(self, at: int) -> Span | None:
        """The joined absence around a moment."""
        i = bisect_right(self._away_until, at)
        if i < len(self._away_from) and self._away_from[i] <= at:
            return self._away_from[i], self._away_until[i]
        return None

    def _weeks_in(self, start: int, end: int, *, closed: list[int]) -> Stretches:
        opens: list[int] = []
        closes: list[int] = []
        for since, until, offset in self.clock.steady(start, end):
            more = self._weeks_of((max(start, since), min(end, until), offset))
            _cut(*more, [(day * DAY - offset, (day + 1) * DAY - offset) for day in closed])
            opens += more[0]
            closes += more[1]
        return opens, closes

    def _weeks_of(self, stretch: Steady) -> Stretches:
        """The week's openings, over and over, within one stretch of steady offset."""
        start, end, offset = stretch
        weeks = range(_monday((start + offset) // DAY), (end + offset) // DAY + 1, 7)
        mondays = [day * DAY - offset for day in weeks]
        opens = [monday + each for monday in mondays for each in self._week_opens]
        closes = [monday + each for monday in mondays for each in self._week_closes]
        i, j = bisect_right(closes, start), bisect_left(opens, end)
        opens, closes = opens[i:j], closes[i:j]
        if opens:
            opens[0], closes[-1] = max(opens[0], start), min(closes[-1], end)
        return opens, closes

    def _away_in(self, start: int, end: int) -> list[Span]:
        i, j = bisect_right(self._away_until, start), bisect_left(self._away_from, end)
        return list(zip(self._away_from[i:j], self._away_until[i:j], strict=True))

    def _closed_in(self, start: int, end: int) -> list[int]:
        """The closed days that may touch start <= t < end, whatever the offset."""
        if not self._closed:
            return self._closed
        return self._closed[
            bisect_left(self._closed, start // DAY - 1) : bisect_right(self._closed, end // DAY + 1)
        ]

    def _all_closed(self, start: int, end: int, *, closed: list[int]) -> bool:
        first, last = start // DAY - 1, end // DAY + 1
        if len(closed) < len(self._open_weekdays) * ((last - first) // 7):
            return False
        return all(
            set(closed).issuperset(range(first + (day - weekday(first)) % 7, last + 1, 7))
            for day in self._open_weekdays
        )

    def _is_closed(self, day: int) -> bool:
        i = bisect_left(self._closed, day)
        return i < len(self._closed) and self._closed[i] == day


def _monday(day: int) -> int:
    return day - weekday(day)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans sorted by start, with those that touch or overlap made one, and empty ones left out."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif start < end:
            joined.append((start, end))
    return joined


def _cut(opens: list[int], closes: list[int], away: Iterable[Span]) -> None:
    """Take *away* out of the stretches."""
    for start, end in away:
        i, j = bisect_right(closes, start), bisect_left(opens, end)
        if i >= j:
            continue
        left = [(opens[i], start)] if opens[i] < start else []
        if end < closes[j - 1]:
            left.append((end, closes[j - 1]))
        opens[i:j] = [since for since, _ in left]
        closes[i:j] = [until for _, until in left]
