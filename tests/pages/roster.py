"""Every page that somebody can open, with somebody who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from interlude.core.packs.phrases import id_of
from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from interlude.practice.actions import name_supervisor
from interlude.practice.scope import in_practice
from tests.access.people import things_of, token_for
from tests.access.table import TABLE
from tests.access.test_access import ARGUMENT
from tests.cast import LONG_AGO, NOW, Cast
from tests.checkins.weeks import a_week_old

IN_THE_WINDOW = datetime(2026, 5, 14, 16, 5, tzinfo=UTC)  # Thursday, 17:05 in London; Ada's window is open
VISITOR = {"client": "noor", "clinician": "ada", "office": "priya", "public": "", "": "noor"}
INSTEAD = {"clinician:approval": "ben"}  # who supervises Ada here
NOT_HERE = {"public:set_up", "public:demo"}  # a practice exists, and this is not the demo
NO_PAGE = {  # a line of text; a turn to somebody's room; files; a way out that goes on by itself
    "public:left",
    "public:alive",
    "public:door",
    "client:agreement_copy",
    "client:copy_text",
    "client:journal_copy",
    "client:sent_copy",
    "client:record_file",
    "client:enclosure",
    "clinician:enclosure",
    "public:help_script",
    "public:help_worker",
    "client:plan_pdf",
    "client:plan_file",
    "clinician:plan_file",
    "client:piece_file",
    "clinician:piece_file",
    "public:plan_worker",
    "public:calendar",
    "public:app_worker",
    "public:manifest",
}
FIXED = {
    "": {},
    "slug": {"slug": "alder"},
    "slug+country": {"slug": "alder", "country": "GB"},
    "slug+country+language": {"slug": "alder", "country": "GB", "language": "es"},
    "to": {"to": "weather"},
    "room+name+icon": {"room": "my", "name": "calendar", "icon": "leaf"},
    "topic": {"topic": "homework"},
    "step": {"step": "topics"},
}
MORE = [  # the same addresses in other states, and pages of the sign-in library
    ("public", "", "/sign-in/"),
    ("public", "", "/help/?country=GB"),
    ("public", "", "/help/nobody/"),
    ("client", "noor", "/sign-out/"),
    ("client", "noor", "/account/password/"),
    ("client", "noor", "/account/second-factor/"),
    ("client", "noor", "/my/write/billing/"),
    ("client", "noor", "/my/write/session/"),
    ("client", "noor", "/my/times/?about=billing"),
    ("client", "noor", "/my/first-steps/reading/"),
    ("client", "noor", "/my/first-steps/help/"),
    ("client", "noor", "/my/first-steps/ask-when/"),
    ("client", "noor", "/my/first-steps/yes/"),
    ("client", "noor", "/my/agreement/?version=1"),
    ("client", "jonas", "/my/"),
    ("client", "jonas", "/my/write/"),
    ("client", "jonas", "/my/write/billing/"),
    ("client", "jonas", "/my/times/"),
    ("client", "jonas", "/my/agreement/"),
    ("client", "mira", "/my/"),
    ("client", "mira", "/my/agreement/"),
    ("client", "mira", "/my/readers/"),
    ("client", "jonas", "/my/readers/"),
    ("client", "tove", "/my/readers/"),
    ("client", "mira", "/my/check-in/"),
    ("client", "noor", "/my/check-in/?answer=1"),
    ("client", "tove", "/my/conversation/"),
    ("client", "tove", "/my/agreement/"),
    ("clinician", "ada", "/practice/?look=early"),
    ("clinician", "ada", "/practice/?done=1"),
    ("clinician", "ben", "/practice/"),
    ("clinician", "ben", "/practice/approvals/"),
    ("clinician", "ada", "/practice/rules/own/?start=dbt_skills_coaching"),
    ("clinician", "ada", "/practice/library/?away=1"),
    ("clinician", "ada", "/practice/library/new/?kind=worksheet"),
    ("clinician", "ada", "/practice/library/new/?kind=file"),
    ("clinician", "ada", "/practice/library/new/?kind=link"),
    ("clinician", "ada", "/practice/phrases/?language=hi"),
    ("clinician", "ada", "/practice/phrases/?language=es&situation=limits"),
    ("clinician", "ada", f"/practice/phrases/{id_of('much_private', 'es')}/"),
    ("clinician", "ada", f"/practice/phrases/new/?from={id_of('much_private', 'en')}"),
    ("office", "olu", "/office/"),
    ("office", "priya", "/office/people/add/?kind=young"),
    ("office", "priya", "/office/people/add/?kind=couple"),
    ("office", "priya", "/office/people/add/?kind=clinician"),
]


@dataclass(frozen=True)
class Address:
    """One page: its room, who opens it ('' for nobody), and where it is."""

    room: str
    who: str
    path: str

    @property
    def signed_in(self) -> bool:
        return bool(self.who)

    def __str__(self) -> str:
        return f"{self.path} ({self.who or 'nobody'})"


def furnish(cast: Cast) -> dict[str, Any]:
    """One of each thing for Noor, checked help lines, somebody invited. Returns what addresses name."""
    with in_practice(cast.alder.id):
        name_supervisor(cast.ada, cast.ben, by=None, now=LONG_AGO)
        things = things_of(cast.noor)
        a_week_old(cast.noor.client)  # a check-in is due
        bring_in_lines("GB", practice=cast.alder, by=cast.olu, now=LONG_AGO)
        for line in HelpLine.unscoped.exclude(source_id=""):
            confirm_line(line, by=cast.olu, how="called", on=NOW.date(), now=NOW)
        return things.ids | {"token": token_for(cast)}


def addresses(ids: dict[str, Any]) -> list[Address]:
    """Every address of the four rooms that answers GET with a page, and the states in MORE."""
    found = []
    for name, row in TABLE.items():
        if row.get and name not in NOT_HERE | NO_PAGE:
            room = name.split(":")[0]
            who = INSTEAD.get(name, VISITOR[room])
            found.append(Address(room, who, reverse(name, kwargs=_named(name, row.thing, ids))))
    return found + [Address(*more) for more in MORE]


def _named(name: str, thing: str, ids: dict[str, Any]) -> dict[str, Any]:
    if thing in FIXED:
        return FIXED[thing]
    if thing == "token":
        return {"token": ids["token"]}
    key = "fresh message" if name in ("client:change", "client:take_back") else thing
    return {ARGUMENT[thing]: ids[key]}
