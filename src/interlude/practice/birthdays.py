"""The ages of a practice, and telling people of a birthday that changes something before it does.

The change itself needs no program to run: doors and pages ask the core for the day.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models, transaction

from interlude.audit.record import record
from interlude.core.ages import AgeEvent, AgeKind, AgeRules, age_events, birthday, telling, today_in
from interlude.outbox.actions import leave_notice, withdraw_notices
from interlude.practice.guardians import young_person, zone_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, Practice

TOLD_OF = (AgeKind.OWN_CONSENT, AgeKind.MAJORITY)


@transaction.atomic
def set_ages(practice: Practice, rules: AgeRules, *, by: models.Model | None, now: datetime) -> bool:
    """Set the ages that this practice goes by; False where they were so already. Notices are planned anew."""
    if rules == practice.age_rules():
        return False
    practice.own_account_age = rules.own_account
    practice.own_consent_age = rules.own_consent
    practice.majority_age = rules.majority
    practice.save(update_fields=["own_account_age", "own_consent_age", "majority_age"])
    record(
        "practice.ages_set",
        by=by,
        on=practice,
        practice_id=practice.id,
        at=now,
        own_account=rules.own_account,
        own_consent=rules.own_consent,
        majority=rules.majority,
    )
    for client in Client.unscoped.going_on(now).filter(practice=practice).exclude(born_on=None):
        tell_of_birthdays(client, now=now)
    return True


def tell_of_birthdays(client: Client, *, now: datetime) -> None:
    """Leave a notice for each coming birthday that changes something: the young person first. Rule: R-133.

    Called wherever a date, a zone or an account becomes another; what was planned before and not sent gives way.
    """
    withdraw_notices(f"birthday:{client.pk}:")
    guardians = list(client.participants.guardians().open_at(now).select_related("user"))
    if not guardians:
        return
    zone = zone_of(client)
    for event in coming_birthdays(client, today_in(zone, now), zone=zone):
        if event.kind in TOLD_OF:
            _tell(client, event, guardians, zone=zone, now=now)


def _tell(
    client: Client, event: AgeEvent, guardians: list[Participant], *, zone: ZoneInfo, now: datetime
) -> None:
    told = telling(event.on, zone, now)
    once = f"birthday:{client.pk}:{event.kind}:{event.on}"
    person = young_person(client)
    everybody = [(person, told.young_person), *((one, told.guardian) for one in guardians)]
    for participant, send_at in everybody:
        leave_notice(
            "agreement",
            to=participant.user if participant else None,
            practice_id=client.practice_id,
            once=once,
            link="/my/readers/",
            send_at=send_at,
        )


def coming_birthdays(
    client: Client, today: date, *, zone: ZoneInfo | None = None, messages: int | None = None
) -> list[AgeEvent]:
    """The birthdays after *today* that change something; *messages* is the youngest age for them."""
    if client.born_on is None:
        return []
    ages = client.practice.age_rules()
    rules = AgeRules(ages.own_account, messages, ages.own_consent, ages.majority)
    return [event for event in age_events(client.born_on, rules) if event.on > today]


def own_account_from(person: Participant | Clinician | OfficeMember, now: datetime) -> date | None:
    """The day from which this young person may sign in for themself; None where nothing stands in the way."""
    if not isinstance(person, Participant) or person.role != Participant.Role.SELF:
        return None
    born_on, age = person.client.born_on, person.practice.own_account_age
    if born_on is None or not age:
        return None
    day = birthday(born_on, age)
    return day if today_in(person.time_zone(), now) < day else None
