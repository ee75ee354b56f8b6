"""Asking for one's record, making it ready, taking it along: each step is written down, none of it with content.

Rules: R-303, R-304.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from interlude.audit.record import record
from interlude.core.record_request import record_due
from interlude.outbox.actions import leave_notice
from interlude.papers.models import RecordRequest
from interlude.practice.models import Clinician, OfficeMember, Participant


def ask_for_record(*, participant: Participant, now: datetime) -> RecordRequest:
    """One open request for each person: whoever asks again has the one that waits, with its date."""
    try:
        return _asked(participant, now)
    except IntegrityError:  # two presses at the same instant: the other one was first
        return _asked(participant, now)


@transaction.atomic
def _asked(participant: Participant, now: datetime) -> RecordRequest:
    waiting = RecordRequest.unscoped.filter(participant=participant).open().first()
    if waiting is not None:
        return waiting
    made = RecordRequest.unscoped.create(
        practice_id=participant.practice_id,
        client_id=participant.client_id,
        participant=participant,
        asked_at=now,
        due_on=record_due(participant.client.clinician.date_at(now)),
    )
    due = made.due_on.isoformat()
    record("record.asked", by=participant, on=made, practice_id=made.practice_id, at=now, due=due)
    return made


@transaction.atomic
def withdraw_request(asked: RecordRequest, *, by: Participant, now: datetime) -> bool:
    """Who asked does not need it any more; False where it is ready, or was taken back before."""
    if RecordRequest.unscoped.filter(pk=asked.pk).open().update(withdrawn_at=now) != 1:
        return False
    record("record.withdrawn", by=by, on=asked, practice_id=asked.practice_id, at=now)
    return True


@transaction.atomic
def hand_out(asked: RecordRequest, *, by: Clinician | OfficeMember, now: datetime) -> bool:
    """It can be saved from now on, and its person is told so without content. Twice is once."""
    if RecordRequest.unscoped.filter(pk=asked.pk).open().update(ready_at=now) != 1:
        return False
    record("record.ready", by=by, on=asked, practice_id=asked.practice_id, at=now)
    user = asked.participant.user
    if user is not None:
        leave_notice(
            "record",
            to=user,
            practice_id=asked.practice_id,
            once=f"record:{asked.pk}",
            link="/my/papers/",
            send_at=now,
        )
    return True


def note_taken(asked: RecordRequest, *, by: Participant, now: datetime) -> None:
    """It was saved. For the practice's duty to give it alone: no page shows it."""
    record("record.taken", by=by, on=asked, practice_id=asked.practice_id, at=now)
