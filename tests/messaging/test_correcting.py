"""Putting other words in the place of a reply that has left: both are kept, and the client sees that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from interlude.messaging.models import Message, Reply
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
IN_WINDOW = may(14, 17, 5)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent_reply(cast: Any, visit: Any, clock: Any) -> Reply:
    message = send(cast.noor, at=may(13, 14, 41))
    clock.set(IN_WINDOW)
    visit(cast.ada).post(reverse("clinician:reply", args=[message.pk]), answer("We meet on Tuesday."))
    return Reply.unscoped.get()


def address_of(reply: Reply) -> str:
    return reverse("clinician:correction", args=[reply.pk])


def test_the_client_reads_the_new_words_and_can_open_the_earlier_ones(
    cast: Any, visit: Any, clock: Any, sent_reply: Reply
) -> None:
    clock.set(IN_WINDOW + MINUTE)
    ada = visit(cast.ada)
    assert "Correct it" in page(ada.get(reverse("clinician:message", args=[sent_reply.message_id])))
    assert ada.post(address_of(sent_reply), answer("We meet on Thursday.")).status_code == 302
    shown = page(visit(cast.noor).get("/my/conversation/"))
    assert "We meet on Thursday." not in shown  # a minute to undo
    clock.set(IN_WINDOW + 2 * MINUTE)
    shown = page(visit(cast.noor).get("/my/conversation/"))
    assert (
        shown.index("We meet on Thursday.") < shown.index("Corrected.") < shown.index("We meet on Tuesday.")
    )
    both = page(ada.get(reverse("clinician:message", args=[sent_reply.message_id])))
    assert "We meet on Tuesday." in both
    assert "We meet on Thursday." in both


def test_a_correction_is_called_back_within_the_minute_and_the_answer_stands(
    cast: Any, visit: Any, clock: Any, sent_reply: Reply
) -> None:
    clock.set(IN_WINDOW + MINUTE)
    ada = visit(cast.ada)
    ada.post(address_of(sent_reply), answer("Not this."))
    ada.post(reverse("clinician:undo", args=[sent_reply.message_id]))
    message = Message.unscoped.get()
    assert message.resolved_at is not None
    clock.set(IN_WINDOW + 3 * MINUTE)
    shown = page(visit(cast.noor).get("/my/conversation/"))
    assert "We meet on Tuesday." in shown
    assert "Not this." not in shown


def test_before_it_has_left_there_is_nothing_to_correct(cast: Any, visit: Any, sent_reply: Reply) -> None:
    response = visit(cast.ada).post(address_of(sent_reply), answer("Sooner."))
    assert response.status_code == 409
    assert "Sooner.</textarea>" in page(response)
    assert Reply.unscoped.count() == 1


def test_the_same_form_twice_is_one_and_a_second_tab_is_told(
    cast: Any, visit: Any, clock: Any, sent_reply: Reply
) -> None:
    clock.set(IN_WINDOW + MINUTE)
    ada, form = visit(cast.ada), answer("We meet on Thursday.")
    for _ in range(2):
        assert ada.post(address_of(sent_reply), form).status_code == 302
    response = ada.post(address_of(sent_reply), answer("We meet on Friday."))
    assert response.status_code == 409
    assert "We meet on Friday.</textarea>" in page(response)
    assert Reply.unscoped.count() == 2


def test_an_empty_correction_changes_nothing(cast: Any, visit: Any, clock: Any, sent_reply: Reply) -> None:
    clock.set(IN_WINDOW + MINUTE)
    assert visit(cast.ada).post(address_of(sent_reply), answer(" ")).status_code == 422
    assert Reply.unscoped.count() == 1


def test_corrected_again_all_earlier_words_can_be_opened(
    cast: Any, visit: Any, clock: Any, sent_reply: Reply
) -> None:
    for number, words in enumerate(("On Wednesday.", "On Thursday."), 1):
        clock.set(IN_WINDOW + 2 * number * MINUTE)
        visit(cast.ada).post(address_of(sent_reply), answer(words))
    clock.set(IN_WINDOW + 9 * MINUTE)
    shown = page(visit(cast.noor).get("/my/conversation/"))
    order = [shown.index(words) for words in ("On Thursday.", "We meet on Tuesday.", "On Wednesday.")]
    assert order == sorted(order)


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "olu"])
def test_nobody_else_corrects_it(cast: Any, visit: Any, clock: Any, sent_reply: Reply, who: str) -> None:
    clock.set(IN_WINDOW + MINUTE)
    assert visit(getattr(cast, who)).post(address_of(sent_reply), answer("Mine.")).status_code == 404
