"""A line to a client after a session, about what was on our list. Rule: R-265."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from interlude.agenda.models import Line
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.outbox.actions import leave_notice, withdraw_notice
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer

UNDO = timedelta(minutes=1)


@transaction.atomic
def write_line(
    text: str, *, session: Session, by: Clinician, now: datetime, leaves_at: datetime, line_id: UUID
) -> Line:
    """Keep the words and have the people of this care told, without content, once they have left.

    They leave at *leaves_at*, and never within the minute for undoing. One *line_id* is one line.
    """
    known = Line.unscoped.filter(pk=line_id).first()
    if known is not None and known.clinician_id == by.pk:
        return known
    line = Line(
        id=line_id if known is None else uuid4(),
        practice_id=session.practice_id,
        client=session.client,
        clinician=by,
        session=session,
        written_at=now,
        leaves_at=max(leaves_at, now + UNDO),
    )
    line.sealed = Sealer(line.practice_id).seal(line.client_id, line.place, text)
    line.save(force_insert=True)
    for one in session.client.participants.writers().open_at(line.leaves_at).select_related("user"):
        leave_notice(
            "answer",
            to=one.user,
            practice_id=line.practice_id,
            once=f"line:{line.pk}",
            link="/my/our-list/",
            send_at=line.leaves_at,
        )
    record("line.written", by=by, on=line, practice_id=line.practice_id, at=now)
    return line


@transaction.atomic
def call_line_back(line: Line, *, by: Clinician, now: datetime) -> bool:
    """Until it leaves; False afterwards, and the second time."""
    mine = Line.unscoped.filter(pk=line.pk, clinician=by, leaves_at__gt=now, called_back_at=None)
    if mine.update(called_back_at=now) != 1:
        return False
    for one in line.client.participants.writers().select_related("user"):
        withdraw_notice(f"line:{line.pk}", to=one.user)
    record("line.called_back", by=by, on=line, practice_id=line.practice_id, at=now)
    return True
