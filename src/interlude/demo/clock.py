"""The demo's clock can be moved on, so that nobody has to wait until Thursday to see a window open.

Server and worker read the same small file. Outside the demo nothing of this is loaded.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from interlude.boundaries.windows import window_of
from interlude.core.errors import InterludeError
from interlude.practice.models import Clinician

FURTHEST = timedelta(days=60)
real_now = timezone.now  # noqa: TID251  the demo puts its own clock in this one's place


def start_moving() -> None:
    """Put the demo's clock in the place of the real one. Called once, when the demo starts."""
    timezone.now = moved_now  # noqa: TID251  the one place where a clock is replaced


def moved_now() -> datetime:
    return real_now() + ahead()


def ahead() -> timedelta:
    """By how much the demo's clock is ahead of the real one."""
    try:
        return timedelta(seconds=float(_file().read_text()))
    except (OSError, ValueError):  # not moved yet
        return timedelta()


def move_to(moment: datetime) -> None:
    """Move on to *moment*. Never back: what was promised stays in its order."""
    now = moved_now()
    if moment <= now:
        return
    if moment - real_now() > FURTHEST:
        raise InterludeError(
            f"the demo's clock goes at most {FURTHEST.days} days ahead; stop the demo and start it anew"
        )
    part = _file().with_suffix(".part")
    part.write_text(str((moment - real_now()).total_seconds()))
    part.rename(_file())


def next_window(clinician: Clinician) -> datetime | None:
    """The next opening of this clinician's check window by the demo's clock."""
    return window_of(clinician, moved_now()).next_at


def _file() -> Path:
    return Path(settings.DATA) / "clock"
