"""What a replay finds: sums over messages, and how their dates would move. Of clients it holds numbers alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from interlude.core._spread import Spread
from interlude.core.terms import Topic

Key = TypeVar("Key", bound=Hashable)


class End(StrEnum):
    """What becomes of a message, as a clinician would count it."""

    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"
    KEPT = "kept"
    NO_ANSWER = "no_answer"
    DESK = "desk"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the messages: how many, how many would differ, and how, before and under the rules tried."""

    messages: int
    differ: int
    before: Mapping[End, int]
    after: Mapping[End, int]
    moved: Mapping[tuple[End, End], int]
    over_before: int
    over_after: int
    sooner: int
    later: int
    dated: int


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much dates would move, later being more: a quarter of them by *low* or less, half by *middle*."""

    low: timedelta
    middle: timedelta
    high: timedelta


@dataclass(frozen=True, slots=True)
class Replayed:
    """What would differ. Rules: R-140 to R-143.

    Args:
        clients, unchanged: how many wrote, and for how many of them nothing differs.
        most: of the client for whom most differs, how many messages do, and how many there are.
        shift: how the dates move that there are both times; None where there are none.
        answers: answers that left and had a date both times; *late_before* and *late_after* of them after it.
        lengths: how many dates move by how much, for a picture; in quarters of an hour.
    """

    all: Part
    first: date | None
    last: date | None
    clients: int
    unchanged: int
    most: tuple[int, int]
    shift: Shift | None
    lengths: tuple[tuple[timedelta, int], ...]
    answers: int
    late_before: int
    late_after: int
    by_topic: Mapping[Topic, tuple[Part, Shift | None]]
    by_month: Mapping[tuple[int, int], Part]


Flow = tuple[End, End, bool, bool, int]
"""What it was, what it would be, beyond the plan then, beyond it now, and where its date goes.

Sooner is -1, later 1, the same 0; 2 where there is no date before and after.
"""
NO_DATES = 2


def differs(flow: Flow) -> bool:
    """Does a client read anything else: another end, another side of the plan, another date?"""
    before, after, over_before, over_after, way = flow
    return before is not after or over_before is not over_after or way in (-1, 1)


def part_of(flows: Iterable[tuple[Flow, int]]) -> Part:
    """Sums over flows, with how often each was met."""
    before, after = dict.fromkeys(End, 0), dict.fromkeys(End, 0)
    moved: dict[tuple[End, End], int] = {}
    sums = dict.fromkeys(("messages", "differ", "over_before", "over_after", "sooner", "later", "dated"), 0)
    for flow, number in flows:
        was, would_be, over_before, over_after, way = flow
        before[was] += number
        after[would_be] += number
        if was is not would_be:
            moved[was, would_be] = moved.get((was, would_be), 0) + number
        for name, counts in (
            ("messages", True),
            ("differ", differs(flow)),
            ("over_before", over_before),
            ("over_after", over_after),
            ("sooner", way == -1),
            ("later", way == 1),
            ("dated", way != NO_DATES),
        ):
            sums[name] += number * counts
    return Part(before=before, after=after, moved=moved, **sums)


def parts_of(counts: Mapping[tuple[Key, Flow], int]) -> dict[Key, Part]:
    """The same for each topic or month."""
    grouped: dict[Key, list[tuple[Flow, int]]] = {}
    for (key, flow), number in counts.items():
        grouped.setdefault(key, []).append((flow, number))
    return {key: part_of(flows) for key, flows in grouped.items()}


def shift_of(spread: Spread | None) -> Shift | None:
    """The quartiles; None where no date is compared."""
    low, middle, high = (spread.quarter(number) for number in (1, 2, 3)) if spread else (None, None, None)
    return Shift(low, middle, high) if low is not None and middle is not None and high is not None else None
