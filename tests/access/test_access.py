"""Every address, every kind of visitor, every verb: let in exactly as the table says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from interlude.appointments.feeds import make_address
from interlude.core.packs.phrases import id_of
from interlude.practice.models import Participant
from tests.access.people import Things, place, relation, things_of, token_for, visitors
from tests.access.table import ANYBODY, TABLE, Row
from tests.again import scene_again
from tests.cast import NOW, Cast
from tests.house.test_rooms import NAMES

ARGUMENT = {
    "message": "message_id", "draft": "draft_id", "entry": "entry_id", "agreement": "agreement_id",
    "question": "question_id", "reply": "reply_id", "client": "client_id", "session": "session_id",
    "item": "item_id", "acceptance": "acceptance_id", "line": "line_id", "day": "day_id",
    "person": "person_id", "writer": "participant_id", "guardian": "guardian_id", "clinician": "clinician_id",
    "decision": "record_id", "support": "support_id", "closing": "closing_id",
    "absence": "absence_id", "cover": "cover_id", "opening": "opening_id",
    "approval": "approval_id", "time": "time_id", "after line": "line_id",
    "plan": "plan_id", "plan version": "version_id", "plan file": "file_id",
    "piece": "piece_id", "file piece": "piece_id", "share": "share_id", "filled page": "filled_id",
    "ready record": "request_id", "record request": "request_id",
    "enclosure": "file_id", "enclosure of a draft": "file_id",
    "phrase": "phrase_id", "device": "device_id", "variant": "variant_id",
    "own session": "pk", "move": "request_id", "freed": "offer_id",
}  # fmt: skip
FORM = {"words": "A text.", "topic": "homework", "name_typed": "A Name"}
FORMS = {
    "client:sessions": {"topic": "schedule"},
    "client:session_late": {"minutes": "10"},
    "clinician:agreement": {"preset": "warm_two_business_days", "number": "2"},
    "clinician:read_aloud": {"number": "1", "on": "2026-05-12"},
    "clinician:withdraw": {"number": "1"},
}
SAY_IT_FOR_ALL = ("anonymous", "noor", "ada", "priya")  # who is asked where an address does not know the verb
OWNERS = ("noor", "mira", "tove", "dov")
LEAST = 2500  # requests over all owners; fewer would mean that something was passed over


def street_of(cast: Cast) -> tuple[dict[str, Any], dict[str, Things], str, str]:
    """The people, the things of each owner, and the two secrets that stand in addresses."""
    people = visitors(cast)
    things = {name: things_of(people[name]) for name in OWNERS}  # type: ignore[arg-type]
    feed = make_address(cast.noor, title="busy", key=uuid4(), now=NOW).token  # type: ignore[union-attr]
    return people, things, token_for(cast), feed


class Street:
    """Everybody with a browser, and the things of four cares."""

    def __init__(self, cast: Any, visit: Any) -> None:
        self.people, self.things, self.token, self.feed = scene_again(street_of, cast)
        self.browsers = {name: been_here(visit(person)) for name, person in self.people.items()}

    def address(self, name: str, row: Row, owner: Things, *, other: UUID | None = None) -> str:
        fixed = {
            "": {}, "slug": {"slug": "alder"}, "slug+country": {"slug": "alder", "country": "GB"},
            "slug+country+language": {"slug": "alder", "country": "GB", "language": "es"},
            "to": {"to": "weather"},
            "token": {"token": self.token}, "feed": {"token": self.feed}, "topic": {"topic": "homework"},
            "room+name+icon": {"room": "my", "name": "calendar", "icon": "leaf"},
            "step": {"step": "topics"}, "shipped": {"phrase_id": id_of("much_private", "es")},
            "participant": {"kind": "participant", "person_id": owner.ids["participant"]},
            "staff": {"kind": "clinician", "person_id": owner.ids["staff"]},
        }  # fmt: skip
        if row.thing in fixed:
            return reverse(name, kwargs=fixed[row.thing])
        thing = "fresh message" if name in ("client:change", "client:take_back") else row.thing
        return reverse(name, kwargs={ARGUMENT[row.thing]: other or owner.ids[thing]})


def been_here(browser: Browser) -> Browser:
    """Noted as seen a moment ago, so that not every one of thousands of requests notes it anew."""
    if settings.SESSION_COOKIE_NAME in browser.cookies:
        session = browser.session
        session["began_at"] = session["seen_at"] = NOW.timestamp()
        session.save()
    return browser


@pytest.fixture
def street(cast: Any, visit: Any) -> Street:
    return Street(cast, visit)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(NAMES) == set(TABLE)


def test_the_table_asks_often_enough() -> None:
    asked = sum(1 for owner in OWNERS for _ in questions(owner))
    print(f"\naccess: {asked} requests")
    assert asked >= LEAST


@pytest.mark.contract("D29")
@pytest.mark.parametrize(
    "owner", [OWNERS[0], *(pytest.param(one, marks=pytest.mark.sweep) for one in OWNERS[1:])]
)
def test_each_visitor_is_let_in_exactly_where_the_table_says(street: Street, owner: str) -> None:
    wrong = defaultdict(list)
    things = street.things[owner]
    stands = {visitor: Standing.of(person, things) for visitor, person in street.people.items()}
    for name, row, verb, visitor in questions(owner):
        person = street.people[visitor]
        got = ask(street.browsers[visitor], verb, street.address(name, row, things), FORMS.get(name, {}))
        wanted = what_is_wanted(row, verb, stands[visitor])
        if not as_wanted(got, wanted, signed_in=person is not None and visitor != "deactivated"):
            wrong[f"{verb} {name}: {got}, wanted {wanted}"].append(visitor)
    assert not wrong, "\n".join(f"{what}: {', '.join(who)}" for what, who in wrong.items())


def test_not_yours_and_not_there_are_the_same_answer(street: Street) -> None:
    for name, row in TABLE.items():
        if row.thing in ARGUMENT and row.get:
            things = street.things["dov"]
            addresses = street.address(name, row, things), street.address(name, row, things, other=uuid4())
            for visitor in ("noor", "ben", "olu"):
                there, nowhere = (street.browsers[visitor].get(address) for address in addresses)
                assert there.status_code == nowhere.status_code == 404, (name, visitor)
                assert len(there.content) == len(nowhere.content), (name, visitor)


VISITORS = (
    "anonymous", "noor", "kai", "mira", "jonas", "tove", "imre", "dov", "ada", "ben", "cleo", "supervisor",
    "leaver", "olu", "priya", "owner elsewhere", "former client", "deactivated", "ended guardian",
    "other guardian", "late partner", "cover",
)  # fmt: skip


def questions(owner: str) -> Iterator[tuple[str, Row, str, str]]:
    """What is asked of one owner's things; pages that name no thing are asked for once, with the first."""
    for name, row in TABLE.items():
        if row.thing not in ARGUMENT and row.thing not in ("participant", "staff") and owner != OWNERS[0]:
            continue
        for verb, allowed in (("get", row.get), ("post", row.post)):
            for visitor in VISITORS if allowed is not None else SAY_IT_FOR_ALL:
                yield name, row, verb, visitor


