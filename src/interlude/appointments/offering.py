"""Times held out to a client: which are free, offering them, and taking one. Rule: R-259."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import models, transaction

from interlude.appointments.actions import plan_session, usual_link
from interlude.appointments.busy import Stretch, busy, hold_calendar, is_free_for, meets
from interlude.appointments.freed import Booked, NotBooked, free_up
from interlude.appointments.models import FreedOffer, Offer, OfferedTime, Session
from interlude.appointments.telling import tell_booked
from interlude.audit.record import record
from interlude.core.hours import Calendar
from interlude.practice.models import Client, Clinician, OfficeMember, Participant

AHEAD = 14  # days
MOST_FREE = 24  # that a page shows


def free_times(clinician: Clinician, calendar: Calendar, *, minutes: int, now: datetime) -> list[datetime]:
    """Full hours of the next two weeks at which a session of that length fits; three queries.

    Within working hours, beside no session, and not held out to somebody already.
    """
    taken = busy(clinician, since=now, until=now + timedelta(days=AHEAD + 1))
    taken += _held_out(clinician, now)
    zone, today, length = clinician.time_zone(), clinician.date_at(now), timedelta(minutes=minutes)
    starts = (
        datetime.combine(today + timedelta(days=day), time(hour), tzinfo=zone)
        for day in range(AHEAD + 1)
        for hour in range(24)
    )
    free = [
        at
        for at in starts
        if at > now and calendar.between(at, at + length) == length and not meets((at, at + length), taken)
    ]
    return free[:MOST_FREE]


def _held_out(clinician: Clinician, now: datetime) -> list[Stretch]:
    rows = OfferedTime.objects.filter(
        offer__clinician=clinician, offer__taken_at=None, offer__expires_at__gt=now
    )
    times = [(one.starts_at, one.offer.minutes) for one in rows.select_related("offer")]
    freed = FreedOffer.unscoped.held(now).filter(freed__client__clinician=clinician)
    times += freed.values_list("starts_at", "minutes")
    return [(at, at + timedelta(minutes=minutes)) for at, minutes in times]


@transaction.atomic
def offer_times(
    times: Sequence[datetime],
    *,
    client: Client,
    by: Clinician | OfficeMember,
    now: datetime,
    expires_at: datetime,
    minutes: int,
    instead_of: Session | None = None,
) -> Offer:
    """Hold out *times*; the reply that carries them says when the client sees them."""
    offer = Offer.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        clinician=client.clinician,
        minutes=minutes,
        made_at=now,
        expires_at=min(expires_at, max(times)),
        instead_of=instead_of,
    )
    OfferedTime.objects.bulk_create(OfferedTime(offer=offer, starts_at=at) for at in sorted(set(times)))
    record("times.offered", by=by, on=offer, practice_id=client.practice_id, at=now, times=len(set(times)))
    return offer


def end_offer(offer_id: UUID | None, *, now: datetime) -> None:
    """Nobody can take a time of it any more; what was taken stays."""
    if offer_id is not None:
        Offer.unscoped.filter(pk=offer_id, taken_at=None, expires_at__gt=now).update(expires_at=now)


@transaction.atomic
def take_time(offered: OfferedTime, *, by: Participant, now: datetime) -> Booked | NotBooked:
    """Plan a session at that time, in place of another where the offer says so. Two cannot have the same hour."""
    hold_calendar(offered.offer.clinician_id)
    offer = Offer.unscoped.select_related("session", "instead_of", "client", "clinician").get(
        pk=offered.offer_id
    )
    if offer.session is not None:
        same = offer.session.starts_at == offered.starts_at
        return Booked(offer.session, again=True) if same else NotBooked("other")
    if now >= offer.expires_at or now >= offered.starts_at or offer.client.has_ended(offered.starts_at):
        return NotBooked("expired")
    if not is_free(offered, offer):
        return NotBooked("busy")
    old = offer.instead_of
    session = plan_session(
        client=offer.client,
        starts_at=offered.starts_at,
        by=by,
        now=now,
        minutes=offer.minutes,
        join_url=old.join_url if old else usual_link(offer.client),
    )
    if old is not None and old.state == Session.State.PLANNED and old.starts_at > now:
        free_up(old, by=by, now=now, moved_to=session)
    Offer.unscoped.filter(pk=offer.pk).update(session=session, taken_at=now)
    tell_booked(session, now=now)
    record("time.taken", by=by, on=offer, practice_id=offer.practice_id, at=now)
    return Booked(session)


def is_free(offered: OfferedTime, offer: Offer) -> bool:
    """Is nothing else there by now? The session that it would replace does not count."""
    return is_free_for(offer.clinician, offered.starts_at, offer.minutes, instead_of=offer.instead_of)


def open_times(offer: Offer, now: datetime) -> list[OfferedTime]:
    """What can be taken by now; *offer* comes with its times and its clinician."""
    if offer.session_id is not None or now >= offer.expires_at:
        return []
    return [one for one in offer.times.all() if one.starts_at > now and is_free(one, offer)]


def of_offers(rows: models.QuerySet[OfferedTime]) -> models.QuerySet[OfferedTime]:
    """With what `take_time` needs."""
    return rows.select_related("offer__clinician", "offer__client")
