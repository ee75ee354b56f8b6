"""Rows of a care as the facts of "who can read this", and the answer of the core for each who writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interlude.agreements.models import Agreement
from interlude.core.ages import today_in
from interlude.core.policy import Policy
from interlude.core.readers import Facts, Guardian, Member, Place, Readers, who_can_read
from interlude.cover.sight import covers_of, readers_from
from interlude.practice.guardians import guardianships, zone_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant


@dataclass(frozen=True, slots=True)
class Reading:
    """One who writes, and who reads what they write."""

    writer: Participant
    readers: Readers


def readers_for(
    writer: Participant,
    policy: Policy,
    *,
    agreement: Agreement | None,
    now: datetime,
    place: Place = Place.THERAPIST,
) -> Readers:
    """Who can read what *writer* writes under these rules. At most six queries.

    In a version that is offered or to be offered, everybody who will be asked for a yes counts as in it.
    """
    return who_can_read(_facts(writer, policy, agreement=agreement, now=now, place=place))


def readers_of_anybody(clinician: Clinician, policy: Policy, *, now: datetime) -> Readers:
    """The same before there is a client: for somebody who sees this clinician alone."""
    return who_can_read(
        Facts(
            writer="anybody",
            therapist=clinician.name,
            on=today_in(clinician.time_zone(), now),
            members=(Member("anybody", ""),),
            secrets=policy.secrets,
            supervised=policy.supervised,
            supervisor=clinician.supervisor.name if clinician.supervisor is not None else "",
            in_training=policy.participants == "one_to_one_supervised",
            keepers=_keepers(clinician.practice_id),
        )
    )


def readings_of(
    client: Client, policy: Policy, *, agreement: Agreement | None, now: datetime
) -> list[Reading]:
    """The same for each who writes in a care, as its clinician sees it."""
    writers = client.participants.writers().open_at(now)
    return [Reading(one, readers_for(one, policy, agreement=agreement, now=now)) for one in writers]


def _facts(
    writer: Participant, policy: Policy, *, agreement: Agreement | None, now: datetime, place: Place
) -> Facts:
    client = writer.client
    people = list(client.participants.all())
    guardians = guardianships(client, now) if any(not one.reads_messages for one in people) else []
    therapist, to_therapist = client.clinician, place is Place.THERAPIST
    return Facts(
        writer=str(writer.pk),
        therapist=therapist.name,
        on=today_in(zone_of(client, people), now),
        place=place,
        members=_members(people, agreement, now),
        guardians=tuple(Guardian(str(one.guardian.pk), one.guardian.name, one.reach) for one in guardians),
        secrets=policy.secrets,
        supervised=policy.supervised and to_therapist,
        supervisor=therapist.supervisor.name if therapist.supervisor is not None else "",
        in_training=policy.participants == "one_to_one_supervised",
        covers=readers_from(covers_of(client, now), client) if to_therapist else (),
        keepers=_keepers(client.practice_id) if to_therapist else (),
        in_group=client.kind == Client.Kind.GROUP,
    )


def _members(people: list[Participant], agreement: Agreement | None, now: datetime) -> tuple[Member, ...]:
    here = [
        one for one in people if one.reads_messages and (one.access_ends is None or one.access_ends > now)
    ]
    asked = agreement.yes_given_to() if agreement is not None else None
    if asked is None or asked.accepted_at is None or len(here) < 2:
        return tuple(Member(str(one.pk), one.name) for one in here)
    accepted = set(asked.acceptances.values_list("participant_id", flat=True))
    return tuple(Member(str(one.pk), one.name, one.pk in accepted) for one in here)


def _keepers(practice_id: UUID) -> tuple[str, ...]:
    """Whoever may open records of this practice: the custodians, two people together."""
    here = OfficeMember.unscoped.filter(practice_id=practice_id)
    custodians = here.filter(role=OfficeMember.Role.CUSTODIAN, left_at=None)
    return tuple(custodians.values_list("name", flat=True))
