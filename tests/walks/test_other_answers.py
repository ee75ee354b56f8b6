"""Not every message wants a page of words: the other ways to close one, by key; and answers written at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from interlude.messaging.actions import send_message
from interlude.messaging.answering import UNDO
from interlude.messaging.outlook import Marks
from interlude.practice.scope import in_practice
from tests.cast import NOW, Cast
from tests.walks.conftest import DESK
from tests.walks.ways import send, sign_in

WINDOW = datetime(2026, 5, 14, 16, 5, tzinfo=UTC)  # Thursday, 17:05 in London; the window opened at 17:00
NIGHT = datetime(2026, 5, 14, 20, 30, tzinfo=UTC)
MORNING = datetime(2026, 5, 15, 8, 5, tzinfo=UTC)  # Friday, 9:05; Ada works from nine


@pytest.fixture
def four_written(cast: Cast) -> None:
    """Two practice tasks, something that happened, and news that needs no answer."""
    written = [
        ("homework", "The first task.", Marks()),
        ("homework", "The second task.", Marks()),
        ("brief_update", "My sister called.", Marks()),
        ("brief_update", "The talk went well.", Marks(no_answer=True)),
    ]
    with in_practice(cast.alder.id):
        for number, (topic, words, marks) in enumerate(written):
            send_message(
                words,
                participant=cast.noor,
                draft_id=uuid4(),
                topic=topic,
                now=NOW + timedelta(minutes=number),
                marks=marks,
            )


@pytest.mark.contract("A9", "E6", "E11", "E12", "C19")
def test_a_batch_is_closed_by_four_keys_and_each_way_is_told_to_its_writer(
    enter: Any, cast: Any, clock: Any, four_written: None
) -> None:
    clock.set(WINDOW)
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/")
    ada.keyboard.press("j")
    for key, words in (
        ("k", "The first task."),
        ("p", "The second task."),
        ("a", "My sister called."),
        ("n", "The talk went well."),
    ):
        expect(ada.get_by_role("article")).to_contain_text(words)
        ada.keyboard.press(key)
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Done.")

    clock.set(WINDOW + UNDO)  # nothing arrives within the minute in which it can be undone
    noor = enter(cast.noor)
    noor.goto("/my/conversation/")
    told = noor.get_by_role("main")
    for words in (
        "Ada put this on our list for our session.",
        "We spoke about this by phone.",
        "Ada has it. We talk about it in our session.",
        "Received. No answer will come, as you asked.",
    ):
        expect(told).to_contain_text(words)


@pytest.mark.contract("D21", "B33")
def test_an_answer_written_at_night_arrives_in_the_morning_and_can_be_called_back(
    enter: Any, cast: Any, clock: Any
) -> None:
    noor = enter(cast.noor)
    send(noor, "A small question.")
    clock.set(NIGHT)
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/?stay=1")
    ada.get_by_role("link", name="Begin").click()
    expect(ada.get_by_text("It leaves on Fri 15 May, 9:00.")).to_be_visible()
    ada.get_by_label("Your answer").fill("Too quick an answer.")
    ada.get_by_role("button", name="Send answer").click()
    ada.get_by_role("main").get_by_role("link", name="Noor").click()
    ada.get_by_role("button", name="Call it back").click()
    expect(ada.get_by_label("Your answer")).to_have_value("Too quick an answer.")
    ada.get_by_label("Your answer").fill("A better answer.")
    ada.get_by_role("button", name="Send answer").click()

    sign_in(noor, cast.noor.user.email)
    noor.goto("/my/conversation/")
    expect(noor.get_by_text("You will hear by Fri 15 May, 17:00.")).to_be_visible()
    expect(noor.get_by_role("article", name="Answer from Ada")).to_have_count(0)

    clock.set(MORNING)
    sign_in(noor, cast.noor.user.email)
    noor.goto("/my/conversation/")
    expect(noor.get_by_role("article", name="Answer from Ada")).to_contain_text("A better answer.")
    expect(noor.get_by_text("Too quick")).to_have_count(0)


@pytest.mark.contract("B33", "D11")
def test_looking_before_the_window_is_deliberate_and_nobody_else_learns_of_it(
    enter: Any, cast: Any, clock: Any
) -> None:
    noor = enter(cast.noor)
    receipt = send(noor, "Not for now.")
    before = noor.get_by_role("main").inner_text()
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/")
    expect(ada.get_by_role("main")).not_to_contain_text("Noor")
    ada.goto("/practice/?look=early")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Look before the window?")
    ada.get_by_role("button", name="Look now").click()
    ada.get_by_role("link", name="Begin").click()
    expect(ada.get_by_role("article")).to_contain_text("Not for now.")
    noor.goto(receipt)
    assert noor.get_by_role("main").inner_text() == before
