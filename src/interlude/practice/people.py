"""Everybody of a practice as the owner sees them: name, place, and whether they can sign in. Five queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form

from interlude.practice.contacts import SharedPoint, shared_among
from interlude.practice.forms import InvitationForm
from interlude.practice.models import (
    WRONG_CODES,
    Client,
    Clinician,
    Invitation,
    OfficeMember,
    Participant,
    Person,
    Practice,
)
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `state`: in, invited, closed (the invitation ran out), out (never invited), left."""

    person: Person
    kind: str
    state: str
    until: datetime | None
    form: Form


@dataclass(frozen=True, slots=True)
class Care:
    """A client and everybody who signs in for them."""

    client: Client
    rows: list[Row]
    shared: list[SharedPoint]


class People:
    """Makes rows; knows every open invitation of the practice, and the form that was sent, if one was."""

    def __init__(self, practice: Practice, *, now: datetime, inviting: Form | None) -> None:
        self._now = now
        self._inviting = inviting
        invitations = Invitation.unscoped.filter(practice=practice, used_at=None).order_by("made_at")
        self._invited: dict[UUID, Invitation] = {
            (each.participant_id or each.clinician_id or each.office_member_id): each  # type: ignore[misc]
            for each in invitations
        }

    def rows(self, kind: str, persons: Iterable[Person]) -> list[Row]:
        return [self._row(kind, person) for person in persons]

    def care(self, client: Client, sealer: Sealer) -> Care:
        """One care, with the places at which two of its people are reached."""
        people = list(client.participants.all())
        addresses = {key: invitation.email for key, invitation in self._invited.items()}
        return Care(client, self.rows("participant", people), shared_among(people, addresses, sealer))

    def _row(self, kind: str, person: Person) -> Row:
        state, until = self._state(person)
        return Row(person, kind, state, until, self._form(person))

    def _state(self, person: Person) -> tuple[str, datetime | None]:
        ended = person.access_ends if isinstance(person, Participant) else person.left_at
        invited = self._invited.get(person.pk)
        if ended is not None and ended <= self._now:
            return "left", ended
        if invited is not None and invited.is_open(self._now):
            return "invited", invited.expires_at
        if person.user_id is not None:
            return "in", None
        return ("closed", None) if invited is not None else ("out", None)

    def _form(self, person: Person) -> Form:
        sent = self._inviting
        if isinstance(sent, InvitationForm) and sent.person.pk == person.pk:
            return sent
        return InvitationForm(person=person, auto_id=f"{person.pk}_%s")


def everybody(practice: Practice, *, now: datetime, inviting: Form | None = None) -> dict[str, Any]:
    """The lists of the people page. *inviting* is an invitation form with errors, to be shown again."""
    people = People(practice, now=now, inviting=inviting)
    clinicians = people.rows("clinician", Clinician.objects.select_related("user"))
    members = people.rows("office", OfficeMember.objects.select_related("user"))
    clients = list(Client.objects.select_related("clinician").prefetch_related("participants__user"))
    sealer = Sealer(practice.id)
    sealer.fetch(
        client.pk for client in clients if any(one.sealed_phone for one in client.participants.all())
    )
    return {
        "clinicians": [row for row in clinicians if row.state != "left"],
        "members": [row for row in members if row.state != "left"],
        "cares": [people.care(client, sealer) for client in clients],
        "gone": [row for row in clinicians + members if row.state == "left"],
        "tries": WRONG_CODES,
    }


def places_over(user_id: UUID, now: datetime) -> list[Participant]:
    """Where somebody with this sign-in had a place whose time to read is over, the latest first; any practice."""
    over = {"access_ends__lte": now, "client__ended_at__lte": now}
    mine = Participant.unscoped.filter(user=user_id, **over)
    return list(mine.select_related("practice").order_by("-access_ends"))
