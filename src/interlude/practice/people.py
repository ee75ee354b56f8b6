"""Everybody of a practice as the owner sees them: name, place, whether they can sign in, and
whether mail reaches them. Seven queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.forms import Form

from interlude.outbox.bounces import returned_among
from interlude.outbox.models import MailPoint
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
    """One person. `state`: in, invited, closed (the invitation ran out), out (never invited), left.

    `mail_returned`: our mail to them, or the one with their invitation, came back.
    """

    person: Person
    kind: str
    state: str
    until: datetime | None
    form: Form
    mail_returned: bool = False


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
        self._returned = returned_among(f"invitation:{each.pk}" for each in self._invited.values())
        self._failed = _unreached(practice)

    def rows(self, kind: str, persons: Iterable[Person]) -> list[Row]:
        return [self._row(kind, person) for person in persons]

    def care(self, client: Client, sealer: Sealer) -> Care:
        """One care, with the places at which two of its people are reached."""
        people = list(client.participants.all())
        addresses = {key: invitation.email for key, invitation in self._invited.items()}
        return Care(client, self.rows("participant", people), shared_among(people, addresses, sealer))

    def _row(self, kind: str, person: Person) -> Row:
        state, until = self._state(person)
        invited = self._invited.get(person.pk)
        is_lost = invited is not None and f"invitation:{invited.pk}" in self._returned
        return Row(person, kind, state, until, self._form(person), is_lost or person.user_id in self._failed)

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


def _unreached(practice: Practice) -> set[UUID]:
    """The accounts of this practice to which mail does not get through. One query."""
    here = Q()
    for kind in (Participant, Clinician, OfficeMember):
        here |= Q(user__in=kind.unscoped.filter(practice=practice, user__isnull=False).values("user_id"))
    found = MailPoint.objects.filter(here, failed_at__isnull=False)
    return set(found.values_list("user_id", flat=True))


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
