"""Who can read what somebody is about to write. Said above the box, before the first word."""

from __future__ import annotations

from datetime import datetime

from interlude.agreements.actions import in_force_for
from interlude.agreements.readers import readers_for
from interlude.core.readers import Place, Readers
from interlude.messaging.outlook import Outlook
from interlude.practice.models import Participant

PLACES = {"not_here": Place.JOURNAL, "desk": Place.DESK, "yourself": Place.DESK}


def readers_of(participant: Participant, outlook: Outlook, now: datetime) -> Readers:
    """The answer of the core for the place to which these words would go."""
    place = PLACES.get(outlook.kind, Place.THERAPIST)
    return readers_for(participant, outlook.policy, agreement=outlook.agreement, now=now, place=place)


def readers_now(participant: Participant, now: datetime) -> Readers | None:
    """Who reads what is written under the version in force; None where there is none yet. Four queries."""
    agreement = in_force_for(participant.client, now)
    if agreement is None or not agreement.holds(now):
        return None
    agreement.client = participant.client
    policy = agreement.rules(participant.client.clinician.date_at(now)).policy
    return readers_for(participant, policy, agreement=agreement, now=now)
