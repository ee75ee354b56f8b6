"""Where sessions are met by video, and what holds for all sessions of a clinician."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import models, transaction

from interlude.appointments.feed_models import SessionHabits, habits_of
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.practice.models import Clinician


@dataclass(frozen=True, slots=True)
class Habits:
    """A link that is in order, or none; hours as the form offers them."""

    join_url: str
    remind_hours: int


@transaction.atomic
def set_habits(chosen: Habits, *, clinician: Clinician, by: models.Model, now: datetime) -> bool:
    """Keep what holds for this clinician's sessions from now on. False where it holds already."""
    before = habits_of(clinician)
    if all(getattr(before, name) == value for name, value in asdict(chosen).items()):
        return False
    row, _ = SessionHabits.unscoped.update_or_create(
        clinician=clinician, defaults=asdict(chosen), create_defaults=_new(chosen, clinician)
    )
    record("session_habits.set", by=by, on=row, practice_id=clinician.practice_id, at=now)
    return True


def _new(chosen: Habits, clinician: Clinician) -> dict[str, object]:
    return asdict(chosen) | {"practice_id": clinician.practice_id, "clinician": clinician}


@transaction.atomic
def set_session_link(
    session: Session, join_url: str, *, in_person: bool, by: models.Model, now: datetime
) -> bool:
    """Meet in this session somewhere else than usual, or in a room. False where it is so already."""
    url = "" if in_person else join_url
    rows = Session.unscoped.filter(pk=session.pk).exclude(join_url=url, in_person=in_person)
    if not rows.update(join_url=url, in_person=in_person):
        return False
    record("session.link_set", by=by, on=session, practice_id=session.practice_id, at=now)
    return True
