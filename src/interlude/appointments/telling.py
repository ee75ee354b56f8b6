"""Mails about sessions, without content: that a time was set, and a reminder before it. Rule: R-280."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from interlude.appointments.feed_models import HOURS_TO_REMIND, habits_of
from interlude.appointments.feeds import may_have_feed
from interlude.appointments.models import Session
from interlude.outbox.actions import leave_notice, withdraw_notices
from interlude.outbox.models import Notice
from interlude.practice.models import Client, Participant

BOOKED, REMINDER, TIMES = "booked", "reminder", "times"
SESSIONS = "client:sessions"
LONGEST_BEFORE = timedelta(hours=max(HOURS_TO_REMIND))


def tell_booked(session: Session, *, now: datetime) -> None:
    """A time was set: one mail to each who sees times, however many were set in the same act."""
    client = session.client
    _tell(BOOKED, client, once=f"{BOOKED}:{client.pk}:{int(now.timestamp())}", now=now)


def tell_of_times(client: Client, *, once: str, now: datetime, by: Participant | None = None) -> None:
    """Everybody of a care who may see times learns that there is something about them, and no more.

    All but *by*, whose own doing it was.
    """
    _tell(TIMES, client, once=once, now=now, by=by)


def _tell(kind: str, client: Client, *, once: str, now: datetime, by: Participant | None = None) -> None:
    for person in _told(client, now):
        if person == by:
            continue
        leave_notice(
            kind,
            to=person.user,
            practice_id=client.practice_id,
            once=once,
            link=reverse(SESSIONS),
            send_at=now,
        )


def _told(client: Client, now: datetime) -> list[Participant]:
    """Everybody of this care who may see times now and has a way to sign in."""
    people = client.participants.open_at(now).filter(user__isnull=False)
    return [one for one in people.select_related("user", "client__practice") if may_have_feed(one, now)]


def remind(*, now: datetime) -> None:
    """Once a minute: take back reminders of what is no more, and leave those whose moment has come.

    Twice changes nothing: a reminder is of one session at one time, and a time that was reminded of is so for good.
    """
    take_back_reminders(now=now)
    for session in _due(now):
        _tell(REMINDER, session.client, once=_once(session), now=now)


def _due(now: datetime) -> Iterator[Session]:
    """Planned sessions within their clinician's time to remind, of which nobody was reminded yet."""
    coming = Session.unscoped.coming(now).filter(starts_at__lte=now + LONGEST_BEFORE)
    rows = list(coming.with_links().select_related("client__practice"))
    known = _known((_once(one) for one in rows), now)
    for session in rows:
        before = habits_of(session.client.clinician).reminds_before
        if before is None or now < session.starts_at - before or _once(session) in known:
            continue
        if session.changed_at is None or session.changed_at <= session.starts_at - before:
            yield session  # one that was set later was told of as it was set


def _known(names: Iterable[str], now: datetime) -> set[str]:
    """Of these, the ones that somebody has a notice of already. One query."""
    wanted = set(names)
    if not wanted:
        return set()
    lately = Notice.objects.filter(kind=REMINDER, send_at__gt=now - LONGEST_BEFORE)
    names = {one.rpartition(":")[0] for one in lately.values_list("once", flat=True)}
    return names & wanted


def _once(session: Session) -> str:
    return f"{REMINDER}:{session.pk}:{int(session.starts_at.timestamp())}"


def take_back_reminders(*, now: datetime) -> None:
    """Nobody is reminded of a session that was moved, cancelled or has begun, however long a mail waited."""
    waiting = Notice.objects.filter(kind=REMINDER, sent_at=None, given_up_at=None)
    names = {one.rpartition(":")[0] for one in waiting.values_list("once", flat=True)}
    named = {_key(name) for name in names}
    true = {_once(one) for one in Session.unscoped.coming(now).filter(pk__in=named)} if named else set()
    for name in names - true:
        withdraw_notices(f"{name}:")


@dataclass(frozen=True, slots=True)
class About:
    """Which sessions a notice is about: of whom, and the one that it reminds of."""

    client: Client
    session: Session | None = None


def about(notice: Notice) -> About | None:
    """What a notice is about, if it is about sessions and they are still known; None for any other."""
    if notice.kind not in (BOOKED, REMINDER) or not notice.once.startswith(f"{notice.kind}:"):
        return None
    clients = Client.unscoped.select_related("clinician", "practice")
    if notice.kind == BOOKED:
        client = clients.filter(pk=_key(notice.once)).first()
        return About(client) if client else None
    session = Session.unscoped.filter(pk=_key(notice.once)).first()
    return About(clients.get(pk=session.client_id), session) if session else None


def _key(name: str) -> UUID:
    return UUID(name.split(":")[1])
