"""Absent means silent: until when nothing is sent to a clinician who is away. Rule: R-249."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from interlude.boundaries.models import Absence
from interlude.boundaries.windows import window_of


def quiet_until(user_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, datetime]:
    """For those who are away: their first check window after it, or its end where none is planned."""
    on = Absence.unscoped.going_on(now).filter(clinician__user__in=list(user_ids))
    found: dict[UUID, datetime] = {}
    for absence in on.select_related("clinician"):
        user_id = absence.clinician.user_id
        if user_id is not None:
            found[user_id] = window_of(absence.clinician, now).next_at or absence.ends_at
    return found
