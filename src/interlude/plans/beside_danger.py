"""What a clinician has at hand who happens to see danger. Nobody watches; nothing here is started by a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.audit.record import record
from interlude.outbox.contact import by_phone, held_since, hold, let_go
from interlude.outbox.models import ContactPoint
from interlude.plans.models import CoachingPause, ConsultNote, Plan, WhomToCall
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer

DAY_OF_NO_COACHING = timedelta(hours=24)
TOLD = ("place", "contact", "phone")


@transaction.atomic
def say_whom_to_call(said: Mapping[str, str], *, participant: Participant, now: datetime) -> WhomToCall:
    """Keep the place and the person as told, each with its moment; what is the same keeps the moment it has."""
    kept = {name: said[name].strip() for name in TOLD}
    Participant.unscoped.select_for_update(no_key=True).get(pk=participant.pk)
    found = WhomToCall.unscoped.filter(participant=participant).first()
    row = found or WhomToCall(practice_id=participant.practice_id, participant=participant)
    row.participant = participant
    sealer = Sealer(participant.practice_id)
    before = row.said(sealer) if found else dict.fromkeys(TOLD, "")
    if kept == before:
        return row
    if kept["place"] != before["place"]:
        row.place_told_at = now if kept["place"] else None
    if (kept["contact"], kept["phone"]) != (before["contact"], before["phone"]):
        row.contact_told_at = now if kept["contact"] else None
    row.sealed = sealer.seal(participant.client_id, row.sealed_place, json.dumps(kept))
    row.save()
    facts = {"has_place": bool(kept["place"]), "has_contact": bool(kept["contact"])}
    record("whom_to_call.said", by=participant, on=row, practice_id=row.practice_id, at=now, **facts)
    return row


@transaction.atomic
def write_consult_note(
    text: str, *, client: Client, by: Clinician, now: datetime, note_id: UUID
) -> ConsultNote:
    """A note that stays as it is. The same *note_id* twice is one note."""
    known = ConsultNote.unscoped.filter(pk=note_id).first()
    if known is not None and known.client_id == client.pk and known.clinician_id == by.pk:
        return known
    note = ConsultNote(
        id=uuid4() if known else note_id,
        practice_id=client.practice_id,
        client=client,
        clinician=by,
        written_at=now,
    )
    note.sealed = Sealer(client.practice_id).seal(client.pk, note.place, text)
    note.save(force_insert=True)
    record("consult_note.written", by=by, on=note, practice_id=client.practice_id, at=now)
    return note


@transaction.atomic
def pause_coaching(
    *, client: Client, by: Clinician, now: datetime, is_shown: bool, pause_id: UUID
) -> CoachingPause:
    """A note for 24 hours; one that runs is not made longer. It changes no rule and no page but its own. R-187."""
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    running = CoachingPause.unscoped.filter(client=client).running(now).first()
    known = CoachingPause.unscoped.filter(pk=pause_id).first()
    if running is not None or (known is not None and known.client_id == client.pk):
        kept = running or known
        assert kept is not None  # one of the two
        return kept
    pause = CoachingPause.unscoped.create(
        id=uuid4() if known else pause_id,
        practice_id=client.practice_id,
        client=client,
        clinician=by,
        since=now,
        until=now + DAY_OF_NO_COACHING,
        is_shown=is_shown,
    )
    record("coaching.paused", by=by, on=pause, practice_id=pause.practice_id, at=now, is_shown=is_shown)
    return pause


@transaction.atomic
def end_pause(client: Client, *, by: Clinician, now: datetime) -> None:
    """The note ends before its time."""
    for pause in CoachingPause.unscoped.filter(client=client).running(now):
        CoachingPause.unscoped.filter(pk=pause.pk).update(until=now)
        record("coaching.pause_ended", by=by, on=pause, practice_id=pause.practice_id, at=now)


@transaction.atomic
def hold_contact(participant: Participant, *, by: Clinician, now: datetime) -> None:
    """No mail leaves for this person from here, at once, until it is safe again. Rule: R-191."""
    if participant.user_id and hold(participant.user, practice_id=participant.practice_id, now=now):
        record("contact.held", by=by, on=participant, practice_id=participant.practice_id, at=now)


@transaction.atomic
def let_contact_go(participant: Participant, *, by: Clinician, now: datetime) -> None:
    """Mail may leave again, as the person themself said when and whether."""
    if participant.user_id and let_go(participant.user, practice_id=participant.practice_id):
        record("contact.let_go", by=by, on=participant, practice_id=participant.practice_id, at=now)


def pause_shown(participant: Participant, now: datetime) -> CoachingPause | None:
    """The note that runs, where this person is shown it."""
    rows = CoachingPause.objects.visible_to(participant).filter(client_id=participant.client_id)
    return rows.running(now).first()


def note_opening(client: Client, *, what: str, by: Clinician, now: datetime) -> None:
    """Every reading of clinical content by staff leaves a line (security 36). No client ever sees it."""
    record(f"{what}.opened", by=by, on=client, practice_id=client.practice_id, at=now)


@dataclass(frozen=True, slots=True)
class AtHand:
    """Of one person of a care: their number as they allow it, what was told, and the plan if it is shared."""

    person: Participant
    number: str  # empty: none is known, or they said never by phone
    by_phone: ContactPoint | None
    told: WhomToCall | None
    place: str
    contact: str
    phone: str
    plan: Plan | None
    held_since: datetime | None = None  # only where `with_holds` was asked


def at_hand(client: Client, *, clinician: Clinician) -> list[AtHand]:
    """Everybody of the care who writes here, for their clinician. Four questions to the database."""
    told = WhomToCall.objects.visible_to(clinician).filter(participant__client=client)
    plans = Plan.objects.visible_to(clinician).filter(participant__client=client)
    return _at_hand(client, told, {plan.participant_id: plan for plan in plans})


def at_hand_for_cover(client: Client) -> list[AtHand]:
    """The same beside a message that somebody may open who stands in: no plan, which was shared with another. R-320."""
    return _at_hand(client, WhomToCall.objects.filter(participant__client=client), {})


def _at_hand(client: Client, told: models.QuerySet[WhomToCall], plans: Mapping[UUID, Plan]) -> list[AtHand]:
    whom = {row.participant_id: row for row in told.select_related("participant")}
    people = list(client.participants.writers())
    calls, sealer = by_phone(one.user_id for one in people), Sealer(client.practice_id)
    found = []
    for person in people:
        row, call = whom.get(person.pk), calls.get(person.user_id)
        said = row.said(sealer) if row else dict.fromkeys(TOLD, "")
        number = "" if call and call.never else person.phone(sealer)
        plan = plans.get(person.pk)
        found.append(AtHand(person, number, call, row, said["place"], said["contact"], said["phone"], plan))
    return found


def with_holds(people: list[AtHand]) -> list[AtHand]:
    """The same people, each with since when nothing is sent to them. One query."""
    users = [one.person.user_id for one in people if one.person.user_id]
    if not users:
        return people
    held = held_since(users, practice_id=people[0].person.practice_id)
    return [replace(one, held_since=held.get(one.person.user_id)) for one in people]
