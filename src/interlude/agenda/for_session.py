"""Which things of our list belong to which session, and which of them a clinician sees by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from interlude.agenda.models import ListItem, ListItemQuerySet
from interlude.agenda.ordering import in_order_of
from interlude.appointments.models import Session, SessionQuerySet
from interlude.practice.models import Clinician

BEFORE_SESSION = timedelta(minutes=10)  # from then on the whole list is there, whatever the windows say


def seen_by(clinician: Clinician, *, until: datetime | None) -> ListItemQuerySet:
    """The list as the last check window left it at *until*: between windows nothing new turns up (law 6)."""
    handed = models.Q(added_by_clinician=True)
    if until is not None:
        handed |= models.Q(added_at__lte=until)
    return ListItem.objects.visible_to(clinician).filter(handed)


def has_come(session: Session, now: datetime) -> bool:
    """Is it on, about to begin, or over?"""
    return session.starts_at - BEFORE_SESSION <= now


def items_of(
    session: Session, *, clinician: Clinician, now: datetime, window: datetime | None
) -> ListItemQuerySet:
    """What is open for this session, and what was closed in it; *window* is when the last one opened."""
    seen = seen_by(clinician, until=now if has_come(session, now) else window)
    mine = models.Q(session=session)
    if _takes_what_is_free(session, now):
        mine |= models.Q(session=None, closed_at=None)
    return in_order_of(seen.filter(mine, client=session.client_id), clinician)


def _takes_what_is_free(session: Session, now: datetime) -> bool:
    """The session that is next, and the one that was last: what names no session is for those."""
    if session.state != Session.State.PLANNED:
        return False
    others = Session.objects.filter(client=session.client_id, state=Session.State.PLANNED)
    if session.starts_at > now:
        between = others.filter(starts_at__gt=now, starts_at__lt=session.starts_at)
    else:
        between = others.filter(starts_at__gt=session.starts_at, starts_at__lte=now)
    return not between.exists()


def with_place(sessions: SessionQuerySet, now: datetime) -> SessionQuerySet:
    """Says of each whether it is the next of its client, as `is_next`."""
    sooner = Session.objects.filter(
        client=models.OuterRef("client"),
        state=Session.State.PLANNED,
        starts_at__gt=now,
        starts_at__lt=models.OuterRef("starts_at"),
    )
    return sessions.annotate(is_next=~models.Exists(sooner))


@dataclass(frozen=True, slots=True)
class Planned:
    """A session in a list, with what is on our list for it: topics, no words and no count."""

    session: Session
    topics: tuple[str, ...]


def with_topics(sessions: Iterable[Session], items: ListItemQuerySet) -> list[Planned]:
    """*sessions* as `with_place` gives them; one query for all their lists."""
    shown = list(sessions)
    rows = list(items.open().filter(client__in={one.client_id for one in shown}).defer("sealed"))
    return [Planned(one, _topics(row for row in rows if _is_for(row, one))) for one in shown]


def _topics(items: Iterable[ListItem]) -> tuple[str, ...]:
    """Each topic once, in the order in which it was added."""
    return tuple(dict.fromkeys(item.topic for item in items))


def _is_for(item: ListItem, session: Session) -> bool:
    if item.client_id != session.client_id:
        return False
    is_next = getattr(session, "is_next", False)
    return item.session_id == session.pk or (item.session_id is None and is_next)
