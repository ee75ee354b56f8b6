"""What is written beside a changed version: why it changes, and for safety or law, from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from interlude.core.notice import Because


@dataclass(frozen=True, slots=True)
class Notice:
    """Why, from when.

    Args:
        reason: in words for the client; a stricter version without one never starts.
        because: safety and law need a reason and a day, and need no yes.
        starts_on: that day; else one before which nothing starts.
    """

    reason: str = ""
    because: Because = Because.ORDINARY
    starts_on: date | None = None


NOTHING_WRITTEN = Notice()
