"""Open stretches as sorted integers with running sums, built in strips as they are asked for.

All moments here are microseconds since 1970. A strip is about a hundred days; a question bisects one strip
and walks on to the next only when the answer is not in it. A strip that a closed week, an absence or a week
that never closes decides as a whole costs next to nothing, so such calendars answer or refuse at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import timedelta
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from interlude.core._moments import DAY, date_of, moment, weekday
from interlude.core._offsets import Steady, WallClock
from interlude.core.errors import BadHours, BadMoment, NeverOpen

HORIZON_DAYS = 3653
HORIZON = HORIZON_DAYS * DAY

STRIP_BITS = 43  # 2**43 microseconds, about 102 days: most promises are reached within one strip

Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]


class Strip(NamedTuple):
    """Open stretches in order, and the open time before each; `before` has one more: the sum."""

    opens: list[int]
    closes: list[int]
    before: list[int]


class Spans:
    """The open stretches of one week, closed days and absences on one wall clock."""

    def __init__(
        self, clock: WallClock, week: Week, *, closed: Iterable[int], absences: Iterable[Span]
    ) -> None:
        self.clock = clock
        self._week = week
        self._week_opens = [day * DAY + opens for day in range(7) for opens, _ in week[day]]
        self._week_closes = [day * DAY + closes for day in range(7) for _, closes in week[day]]
        self._open_weekdays = [day for day in range(7) if week[day]]
        self._round_the_clock = all(day == ((0, DAY),) for day in week)
        self._closed = sorted(closed)
        away = _joined(sorted(absences))
        self._away_from = [start for start, _ in away]
        self._away_until = [end for _, end in away]
        self._strips: dict[int, Strip] = {}
        self._days: dict[int, tuple[Span, ...]] = {}

    def is_open(self, at: int) -> bool:
        """Is this moment open?"""
        opens, closes, _ = self._strip(at >> STRIP_BITS)
        i = bisect_right(closes, at)
        return i < len(opens) and opens[i] <= at

    def next_open(self, at: int) -> int:
        """The first open moment at or after *at*. Raises NeverOpen."""
        found = self._find_open(at)
        if found is None:
            raise NeverOpen(
                f"no open time within ten years of {moment(at).isoformat()}; "
                "check the week, the closed days and the absences"
            )
        return found

    def add(self, at: int, amount: int) -> int:
        """The first moment by which *amount* of open time has passed. Raises BadHours."""
        if not 0 < amount <= HORIZON:
            return self._unmoved(at, amount)
        limit = at + HORIZON
        k = at >> STRIP_BITS
        opens, closes, before = self._strips.get(k) or self._strip(k)
        target = amount + _passed(opens, closes, before, at)
        while target > before[-1]:
            target -= before[-1]
            k += 1
            if not self._strip(k).opens:
                k = self._reopening(k)
            if k << STRIP_BITS > limit:
                raise self._too_much(at, amount)
            opens, closes, before = self._strip(k)
        i = bisect_left(before, target) - 1
        answer = opens[i] + target - before[i]
        if answer > limit:
            raise self._too_much(at, amount)
        return answer

    def between(self, start: int, end: int) -> int:
        """Open time from *start* to *end*. Raises BadMoment if *end* comes first."""
        if end < start:
            raise BadMoment(
                f"{moment(end).isoformat()} is before {moment(start).isoformat()}; swap the two moments"
            )
        first, last = start >> STRIP_BITS, end >> STRIP_BITS
        total = sum(self._strip(k).before[-1] for k in range(first, last))
        return total + _passed(*self._strip(last), end) - _passed(*self._strip(first), start)

    def day(self, number: int) -> tuple[Span, ...]:
        """The open stretches of one local day, in order."""
        found = self._days.get(number)
        if found is None:
            found = self._days[number] = tuple(self._day(number))
        return found

    def day_after(self, number: int, days: int) -> int:
        """The *days*-th local day after day *number* that has an open moment. Raises BadHours."""
        if days < 1:
            raise BadHours(f"{days} working days is not a promise; use 1 or more")
        day, left = number, days
        while left:
            day += 1
            if day - number > HORIZON_DAYS:
                raise self._too_few(number, days, left)
            if self.day(day):
                left -= 1
            else:
                day = self._before_next(day)
        return day

    def away(self, at: int) -> Span | None:
        """The joined absence around a moment."""
        i = bisect_right(self._away_until, at)
        if i < len(self._away_from) and self._away_from[i] <= at:
            return self._away_from[i], self._away_until[i]
        return None

    def _unmoved(self, at: int, amount: int) -> int:
        if amount > 0:
            raise self._too_much(at, amount)
        if amount < 0:
            raise BadHours(f"{timedelta(microseconds=amount)} of open time is less than none; use 0 or more")
        return at

    def _reopening(self, k: int) -> int:
        """The first strip from *k* on with something open; one beyond every horizon if there is none."""
        found = self._find_open(k << STRIP_BITS)
        return k + HORIZON if found is None else found >> STRIP_BITS

    def _find_open(self, at: int) -> int | None:
        limit = at + HORIZON if self._week_opens else at
        while at <= limit:
            at = self._away_end(at)
            opens, closes, _ = self._strip(at >> STRIP_BITS)
            i = bisect_right(closes, at)
            if i < len(opens):
                found = max(at, opens[i])
                return found if found <= limit else None
            at = ((at >> STRIP_BITS) + 1) << STRIP_BITS
        return None

    def _away_end(self, at: int) -> int:
        away = self.away(at)
        return away[1] if away else at

    def _before_next(self, day: int) -> int:
        """A later day, or this one, with nothing open in between. One day short: a clock set back across
        midnight shows a date again after its successor has begun."""
        found = self._find_open(self.clock.first(day, 0))
        if found is None:
            return day + HORIZON_DAYS
        return max(day, self.clock.day_at(found) - 2)

    def _too_much(self, at: int, amount: int) -> BadHours:
        self.next_open(at)
        return BadHours(
            f"{timedelta(microseconds=amount)} of open time is more than the ten years after "
            f"{moment(at).isoformat()} hold; ask for less, or open more hours"
        )

    def _too_few(self, number: int, days: int, left: int) -> BadHours:
        if left == days:
            return NeverOpen(
                f"no working date within ten years of {date_of(number)}; "
                "check the week, the closed days and the absences"
            )
        return BadHours(
            f"fewer than {days} working dates in the ten years after {date_of(number)}; ask for less"
        )

    def _strip(self, k: int) -> Strip:
        found = self._strips.get(k)
        if found is None:
            opens, closes = self._open_in(k << STRIP_BITS, (k + 1) << STRIP_BITS)
            before = list(accumulate(map(sub, closes, opens), initial=0))
            found = self._strips[k] = Strip(opens, closes, before)
        return found

    def _open_in(self, start: int, end: int) -> tuple[list[int], list[int]]:
        away = self._away_in(start, end)
        if not self._week_opens or (away and away[0][0] <= start and away[0][1] >= end):
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

    def _weeks_in(self, start: int, end: int, *, closed: list[int]) -> tuple[list[int], list[int]]:
        opens: list[int] = []
        closes: list[int] = []
        for since, until, offset in self.clock.steady(start, end):
            more = self._weeks_of((max(start, since), min(end, until), offset))
            _cut(*more, [(day * DAY - offset, (day + 1) * DAY - offset) for day in closed])
            opens += more[0]
            closes += more[1]
        return opens, closes

    def _weeks_of(self, stretch: Steady) -> tuple[list[int], list[int]]:
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

    def _day(self, number: int) -> list[Span]:
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


def _passed(opens: list[int], closes: list[int], before: list[int], at: int) -> int:
    """Open time of a strip before a moment in it."""
    i = bisect_right(closes, at)
    if i == len(opens) or at <= opens[i]:
        return before[i]
    return before[i] + at - opens[i]


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
