"""What each guardian of a care sees today and from when on it will be another thing. Reads rows, asks the core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from interlude.core.ages import AgeKind, age_events, today_in
from interlude.core.guardians import Reach, Turns, coming, reach
from interlude.practice.models import Client, Participant, ScopeChange


@dataclass(frozen=True, slots=True)
class Guardianship:
    """One guardian: what they see today, the later days on which that changes, and what was entered."""

    guardian: Participant
    reach: Reach
    coming: tuple[tuple[date, Reach], ...]
    changes: tuple[ScopeChange, ...]

    def entered_for(self, day: date) -> ScopeChange | None:
        """The change that was entered for that day; None for a birthday."""
        return next((one for one in reversed(self.changes) if one.on == day), None)


def guardianships(client: Client, now: datetime) -> list[Guardianship]:
    """Every guardian whose own access was not ended by the office. Two queries; one where there is none."""
    people = list(client.participants.all())
    guardians = [one for one in people if not one.reads_messages and _is_here(one, now)]
    if not guardians:
        return []
    prefetch_related_objects(guardians, "scope_changes")
    today, turns = today_in(zone_of(client, people), now), turns_of(client)
    return [_guardianship(one, today, turns) for one in guardians]


def _guardianship(guardian: Participant, today: date, turns: Turns) -> Guardianship:
    rows = tuple(guardian.scope_changes.all())
    for row in rows:
        row.guardian = guardian
    values = [row.value() for row in rows]
    return Guardianship(guardian, reach(values, today, turns), coming(values, today, turns), rows)


def reach_of(guardian: Participant, now: datetime) -> Reach:
    """What this guardian sees now, by the clock where the young person is. Two queries. Rule: R-131."""
    today = today_in(zone_of(guardian.client), now)
    changes = [row.value() for row in guardian.scope_changes.all()]
    return reach(changes, today, turns_of(guardian.client))


def still_open(participants: Iterable[Participant], now: datetime) -> list[Participant]:
    """Those who have a room here now. Only a guardian's access can end by a birthday or an order."""
    return [one for one in participants if one.reads_messages or reach_of(one, now).is_open]


def young_person(client: Client, people: Iterable[Participant] | None = None) -> Participant | None:
    """Whose birthdays count: the client themself, else the first who writes here."""
    known = client.participants.all() if people is None else people
    writers = [one for one in known if one.reads_messages]
    return next((one for one in writers if one.role == Participant.Role.SELF), next(iter(writers), None))


def zone_of(client: Client, people: Iterable[Participant] | None = None) -> ZoneInfo:
    """The zone in which a day of this care begins."""
    person = young_person(client, people)
    return person.time_zone() if person is not None else client.clinician.time_zone()


def turns_of(client: Client) -> Turns:
    """The birthdays of own consent and of full age, where they are known."""
    if client.born_on is None:
        return Turns()
    events = {one.kind: one.on for one in age_events(client.born_on, client.practice.age_rules())}
    return Turns(events.get(AgeKind.OWN_CONSENT), events.get(AgeKind.MAJORITY))


def _is_here(participant: Participant, now: datetime) -> bool:
    return participant.access_ends is None or participant.access_ends > now
