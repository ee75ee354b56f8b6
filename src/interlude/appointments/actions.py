"""Planning sessions, cancelling them, and saying afterwards what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from interlude.appointments.models import MoveRequest, Session
from interlude.audit.record import record
from interlude.core.money import Money
from interlude.outbox.actions import withdraw_notices
from interlude.practice.models import Client, Clinician, OfficeMember, Participant
from interlude.practice.prepared import Prepared


@transaction.atomic
def plan_session(
    *,
    client: Client,
    starts_at: datetime,
    by: models.Model | None,
    now: datetime,
    minutes: int = 50,
    join_url: str = "",
    series: UUID | None = None,
) -> Session:
    """Put a session into both calendars."""
    session = Session.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        starts_at=starts_at,
        minutes=minutes,
        join_url=join_url,
        series=series,
        changed_at=now,
    )
    record("session.planned", by=by, on=session, practice_id=client.practice_id, at=now)
    return session


@transaction.atomic
def cancel_session(
    session: Session,
    *,
    by: models.Model | None,
    now: datetime,
    fee: Money | None = None,
    moved_to: Session | None = None,
) -> bool:
    """Take a planned session out of both calendars. What was kept for it waits for the next one.

    False where it was planned no more. A request to move it is over with it; *fee* is what its client said yes to.
    """
    side = Session.Side.CLIENT if isinstance(by, Participant) else Session.Side.PRACTICE
    cancelled = Session.unscoped.filter(pk=session.pk, state=Session.State.PLANNED).change(
        now=now,
        state=Session.State.CANCELLED,
        cancelled_at=now,
        cancelled_by=side,
        moved_to=moved_to,
        fee_minor=fee.minor if fee else None,
        fee_currency=fee.currency if fee else "",
    )
    if not cancelled:
        return False
    session.list_items.filter(closed_at=None).update(session=None)
    withdraw_notices(f"reminder:{session.pk}:")
    asked = MoveRequest.unscoped.filter(session=session, state=MoveRequest.State.OPEN)
    asked.update(state=MoveRequest.State.GONE, answered_at=now)
    verb = "session.moved" if moved_to else "session.cancelled"
    record(verb, by=by, on=session, practice_id=session.practice_id, at=now, side=str(side))
    return True


@transaction.atomic
def mark_session(session: Session, attendance: str, *, by: Clinician | OfficeMember, now: datetime) -> bool:
    """Say that a session was held or missed, or neither again. False where nothing changed or it lies ahead."""
    begun = Session.unscoped.filter(pk=session.pk, state=Session.State.PLANNED, starts_at__lte=now)
    other = begun.exclude(attendance=attendance)
    if other.update(attendance=attendance, marked_at=now if attendance else None) != 1:
        return False
    verb = f"session.{attendance or 'unmarked'}"
    record(verb, by=by, on=session, practice_id=session.practice_id, at=now)
    return True


@transaction.atomic
def say_late(session: Session, minutes: int, *, to: str, by: Participant, now: datetime) -> bool:
    """Somebody runs late: about so many minutes. It stands where they are looked for; no answer comes. Rule: R-281.

    False where the session is not of about now, or so much was said already.
    """
    near = Session.unscoped.filter(pk=session.pk, state=Session.State.PLANNED)
    near = near.filter(starts_at__lt=now + LATE_FROM, starts_at__gt=now - timedelta(minutes=session.minutes))
    said = near.exclude(late_minutes=minutes, late_to=to)
    if said.update(late_minutes=minutes, late_said_at=now, late_to=to) != 1:
        return False
    record("session.late", by=by, on=session, practice_id=session.practice_id, at=now, to=to)
    return True


LATE_FROM = timedelta(hours=12)
"""How long before a session somebody can say that they run late."""


def usual_link(client: Client) -> str:
    """Where this client's last planned session is joined."""
    rows = Session.unscoped.filter(client=client).exclude(join_url="").order_by("-starts_at")
    return rows.values_list("join_url", flat=True).first() or ""


def next_session(client: Client, now: datetime) -> Session | None:
    return next(iter(_NEXT(client=client.pk, now=now)), None)


_NEXT: Prepared[Session] = Prepared(
    lambda client, now: Session.unscoped.filter(client=client).coming(now)[:1],
    client=models.UUIDField(),
    now=models.DateTimeField(),
)
