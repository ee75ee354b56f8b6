"""Check times: when a clinician reads messages. They stand apart from office hours (R-21)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from interlude.core.hours import Calendar


@dataclass(frozen=True, slots=True)
class CheckTimes:
    """Clock times by weekday (Monday is 0) at which a check window of *minutes* opens. Raises BadHours."""

    zone: ZoneInfo
    days: Mapping[int, tuple[time, ...]]
    minutes: int = 45

    def next_after(self, at: datetime, calendar: Calendar) -> datetime:
        """The first window that opens strictly after *at*, in UTC. Raises NeverOpen. Rule: R-21."""
        raise NotImplementedError

    def latest_until(self, at: datetime, calendar: Calendar) -> datetime | None:
        """The last window that opened at or before *at*; None if none did in ten years. Rule: R-21."""
        raise NotImplementedError

    def open_until(self, at: datetime, calendar: Calendar) -> datetime | None:
        """When the window that is open at *at* closes; None if none is open. Rule: R-22."""
        raise NotImplementedError
