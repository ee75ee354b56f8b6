"""A message in two: a part answered here as promised, the other kept for the session; its writer sees both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from interlude.agenda.models import ListItem
from interlude.messaging.models import Message, Split
from interlude.messaging.splitting import MOST, parts_of
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
IN_WINDOW = may(14, 17, 5)
TEXT = "A short question on the notes.\n\nAnd my brother, which is long.\n\nThank you."


def to(name: str, message: Message) -> str:
    return reverse(f"clinician:{name}", args=[message.pk])


@pytest.fixture
def noors(cast: Any, clock: Any) -> Message:
    message = send(cast.noor, TEXT, at=may(13, 14, 41))
    clock.set(IN_WINDOW)
    return message


@pytest.mark.contract("A19", "C19", "D33", "E6", "E7")
def test_both_parts_keep_their_promise_and_the_client_sees_both(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    ada = visit(cast.ada)
    assert "And my brother" in page(ada.get(to("message", noors))).split("Which parts wait")[1]
    assert ada.post(to("split", noors), {"part": "1"}).status_code == 302
    clock.set(IN_WINDOW + timedelta(minutes=1))
    row = Message.unscoped.get(pk=noors.pk)
    assert (row.resolved_at, row.reply_due, row.outcome) == (None, noors.reply_due, "answer")
    noor = visit(cast.noor)
    body = page(noor.get(f"/my/messages/{noors.pk}/"))
    assert "Ada keeps this part for our session:" in body
    assert "You will hear by" in page(noor.get("/my/conversation/"))
    assert "And my brother" in page(noor.get("/my/our-list/"))
    session = cast.noor.client.sessions.get()
    assert "And my brother" in page(ada.get(reverse("clinician:session", args=[session.pk])))
    ada.post(to("reply", noors), answer("Write the notes as they come."))
    clock.set(may(15, 9))
    shown = page(visit(cast.noor).get("/my/conversation/"))
    assert "Write the notes as they come." in shown
    assert "Ada keeps this part" in shown


def test_nobody_sees_it_within_the_minute_and_it_is_undone(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    ada = visit(cast.ada)
    ada.post(to("split", noors), {"part": "1"})
    clock.set(IN_WINDOW + timedelta(seconds=59))
    for address in ("/my/conversation/", "/my/our-list/"):
        assert "keeps this part" not in page(visit(cast.noor).get(address))
    assert to("undo", noors) in page(ada.get(to("message", noors)))
    ada.post(to("undo", noors))
    assert not Split.objects.exists()
    assert not ListItem.unscoped.exists()


def test_after_the_minute_it_stays(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    ada.post(to("split", noors), {"part": "1"})
    clock.set(IN_WINDOW + timedelta(minutes=1))
    assert ada.post(to("undo", noors)).status_code == 409
    assert Split.objects.count() == 1


@pytest.mark.parametrize("parts", [[], ["0", "1", "2"], ["7"], ["nonsense", "9" * 400], ["-1"]])
def test_all_or_nothing_is_no_split_and_words_stay_in_the_box(
    cast: Any, visit: Any, noors: Message, parts: list[str]
) -> None:
    response = visit(cast.ada).post(to("split", noors), {"part": parts, "words": "Typed."})
    assert response.status_code == 422
    assert "Typed.</textarea>" in page(response)
    assert not Split.objects.exists()


def test_split_twice_is_split_once(cast: Any, visit: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    for part in ("1", "0"):
        ada.post(to("split", noors), {"part": part})
    assert Split.objects.count() == ListItem.unscoped.count() == 1


def test_taking_it_back_first_takes_the_part_off_our_list(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, TEXT, at=may(13, 14))
    clock.set(may(14, 16, 50))
    ada = visit(cast.ada)
    ada.post("/practice/early/")
    ada.post(to("split", message), {"part": "1"})
    assert Split.objects.get().shown_from == message.handed_at
    visit(cast.noor).post(f"/my/messages/{message.pk}/take-back/", {"sure": "1"})
    assert not Split.objects.exists()
    assert not ListItem.unscoped.exists()


def test_a_message_of_a_couple_that_is_shared_is_split_for_both_of_them(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.tove, TEXT, at=may(13, 14))
    clock.set(IN_WINDOW)
    visit(cast.ada).post(to("split", message), {"part": "1"})
    clock.set(may(14, 17, 10))
    for who in (cast.tove, cast.imre):
        assert "And my brother" in page(visit(who).get("/my/our-list/"))


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "olu"])
def test_nobody_else_splits_it(cast: Any, visit: Any, noors: Message, who: str) -> None:
    assert visit(getattr(cast, who)).post(to("split", noors), {"part": "1"}).status_code == 404


def test_parts_are_paragraphs_or_the_sentences_of_one() -> None:
    assert parts_of("One.\n\nTwo.") == ["One.", "Two."]
    assert parts_of("One thing. Another? Yes") == ["One thing.", "Another?", "Yes"]
    assert parts_of("only") == ["only"]
    assert len(parts_of("\n\n".join(str(n) for n in range(500)))) == MOST
