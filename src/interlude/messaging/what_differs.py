"""What a replay found, as a page puts it: the facts of sentences, rows of tables, the bars of one small drawing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.core._spread import QUARTER
from interlude.core.replayed import End, Part, Replayed, Shift
from interlude.core.terms import Topic

DAY, NONE = timedelta(days=1), timedelta(0)
UP_TO = (-2 * DAY - QUARTER, -DAY - QUARTER, -QUARTER, NONE, DAY, 2 * DAY)
BARS: tuple[str | Later, ...] = (
    _("More than two days sooner"),
    _("One to two days sooner"),
    _("Up to one day sooner"),
    _("At the same time"),
    _("Up to one day later"),
    _("One to two days later"),
    _("More than two days later"),
)
TALLEST, FLOOR, WIDTH, STEP = 46, 66, 28, 34  # of the drawing, 240 by 90


@dataclass(frozen=True, slots=True)
class Move:
    """Messages that would have met another end."""

    number: int
    was: End
    would_be: End


@dataclass(frozen=True, slots=True)
class Row:
    """One end, with how many met it and how many would have."""

    end: End
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many dates move by so much; left to right from sooner to later."""

    name: str | Later
    number: int
    left: int
    height: int
    is_same: bool

    @property
    def top(self) -> int:
        return FLOOR - self.height

    @property
    def middle(self) -> int:
        return self.left + WIDTH // 2

    @property
    def above(self) -> int:
        """Where its number stands."""
        return self.top - 4


@dataclass(frozen=True, slots=True)
class Tried:
    """What the page says."""

    found: Replayed
    since: date

    @property
    def rows(self) -> list[Row]:
        every = self.found.all
        rows = [Row(end, every.before[end], every.after[end]) for end in End]
        return [row for row in rows if row.before or row.after]

    @property
    def kept(self) -> Row:
        """What is kept for a session."""
        return Row(End.KEPT, self.found.all.before[End.KEPT], self.found.all.after[End.KEPT])

    @property
    def moves(self) -> list[Move]:
        """The most first."""
        moved = self.found.all.moved.items()
        return sorted((Move(number, *ends) for ends, number in moved), key=lambda move: -move.number)

    @property
    def same(self) -> int:
        """Dates that stay."""
        every = self.found.all
        return every.dated - every.sooner - every.later

    @property
    def dates_move(self) -> bool:
        return bool(self.found.all.sooner or self.found.all.later)

    @property
    def halves_differ(self) -> bool:
        """Whether the middle half of the dates is worth a sentence of its own."""
        shift = self.found.shift
        return shift is not None and shift.low != shift.high

    @property
    def topics(self) -> list[tuple[Topic, Part, Shift | None]]:
        return [(topic, part, shift) for topic, (part, shift) in self.found.by_topic.items()]

    @property
    def months(self) -> list[tuple[date, Part]]:
        return [(date(year, month, 1), part) for (year, month), part in self.found.by_month.items()]

    @property
    def bars(self) -> list[Bar]:
        """How far dates would move; the most frequent stands tallest."""
        counts = [0] * len(BARS)
        for length, number in self.found.lengths:
            counts[bisect_left(UP_TO, length)] += number
        most = max(counts) or 1
        return [
            Bar(name, number, 4 + STEP * place, round(TALLEST * number / most), place == len(BARS) // 2)
            for place, (name, number) in enumerate(zip(BARS, counts, strict=True))
        ]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
