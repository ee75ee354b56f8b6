"""Open stretches as sorted integers with running sums, built in strips as they are asked for.

All moments here are microseconds since 1970. A strip is about a hundred days; a question bisects one strip
and walks on to the next only when the answer is not in it. A strip that a closed week, an absence or a week
that never closes decides as a whole costs nothing to build, so such calendars answer or refuse at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import accumulate
from typing import NamedTuple

from interlude.core._moments import DAY, date_of, moment, weekday
from interlude.core._offsets import STRIP_BITS, Steady, WallClock
from interlude.core.errors import BadHours, BadMoment, NeverOpen

HORIZON_DAYS = 3653
HORIZON = HORIZON_DAYS * DAY

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
        self, clock: WallClock, week: Week, *, closed: frozenset[int], absences: Iterable[Span]
    ) -> None:
        self.clock = clock
        self._week = week
        self._closed = closed
        self._never = not any(week)
        self._round_the_clock = all(day == ((0, DAY),) for day in week)
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
        if amount <= 0:
            return self._unmoved(at, amount)
        limit = at + HORIZON
        k, (opens, closes, before) = at >> STRIP_BITS, self._strip(at >> STRIP_BITS)
        target = amount + _passed(opens, closes, before, at)
        while target > before[-1]:
            k += 1
            if amount > HORIZON or k << STRIP_BITS > limit:
                raise self._too_much(at, amount)
            target -= before[-1]
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
        if amount:
            raise BadHours(f"{timedelta(microseconds=amount)} of open time is less than none; use 0 or more")
        return at

    def _find_open(self, at: int) -> int | None:
        limit = at + HORIZON
        for k in range(at >> STRIP_BITS, (limit >> STRIP_BITS) + 1):
            opens, closes, _ = self._strip(k)
            i = bisect_right(closes, at)
            if i < len(opens):
                found = max(at, opens[i])
                return found if found <= limit else None
        return None

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
            spans = self._open_in(k)
            opens, closes = [start for start, _ in spans], [end for _, end in spans]
            before = list(accumulate((end - start for start, end in spans), initial=0))
            found = self._strips[k] = Strip(opens, closes, before)
        return found

    def _open_in(self, k: int) -> list[Span]:
        if self._never:
            return []
        start, end = k << STRIP_BITS, (k + 1) << STRIP_BITS
        away = self._away_in(start, end)
        if away and away[0][0] <= start and away[0][1] >= end:
            return []
        days = range(start // DAY - 1, end // DAY + 2)
        open_days = [day for day in days if self._week[weekday(day)] and day not in self._closed]
        if not open_days:
            return []
        if self._round_the_clock and len(open_days) == len(days):
            return list(_less([(start, end)], away))
        stretches = self.clock.strip(k)
        spans = (span for stretch in stretches for span in self._openings(_days_of(stretch), stretch))
        return list(_less(_joined(spans), away))

    def _day(self, number: int) -> Iterator[Span]:
        if not self._week[weekday(number)] or number in self._closed:
            return iter(())
        midnight = number * DAY
        stretches = self.clock.steady(midnight - DAY, midnight + 2 * DAY)
        spans = [span for stretch in stretches for span in self._openings((number,), stretch)]
        if not spans:
            return iter(())
        return _less(_joined(spans), self._away_in(spans[0][0], spans[-1][1]))

    def _openings(self, days: Iterable[int], stretch: Steady) -> Iterator[Span]:
        """The openings of these local days that fall into one stretch of steady offset, as moments."""
        start, end, offset = stretch
        for day in days:
            if day in self._closed:
                continue
            midnight = day * DAY - offset
            for opens, closes in self._week[weekday(day)]:
                since, until = max(start, midnight + opens), min(end, midnight + closes)
                if since < until:
                    yield since, until

    def _away_in(self, start: int, end: int) -> list[Span]:
        i, j = bisect_right(self._away_until, start), bisect_left(self._away_from, end)
        return list(zip(self._away_from[i:j], self._away_until[i:j], strict=True))


def _passed(opens: list[int], closes: list[int], before: list[int], at: int) -> int:
    """Open time of a strip before a moment in it."""
    i = bisect_right(closes, at)
    if i == len(opens) or at <= opens[i]:
        return before[i]
    return before[i] + at - opens[i]


def _days_of(stretch: Steady) -> range:
    start, end, offset = stretch
    return range((start + offset) // DAY, (end - 1 + offset) // DAY + 1)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans sorted by start, with those that touch or overlap made one, and empty ones left out."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif start < end:
            joined.append((start, end))
    return joined


def _less(spans: Iterable[Span], away: list[Span]) -> Iterator[Span]:
    """What is left of *spans* outside *away*; both are in order."""
    i = 0
    for start, end in spans:
        while i < len(away) and away[i][1] <= start:
            i += 1
        since, j = start, i
        while j < len(away) and away[j][0] < end:
            if since < away[j][0]:
                yield since, away[j][0]
            since = away[j][1]
            j += 1
        if since < end:
            yield since, end
