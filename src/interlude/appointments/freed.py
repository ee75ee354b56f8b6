"""A time that became free goes to whoever waits longest of those it suits, one at a time. Rules: R-272 to R-274."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, models, transaction

from interlude.appointments.actions import cancel_session, next_session, plan_session, usual_link
from interlude.appointments.busy import hold_calendar, is_free_for
from interlude.appointments.models import EarlierWish, FreedOffer, Session
from interlude.appointments.telling import tell_booked
from interlude.audit.record import record
from interlude.core.money import Money
from interlude.core.waiting import Slot, Wish, answer_by, next_in_line
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Participant

FAR = timedelta(days=366)  # how far ahead an earlier time may lie where there is no session yet
USUAL = 50  # minutes, where there is no session to go by


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody who waits would take; empty is any."""

    weekdays: Iterable[int] = ()
    parts: Iterable[str] = ()
    notice_hours: int = 24


@transaction.atomic
def wait_for_earlier(wishes: Wishes, *, by: Participant, now: datetime) -> EarlierWish:
    """Stand in line, once. Who stands there already keeps the place; the wishes are the new ones."""
    Client.unscoped.select_for_update(no_key=True).get(pk=by.client_id)  # one press at a time
    said = {
        "weekdays": ",".join(str(each) for each in sorted(set(wishes.weekdays))),
        "parts": ",".join(sorted(set(wishes.parts))),
        "notice_hours": wishes.notice_hours,
    }
    known = EarlierWish.unscoped.filter(client=by.client_id, ended_at=None).first()
    if known is not None:
        if any(getattr(known, name) != value for name, value in said.items()):
            EarlierWish.unscoped.filter(pk=known.pk).update(**said)
            record("earlier.changed", by=by, on=known, practice_id=by.practice_id, at=now)
        return known
    wish = EarlierWish.unscoped.create(
        practice_id=by.practice_id, client_id=by.client_id, participant=by, asked_at=now, **said
    )
    record("earlier.asked", by=by, on=wish, practice_id=by.practice_id, at=now)
    return wish


@transaction.atomic
def stop_waiting(wish: EarlierWish, *, by: Participant, now: datetime) -> None:
    """Leave the line. A time that is held for them goes to the next."""
    if EarlierWish.unscoped.filter(pk=wish.pk, ended_at=None).update(ended_at=now) != 1:
        return
    record("earlier.ended", by=by, on=wish, practice_id=wish.practice_id, at=now)
    for offer in FreedOffer.unscoped.filter(wish=wish, outcome="").select_related(*_WHOLE):
        _settle(offer, FreedOffer.Outcome.DECLINED, now=now)


@transaction.atomic
def free_up(
    session: Session,
    *,
    by: models.Model | None,
    now: datetime,
    fee: Money | None = None,
    moved_to: Session | None = None,
    offered: bool = True,
) -> bool:
    """Cancel a session; its time, if *offered*, is held for the first in line. False where it was cancelled before."""
    if not cancel_session(session, by=by, now=now, fee=fee, moved_to=moved_to):
        return False
    if offered:
        offer_freed(session, now=now)
    return True


def offer_freed(freed: Session, *, now: datetime) -> FreedOffer | None:
    """Hold the time of *freed* for whoever is next in line; None where it suits nobody, or is not free."""
    clinician = freed.client.clinician
    hold_calendar(clinician.pk)
    if freed.starts_at <= now or not is_free_for(clinician, freed.starts_at, freed.minutes):
        return None
    slot = Slot(freed.starts_at, freed.minutes)
    had_it = set(FreedOffer.unscoped.filter(freed=freed).values_list("wish", flat=True))
    waiting = waiting_for(freed, now=now)
    found = next_in_line(slot, waiting.values(), had_it=had_it, now=now)
    return _hold(found, freed, slot, now=now) if found else None


def waiting_for(freed: Session, *, now: datetime) -> dict[UUID, Wish]:
    """Who waits for this clinician and has no other time held, by the wish's id; two queries.

    Not whoever gave up that very time: they know that it does not suit.
    """
    rows = EarlierWish.unscoped.waiting().filter(client__clinician=freed.client.clinician_id)
    rows = rows.filter(client__in=Client.unscoped.going_on(freed.starts_at)).exclude(client=freed.client_id)
    free = list(rows.exclude(offers__outcome="").select_related("participant"))
    coming = Session.unscoped.filter(client__in=[one.client_id for one in free]).coming(now)
    nearest: dict[UUID, Session] = {}
    for session in coming:
        nearest.setdefault(session.client_id, session)
    return {one.pk: _value(one, nearest.get(one.client_id), now) for one in free}


