"""Where a client is today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from interlude.audit.record import record
from interlude.core.zones import zone as known_zone
from interlude.practice.birthdays import tell_of_birthdays
from interlude.practice.models import Participant


@transaction.atomic
def say_where(places: Iterable[Participant], *, zone: str, country: str, now: datetime) -> None:
    """One person is in one place, for every course of care of theirs. Raises BadHours for an unknown zone.

    A promise that was given is a moment, and stays that moment in any zone.
    """
    known_zone(zone)
    for participant in places:
        changed = Participant.unscoped.filter(pk=participant.pk).exclude(zone=zone, country=country)
        if changed.update(zone=zone, country=country):
            tell_of_birthdays(participant.client, now=now)
            record(
                "participant.place_said",
                by=participant,
                on=participant,
                practice_id=participant.practice_id,
                at=now,
            )
