"""Whether messages fit: written down together, read and answered by the client, never added up."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.models import ListItem
from interlude.agreements.models import Suitability, SuitabilityView
from interlude.agreements.suitability import ASPECTS
from interlude.audit.models import Event
from interlude.messaging.actions import ground_for
from interlude.practice.actions import add_client
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade, main_text
from tests.cast import NOW
from tests.messaging.post import may

WHY = "We talked about it twice."
INSTEAD = "We talk by phone on Thursdays, ten minutes."


def form(**fields: Any) -> dict[str, Any]:
    chosen = {
        "age": "adult",
        "steadiness": "many",
        "understanding": "clear",
        "comfort": "now_and_then",
        "setting": "allowed",
        "therapy": "session",
    }
    return (
        chosen
        | {"record_id": str(uuid4()), "comfort_why": WHY, "decision": "not_now", "instead": INSTEAD}
        | fields
    )


def page_of(cast: Any) -> str:
    return f"/practice/clients/{cast.noor.client_id}/suitability/"


def decide(cast: Any, visit: Any, **fields: Any) -> Suitability:
    answer = visit(cast.ada).post(page_of(cast), form(**fields))
    assert answer.status_code == 302, main_text(answer.content.decode())
    return Suitability.unscoped.filter(client=cast.noor.client).latest("number")


@pytest.mark.contract("C31", "D3", "D10", "D13", "D16", "A27")
def test_what_was_talked_about_is_read_by_both_with_its_reasons(cast, visit) -> None:
    row = decide(cast, visit)
    page = visit(cast.noor).get("/my/agreement/").content.decode()
    assert "We decided on <time" in page
    assert f"/my/agreement/decisions/{row.pk}/" in page
    own = main_text(visit(cast.noor).get(f"/my/agreement/decisions/{row.pk}/").content.decode())
    for said in (
        "No messages for now",
        "Ada wrote this down on Wed 13 May",
        INSTEAD.rstrip("."),
        "Hard days come often; a call is safer than a message",
        WHY.rstrip("."),
        "Nothing is added up from this",
    ):
        assert said in own, said
    assert grade(own) <= 6
    assert "No messages for now, you decided on" in main_text(
        visit(cast.ada).get(page_of(cast)).content.decode()
    )


def test_it_is_a_persons_decision_and_no_rule_reads_it(cast, visit) -> None:
    before = ground_for(cast.noor, NOW).policy
    empty = visit(cast.ada).get(page_of(cast)).content.decode()
    assert "checked" not in empty[empty.index("<main") :], "nothing is chosen beforehand"
    decide(cast, visit)
    again = visit(cast.ada).get(page_of(cast)).content.decode()
    assert "checked" not in again[again.index("<main") :], "nor from what was said before"
    assert ground_for(cast.noor, NOW).policy == before
    assert "score" not in again


@pytest.mark.contract("D12", "D31")
def test_the_same_answers_can_lead_to_any_decision(cast, visit) -> None:
    for decision in ("fits", "times_only", "not_now"):
        assert decide(cast, visit, decision=decision).decision == decision


@pytest.mark.contract("C38")
def test_every_version_is_kept_and_read_by_both(cast, visit) -> None:
    first = decide(cast, visit)
    decide(cast, visit, decision="fits", instead="")
    assert [row.number for row in Suitability.unscoped.order_by("number")] == [1, 2]
    page = main_text(visit(cast.noor).get("/my/agreement/").content.decode())
    assert page.index("messages fit our work") < page.index("no messages for now")
    assert visit(cast.noor).get(f"/my/agreement/decisions/{first.pk}/").status_code == 200
    assert "Version 1" in visit(cast.ada).get(page_of(cast)).content.decode()


@pytest.mark.contract("A23", "D3")
def test_the_client_says_their_view_and_it_comes_with_the_window_and_on_the_list(cast, visit, clock) -> None:
    row = decide(cast, visit)
    address = f"/my/agreement/decisions/{row.pk}/"
    view = "I would like to try it in summer."
    assert visit(cast.noor).post(address, {"view_id": str(uuid4()), "words": view}).status_code == 302
    assert view in visit(cast.noor).get(address).content.decode()
    assert view not in visit(cast.ada).get(page_of(cast)).content.decode(), "not between windows (law 6)"
    clock.set(may(14, 17))
    assert view in visit(cast.ada).get(page_of(cast)).content.decode()
    assert ListItem.unscoped.get(client=cast.noor.client).topic == "suitability"
    assert "Whether messages fit" in visit(cast.noor).get("/my/our-list/").content.decode()


def test_a_view_without_words_is_asked_for_again_and_one_sent_twice_is_one(cast, visit) -> None:
    row = decide(cast, visit)
    address = f"/my/agreement/decisions/{row.pk}/"
    empty = visit(cast.noor).post(address, {"view_id": str(uuid4()), "words": " "})
    assert empty.status_code == 422
    assert "A line is enough" in empty.content.decode()
    same = {"view_id": str(uuid4()), "words": "Fine."}
    for _ in range(2):
        visit(cast.noor).post(address, same)
    assert SuitabilityView.unscoped.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"decision": ""}, "Choose the sentence that you both decided on"),
        ({"instead": " "}, "Say what there is instead"),
        ({"age": ""}, "“We have not talked about it yet” is an answer too"),
        ({"comfort": "a lot"}, "a lot"),
    ],
)
def test_what_is_missing_is_said_and_the_words_are_still_there(cast, visit, fields, said) -> None:
    answer = visit(cast.ada).post(page_of(cast), form(**fields))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert WHY in page
    assert not Suitability.unscoped.exists()


def test_nobody_else_reads_it(cast, visit) -> None:
    row = decide(cast, visit)
    for other in (cast.kai, cast.mira, cast.jonas, cast.dov):
        assert visit(other).get(f"/my/agreement/decisions/{row.pk}/").status_code == 404
    for other in (cast.ben, cast.cleo, cast.olu, cast.priya):
        assert visit(other).get(page_of(cast)).status_code == 404
    decided = visit(cast.ada).post(f"/practice/clients/{cast.mira.client_id}/suitability/", form())
    assert decided.status_code == 302
    assert "Do messages fit" not in visit(cast.jonas).get("/my/agreement/").content.decode()


def test_its_words_are_sealed_and_its_reading_leaves_a_line(cast, visit) -> None:
    row = decide(cast, visit)
    assert INSTEAD.encode() not in bytes(row.sealed)
    assert row.said(Sealer(row.practice_id))["instead"] == INSTEAD
    visit(cast.ada).get(page_of(cast))
    line = Event.objects.get(verb="suitability.opened")
    assert INSTEAD not in str(line.facts)


def test_it_can_be_written_down_before_anything_is_agreed(cast, visit) -> None:
    client = add_client(clinician=cast.ada, name="New Here", by=None, now=NOW)
    assert visit(cast.ada).post(f"/practice/clients/{client.pk}/suitability/", form()).status_code == 302
    assert len(ASPECTS) == 6
