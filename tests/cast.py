"""The cast: a handful of people, built through the same actions as everybody else.

Practice Alder (London): Ada sees Noor, the teenager Mira (her father Jonas is guardian) and the couple Tove
and Imre; Ben sees Kai. Olu is at the front desk, Priya owns the practice. Practice Birch (Kolkata): Cleo sees
Dov. Neither pair ever sees the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from uuid import uuid4

from interlude.accounts.models import User
from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.agreements.models import Agreement
from interlude.agreements.notice import Notice
from interlude.agreements.secrets_rule import choose_secrets
from interlude.appointments.actions import plan_session
from interlude.boundaries.actions import publish_rules
from interlude.core.guardians import Because as GuardianBecause
from interlude.core.guardians import Scope
from interlude.core.notice import Because
from interlude.practice.actions import (
    add_client,
    add_clinician,
    add_office_member,
    add_participant,
    open_practice,
)
from interlude.practice.models import (
    Client,
    Clinician,
    OfficeMember,
    Participant,
    Practice,
    ScopeChange,
)
from interlude.practice.scopes import NewScope, change_scope

P = TypeVar("P", Participant, Clinician, OfficeMember)
NOW = datetime(2026, 5, 13, 13, 41, tzinfo=UTC)  # Wednesday, 14:41 in London
LONG_AGO = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a long and quiet sentence"

PRACTICE_RULES = """
zone = "{zone}"
minimum_age = 13

[hours]
mon = ["09:00-12:30", "13:30-17:00"]
tue = ["09:00-12:30", "13:30-17:00"]
wed = ["09:00-12:30", "13:30-17:00"]
thu = ["09:00-12:30", "13:30-17:00"]
fri = ["09:00-12:30", "13:30-17:00"]
"""

CLINICIAN_RULES = """
zone = "{zone}"

[hours]
mon = ["09:00-18:00"]
tue = ["09:00-18:00"]
wed = ["09:00-18:00"]
thu = ["09:00-18:00"]
fri = ["09:00-18:00"]

[check]
mon = ["17:00"]
tue = ["17:00"]
wed = ["12:00"]
thu = ["17:00"]
fri = ["12:00"]

[topics]
self_service = ["schedule"]
desk = ["billing", "tech", "late"]
answer = ["homework", "skill_help", "relationship_repair", "our_messaging"]
acknowledge = ["brief_update"]
keep = ["session"]