def _value(wish: EarlierWish, session: Session | None, now: datetime) -> Wish:
    before = session.starts_at if session else now + FAR
    return wish.value(before=before, minutes=session.minutes if session else USUAL)


def _hold(found: Wish, freed: Session, slot: Slot, *, now: datetime) -> FreedOffer | None:
    wish = EarlierWish.unscoped.select_related("participant__user").get(pk=found.id)
    try:
        with transaction.atomic():
            offer = FreedOffer.unscoped.create(
                practice_id=freed.practice_id,
                wish=wish,
                freed=freed,
                starts_at=slot.starts_at,
                minutes=slot.minutes,
                offered_at=now,
                answer_by=answer_by(found, slot, now=now),
            )
    except IntegrityError:  # held for somebody by another worker of the same minute
        return None
    record("freed.offered", by=None, on=offer, practice_id=freed.practice_id, at=now)
    leave_notice(
        "times",
        to=wish.participant.user,
        practice_id=freed.practice_id,
        once=f"freed:{offer.pk}",
        link="/my/times/",
        send_at=now,
    )
    return offer


@dataclass(frozen=True, slots=True)
class Booked:
    """The session that came of a time that was held, named or offered. `again`: by an earlier press."""

    session: Session
    again: bool = False


@dataclass(frozen=True, slots=True)
class NotBooked:
    """Nothing was planned. *why*: expired, busy, past, answered, or other (another time of it was taken)."""

    why: str


@transaction.atomic
def take_freed(offer: FreedOffer, *, by: Participant, now: datetime) -> Booked | NotBooked:
    """Book the time that is held, in place of the next session, exactly once. Rule: R-274."""
    hold_calendar(offer.freed.client.clinician_id)
    held = FreedOffer.unscoped.select_related("session", *_WHOLE).get(pk=offer.pk)
    if held.session is not None:
        return Booked(held.session, again=True)
    if held.outcome or now >= held.answer_by or now >= held.starts_at:
        return NotBooked("expired")
    client = by.client
    old = next_session(client, now)
    if old is not None and old.starts_at <= held.starts_at:
        old = None  # a sooner one was set meanwhile, and stays
    if not is_free_for(client.clinician, held.starts_at, held.minutes, instead_of=old):
        _settle(held, FreedOffer.Outcome.GONE, now=now, on=False)
        return NotBooked("busy")
    session = plan_session(
        client=client,
        starts_at=held.starts_at,
        by=by,
        now=now,
        minutes=old.minutes if old else held.minutes,
        join_url=old.join_url if old else usual_link(client),
    )
    FreedOffer.unscoped.filter(pk=held.pk).update(session=session)
    EarlierWish.unscoped.filter(pk=held.wish_id, ended_at=None).update(ended_at=now)
    _settle(held, FreedOffer.Outcome.TAKEN, now=now, on=False)
    if old is not None:
        free_up(old, by=by, now=now, moved_to=session)
    tell_booked(session, now=now)
    return Booked(session)


@transaction.atomic
def decline_freed(offer: FreedOffer, *, by: Participant, now: datetime) -> bool:
    """Let it go to the next in line. The place in line stays. False where it was settled before."""
    hold_calendar(offer.freed.client.clinician_id)
    held = FreedOffer.unscoped.filter(pk=offer.pk, outcome="").select_related(*_WHOLE).first()
    if held is None:
        return False
    record("freed.declined", by=by, on=held, practice_id=held.practice_id, at=now)
    return _settle(held, FreedOffer.Outcome.DECLINED, now=now)


def pass_on(*, now: datetime) -> int:
    """What was held until now goes to the next in line; the worker asks this each minute. Returns how many."""
    passed = 0
    for offer in FreedOffer.unscoped.filter(outcome="", answer_by__lte=now).select_related(*_WHOLE):
        with transaction.atomic():
            hold_calendar(offer.freed.client.clinician_id)
            passed += _settle(offer, FreedOffer.Outcome.EXPIRED, now=now)
    return passed


def _settle(offer: FreedOffer, outcome: str, *, now: datetime, on: bool = True) -> bool:
    """Write down its end, once; and hold the time for the next in line, unless it went or is not free."""
    if FreedOffer.unscoped.filter(pk=offer.pk, outcome="").update(outcome=outcome, settled_at=now) != 1:
        return False
    record(f"freed.{outcome}", by=None, on=offer, practice_id=offer.practice_id, at=now)
    if on:
        offer_freed(offer.freed, now=now)
    return True


_WHOLE = ("freed__client__clinician", "wish")
