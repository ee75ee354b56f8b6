"""While somebody writes, up to three of their own things stand beside it: quietly, kept nowhere, in nobody's way."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.library.actions import give_to_all
from interlude.messaging.models import Draft, Message
from tests.cast import NOW, words
from tests.library.shelf import a_piece, shared
from tests.plans.test_my_plan import every_row

AWAKE = "I lie awake until three, and then all day I cannot think."
HEADING = "This may help in the meantime"


@pytest.fixture
def nights(cast: Any) -> Any:
    """A piece for nights, shared with Noor; another clinician's is for all of their own clients."""
    piece = a_piece(cast.ada, title="Awake at night", cues=("lie awake", "sleep"))
    shared(piece, cast.noor.client)
    other = a_piece(cast.ben, title="Of somebody else", cues=("lie awake",))
    give_to_all(other, by=cast.ben, now=NOW)
    a_piece(cast.ada, title="Not shared", cues=("lie awake",))
    return piece


def saved(browser: Any, text: str, *, topic: str = "homework", **more: str) -> Any:
    form = words(text, topic=topic) | more
    return browser.post(f"/my/drafts/{form['draft_id']}/", form), form["draft_id"]


@pytest.mark.contract("B19")
def test_a_kept_draft_brings_what_fits_and_only_what_the_client_has(
    cast: Any, visit: Any, nights: Any
) -> None:
    answer, key = saved(visit(cast.noor), AWAKE)
    page = answer.content.decode()
    assert answer.status_code == 200 and HEADING in page and "Awake at night" in page
    assert "Of somebody else" not in page and "Not shared" not in page
    assert f"/my/drafts/{key}/" in page and f"piece/{nights.pk}" in page
    assert "lie awake until" not in page


def test_nothing_fits_so_nothing_is_said(cast: Any, visit: Any, nights: Any) -> None:
    for text, topic in (
        ("Thank you for last week.", "homework"),
        (AWAKE, "relationship_repair"),
        (AWAKE, "our_messaging"),
        (AWAKE, "billing"),
    ):
        answer, _ = saved(visit(cast.noor), text, topic=topic)
        assert (answer.status_code, answer.content) == (204, b""), topic


def test_a_guardian_and_another_client_are_offered_nothing(cast: Any, visit: Any, nights: Any) -> None:
    assert saved(visit(cast.kai), "Good.")[0].status_code == 204
    assert saved(visit(cast.jonas), AWAKE, topic="billing")[0].status_code == 204


def test_the_fourth_is_left_out(cast: Any, visit: Any) -> None:
    for number in range(5):
        shared(a_piece(cast.ada, title=f"Piece {number}", cues=("lie awake",)), cast.noor.client)
    page = saved(visit(cast.noor), AWAKE)[0].content.decode()
    assert len(re.findall(r'value="piece/', page)) == 3


def test_nothing_about_it_is_stored(cast: Any, visit: Any, nights: Any) -> None:
    noor, key = visit(cast.noor), str(uuid4())
    form = words(AWAKE) | {"draft_id": key}
    noor.post(f"/my/drafts/{key}/", form)
    before = {name: rows for name, rows in every_row().items() if name != "messaging_draft"}
    assert noor.post(f"/my/drafts/{key}/", form).status_code == 200
    noor.get(f"/my/drafts/{key}/")
    noor.get(f"/my/drafts/{key}/review/")
    assert {name: rows for name, rows in every_row().items() if name != "messaging_draft"} == before


@pytest.mark.contract("B19", "B21")
def test_without_scripts_it_stands_on_the_page_before_sending(cast: Any, visit: Any, nights: Any) -> None:
    noor = visit(cast.noor)
    assert HEADING not in noor.get("/my/write/homework/").content.decode()
    _, key = saved(noor, AWAKE)
    assert HEADING in noor.get(f"/my/drafts/{key}/").content.decode()
    page = noor.get(f"/my/drafts/{key}/review/").content.decode()
    assert HEADING in page and f'href="/my/things/{nights.pk}/?draft={key}"' in page
    assert page.index("Send it to Ada") < page.index(HEADING)


def test_by_the_purpose_alone_it_stands_there_from_the_start(cast: Any, visit: Any) -> None:
    shared(a_piece(cast.ada, title="When a task gets stuck", topics=("homework",)), cast.noor.client)
    noor = visit(cast.noor)
    assert "When a task gets stuck" in noor.get("/my/write/homework/").content.decode()
    assert "When a task gets stuck" not in noor.get("/my/write/session/").content.decode()


def test_looking_keeps_the_words_and_the_way_back(cast: Any, visit: Any, nights: Any) -> None:
    noor = visit(cast.noor)
    answer, key = saved(noor, AWAKE, to=f"piece/{nights.pk}")
    assert answer.headers["Location"] == f"/my/things/{nights.pk}/?draft={key}"
    assert Draft.unscoped.get(pk=key).participant_id == cast.noor.pk
    page = noor.get(answer.headers["Location"]).content.decode()
    assert f'href="/my/drafts/{key}/"' in page
    helped = noor.post(f"/my/things/{nights.pk}/helped/", {"draft": key}).content.decode()
    assert f'href="/my/drafts/{key}/"' in helped
    assert saved(noor, AWAKE, to="piece/none")[0].status_code == 404


def test_sending_is_the_same_with_it_and_without_it(cast: Any, visit: Any, nights: Any) -> None:
    noor = visit(cast.noor)
    for text in (AWAKE, "A quiet week."):
        assert noor.post("/my/messages/", words(text)).status_code == 302
    dues = {(one.outcome, one.reply_due) for one in Message.unscoped.filter(participant=cast.noor)}
    assert len(dues) == 1


@pytest.mark.parametrize("topic", ["homework", "billing"])
def test_keeping_a_draft_asks_as_often_for_forty_pieces_as_for_three(
    cast: Any, visit: Any, topic: str
) -> None:
    noor, counts = visit(cast.noor), []
    for many in (3, 37):
        for number in range(many):
            shared(a_piece(cast.ada, title=f"Piece {number}", cues=("lie awake",)), cast.noor.client)
        saved(noor, AWAKE, topic=topic)
        with CaptureQueriesContext(connection) as questions:
            saved(noor, AWAKE, topic=topic)
        counts.append(len(questions))
    assert counts[0] == counts[1] <= 16, counts