def ask(browser: Browser, verb: str, address: str, form: dict[str, str]) -> int:
    """The answer's status; whatever the request did is undone, signing out too."""
    cookies = browser.cookies.copy()
    with transaction.atomic():
        data = FORM | {"draft_id": str(uuid4()), "reply_id": str(uuid4())} | form if verb == "post" else {}
        status = getattr(browser, verb)(address, data).status_code
        transaction.set_rollback(True)
    browser.cookies = cookies
    return int(status)


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the things, which no question changes: what each one did is undone."""

    place: str
    relation: str
    another_writer: bool

    @classmethod
    def of(cls, person: Any, things: Things) -> Standing:
        another = isinstance(person, Participant) and person.pk != things.writer.pk
        return cls(place(person), relation(person, things), another)


def what_is_wanted(row: Row, verb: str, stands: Standing) -> str:
    allowed = row.get if verb == "get" else row.post
    if allowed is None:
        return "no such verb"
    if allowed == ANYBODY:
        return "in"
    own = row.own and verb == "post"
    if row.sole and not own and stands.another_writer:
        return "out"
    named = (row.thing in ARGUMENT or row.thing in ("participant", "staff")) and not own
    return "in" if (stands.relation if named else stands.place) in allowed else "out"


def as_wanted(status: int, wanted: str, *, signed_in: bool) -> bool:
    match wanted:
        case "in":
            return status in (200, 204, 302, 303, 409, 422)
        case "no such verb":
            return status in (405, 404, 401, 302)
        case _ if not signed_in:
            return status in (302, 401, 404)
        case _:
            return status == 404
