"""Somebody new: a first version is there to read, and nothing is agreed."""

from __future__ import annotations

from interlude.accounts.models import User
from interlude.agreements.actions import publish_agreement
from interlude.agreements.models import Agreement
from interlude.practice.actions import add_client, add_participant
from interlude.practice.models import Client, Participant
from tests.cast import DAY, LONG_AGO, NOW, Cast

WARM = "warm_two_business_days"


def newcomer(cast: Cast, *, name: str = "Wren Aalto", preset: str = WARM, text: str = "") -> Participant:
    """A client of Ada's to whom a first version was offered yesterday."""
    client = add_client(clinician=cast.ada, name=name, by=None, now=LONG_AGO)
    found = joined(client, name)
    publish_agreement(client=client, by=cast.ada, now=NOW - DAY, preset=preset, text=text)
    return found


def joined(client: Client, name: str, role: str = Participant.Role.SELF) -> Participant:
    participant = add_participant(client=client, name=name, role=role, by=None, now=LONG_AGO)
    participant.user = User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.org", "x")
    participant.save()
    return participant


def version_of(participant: Participant, number: int = 1) -> Agreement:
    return Agreement.unscoped.get(client=participant.client, number=number)
