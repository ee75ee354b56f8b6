"""How lengths of time are spread, counted by quarters of an hour: a median of millions, in memory that stays small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

QUARTER = timedelta(minutes=15)
FURTHEST = 100 * 96
"""Quarters of an hour in a hundred days; what is longer counts as so long. Rule: R-142."""


class Spread:
    """Lengths of time, each to the nearest quarter of an hour; negative ones too."""

    __slots__ = ("_counts", "number")

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self.number = 0

    def add(self, length: timedelta) -> None:
        """Count one."""
        quarters = length.days * 96 + (length.seconds + 450) // 900
        quarters = min(max(quarters, -FURTHEST), FURTHEST)
        self._counts[quarters] = self._counts.get(quarters, 0) + 1
        self.number += 1

    def lengths(self) -> Iterator[tuple[timedelta, int]]:
        """Each length with its number, the shortest first."""
        for quarters in sorted(self._counts):
            yield quarters * QUARTER, self._counts[quarters]

    def quarter(self, number: int) -> timedelta | None:
        """The length that a quarter of all do not exceed; half with 2, three of four with 3. None without any."""
        wanted = -(-self.number * number // 4)
        for length, counted in self.lengths():
            wanted -= counted
            if wanted <= 0:
                return length
        return None

    @classmethod
    def together(cls, several: Iterable[Spread]) -> Spread:
        """All of them as one."""
        one = cls()
        for each in several:
            one.number += each.number
            for quarters, counted in each._counts.items():
                one._counts[quarters] = one._counts.get(quarters, 0) + counted
        return one
