"""Where a client is today, and when it is safe to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from interlude.audit.record import record
from interlude.core.zones import zone as known_zone
from interlude.outbox.contact import Said, move_contact, say_contact
from interlude.outbox.models import ContactPoint
from interlude.outbox.wishes import wait_anew
from interlude.practice.birthdays import tell_of_birthdays
from interlude.practice.models import Client, Participant


@transaction.atomic
def say_where(places: Iterable[Participant], *, zone: str, country: str, now: datetime) -> None:
    """One person is in one place, for every course of care of theirs. Raises BadHours for an unknown zone.

    A promise that was given is a moment, and stays that moment in any zone.
    """
    known_zone(zone)
    for participant in places:
        changed = Participant.unscoped.filter(pk=participant.pk).exclude(zone=zone, country=country)
        if changed.update(zone=zone, country=country):
            move_contact(participant.user_id, zone=zone)
            wait_anew(participant.user_id, now=now)
            tell_of_birthdays(participant.client, now=now)
            record(
                "participant.place_said",
                by=participant,
                on=participant,
                practice_id=participant.practice_id,
                at=now,
            )


@transaction.atomic
def say_safe_contact(participant: Participant, said: Iterable[Said], *, now: datetime) -> None:
    """When each way to reach somebody is safe, said or confirmed by themself. It holds for all their care here."""
    today = participant.date_at(now)
    if not say_contact(participant.user, said, zone=participant.zone, today=today):
        return
    record(
        "participant.contact_said",
        by=participant,
        on=participant,
        practice_id=participant.practice_id,
        at=now,
    )


def safe_contact_of(client: Client) -> list[tuple[str, list[ContactPoint]]]:
    """What each person of a care said of mail and phone, for whoever wants to reach them. Two queries."""
    people = list(client.participants.exclude(user=None))
    said: dict[object, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(user__in=[one.user_id for one in people]).order_by("kind"):
        said.setdefault(point.user_id, []).append(point)
    return [(one.first_name, said[one.user_id]) for one in people if one.user_id in said]
