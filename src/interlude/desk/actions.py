"""Asking the front desk, and answering."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Coalesce

from interlude.audit.record import record
from interlude.desk.models import Question
from interlude.outbox.actions import leave_notice
from interlude.practice.models import OfficeMember, Participant
from interlude.sealing.vault import Sealer


@transaction.atomic
def ask_desk(
    text: str,
    *,
    participant: Participant,
    topic: str,
    question_id: UUID,
    reply_due: datetime | None,
    now: datetime,
) -> Question:
    """Put a question into the desk's queue. The same id twice is one question."""
    known = Question.unscoped.filter(pk=question_id, participant=participant).first()
    if known is not None:
        return known
    question = Question(
        id=question_id,
        practice_id=participant.practice_id,
        client_id=participant.client_id,
        participant=participant,
        topic=topic,
        asked_at=now,
        reply_due=reply_due,
    )
    question.sealed = Sealer(participant.practice_id).seal(participant.client_id, question.place, text)
    question.save(force_insert=True)
    record(
        "question.asked",
        by=participant,
        on=question,
        practice_id=participant.practice_id,
        at=now,
        topic=topic,
    )
    return question


@transaction.atomic
def answer_question(question: Question, text: str, *, by: OfficeMember, now: datetime) -> bool:
    """Answer once; False if somebody else was first, and their answer stands."""
    sealed = Sealer(question.practice_id).seal(question.client_id, question.answer_place, text)
    waiting = Question.unscoped.filter(pk=question.pk, answered_at=None)
    if waiting.update(answered_at=now, answered_by=by, sealed_answer=sealed) != 1:
        return False
    leave_notice(
        "desk_answer",
        to=question.participant.user,
        practice_id=question.practice_id,
        once=f"question:{question.pk}",
        link=f"/my/questions/{question.pk}/",
        send_at=now,
    )
    record("question.answered", by=by, on=question, practice_id=question.practice_id, at=now)
    return True


@transaction.atomic
def move_date(question: Question, *, to: datetime, by: models.Model | None, now: datetime) -> bool:
    """Give a question that waits a later date and tell whoever asked; False where nothing gets later."""
    waiting = Question.unscoped.filter(pk=question.pk, answered_at=None, reply_due__gt=now, reply_due__lt=to)
    first = Coalesce("moved_from", "reply_due")
    if waiting.update(moved_from=first, reply_due=to) != 1:
        return False
    leave_notice(
        "date_moved",
        to=question.participant.user,
        practice_id=question.practice_id,
        once=f"moved:{question.pk}:{int(to.timestamp())}",
        link=f"/my/questions/{question.pk}/",
        send_at=now,
    )
    record("question.moved", by=by, on=question, practice_id=question.practice_id, at=now, due=to.isoformat())
    return True
