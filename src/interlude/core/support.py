"""Extra support for a time: more than was agreed, for one client, in steps, with an end and a look back.

It only ever gives more. What gives less is a change of the agreement, and goes with notice. Rules: R-110 to R-115.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from interlude.core.layers import LayerKind, Resolved, diff
from interlude.core.orders import Direction

LONGEST = timedelta(days=366)
"""What is meant to last longer is an agreement. Rule: R-110."""

TOLD_BEFORE = timedelta(days=7)
_DAY = timedelta(days=1)


class Fault(StrEnum):
    """Why extra support cannot be given as asked, or its end cannot move there."""

    PAST = "past"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    REVIEW = "review"
    STEP_OUTSIDE = "step_outside"
    STEP_ORDER = "step_order"
    OVERLAP = "overlap"
    NOTHING_MORE = "nothing_more"
    STRICTER = "stricter"
    LOCKED = "locked"
    NO_AGREEMENT = "no_agreement"
    OVER = "over"
    TOO_SOON = "too_soon"
    NO_SESSION = "no_session"
    NOT_THAT_DAY = "not_that_day"


@dataclass(frozen=True, slots=True)
class Refused:
    """An expected no: what is wrong, the value that was asked for, and what stands against it."""

    fault: Fault
    key: str = ""
    value: Any = None
    held: Any = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What holds up to and on a day, beside what holds all the time."""

    until: date
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same values hold; first and last day included."""

    since: date
    until: date
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Extra support as it is asked for.

    Args:
        since, until: its first and its last day.
        review_on: the day on which both look at it again.
        values: what is more on all its days, by key as in `Policy.values()`.
        steps: what is more for some of them, the first step first; after the last one only *values* hold.
    """

    since: date
    until: date
    review_on: date
    values: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    def stretches(self) -> tuple[Stretch, ...]:
        """Every day of the plan in one stretch and no more, in the order of the days. Rule: R-111."""
        starts = [self.since, *(step.until + _DAY for step in self.steps)]
        found = [
            Stretch(start, step.until, {**self.values, **step.values})
            for start, step in zip(starts, self.steps, strict=False)
        ]
        if starts[-1] <= self.until:
            found.append(Stretch(starts[-1], self.until, dict(self.values)))
        return tuple(found)


def refusal_of_days(plan: Plan, *, today: date, taken: Iterable[tuple[date, date]] = ()) -> Refused | None:
    """Why these days cannot be; None if they can. *taken* are days of other extra support. R-110, R-111, R-113."""
    if plan.since < today:
        return Refused(Fault.PAST, "since", plan.since, today)
    if plan.until < plan.since:
        return Refused(Fault.BACKWARDS, "until", plan.until, plan.since)
    if plan.until - plan.since > LONGEST:
        return Refused(Fault.TOO_LONG, "until", plan.until, plan.since + LONGEST)
    if not plan.since <= plan.review_on <= plan.until:
        return Refused(Fault.REVIEW, "review_on", plan.review_on, plan.until)
    return _refusal_of_steps(plan) or _overlap(plan.since, plan.until, taken)


def refusal_of_more(before: Resolved, after: Resolved, *, on: date) -> Refused | None:
    """Why *after* is no extra support on top of *before*: it gives less, nothing, or more than is let. R-112.

    A value that cannot be compared with the agreed one may be less for somebody, so it is refused as well.
    """
    for key, why in after.origins.items():
        if why.wanted and why.locked_by and why.wanted.origin.kind is LayerKind.EXCEPTION:
            return Refused(Fault.LOCKED, key, why.wanted.value, why.value, on)
    changes = diff(before.policy, after.policy)
    for change in changes:
        if change.direction is not Direction.LOOSER:
            return Refused(Fault.STRICTER, change.key, change.after, change.before, on)
    return None if changes else Refused(Fault.NOTHING_MORE, on=on)


def earliest_end(
    *, today: date, notice_days: int, session_on: date | None, agreed_on: date | None
) -> date | None:
    """The soonest day to which an end may be moved forward; None if no session lies ahead. Rule: R-114.

    Less than was said needs notice and a session before it. What both agreed on in a session needs neither.
    """
    if agreed_on is not None:
        return today
    if session_on is None:
        return None
    return max(today + timedelta(days=notice_days), session_on)


@dataclass(frozen=True, slots=True)
class MovedEnd:
    """Another end for extra support that runs or is still to come."""

    to: date
    review_on: date
    agreed_on: date | None = None


def refusal_of_end(
    moved: MovedEnd,
    *,
    since: date,
    until: date,
    given_on: date,
    today: date,
    soonest: date | None,
    taken: Iterable[tuple[date, date]] = (),
) -> Refused | None:
    """Why the end cannot move there; None if it can. *soonest* is `earliest_end`. Rules: R-110, R-113, R-114."""
    if until < today:
        return Refused(Fault.OVER, "until", until)
    if moved.agreed_on is not None and not given_on <= moved.agreed_on <= today:
        return Refused(Fault.NOT_THAT_DAY, "agreed_on", moved.agreed_on, given_on)
    if moved.to == until:
        return Refused(Fault.NOTHING_MORE, "until", moved.to)
    if moved.to > until:
        return _refusal_of_longer(moved, since=since, until=until, today=today, taken=taken)
    return _refusal_of_shorter(moved, since=since, soonest=soonest)


def told_on(since: date, until: date) -> tuple[date, ...]:
    """On which days the client is told: as it begins, and a week before it ends, or the day after. Rule: R-115."""
    before_end = max(since + _DAY, until - TOLD_BEFORE)
    return (since, before_end) if before_end <= until else (since,)


def _refusal_of_longer(
    moved: MovedEnd, *, since: date, until: date, today: date, taken: Iterable[tuple[date, date]]
) -> Refused | None:
    if moved.to - since > LONGEST:
        return Refused(Fault.TOO_LONG, "until", moved.to, since + LONGEST)
    if not max(since, today) <= moved.review_on <= moved.to:
        return Refused(Fault.REVIEW, "review_on", moved.review_on, moved.to)
    return _overlap(until + _DAY, moved.to, taken)


def _refusal_of_shorter(moved: MovedEnd, *, since: date, soonest: date | None) -> Refused | None:
    if moved.to < since:
        return Refused(Fault.BACKWARDS, "until", moved.to, since)
    if soonest is None:
        return Refused(Fault.NO_SESSION, "until", moved.to)
    if moved.to < soonest:
        return Refused(Fault.TOO_SOON, "until", moved.to, soonest)
    if not since <= moved.review_on <= moved.to:
        return Refused(Fault.REVIEW, "review_on", moved.review_on, moved.to)
    return None


def _refusal_of_steps(plan: Plan) -> Refused | None:
    ends = [step.until for step in plan.steps]
    for end in ends:
        if not plan.since <= end <= plan.until:
            return Refused(Fault.STEP_OUTSIDE, "steps", end, plan.until)
    for one, next_one in pairwise(ends):
        if next_one <= one:
            return Refused(Fault.STEP_ORDER, "steps", next_one, one)
    return None


def _overlap(since: date, until: date, taken: Iterable[tuple[date, date]]) -> Refused | None:
    """Two at a time would leave nobody sure of what holds. Rule: R-113."""
    for first, last in taken:
        if first <= until and since <= last:
            return Refused(Fault.OVERLAP, "since", first, last)
    return None
