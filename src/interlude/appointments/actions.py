"""Planning sessions."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.practice.models import Client
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
) -> Session:
    """Put a session into both calendars."""
    session = Session.unscoped.create(
        practice_id=client.practice_id, client=client, starts_at=starts_at, minutes=minutes, join_url=join_url
    )
    record("session.planned", by=by, on=session, practice_id=client.practice_id, at=now)
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: models.Model | None, now: datetime) -> None:
    """Take a planned session out of both calendars. What was kept for it waits for the next one."""
    planned = Session.unscoped.filter(pk=session.pk, state=Session.State.PLANNED)
    planned.update(state=Session.State.CANCELLED, cancelled_at=now)
    session.list_items.filter(closed_at=None).update(session=None)
    record("session.cancelled", by=by, on=session, practice_id=session.practice_id, at=now)


def next_session(client: Client, now: datetime) -> Session | None:
    return next(iter(_NEXT(client=client.pk, now=now)), None)


_NEXT: Prepared[Session] = Prepared(
    lambda client, now: Session.unscoped.filter(client=client).coming(now)[:1],
    client=models.UUIDField(),
    now=models.DateTimeField(),
)
