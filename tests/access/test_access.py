"""Every address, every kind of visitor, every verb: let in exactly as the table says."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from interlude.practice.models import Participant
from tests.access.people import Things, place, relation, things_of, token_for, visitors
from tests.access.table import ANYBODY, TABLE, Row
from tests.house.test_rooms import NAMES

ARGUMENT = {
    "message": "message_id",
    "draft": "draft_id",
    "entry": "entry_id",
    "agreement": "agreement_id",
    "question": "question_id",
    "reply": "reply_id",
    "client": "client_id",
    "session": "session_id",
    "item": "item_id",
    "line": "line_id",
    "day": "day_id",
}
FORM = {"words": "A text.", "topic": "homework", "name_typed": "A Name"}


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(NAMES) == set(TABLE)


@pytest.fixture
def street(cast: Any, visit: Any) -> Any:
    people = visitors(cast)
    browsers = {name: visit(person) for name, person in people.items()}
    things = {name: things_of(people[name]) for name in ("noor", "mira", "tove", "dov")}
    return people, browsers, things, token_for(cast)


@pytest.mark.contract("D29")
def test_each_visitor_is_let_in_exactly_where_the_table_says(street: Any) -> None:
    people, browsers, things, token = street
    wrong, asked = [], Counter()
    for name, row in TABLE.items():
        for owner in things.values() if row.thing else [things["noor"]]:
            address = _address(name, row, owner, token)
            for visitor, person in people.items():
                stands = (
                    relation(person, owner)
                    if row.thing in ARGUMENT or row.thing in ("participant", "staff")
                    else place(person)
                )
                for verb, allowed in (("get", row.get), ("post", row.post)):
                    got = _ask(browsers[visitor], verb, address)
                    asked[verb] += 1
                    wanted = _wanted(row, allowed, stands, person, owner)
                    if not _as_wanted(got, wanted, signed_in=person is not None and visitor != "deactivated"):
                        wrong.append(
                            f"{visitor} {verb} {name} of {owner.writer.first_name}: {got}, wanted {wanted}"
                        )
    print(f"\naccess: {sum(asked.values())} requests, {dict(asked)}")
    assert sum(asked.values()) >= 2500
    assert not wrong, "\n".join(wrong[:60])


def test_not_yours_and_not_there_are_the_same_answer(street: Any) -> None:
    _, browsers, things, token = street
    for name, row in TABLE.items():
        if row.thing in ARGUMENT and row.get:
            there = _address(name, row, things["dov"], token)
            nowhere = _address(name, row, things["dov"], token, other=uuid4())
            for visitor in ("noor", "ben", "olu"):
                answers = [browsers[visitor].get(address) for address in (there, nowhere)]
                assert answers[0].status_code == answers[1].status_code == 404, (name, visitor)
                assert len(answers[0].content) == len(answers[1].content), (name, visitor)


def _address(name: str, row: Row, owner: Things, token: str, other: UUID | None = None) -> str:
    match row.thing:
        case "":
            return reverse(name)
        case "slug":
            return reverse(name, kwargs={"slug": "alder"})
        case "slug+country":
            return reverse(name, kwargs={"slug": "alder", "country": "GB"})
        case "token":
            return reverse(name, kwargs={"token": token})
        case "topic":
            return reverse(name, kwargs={"topic": "homework"})
        case "participant":
            return reverse(name, kwargs={"kind": "participant", "person_id": owner.ids["participant"]})
        case "staff":
            return reverse(name, kwargs={"kind": "clinician", "person_id": owner.ids["staff"]})
        case thing:
            key = "fresh message" if name in ("client:change", "client:take_back") else thing
            return reverse(name, kwargs={ARGUMENT[thing]: other or owner.ids[key]})


def _ask(browser: Browser, verb: str, address: str) -> int:
    """The answer's status; whatever the request did is undone."""
    with transaction.atomic():
        spot = transaction.savepoint()
        data = FORM | {"draft_id": str(uuid4()), "reply_id": str(uuid4())} if verb == "post" else {}
        status = getattr(browser, verb)(address, data).status_code
        transaction.savepoint_rollback(spot)
    return int(status)


def _wanted(row: Row, allowed: frozenset[str] | None, stands: str, person: Any, owner: Things) -> str:
    if allowed is None:
        return "no such verb"
    if allowed == ANYBODY:
        return "in"
    if row.sole and isinstance(person, Participant) and person.pk != owner.writer.pk:
        return "out"
    return "in" if stands in allowed else "out"


def _as_wanted(status: int, wanted: str, *, signed_in: bool) -> bool:
    match wanted:
        case "in":
            return status in (200, 204, 302, 409, 422)
        case "no such verb":
            return status in (405, 404, 401, 302)
        case _ if not signed_in:
            return status in (302, 401, 404)
        case _:
            return status == 404
