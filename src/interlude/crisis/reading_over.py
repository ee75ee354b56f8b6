"""Whether the careful reader looks over words on their writer's own page: the practice's choice. Rule: R-190."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from interlude.audit.record import record
from interlude.practice.models import OfficeMember, Practice


@transaction.atomic
def choose_reading(practice: Practice, wanted: bool, *, by: OfficeMember, now: datetime) -> None:
    """Switch it on or off for every client of the practice. The same once more changes nothing."""
    if practice.reads_over == wanted:
        return
    practice.reads_over = wanted
    practice.save(update_fields=["reads_over"])
    said = "practice.reading_on" if wanted else "practice.reading_off"
    record(said, by=by, on=practice, practice_id=practice.id, at=now)
