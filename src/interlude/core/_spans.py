"""Questions about open time, answered from sorted integers with running sums.

The stretches are laid out in strips of about a hundred days as they are asked about; a question bisects one
strip and walks on to the next only when the answer is not in it.
"""

from bisect import bisect_left, bisect_right
from datetime import timedelta
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from interlude.core._layout import Layout, Span
from interlude.core._moments import DAY, date_of, moment
from interlude.core.errors import BadHours, BadMoment, NeverOpen

HORIZON_DAYS = 3653
HORIZON = HORIZON_DAYS * DAY

STRIP_BITS = 43  # 2**43 microseconds, about 102 days: most promises are reached within one strip


class Strip(NamedTuple):
    """Open stretches in order, and the open time before each; `before` has one more: the sum."""

    opens: list[int]
    closes: list[int]
    before: list[int]


class Spans:
    """The open stretches of one layout, kept once they are known."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
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
            found = self._days[number] = tuple(self._layout.day(number))
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
        limit = at + HORIZON if self._layout.ever_open else at
        while at <= limit:
            away = self._layout.away(at)
            at = away[1] if away else at
            opens, closes, _ = self._strip(at >> STRIP_BITS)
            i = bisect_right(closes, at)
            if i < len(opens):
                found = max(at, opens[i])
                return found if found <= limit else None
            at = ((at >> STRIP_BITS) + 1) << STRIP_BITS
        return None

    def _before_next(self, day: int) -> int:
        """A later day, or this one, with nothing open in between. One day short: a clock set back across
        midnight shows a date again after its successor has begun."""
        found = self._find_open(self._layout.clock.first(day, 0))
        if found is None:
            return day + HORIZON_DAYS
        return max(day, self._layout.clock.day_at(found) - 2)

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
            opens, closes = self._layout.between(k << STRIP_BITS, (k + 1) << STRIP_BITS)
            before = list(accumulate(map(sub, closes, opens), initial=0))
            found = self._strips[k] = Strip(opens, closes, before)
        return found


def _passed(opens: list[int], closes: list[int], before: list[int], at: int) -> int:
    """Open time of a strip before a moment in it."""
    i = bisect_right(closes, at)
    if i == len(opens) or at <= opens[i]:
        return before[i]
    return before[i] + at - opens[i]
