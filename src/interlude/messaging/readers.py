"""Who can read what somebody is about to write. Said above the box, before the first word."""

from __future__ import annotations

from datetime import datetime

from interlude.agreements.readers import readers_for
from interlude.core.readers import Place, Readers
from interlude.messaging.outlook import Outlook
from interlude.practice.models import Participant

PLACES = {"not_here": Place.JOURNAL, "desk": Place.DESK, "yourself": Place.DESK}


def readers_of(participant: Participant, outlook: Outlook, now: datetime) -> Readers:
    """The answer of the core for the place to which these words would go."""
    place = PLACES.get(outlook.kind, Place.THERAPIST)
    return readers_for(participant, outlook.policy, agreement=outlook.agreement, now=now, place=place)
