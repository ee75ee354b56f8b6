"""When a calendar loses open time, the dates that were given on it move: openly, at once, and before they pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models, transaction

from interlude.appointments.models import MoveRequest
from interlude.appointments.requests import move_request_date
from interlude.boundaries.actions import close_days
from interlude.boundaries.models import Absence, ClosedDay
from interlude.desk.actions import move_date
from interlude.desk.models import Question
from interlude.messaging.actions import ground_for
from interlude.messaging.asking import desk_due
from interlude.messaging.models import PromiseMove
from interlude.messaging.moving import who_answers
from interlude.messaging.promises import move_promises
from interlude.practice.models import Clinician, Practice

LOOKED_BACK = timedelta(minutes=10)
"""How long after a change of the calendar dates are counted again, for what was being sent at that moment."""


@transaction.atomic
def close_and_move(
    days: Iterable[tuple[date, str]], *, practice: Practice, by: models.Model | None, now: datetime
) -> int:
    """Close whole days of a practice and move every date that falls on them. Returns how many days are new."""
    made = close_days(days, practice=practice, by=by, now=now)
    if made:
        _closed(practice, by=by, now=now)
    return made


def count_again(now: datetime) -> int:
    """Count once more what a change of the last minutes may have missed; returns how many dates moved.

    A message that was on its way while a day was closed, or while somebody went away, was dated on the calendar as
    it had been. The worker asks this each minute, so that such a date moves too, long before it passes.
    """
    lately = models.Q(set_at__gt=now - LOOKED_BACK, set_at__lte=now)
    moved = 0
    for absence in Absence.unscoped.filter(lately).select_related("clinician"):
        reason = PromiseMove.Reason.TIME_AWAY
        moved += move_promises(clinician=absence.clinician, reason=reason, by=None, now=now)
        waiting = MoveRequest.unscoped.filter(client__clinician=absence.clinician)
        moved += _requests(waiting, by=None, now=now)
    closed = ClosedDay.unscoped.filter(lately).values("practice")
    for practice in Practice.objects.filter(pk__in=closed):
        moved += _closed(practice, by=None, now=now)
    return moved


@transaction.atomic
def _closed(practice: Practice, *, by: models.Model | None, now: datetime) -> int:
    """Count the open dates of a practice on its calendar of now, the therapists' and the front desk's."""
    moved = 0
    for clinician in Clinician.unscoped.filter(practice=practice):
        reason = PromiseMove.Reason.CLOSED_DAY
        moved += move_promises(clinician=clinician, reason=reason, by=by, now=now)
    waiting = Question.unscoped.filter(practice=practice, answered_at=None, reply_due__gt=now)
    for question in waiting.select_related("participant__practice", "participant__client__clinician"):
        due = desk_due(ground_for(question.participant, question.asked_at))
        if due is not None:
            moved += move_date(question, to=due, by=by, now=now)
    return moved + _requests(MoveRequest.unscoped.filter(practice=practice), by=by, now=now)


def _requests(rows: models.QuerySet[MoveRequest], *, by: models.Model | None, now: datetime) -> int:
    """The same for what was asked about a session's time."""
    waiting = rows.filter(state=MoveRequest.State.OPEN, reply_due__gt=now)
    whole = waiting.select_related(
        "participant__practice", "participant__user", "participant__client__clinician"
    )
    moved = 0
    for asked in whole:
        due = who_answers(ground_for(asked.participant, asked.asked_at)).due
        if due is not None:
            moved += move_request_date(asked, to=due, by=by, now=now)
    return moved
