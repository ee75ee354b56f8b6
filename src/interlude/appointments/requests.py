"""Asking to move a session, and the answers: yes, other times, or no with a line. Rule: R-276."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Coalesce

from interlude.appointments.actions import plan_session
from interlude.appointments.busy import hold_calendar, is_free_for
from interlude.appointments.freed import Booked, NotBooked, free_up
from interlude.appointments.models import MoveRequest, Session, WishedTime
from interlude.appointments.offering import offer_times
from interlude.appointments.telling import tell_booked
from interlude.audit.record import record
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Clinician, OfficeMember, Participant
from interlude.sealing.vault import Sealer

Answerer = Clinician | OfficeMember
State = MoveRequest.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks: times that suit and a line, each may be missing; to whom it goes, and by when."""

    times: Sequence[datetime]
    words: str
    to: str
    reply_due: datetime | None


@transaction.atomic
def ask_to_move(
    session: Session, wanted: Wanted, *, by: Participant, now: datetime, request_id: UUID
) -> MoveRequest | None:
    """Ask once; the same id twice is one request. None where the session is not planned, or another one waits."""
    hold_calendar(session.client.clinician_id)
    known = MoveRequest.unscoped.filter(pk=request_id).first()
    if known is not None:
        return known if known.participant_id == by.pk and known.session_id == session.pk else None
    planned = Session.unscoped.filter(pk=session.pk, state=Session.State.PLANNED, starts_at__gt=now)
    if not planned.exists() or MoveRequest.unscoped.filter(session=session, state=State.OPEN).exists():
        return None
    request = MoveRequest(
        id=request_id,
        practice_id=session.practice_id,
        client_id=session.client_id,
        participant=by,
        session=session,
        to=wanted.to,
        asked_at=now,
        reply_due=wanted.reply_due,
    )
    if wanted.words.strip():
        sealer = Sealer(session.practice_id)
        request.sealed = sealer.seal(session.client_id, request.place, wanted.words)
    request.save(force_insert=True)
    WishedTime.objects.bulk_create(
        WishedTime(request=request, starts_at=at) for at in sorted(set(wanted.times))
    )
    record("move.asked", by=by, on=request, practice_id=session.practice_id, at=now, to=wanted.to)
    return request


@transaction.atomic
def withdraw_request(request: MoveRequest, *, by: Participant, now: datetime) -> bool:
    """Leave the session where it is. False where it was answered before."""
    if not _close(request, State.WITHDRAWN, now=now):
        return False
    record("move.withdrawn", by=by, on=request, practice_id=request.practice_id, at=now)
    return True


@transaction.atomic
def say_yes(request: MoveRequest, time: WishedTime, *, by: Answerer, now: datetime) -> Booked | NotBooked:
    """Move the session to a time that they named. The first answer stands. Rule: R-274."""
    session = request.session
    clinician = session.client.clinician
    hold_calendar(clinician.pk)
    standing = MoveRequest.unscoped.select_related("session__moved_to").get(pk=request.pk)
    moved = standing.session.moved_to
    if standing.state == State.YES and moved is not None and moved.starts_at == time.starts_at:
        return Booked(moved, again=True)
    if standing.state != State.OPEN:
        return NotBooked("answered")
    if time.starts_at <= now or session.starts_at <= now:
        return NotBooked("past")
    if not is_free_for(clinician, time.starts_at, session.minutes, instead_of=session):
        return NotBooked("busy")
    _close(request, State.YES, now=now, by=by)
    new = plan_session(
        client=session.client,
        starts_at=time.starts_at,
        by=by,
        now=now,
        minutes=session.minutes,
        join_url=session.join_url,
    )
    free_up(session, by=by, now=now, moved_to=new)
    tell_booked(new, now=now)
    _write_down(request, by=by, now=now)
    return Booked(new)


@transaction.atomic
def say_other(
    request: MoveRequest,
    times: Sequence[datetime],
    *,
    by: Answerer,
    now: datetime,
    expires_at: datetime,
    line: str = "",
) -> bool:
    """Hold out other times; one tap takes one. False where somebody answered before."""
    hold_calendar(request.session.client.clinician_id)
    if not _close(request, State.OTHER, now=now, by=by, line=line):
        return False
    offer = offer_times(
        times,
        client=request.session.client,
        by=by,
        now=now,
        expires_at=expires_at,
        minutes=request.session.minutes,
        instead_of=request.session,
    )
    MoveRequest.unscoped.filter(pk=request.pk).update(offer=offer)
    _tell(request, by=by, now=now)
    return True


@transaction.atomic
def say_no(request: MoveRequest, line: str, *, by: Answerer, now: datetime) -> bool:
    """The session stays where it is; *line* says what may help. False where somebody answered before."""
    if not _close(request, State.NO, now=now, by=by, line=line):
        return False
    _tell(request, by=by, now=now)
    return True


@transaction.atomic
def move_request_date(request: MoveRequest, *, to: datetime, by: models.Model | None, now: datetime) -> bool:
    """Give what waits a later date and tell whoever asked; False where nothing gets later."""
    waiting = MoveRequest.unscoped.filter(
        pk=request.pk, state=State.OPEN, reply_due__gt=now, reply_due__lt=to
    )
    if waiting.update(moved_from=Coalesce("moved_from", "reply_due"), reply_due=to) != 1:
        return False
    leave_notice(
        "date_moved",
        to=request.participant.user,
        practice_id=request.practice_id,
        once=f"moved:{request.pk}:{int(to.timestamp())}",
        link="/my/times/",
        send_at=now,
    )
    record("move.date_moved", by=by, on=request, practice_id=request.practice_id, at=now, due=to.isoformat())
    return True


def _close(
    request: MoveRequest, state: str, *, now: datetime, by: Answerer | None = None, line: str = ""
) -> bool:
    """Write down the end of it, once."""
    answer = None
    if line.strip():
        answer = Sealer(request.practice_id).seal(request.client_id, request.answer_place, line)
    waiting = MoveRequest.unscoped.filter(pk=request.pk, state=State.OPEN)
    closed = waiting.update(
        state=state,
        answered_at=now,
        clinician=by if isinstance(by, Clinician) else None,
        office_member=by if isinstance(by, OfficeMember) else None,
        sealed_answer=answer,
    )
    return closed == 1


def _tell(request: MoveRequest, *, by: Answerer, now: datetime) -> None:
    leave_notice(
        "times",
        to=request.participant.user,
        practice_id=request.practice_id,
        once=f"move:{request.pk}",
        link="/my/times/",
        send_at=now,
    )
    _write_down(request, by=by, now=now)


def _write_down(request: MoveRequest, *, by: Answerer, now: datetime) -> None:
    state = MoveRequest.unscoped.values_list("state", flat=True).get(pk=request.pk)
    record("move.answered", by=by, on=request, practice_id=request.practice_id, at=now, answer=state)
