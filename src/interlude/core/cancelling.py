"""What it costs to cancel a session now, and until when it is free. Shown before, so that no bill surprises. R-271."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from interlude.core.errors import BadMoment
from interlude.core.money import Money
from interlude.core.terms import LateCancel


@dataclass(frozen=True, slots=True)
class Cancelling:
    """One session, seen from now.

    Args:
        possible: it has not begun.
        free_until: the last moment at which it costs nothing; None where it never costs.
        price: what it would cost now; None for nothing.
    """

    possible: bool
    free_until: datetime | None = None
    price: Money | None = None


def cancelling(rule: LateCancel | None, *, starts_at: datetime, now: datetime) -> Cancelling:
    """What cancelling a session that begins at *starts_at* means now. Hours are real ones, whatever the clock does.

    Raises BadMoment for a moment without an offset.
    """
    for moment in (starts_at, now):
        if moment.utcoffset() is None:
            raise BadMoment(f"{moment.isoformat()} has no UTC offset; pass an aware datetime")
    possible = now < starts_at
    if rule is None:
        return Cancelling(possible)
    free_until = starts_at.astimezone(UTC) - timedelta(hours=rule.hours)
    return Cancelling(possible, free_until, rule.price if possible and now > free_until else None)
