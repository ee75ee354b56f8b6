"""Somebody cannot come, and a second person says so: dates move, clients are called, who called is ticked. R-247."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import models, transaction

from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.away.models import Call
from interlude.boundaries.models import Absence
from interlude.core.hours import Absence as Stretch
from interlude.messaging.time_away import set_time_away
from interlude.outbox.contact import by_phone
from interlude.outbox.models import ContactPoint
from interlude.practice.models import Client, Clinician, OfficeMember, Participant
from interlude.sealing.vault import Sealer


@transaction.atomic
def start_sudden_absence(
    clinician: Clinician, *, last: date, why: str, by: OfficeMember | Clinician, now: datetime
) -> Absence:
    """From now to the end of that day where the clinician is. Of the reason only its kind is kept."""
    on = Absence.unscoped.going_on(now).filter(clinician=clinician)
    ends = datetime.combine(last + timedelta(days=1), time(0), tzinfo=clinician.time_zone())
    longer = on.filter(ends_at__gte=ends).first()
    if longer is not None:
        return longer  # the same form once more, or they are away for longer already
    made, _moved = set_time_away([Stretch(now, ends)], clinician=clinician, by=by, now=now, unplanned=why)
    return made[0]


@dataclass(frozen=True, slots=True)
class Reached:
    """One person of a care and how they may be called."""

    person: Participant
    phone: str
    point: ContactPoint | None


@dataclass(frozen=True, slots=True)
class ToCall:
    """One client on the list: whom to call, the next session, and who called."""

    client: Client
    people: list[Reached]
    session_at: datetime | None
    call: Call | None


def list_to_call(absence: Absence, *, now: datetime) -> list[ToCall]:
    """The clients whose work goes on, those whose session comes first at the front. Six queries."""
    coming = Session.unscoped.coming(now).filter(client=models.OuterRef("pk")).values("starts_at")[:1]
    rows = Client.unscoped.filter(clinician=absence.clinician_id).going_on(now)
    clients = list(rows.annotate(session_at=models.Subquery(coming)).prefetch_related("participants"))
    sealer = Sealer(absence.practice_id)
    people = [one for client in clients for one in client.participants.all()]
    sealer.fetch(one.client_id for one in people if one.sealed_phone is not None)
    points = by_phone(one.user_id for one in people)
    calls = {call.client_id: call for call in absence.calls.select_related("member")}
    found = [
        ToCall(
            client,
            [_reached(one, sealer, points) for one in client.participants.all() if _is_open(one, now)],
            client.session_at,  # type: ignore[attr-defined]  # annotated above
            calls.get(client.pk),
        )
        for client in clients
    ]
    return sorted(found, key=lambda one: (one.session_at is None, one.session_at or now, one.client.name))


def _is_open(person: Participant, now: datetime) -> bool:
    return person.access_ends is None or person.access_ends > now


def _reached(person: Participant, sealer: Sealer, points: dict[UUID, ContactPoint]) -> Reached:
    """A number of somebody who said never is not even shown."""
    point = points.get(person.user_id) if person.user_id else None
    never = point is not None and point.never
    return Reached(person, "" if never else person.phone(sealer), point)


@transaction.atomic
def tick_call(client: Client, *, absence: Absence, by: OfficeMember, now: datetime) -> Call:
    """Somebody called; the first tick stays."""
    mine = {"practice_id": absence.practice_id, "member": by, "at": now}
    call, new = Call.unscoped.get_or_create(absence=absence, client=client, defaults=mine)
    if new:
        record("client.called", by=by, on=client, practice_id=absence.practice_id, at=now)
    return call
