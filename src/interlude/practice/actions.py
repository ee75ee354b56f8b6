"""Opening a practice, bringing people in, and seeing them out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction
from django.utils.text import slugify

from interlude.accounts.models import User
from interlude.accounts.sessions import forget_second_factors
from interlude.audit.record import record
from interlude.core.packs.places import country as known_country
from interlude.core.zones import zone as known_zone
from interlude.practice.invitations import open_invitations
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, Person, Practice
from interlude.sealing.vault import Sealer, make_practice_key


@transaction.atomic
def open_practice(
    *,
    name: str,
    zone: str,
    country: str,
    now: datetime,
    region: str = "",
    slug: str = "",
    is_set_up: bool = True,
) -> Practice:
    """A new practice with its own key. Raises BadHours or NoSuchCountry for a place nobody knows.

    One that is not set up yet takes no clients before its own place's help lines are confirmed.
    """
    known_zone(zone)
    practice = Practice.objects.create(
        name=name,
        slug=_free_slug(slug or slugify(name) or "practice"),
        zone=zone,
        country=known_country(country),
        region=region,
        created_at=now,
        set_up_at=now if is_set_up else None,
    )
    make_practice_key(practice.id)
    record("practice.opened", by=None, on=practice, practice_id=practice.id, at=now)
    return practice


def _free_slug(wanted: str) -> str:
    slug, number = wanted[:36], 1
    while Practice.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted[:36]}-{number}"
    return slug


@transaction.atomic
def add_clinician(
    *,
    practice: Practice,
    name: str,
    by: models.Model | None,
    now: datetime,
    title: str = "",
    zone: str = "",
    country: str = "",
    supervisor: Clinician | None = None,
) -> Clinician:
    """A clinician, who can sign in once invited."""
    clinician = Clinician.unscoped.create(
        practice=practice,
        name=name,
        title=title,
        zone=known_zone(zone or practice.zone).key,
        country=known_country(country or practice.country),
        supervisor=supervisor,
    )
    record("clinician.added", by=by, on=clinician, practice_id=practice.id, at=now)
    return clinician


@transaction.atomic
def name_supervisor(
    clinician: Clinician, supervisor: Clinician | None, *, by: models.Model | None, now: datetime
) -> bool:
    """Say who supervises a clinician, or that nobody does; False where it was so, or would go in a circle."""
    if supervisor is not None and _is_above(clinician, supervisor):
        return False
    rows = Clinician.unscoped.filter(pk=clinician.pk).exclude(supervisor=supervisor)
    if supervisor is None:
        rows = Clinician.unscoped.filter(pk=clinician.pk).exclude(supervisor=None)
    if not rows.update(supervisor=supervisor):
        return False
    record(
        "clinician.supervisor_named",
        by=by,
        on=clinician,
        practice_id=clinician.practice_id,
        at=now,
        supervisor=str(supervisor.pk) if supervisor else None,
    )
    return True


def _is_above(clinician: Clinician, other: Clinician | None) -> bool:
    """Does *clinician* supervise *other*, at whatever distance, or are they one person?"""
    seen: set[object] = set()
    while other is not None and other.pk not in seen:
        if other.pk == clinician.pk:
            return True
        seen.add(other.pk)
        other = other.supervisor
    return False


@transaction.atomic
def add_office_member(
    *, practice: Practice, name: str, role: str, by: models.Model | None, now: datetime
) -> OfficeMember:
    """Somebody at the front desk, an owner, a records custodian."""
    member = OfficeMember.unscoped.create(practice=practice, name=name, role=role)
    record("office_member.added", by=by, on=member, practice_id=practice.id, at=now, role=role)
    return member


@transaction.atomic
def add_client(
    *,
    clinician: Clinician,
    name: str,
    by: models.Model | None,
    now: datetime,
    kind: str = "person",
    born_on: date | None = None,
    began_on: date | None = None,
    group: str = "",
) -> Client:
    """A unit of care with a key of its own."""
    client = Client.unscoped.create(
        practice_id=clinician.practice_id,
        clinician=clinician,
        name=name,
        kind=kind,
        born_on=born_on,
        group=group,
        began_on=began_on or clinician.date_at(now),
    )
    Sealer(clinician.practice_id).make_client_key(client.id)
    record("client.added", by=by, on=client, practice_id=client.practice_id, at=now, kind=kind)
    return client


@transaction.atomic
def add_participant(
    *,
    client: Client,
    name: str,
    role: str,
    by: models.Model | None,
    now: datetime,
    zone: str = "",
    country: str = "",
) -> Participant:
    """A human in a unit of care. A guardian gets an account of their own, never the teenager's."""
    participant = Participant.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        name=name,
        role=role,
        zone=known_zone(zone or client.clinician.zone).key,
        country=known_country(country) if country else "",
        joined_at=now if client.participants.writers().exists() else None,
    )
    record("participant.added", by=by, on=participant, practice_id=client.practice_id, at=now, role=role)
    return participant


@transaction.atomic
def see_out(person: Person, *, by: models.Model | None, now: datetime) -> bool:
    """End somebody's place at once: the next request of any open page finds no room.

    False where nothing was done: the last owner stays, or nobody could invite anybody any more.
    """
    ended = "access_ends" if isinstance(person, Participant) else "left_at"
    if isinstance(person, OfficeMember) and person.is_owner and not _other_owners(person):
        return False
    there = type(person).unscoped.filter(pk=person.pk).exclude(**{f"{ended}__lte": now})
    open_invitations(person).filter(expires_at__gt=now).update(expires_at=now)
    if not there.update(**{ended: now}):
        return True  # they are out already
    verb = "participant.left" if isinstance(person, Participant) else "staff.left"
    record(verb, by=by, on=person, practice_id=person.practice_id, at=now)
    return True


def _other_owners(person: OfficeMember) -> bool:
    owners = OfficeMember.unscoped.filter(practice_id=person.practice_id, role=person.role, left_at=None)
    return owners.exclude(pk=person.pk).exclude(user=None).exists()


@transaction.atomic
def forget_factors(user: User, *, now: datetime) -> int:
    """For somebody who lost every second factor: they set one up anew at the next sign-in. An operator's act."""
    places = [
        *Clinician.unscoped.filter(user=user),
        *OfficeMember.unscoped.filter(user=user),
        *Participant.unscoped.filter(user=user),
    ]
    forgotten = forget_second_factors(user)
    for place in places:
        record("second_factor.forgotten", by=None, on=place, practice_id=place.practice_id, at=now)
    return forgotten


def practice_named(slug: str) -> Practice | None:
    return Practice.objects.filter(slug=slug).first()
