"""How far a zone's clock stands from UTC, asked once and kept, as integers.

The standard library answers for one moment at a time and keeps the moments of change to itself.
We ask at steps of three days, and then halve the step that differs until the second is found. The shortest
time between two changes in any zone's history is four days (Freetown in 1939), since 1975 a week.
"""

from functools import lru_cache
from zoneinfo import ZoneInfo

from interlude.core._moments import DAY, SECOND, moment

_STRIP_BITS = 43  # 2**43 microseconds: about 102 days are asked at once
_STEP = 1 << (_STRIP_BITS - 5)  # 76 hours

Steady = tuple[int, int, int]
"""From, until (exclusive), and the offset that holds between, all in microseconds."""


class WallClock:
    """The clock on the wall of one zone. Filled as it is asked; the answers never change."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._strips: dict[int, tuple[Steady, ...]] = {}

    def day_at(self, at: int) -> int:
        """The number of the local day at a moment."""
        return (at + self.offset_at(at)) // DAY

    def offset_at(self, at: int) -> int:
        """Microseconds that the clock is ahead of UTC at a moment."""
        for _, end, offset in self.strip(at >> _STRIP_BITS):
            if at < end:
                return offset
        raise AssertionError("a strip covers its whole length")  # pragma: no cover

    def first(self, day: int, clock: int) -> int:
        """The first moment at which the wall shows this day and clock, or later. Rule: R-20."""
        wall = day * DAY + clock
        for start, end, offset in self.steady(wall - DAY, wall + DAY):
            if wall < end + offset:
                return max(start, wall - offset)
        raise AssertionError("offsets are less than a day")  # pragma: no cover

    def steady(self, start: int, end: int) -> list[Steady]:
        """The stretches of one offset that touch start <= t < end, in order."""
        strips = range(start >> _STRIP_BITS, ((end - 1) >> _STRIP_BITS) + 1)
        return [each for k in strips for each in self.strip(k) if each[1] > start and each[0] < end]

    def strip(self, k: int) -> tuple[Steady, ...]:
        """The stretches of one offset in the k-th strip, cut at its ends."""
        found = self._strips.get(k)
        if found is None:
            found = self._strips[k] = self._ask(k << _STRIP_BITS, (k + 1) << _STRIP_BITS)
        return found

    def _ask(self, start: int, end: int) -> tuple[Steady, ...]:
        stretches = []
        since, offset = start, self._offset(start)
        for at in range(start, end, _STEP):
            ahead = self._offset(at + _STEP)
            if ahead != offset:
                change = self._change(at, at + _STEP, offset)
                stretches.append((since, change, offset))
                since, offset = change, ahead
        stretches.append((since, end, offset))
        return tuple(each for each in stretches if each[0] < each[1])

    def _change(self, before: int, after: int, offset: int) -> int:
        """The second at which *offset* ends, given a moment before and one after."""
        while after - before > SECOND:
            middle = (before + after) // 2
            if self._offset(middle) == offset:
                before = middle
            else:
                after = middle
        return after - after % SECOND

    def _offset(self, at: int) -> int:
        ahead = moment(at).astimezone(self._zone).utcoffset()
        assert ahead is not None
        return (ahead.days * 86_400 + ahead.seconds) * SECOND


@lru_cache(maxsize=128)
def wall_clock(zone: ZoneInfo) -> WallClock:
    """The wall clock of a zone, one for all calendars in it."""
    return WallClock(zone)
