"""Questions and worries about the agreement: on our list, sealed, and with the clinician from the next window on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.models import ListItem
from interlude.agreements.models import StepPassed
from interlude.audit.models import Event
from interlude.outbox.models import Notice
from tests.agreements.newcomers import newcomer
from tests.agreements.reading import main_text
from tests.cast import NOW
from tests.messaging.post import may

PAGE = "/my/first-steps/questions/"
WORRY = "What if I write and nobody answers?"


def ask(browser: Any, text: str = WORRY, key: str = "") -> Any:
    return browser.post(PAGE, {"item_id": key or str(uuid4()), "words": text})


@pytest.mark.contract("A23", "A27", "C35")
def test_what_is_asked_goes_on_the_list_and_the_page_says_when_it_is_seen(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    page = main_text(browser.get(PAGE).content.decode())
    assert "We talk about it on Tuesday at 10:00" in page
    assert "Ada sees it from Thursday at 17:00 on" in page
    assert "You can leave this empty" in page
    assert ask(browser).status_code == 302
    assert WORRY in browser.get(PAGE).content.decode()
    listed = browser.get("/my/our-list/").content.decode()
    assert WORRY in listed
    assert "About our agreement" in listed


def test_it_reaches_the_clinician_with_the_window_and_not_before(cast: Any, visit: Any, clock: Any) -> None:
    client, session = cast.noor.client_id, cast.noor.client.sessions.get().pk
    ask(visit(cast.noor))
    assert not Notice.objects.filter(to=cast.ada.user).exists()
    places = (f"/practice/clients/{client}/", f"/practice/sessions/{session}/")
    clock.set(NOW + timedelta(hours=1))
    for place in (*places, "/practice/", "/practice/sessions/"):
        assert WORRY not in visit(cast.ada).get(place).content.decode(), place
    clock.set(may(14, 17, 5))
    for place in places:
        assert WORRY in visit(cast.ada).get(place).content.decode(), place
    item = ListItem.unscoped.get(source="worry")
    opened = Event.objects.filter(verb="messages.opened", subject=f"client:{client}").latest("number")
    assert str(item.pk) in opened.facts["ids"]
    for page in ("/practice/", "/practice/clients/"):
        assert WORRY not in visit(cast.ada).get(page).content.decode()


def test_words_are_sealed_and_in_no_line_of_the_record(cast: Any, visit: Any) -> None:
    ask(visit(cast.noor))
    item = ListItem.unscoped.get(source="worry")
    assert WORRY.encode() not in bytes(item.sealed)
    assert not [event for event in Event.objects.all() if "nobody answers" in f"{event.facts}{event.subject}"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\t"])
def test_an_empty_box_is_no_question_and_leads_on(cast: Any, visit: Any, text: str) -> None:
    wren = newcomer(cast)
    answer = ask(visit(wren), text)
    assert answer["Location"] == "/my/first-steps/topics/"
    assert not ListItem.unscoped.filter(source="worry").exists()
    assert StepPassed.unscoped.filter(participant=wren, step="questions").exists()


@pytest.mark.parametrize("text", ["x" * 100_000, "\0", "نعم \u202e؟", "<script>x</script>", "🌱" * 500])
def test_anything_can_be_asked(cast: Any, visit: Any, text: str) -> None:
    browser = visit(cast.noor)
    assert ask(browser, text).status_code == 302
    assert browser.get(PAGE).status_code == 200
    assert "<script>x" not in browser.get(PAGE).content.decode()


def test_pressing_twice_is_one_question(cast: Any, visit: Any) -> None:
    browser, key = visit(cast.noor), str(uuid4())
    for _ in range(2):
        ask(browser, key=key)
    assert ListItem.unscoped.filter(source="worry").count() == 1


def test_a_session_that_ended_while_typing_gives_the_words_back(cast: Any, visit: Any) -> None:
    answer = ask(visit(None))
    assert answer.status_code == 401
    assert WORRY in answer.content.decode()


def test_the_page_is_for_those_who_write(cast: Any, visit: Any) -> None:
    for person in (cast.jonas, cast.ada, cast.olu):
        assert visit(person).get(PAGE).status_code == 404
        assert ask(visit(person)).status_code == 404
