"""What became of what was kept for a session: how much is kept, and whether it was brought up there.

Two shares for a clinician's own eyes. Source: clinical notes 6.4 (deferral rate; brought up, a trust measure).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

SOONEST = 20
"""From how many on a share is said in percent; below, as "11 of 14"."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """None while there are too few to say."""
        return round(Fraction(100 * self.part, self.whole)) if self.whole >= SOONEST else None


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing on our list: since when, and when it was ticked off, as talked about or not."""

    added_at: datetime
    closed_at: datetime | None
    brought_up: bool


def deferral(kept: int, messages: int) -> Share:
    """Messages kept for a session, of all that came. Rule: R-264."""
    return Share(min(kept, messages), messages)


def brought_up(items: Iterable[Kept], sessions: Sequence[datetime], *, now: datetime) -> Share:
    """Of what was kept and whose next session took place, what was talked about in it.

    *sessions* are the starts of those that were not cancelled. Talked about in a session is what was ticked off
    from its start until the next one starts. Rule: R-264.
    """
    starts = sorted(sessions)
    part = whole = 0
    for item in items:
        number = next((n for n, at in enumerate(starts) if at > item.added_at), None)
        if number is None or starts[number] > now:
            continue
        whole += 1
        until = starts[number + 1] if number + 1 < len(starts) else None
        part += _within(item, starts[number], until)
    return Share(part, whole)


def _within(item: Kept, start: datetime, until: datetime | None) -> bool:
    at = item.closed_at
    return item.brought_up and at is not None and start <= at and (until is None or at < until)
