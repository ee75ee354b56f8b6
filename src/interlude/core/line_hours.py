"""When a help line has somebody there: open until, or closed until. Rule: R-160."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from interlude.core.zones import first_moment, zone


@dataclass(frozen=True, slots=True)
class DailyHours:
    """The same hours each day by the clock of a place. Closing at or before opening is on the next day."""

    opens: time
    closes: time
    zone: str


@dataclass(frozen=True, slots=True)
class LineState:
    """Whether somebody is there, and the moment at which that changes."""

    is_open: bool
    until: datetime


def state_at(now: datetime, hours: DailyHours) -> LineState:
    """Open until the close, or closed until the next opening; exact across changes of the clock. Rule: R-160."""
    clock = zone(hours.zone)
    today = now.astimezone(clock).date()
    for day in (today + timedelta(days=shift) for shift in (-1, 0, 1)):
        ends_on = day if hours.closes > hours.opens else day + timedelta(days=1)
        opens = first_moment(day, hours.opens, clock)
        if now < opens:
            return LineState(is_open=False, until=opens)
        if now < (closes := first_moment(ends_on, hours.closes, clock)):
            return LineState(is_open=True, until=closes)
    return LineState(is_open=False, until=first_moment(today + timedelta(days=2), hours.opens, clock))
