"""How answering goes beside what was agreed: sooner, later, longer, at other hours, beyond the plan.

For the one who answers, and nobody else. Facts of their own weeks; no score, no order among clients.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_low
from typing import TypeVar

HOUR = timedelta(hours=1)
FEWEST = 4  # answers; with fewer there is nothing to speak of

K = TypeVar("K", bound=Hashable)


class Habit(StrEnum):
    """A way of answering that differs from what was agreed; in the order in which to think about it."""

    LATE = "late"
    OTHER_HOURS = "other_hours"
    SOONER = "sooner"
    LONGER = "longer"
    BEYOND_PLAN = "beyond_plan"


@dataclass(frozen=True, slots=True)
class Answered:
    """One message and its written answer, as moments and numbers; never the words.

    Args:
        due_at: by when it was promised, under the agreement it was sent under; None where nothing was.
        left_at: when the answer went out.
        missed: a date was missed on the way and given anew.
        words: how many the answer has; *planned_words* how many that agreement plans for one message.
        own_hours: was it written in the clinician's own hours?
        beyond_plan: was the message kept for the session, and answered in writing all the same?
    """

    sent_at: datetime
    due_at: datetime | None
    left_at: datetime
    missed: bool
    words: int
    planned_words: int | None
    own_hours: bool
    beyond_plan: bool

    @property
    def lead(self) -> timedelta | None:
        """How long before its date it left; negative after it."""
        return self.due_at - self.left_at if self.due_at is not None else None

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and (self.missed or self.left_at > self.due_at)

    @property
    def is_sooner(self) -> bool:
        """Did it leave before half of the agreed time had passed?"""
        if self.due_at is None or self.is_late:
            return False
        return self.left_at - self.sent_at < (self.due_at - self.sent_at) / 2

    @property
    def is_longer(self) -> bool:
        return self.planned_words is not None and self.words > self.planned_words


@dataclass(slots=True)
class Sums:
    """What a number of answers come to. *leads*: of those in time, how long before their date they left.

    Rules: R-125 to R-127.
    """

    answers: int = 0
    dated: int = 0
    sooner: int = 0
    within_hour: int = 0
    late: int = 0
    longer: int = 0
    other_hours: int = 0
    beyond_plan: int = 0
    leads: list[timedelta] = field(default_factory=list)

    def add(self, one: Answered) -> None:
        """Count one more."""
        self.answers += 1
        self.dated += one.due_at is not None
        self.sooner += one.is_sooner
        self.within_hour += one.is_sooner and one.left_at - one.sent_at <= HOUR
        self.late += one.is_late
        self.longer += one.is_longer
        self.other_hours += not one.own_hours
        self.beyond_plan += one.beyond_plan
        if one.lead is not None and not one.is_late:
            self.leads.append(one.lead)

    @property
    def typical_lead(self) -> timedelta | None:
        """The middle one of the leads; None where nothing was in time."""
        return median_low(self.leads) if self.leads else None

    @property
    def are_enough(self) -> bool:
        """Are there enough answers to speak of?"""
        return self.answers >= FEWEST

    def count(self, habit: Habit) -> int:
        """How many answers were so."""
        return int(getattr(self, habit))

    def out_of(self, habit: Habit) -> int:
        """How many could have been: only what has a date is sooner or late."""
        return self.dated if habit in (Habit.SOONER, Habit.LATE) else self.answers

    @property
    def habits(self) -> list[Habit]:
        """What stands out: twice at least, and in a third or more; what weighs most comes first."""
        if not self.are_enough:
            return []
        return [one for one in Habit if self.count(one) >= 2 and self.count(one) * 3 >= self.out_of(one)]


def summed(rows: Iterable[tuple[K, Answered]]) -> tuple[Sums, dict[K, Sums]]:
    """All answers in sum, and by client; one pass, whatever their number. Rules: R-125 to R-127."""
    whole, each = Sums(), dict[K, Sums]()
    for key, one in rows:
        whole.add(one)
        each.setdefault(key, Sums()).add(one)
    return whole, each


class Contact(StrEnum):
    """How much somebody writes now beside how much they wrote before."""

    MORE = "more"
    AS_BEFORE = "as_before"
    LESS = "less"


def contact(*, last_four: int, eight_before: int) -> Contact:
    """The messages of the last four weeks beside those of the eight before, of one client alone.

    More or less from two messages in four weeks on, and by half as much again or more. Rule: R-128.
    """
    if last_four * 2 - eight_before >= 4 and last_four * 4 >= eight_before * 3:
        return Contact.MORE
    if eight_before - last_four * 2 >= 4 and last_four * 3 <= eight_before:
        return Contact.LESS
    return Contact.AS_BEFORE
