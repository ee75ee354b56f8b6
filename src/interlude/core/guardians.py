"""What a guardian sees on a day: times and bills, what was granted beyond, and when it ends.

Dates are days on the calendar where the young person is. Whatever order changes were entered in, the same day
gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Scope(StrEnum):
    """What a guardian may see. None of it is a message, a list or a journal. Rule: R-135."""

    TIMES = "times"
    BILLS = "bills"
    AGREEMENT = "agreement"
    SUMMARY_TALKS = "summary_talks"  # talks with the therapist about how it goes, in a session
    COPY = "copy"  # a copy of the record, handed out because the law demands it; never in this portal


BASIC = frozenset({Scope.TIMES, Scope.BILLS})
"""What every guardian sees unless it was taken. Rule: R-132."""


class Because(StrEnum):
    """Why a scope changes."""

    TOGETHER = "together"
    THERAPIST = "therapist"
    COURT = "court"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Change:
    """From *on*, a guardian may or may no longer see *scope*; None is everything: the access itself.

    Args:
        number: the order of entry, for two changes of one day.
    """

    on: date
    scope: Scope | None
    may: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """What a guardian sees on one day."""

    is_open: bool
    scopes: frozenset[Scope]

    def sees(self, scope: Scope) -> bool:
        return self.is_open and scope in self.scopes


CLOSED = Reach(False, frozenset())


@dataclass(frozen=True, slots=True)
class Turns:
    """The two birthdays that matter here; None where no day of birth or no age is known."""

    consent: date | None = None
    majority: date | None = None


def reach(changes: Iterable[Change], on: date, turns: Turns) -> Reach:
    """What a guardian sees on that day. Rules: R-131, R-132.

    From the day of own consent, what others granted beyond times and bills before that day no longer counts.
    """
    if turns.majority is not None and on >= turns.majority:
        return CLOSED
    scopes, is_open = set(BASIC), True
    for change in _in_order(changes):
        if change.on > on or _lapsed(change, on, turns.consent):
            continue
        if change.scope is None:
            is_open = change.may
        elif change.may:
            scopes.add(change.scope)
        else:
            scopes.discard(change.scope)
    return Reach(True, frozenset(scopes)) if is_open else CLOSED


def coming(changes: Iterable[Change], on: date, turns: Turns) -> tuple[tuple[date, Reach], ...]:
    """Every later day on which the answer becomes another, with the new answer."""
    known = list(changes)
    days = {change.on for change in known} | {day for day in (turns.consent, turns.majority) if day}
    found, before = [], reach(known, on, turns)
    for day in sorted(day for day in days if day > on):
        after = reach(known, day, turns)
        if after != before:
            found.append((day, after))
        before = after
    return tuple(found)


def earliest(may: bool, today: date) -> date:
    """The first day on which a change may begin: what takes away, today; what lets more be seen, tomorrow.

    The young person hears of it first. Rule: R-133.
    """
    return today + timedelta(days=1) if may else today


def needs_a_document(scope: Scope | None, because: Because) -> bool:
    """Whether a change must name the paper that demands it: a court's, and every copy of the record.

    Rule: R-135.
    """
    return because in (Because.COURT, Because.LAW) or scope is Scope.COPY


def may_be_granted(scope: Scope | None, because: Because) -> bool:
    """A copy of the record is no matter of agreement: law or a court alone gives it. Rule: R-135."""
    return scope is not Scope.COPY or because in (Because.COURT, Because.LAW)


def _in_order(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.on, change.number))


def _lapsed(change: Change, on: date, consent: date | None) -> bool:
    is_extra = change.may and change.scope is not None and change.scope not in BASIC | {Scope.COPY}
    return is_extra and consent is not None and change.on < consent <= on
