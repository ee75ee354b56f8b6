"""Whether something may go to somebody's contact point now, later, or never. Rule: R-167."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interlude.core.line_hours import DailyHours, state_at

ASK_AGAIN = timedelta(days=365)  # what was safe a year ago may not be


@dataclass(frozen=True, slots=True)
class SafeContact:
    """What somebody said of one way to reach them. `hours`: when it is safe; None for any hour."""

    never: bool
    hours: DailyHours | None
    confirmed_on: date

    def wants_asking(self, today: date) -> bool:
        """Is it a year since they last said that this is right?"""
        return today >= self.confirmed_on + ASK_AGAIN


def sending_moment(now: datetime, contact: SafeContact | None) -> datetime | None:
    """When something may leave: now, the next safe hour, or None for never. Nobody who said nothing is held back."""
    if contact is None:
        return now
    if contact.never:
        return None
    if contact.hours is None:
        return now
    state = state_at(now, contact.hours)
    return now if state.is_open else state.until
