"""Adding people and inviting them in one act: the office's forms, as one transaction each.

Each takes the id of the form that was sent: the same form sent twice adds nobody twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from interlude.practice.actions import (
    add_client,
    add_clinician,
    add_office_member,
    add_participant,
)
from interlude.practice.birthdays import own_account_from
from interlude.practice.invitations import Invited, invite
from interlude.practice.models import Client, Clinician, Invitation, OfficeMember, Participant, Person


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be added and invited."""

    name: str
    email: str
    role: str = Participant.Role.SELF


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: a time zone, and a country if it is known."""

    zone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Who does this, when, and by which form."""

    by: OfficeMember
    now: datetime
    form_id: UUID

    def is_done(self) -> bool:
        return Invitation.unscoped.filter(pk=self.form_id).exists()


@transaction.atomic
def welcome_clinician(someone: Newcomer, *, title: str, place: Place, act: Act) -> list[Invited]:
    """A new therapist with an invitation; nothing where this form was sent before."""
    if act.is_done():
        return []
    clinician = add_clinician(
        practice=act.by.practice,
        name=someone.name,
        title=title,
        zone=place.zone,
        country=place.country,
        by=act.by,
        now=act.now,
    )
    return [_invited(clinician, someone, act, first=True)]


@transaction.atomic
def welcome_office_member(someone: Newcomer, *, act: Act) -> list[Invited]:
    """Somebody new at the desk, or another owner, with an invitation; *someone.role* says which."""
    if act.is_done():
        return []
    member = add_office_member(
        practice=act.by.practice, name=someone.name, role=someone.role, by=act.by, now=act.now
    )
    return [_invited(member, someone, act, first=True)]


@transaction.atomic
def welcome_client(
    people: list[Newcomer],
    *,
    clinician: Clinician,
    kind: str,
    place: Place,
    act: Act,
    born_on: date | None = None,
    group: str = "",
) -> list[Invited]:
    """A new client with everybody who signs in, each invited at an address of their own."""
    if act.is_done():
        return []
    named = [each.name for each in people if each.role != Participant.Role.GUARDIAN]
    client = add_client(
        clinician=clinician,
        name=" & ".join(named),
        kind=kind,
        born_on=born_on,
        group=group,
        by=act.by,
        now=act.now,
    )
    return _welcomed(client, people, place, act)


@transaction.atomic
def welcome_to_care(client: Client, someone: Newcomer, *, place: Place, act: Act) -> list[Invited]:
    """Somebody new in a care that there is: another guardian, or one who comes along from now on (R-137)."""
    if act.is_done():
        return []
    return _welcomed(client, [someone], place, act)


def _welcomed(client: Client, people: list[Newcomer], place: Place, act: Act) -> list[Invited]:
    """Everybody is added; who is too young for an own way to sign in is not invited yet."""
    added = [(_participant(client, each, place, act), each) for each in people]
    old_enough = [pair for pair in added if own_account_from(pair[0], act.now) is None]
    return [_invited(person, each, act, first=not number) for number, (person, each) in enumerate(old_enough)]


def _participant(client: Client, someone: Newcomer, place: Place, act: Act) -> Participant:
    return add_participant(
        client=client,
        name=someone.name,
        role=someone.role,
        zone=place.zone,
        country=place.country,
        by=act.by,
        now=act.now,
    )


def _invited(person: Person, someone: Newcomer, act: Act, *, first: bool) -> Invited:
    """The first invitation carries the form's id, which nobody can use twice."""
    wanted = act.form_id if first else None
    return invite(person, email=someone.email, by=act.by, now=act.now, invitation_id=wanted)
