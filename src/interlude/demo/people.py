"""The people of the demo: all made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Therapist:
    """One of the practice's clinicians, with the way they work."""

    key: str
    name: str
    title: str
    zone: str
    country: str
    preset: str
    rules: str


@dataclass(frozen=True, slots=True)
class Writer:
    """A human in a care. `years_old` where it matters; the birthday moves with today."""

    name: str
    role: str = "self"
    language: str = "en"
    zone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """A unit of care, its writers and its story (stories/<key>.toml)."""

    key: str
    therapist: str
    name: str
    writers: tuple[Writer, ...]
    preset: str = ""
    kind: str = "person"
    years_old: int | None = None
    session: tuple[int, int] = (
        1,
        10,
    )  # weekday (Monday is 0) and hour of the weekly session, therapist's clock
    every_weeks: int = 1
    own_rules: str = ""


def address_of(name: str) -> str:
    """The made-up address of a made-up person."""
    return f"{name.lower().replace(' ', '.')}@example.org"


PRACTICE = "Alder Street Practice"
DESK, OWNER, SUPERVISOR = "Olu Adeyemi", "Priya Nair", "Ruth Adler"
SUPERVISED = "anil"  # by Ruth Adler

PRACTICE_RULES = """
zone = "Europe/London"
minimum_age = 13

[hours]
mon = ["09:00-12:30", "13:30-17:00"]
tue = ["09:00-12:30", "13:30-17:00"]
wed = ["09:00-12:30", "13:30-17:00"]
thu = ["09:00-12:30", "13:30-17:00"]
fri = ["09:00-12:30", "13:30-17:00"]

[topics]
self_service = ["schedule"]
desk = ["billing", "tech", "late"]
"""

_DESK_TOPICS = """
[topics]
self_service = ["schedule"]
desk = ["billing", "tech", "late"]
"""

ADA_RULES = """
zone = "Europe/London"

[hours]
mon = ["09:00-18:00"]
tue = ["09:00-18:00"]
wed = ["09:00-13:00"]
thu = ["09:00-18:00"]
fri = ["09:00-17:00"]

[check]
mon = ["12:00", "17:00"]
tue = ["12:00", "17:00"]
wed = ["12:00"]
thu = ["12:00", "17:00"]
fri = ["12:00"]

[plan]
words = 200
messages_per_week = 3

[extra]
price = "18.00 GBP"
promise = { kind = "working_days", days = 1, cut_off = "17:00" }

[late_cancel]
hours = 24
price = "60.00 GBP"
"""

MARTA_RULES = """
zone = "Europe/Madrid"

[hours]
mon = ["10:00-14:00", "16:00-20:00"]
tue = ["10:00-14:00", "16:00-20:00"]
wed = ["10:00-14:00"]
thu = ["10:00-14:00", "16:00-20:00"]
fri = ["10:00-14:00"]

[check]
mon = ["10:00"]
tue = ["10:00"]
wed = ["10:00"]
thu = ["10:00"]
fri = ["10:00"]
"""

ANIL_RULES = """
zone = "Asia/Kolkata"

[hours]
mon = ["10:00-20:00"]
tue = ["10:00-20:00"]
wed = ["10:00-20:00"]
thu = ["10:00-20:00"]
fri = ["10:00-20:00"]
sat = ["10:00-14:00"]

[check]
mon = ["11:00", "15:00", "19:00"]
tue = ["11:00", "15:00", "19:00"]
wed = ["11:00", "15:00", "19:00"]
thu = ["11:00", "15:00", "19:00"]
fri = ["11:00", "15:00", "19:00"]
sat = ["11:00"]
"""

THERAPISTS = (
    Therapist(
        "ada",
        "Ada Lindqvist",
        "Psychotherapist",
        "Europe/London",
        "GB",
        "warm_two_business_days",
        ADA_RULES + _DESK_TOPICS,
    ),
    Therapist(
        "marta",
        "Marta Ferrer",
        "Psychoanalyst",
        "Europe/Madrid",
        "ES",
        "scheduling_only",
        MARTA_RULES + _DESK_TOPICS,
    ),
    Therapist(
        "anil",
        "Anil Deshpande",
        "Psychologist, skills training",
        "Asia/Kolkata",
        "IN",
        "dbt_skills_coaching",
        ANIL_RULES + _DESK_TOPICS,
    ),
)

CARES = (
    Care(
        "noor",
        "ada",
        "Noor Haddad",
        (Writer("Noor Haddad", country="GB"),),
        session=(1, 10),
        own_rules="[review]\nevery_weeks = 2\n",
    ),
    Care("kai", "ada", "Kai Mercer", (Writer("Kai Mercer"),), session=(0, 15)),
    Care("dunya", "ada", "Dunya Saleh", (Writer("Dunya Saleh"),), session=(3, 9), every_weeks=2),
    Care("leo", "ada", "Leo Whitfield", (Writer("Leo Whitfield"),), session=(4, 14), every_weeks=2),
    Care(
        "tove_imre",
        "ada",
        "Tove Brandt and Imre Vass",
        (Writer("Tove Brandt", "partner"), Writer("Imre Vass", "partner")),
        preset="couples_no_secrets",
        kind="couple",
        session=(1, 16),
        every_weeks=2,
    ),
    Care(
        "mira",
        "ada",
        "Mira Sand",
        (Writer("Mira Sand"), Writer("Jonas Sand", "guardian"), Writer("Helena Marsh", "guardian")),
        preset="adolescent_confidential",
        years_old=15,
        session=(2, 10),
    ),
    Care("elif", "ada", "Elif Kaya", (Writer("Elif Kaya"),), session=(3, 14)),
    Care("lucia", "marta", "Lucía Ortega", (Writer("Lucía Ortega", language="es"),), session=(0, 17)),
    Care("mateo", "marta", "Mateo Ruiz", (Writer("Mateo Ruiz", language="es"),), session=(2, 12)),
    Care(
        "carmen",
        "marta",
        "Carmen Vidal",
        (Writer("Carmen Vidal", language="es", zone="America/Mexico_City", country="MX"),),
        session=(3, 18),
    ),
    Care("aarav", "anil", "Aarav Kulkarni", (Writer("Aarav Kulkarni", language="hi"),), session=(1, 18)),
    Care("sunita", "anil", "Sunita Joshi", (Writer("Sunita Joshi", language="hi"),), session=(4, 11)),
    Care("rhea", "anil", "Rhea Thomas", (Writer("Rhea Thomas"),), session=(5, 12)),
    Care(
        "ishan",
        "anil",
        "Ishan Rao",
        (Writer("Ishan Rao"),),
        preset="trainee_supervised",
        session=(2, 17),
        own_rules='[topics]\nanswer = ["homework", "our_messaging"]\n',
    ),
)
