"""A clinician's check windows, from their own rules: the last, the open one, the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from interlude.boundaries.calendars import calendar_of, clinician_layers
from interlude.core.errors import BadHours
from interlude.core.hours import Calendar
from interlude.core.layers import resolve
from interlude.core.policy import Policy
from interlude.core.toml_text import load_layer
from interlude.practice.models import Clinician


@dataclass(frozen=True, slots=True)
class Window:
    """Where *now* stands among a clinician's check windows. All moments are in UTC.

    Args:
        opened_at: when the last one opened; None before the first.
        closes_at: when that one closes, or closed.
        next_at: when the next one opens; None if none is planned.
    """

    policy: Policy
    calendar: Calendar
    opened_at: datetime | None
    closes_at: datetime | None
    next_at: datetime | None
    is_open: bool


def window_of(clinician: Clinician, now: datetime) -> Window:
    """The check windows around *now*, by the clinician's own rules of today; four queries. R-20 to R-22."""
    on = clinician.date_at(now)
    policy = _own_rules(tuple(clinician_layers(clinician, on)), on)
    calendar, checks = calendar_of(clinician, policy), policy.checks()
    opened = _known(lambda: checks.latest_until(now, calendar))
    closes = opened + timedelta(minutes=checks.minutes) if opened else None
    following = _known(lambda: checks.next_after(now, calendar))
    return Window(policy, calendar, opened, closes, following, is_open=closes is not None and now < closes)


@lru_cache(maxsize=512)
def _own_rules(layers: tuple[str, ...], on: date) -> Policy:
    return resolve([load_layer(text, file="rules") for text in layers], on).policy


def _known(moment: Callable[[], datetime | None]) -> datetime | None:
    """None where no window is ever planned."""
    try:
        return moment()
    except BadHours:
        return None