[plan]
words = 150
messages_per_week = 3
"""


@dataclass
class Cast:
    """Everybody, by first name."""

    alder: Practice
    birch: Practice
    ada: Clinician
    ben: Clinician
    cleo: Clinician
    olu: OfficeMember
    priya: OfficeMember
    noor: Participant
    kai: Participant
    mira: Participant
    jonas: Participant
    tove: Participant
    imre: Participant
    dov: Participant
    everybody: list[Participant | Clinician | OfficeMember] = field(default_factory=list)


def build_cast() -> Cast:
    """The cast on the first day of everything, agreements accepted, sessions on Tuesday 19 May."""
    alder = _practice("Alder Street", slug="alder", zone="Europe/London", country="GB")
    birch = _practice("Birch House", slug="birch", zone="Asia/Kolkata", country="IN")
    ada, ben = _clinician(alder, "Ada Lindqvist"), _clinician(alder, "Ben Okoro")
    cleo = _clinician(birch, "Cleo Rao")
    olu, priya = _office(alder, "Olu Adeyemi", "desk"), _office(alder, "Priya Nair", "owner")
    noor, kai, dov = _person(ada, "Noor Haddad"), _person(ben, "Kai Mercer"), _person(cleo, "Dov Peretz")
    mira = _person(ada, "Mira Sand", born_on=date(2011, 4, 2))
    jonas = _participant(mira.client, "Jonas Sand", Participant.Role.GUARDIAN)
    couple = add_client(clinician=ada, name="Tove and Imre", by=None, now=LONG_AGO, kind=Client.Kind.COUPLE)
    tove = _participant(couple, "Tove Brandt", Participant.Role.PARTNER)
    imre = _participant(couple, "Imre Vass", Participant.Role.PARTNER)
    choose_secrets(couple, Client.Secrets.NONE, by=ada, now=LONG_AGO)
    grant(jonas, Scope.AGREEMENT, by=ada)
    for writers in ([noor], [kai], [dov], [mira], [tove, imre]):
        agree(writers[0].client, writers)
        plan_session(
            client=writers[0].client, starts_at=datetime(2026, 5, 19, 9, tzinfo=UTC), by=None, now=LONG_AGO
        )
    everybody = [ada, ben, cleo, olu, priya, noor, kai, mira, jonas, tove, imre, dov]
    named = {one.name.split()[0].lower(): one for one in everybody}
    return Cast(alder=alder, birch=birch, everybody=everybody, **named)  # type: ignore[arg-type]  # by first name


def _practice(name: str, *, slug: str, zone: str, country: str) -> Practice:
    practice = open_practice(name=name, slug=slug, zone=zone, country=country, now=LONG_AGO)
    rules = PRACTICE_RULES.format(zone=zone)
    publish_rules(rules, practice=practice, by=None, since=date(2026, 3, 2), now=LONG_AGO)
    return practice


def agree(client: Client, writers: list[Participant], *, preset: str = "warm_two_business_days") -> None:
    """Publish an agreement for *client* and have everybody accept it."""
    agreement = publish_agreement(client=client, by=client.clinician, now=LONG_AGO, preset=preset)
    for participant in writers:
        accept_agreement(
            agreement=agreement, participant=participant, name_typed=participant.name, now=LONG_AGO
        )


def grant(guardian: Participant, scope: Scope, *, by: Clinician, may: bool = True) -> None:
    """What a guardian may see beyond times and bills, or no longer may, from the day after LONG_AGO."""
    wanted = NewScope(scope, may, LONG_AGO.date() + DAY, GuardianBecause.TOGETHER, reason="So we said.")
    assert isinstance(change_scope(guardian, wanted, by=by, now=LONG_AGO), ScopeChange)


def agree_anew(
    client: Client, writers: list[Participant], *, preset: str = "warm_two_business_days", text: str = ""
) -> Agreement:
    """Another version, in force since long ago: as the law asked for it, it waited for no notice and no session."""
    notice = Notice("The law asks for it.", Because.LAW, (LONG_AGO + DAY).date())
    agreement = publish_agreement(
        client=client, by=client.clinician, now=LONG_AGO, preset=preset, text=text, notice=notice
    )
    for participant in writers:
        accept_agreement(
            agreement=agreement, participant=participant, name_typed=participant.name, now=LONG_AGO
        )
    return agreement


def words(text: str = "A quiet week.", **fields: str) -> dict[str, str]:
    """A message as the composer's form sends it."""
    return {"draft_id": str(uuid4()), "topic": "homework", "words": text} | fields


def _clinician(practice: Practice, name: str) -> Clinician:
    clinician = add_clinician(practice=practice, name=name, by=None, now=LONG_AGO)
    publish_rules(
        CLINICIAN_RULES.format(zone=practice.zone),
        practice=practice,
        clinician=clinician,
        by=None,
        since=date(2026, 3, 2),
        now=LONG_AGO,
    )
    return _with_account(clinician)


def _person(clinician: Clinician, name: str, born_on: date | None = None) -> Participant:
    client = add_client(clinician=clinician, name=name, by=None, now=LONG_AGO, born_on=born_on)
    return _participant(client, name, Participant.Role.SELF)


def _participant(client: Client, name: str, role: str) -> Participant:
    return _with_account(add_participant(client=client, name=name, role=role, by=None, now=LONG_AGO))


def _office(practice: Practice, name: str, role: str) -> OfficeMember:
    return _with_account(add_office_member(practice=practice, name=name, role=role, by=None, now=LONG_AGO))


def _with_account(person: P) -> P:
    first = person.name.split()[0].lower()
    person.user = User.objects.create_user(f"{first}@example.org", PASSWORD)
    person.save()
    return person


HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
