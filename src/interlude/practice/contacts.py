"""Where the people of a care can be reached, and whether two of them are reached at one place. Rule: R-138."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from interlude.audit.record import record
from interlude.core.contact import Point, mailbox, same_mailbox, shared_points
from interlude.outbox.models import MailPoint
from interlude.practice.models import Client, Invitation, Participant
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """Two people with one mailbox or one telephone. *value* is for the office and the clinician alone."""

    kind: str  # email or phone
    one: Participant
    other: Participant
    value: str

    def beside(self, participant: Participant) -> Participant | None:
        """The other one of the two; None where *participant* is neither."""
        if participant == self.one:
            return self.other
        return self.one if participant == self.other else None


def shared_in(client: Client, *, instead: tuple[Participant, str] | None = None) -> list[SharedPoint]:
    """Every shared place in this care. *instead* is a number that was typed and is not kept yet. Three queries."""
    people = list(client.participants.select_related("user"))
    invited = Invitation.unscoped.filter(participant__in=people, used_at=None).order_by("made_at")
    addresses = {invitation.participant_id: invitation.email for invitation in invited}
    return shared_among(people, addresses, Sealer(client.practice_id), instead=instead)


def shared_among(
    people: list[Participant],
    invited: Mapping[Any, str],
    sealer: Sealer,
    *,
    instead: tuple[Participant, str] | None = None,
) -> list[SharedPoint]:
    """The same of the people of one care, with the addresses of open invitations; no query but for keys."""
    if len(people) < 2:
        return []
    known = {str(one.pk): one for one in people}
    points = list(_points(people, invited, sealer, instead))
    values = {(point.owner, point.kind): point.value for point in points}
    pairs = []
    for found in shared_points(points):
        one, other = sorted((known[found.one], known[found.other]), key=lambda person: person.name)
        pairs.append(SharedPoint(found.kind, one, other, values[found.one, found.kind]))
    return pairs


def _points(
    people: Iterable[Participant],
    invited: Mapping[Any, str],
    sealer: Sealer,
    instead: tuple[Participant, str] | None,
) -> Iterator[Point]:
    for one in people:
        address = one.user.email if one.user is not None else invited.get(one.pk, "")
        is_typed = instead is not None and instead[0] == one
        number = instead[1] if instead is not None and is_typed else one.phone(sealer)
        if address:
            yield Point(str(one.pk), "email", address)
        if number:
            yield Point(str(one.pk), "phone", number)


@transaction.atomic
def say_phone(
    participant: Participant, number: str, *, by: models.Model | None, now: datetime, knowing: bool = False
) -> list[SharedPoint]:
    """Keep a number, sealed; empty takes it away. Where somebody else of the care has it, that is returned.

    Nothing is kept then, unless the person typing says that they know (*knowing*).
    """
    shared = [
        one
        for one in shared_in(participant.client, instead=(participant, number))
        if one.kind == "phone" and one.beside(participant) is not None
    ]
    if shared and not knowing:
        return shared
    sealer = Sealer(participant.practice_id)
    if participant.phone(sealer) == number:
        return []
    sealed = sealer.seal(participant.client_id, participant.phone_place, number) if number else None
    Participant.unscoped.filter(pk=participant.pk).update(sealed_phone=sealed)
    record(
        "participant.phone_said",
        by=by,
        on=participant,
        practice_id=participant.practice_id,
        at=now,
        shared=bool(shared),
    )
    return []


def whose_mailbox(participant: Participant, email: str) -> Participant | None:
    """Somebody else of the same care who reads the mail of that address, by account, notices or invitation."""
    others = participant.client.participants.exclude(pk=participant.pk).select_related("user")
    known = {one.pk: one for one in others}
    for one in known.values():
        if one.user is not None and same_mailbox(one.user.email, email):
            return one
    for point in MailPoint.objects.filter(user__in=[one.user_id for one in known.values()]):
        if same_mailbox(point.address, email):
            return next(one for one in known.values() if one.user_id == point.user_id)
    for invitation in Invitation.unscoped.filter(participant__in=known.values(), used_at=None):
        if mailbox(invitation.email) == mailbox(email) and invitation.participant_id is not None:
            return known[invitation.participant_id]
    return None
