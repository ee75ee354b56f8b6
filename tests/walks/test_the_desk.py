"""A batch of twelve in one sitting, by keyboard alone, with every gesture; and a trainee whose words wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from interlude.messaging.actions import Marks, send_message
from interlude.messaging.models import Message, Reply
from interlude.practice.actions import name_supervisor
from interlude.practice.models import Participant
from interlude.practice.scope import in_practice
from tests.cast import LONG_AGO, agree_anew
from tests.walks.conftest import DESK
from tests.walks.ways import tab_to

WROTE = datetime(2026, 5, 13, 13, 41, tzinfo=UTC)
WINDOW = datetime(2026, 5, 14, 16, 5, tzinfo=UTC)  # Thursday, 17:05 in London; the window opened at 17:00
EVENING = datetime(2026, 5, 14, 18, 0, tzinfo=UTC)
TWO_THINGS = "A short question on the notes.\n\nAnd my brother, which is long."


def wrote(who: Participant, text: str, minute: int, *, topic: str = "homework", quiet: bool = False) -> None:
    with in_practice(who.practice_id):
        send_message(
            text,
            participant=who,
            draft_id=uuid4(),
            topic=topic,
            now=WROTE + timedelta(minutes=minute),
            marks=Marks(no_answer=quiet),
        )


def twelve(cast: Any) -> None:
    """Three people, nine to answer, two to acknowledge, one that wants no answer."""
    writers = [cast.noor, cast.mira, cast.tove]
    for number in range(9):
        text = TWO_THINGS if number == 4 else f"Thing {number}."
        wrote(writers[number % 3], text, number)
    for number in (9, 10):
        wrote(writers[number % 3], f"News {number}.", number, topic="brief_update")
    wrote(cast.noor, "Only so that you know.", 11, quiet=True)


def letter(page: Page, text: str) -> None:
    expect(page.get_by_role("article").first).to_contain_text(text)


def answer(page: Page, words: str) -> None:
    page.keyboard.press("r")
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.keyboard.type(words)


@pytest.mark.contract("A19", "B34", "C13", "C19", "D22", "D33", "E12")
def test_twelve_in_one_sitting_by_keyboard_with_every_gesture(
    enter: Any, cast: Any, clock: Any, looks_right: Any
) -> None:
    twelve(cast)
    clock.set(WINDOW)
    page = enter(cast.ada, size=DESK)
    page.goto("/practice/")
    page.keyboard.press("j")
    letter(page, "Thing 0.")
    looks_right(page)
    _first_with_a_second_thought(page, looks_right)
    letter(page, "Thing 1.")
    page.keyboard.press("k")  # keep for the session
    letter(page, "Thing 2.")
    _by_phone(page)
    letter(page, "Thing 3.")
    page.keyboard.press("a")  # a light sign, without words
    letter(page, "And my brother")
    _split(page, looks_right)
    answer(page, "Write the notes as they come.")
    page.keyboard.press("Control+Enter")
    letter(page, "Thing 5.")
    _offer_times(page, looks_right)
    letter(page, "Thing 6.")
    _look_around(page)
    _the_rest(page)
    looks_right(page)
    assert not Message.unscoped.filter(resolved_at=None).exclude(outcome="keep").exists()
    _what_the_clients_find(enter, cast, clock)


def _first_with_a_second_thought(page: Page, looks_right: Any) -> None:
    """The glance advises and holds up nothing; what was sent is undone and written anew."""
    answer(page, "Unfortunately you must wait.")
    expect(page.get_by_text("may be heard as blame").first).to_be_visible()
    looks_right(page)
    page.keyboard.press("Control+Enter")
    letter(page, "Thing 1.")
    expect(page.get_by_role("status").filter(has_text="You can undo it until 17:06:00")).to_be_visible()
    looks_right(page)
    page.keyboard.press("u")
    letter(page, "Thing 0.")
    expect(page.get_by_label("Your answer")).to_have_value("Unfortunately you must wait.")
    page.keyboard.press("r")
    page.keyboard.press("Control+A")
    page.keyboard.type("Write it as it comes.")
    page.keyboard.press("Control+Enter")


def _look_around(page: Page) -> None:
    """Extra support is one key away, and back; and the map of keys."""
    with page.expect_popup() as beside:  # on a page of its own, so that typed words stay
        page.keyboard.press("x")
    expect(beside.value.get_by_role("heading", level=1)).to_contain_text("xtra support")
    beside.value.close()
    page.keyboard.press("?")
    expect(page.get_by_text("Undo, for a minute")).to_be_visible()


def _the_rest(page: Page) -> None:
    for number in (6, 7, 8):
        letter(page, f"Thing {number}.")
        answer(page, f"Yes, {number}.")
        page.keyboard.press("Control+Enter")
    for number in (9, 10):
        letter(page, f"News {number}.")
        page.keyboard.press("a")
    letter(page, "Only so that you know.")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Done. Messages are next read on Fri 15 May, 12:00."
    )


def _by_phone(page: Page) -> None:
    page.keyboard.press("m")
    note = page.get_by_label("What was said by phone")
    expect(note).to_be_visible()
    tab_to(page, note)
    page.keyboard.type("We spoke for five minutes.")
    tab_to(page, page.get_by_role("button", name="Handled by phone, with this note"))
    page.keyboard.press("Enter")


def _split(page: Page, looks_right: Any) -> None:
    page.keyboard.press("s")
    part = page.get_by_label("And my brother")
    expect(part).to_be_visible()
    tab_to(page, part)
    page.keyboard.press("Space")
    looks_right(page)
    tab_to(page, page.get_by_role("button", name="Keep these parts"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("This part is kept for the session")).to_be_visible()


def _offer_times(page: Page, looks_right: Any) -> None:
    page.keyboard.press("o")
    free = page.get_by_label("Fri 15 May, 9:00")
    expect(free).to_be_visible()
    looks_right(page)
    tab_to(page, free)
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")


def _what_the_clients_find(enter: Any, cast: Any, clock: Any) -> None:
    clock.set(EVENING)
    tove = enter(cast.tove)
    tove.goto("/my/conversation/")
    tove.get_by_role("button", name="Fri 15 May, 9:00").click()
    expect(tove.get_by_text("Taken: our session is on Fri 15 May, 9:00.").first).to_be_visible()
    mira = enter(cast.mira, scripts=False)
    mira.goto("/my/conversation/")
    expect(mira.get_by_text("Ada keeps this part for our session:")).to_be_visible()
    assert Reply.unscoped.filter(held_back_at=None).count() == 11


def test_a_trainees_words_wait_for_the_supervisor_who_gives_back_and_then_approves(
    enter: Any, cast: Any, clock: Any, looks_right: Any
) -> None:
    assert name_supervisor(cast.ada, cast.ben, by=None, now=LONG_AGO)
    agree_anew(
        cast.noor.client, [cast.noor], preset="trainee_supervised", text='[topics]\nanswer = ["homework"]\n'
    )
    wrote(cast.noor, "Thing 0.", 0)
    clock.set(WINDOW)
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/")
    ada.keyboard.press("j")
    letter(ada, "Thing 0.")
    answer(ada, "Just do it.")
    ada.keyboard.press("Control+Enter")
    expect(ada.get_by_text("With your supervisor").first).to_be_visible()
    ben = enter(cast.ben, size=DESK)
    _gives_back(ben, looks_right)
    _writes_anew(ada, looks_right)
    ben.goto("/practice/approvals/")
    ben.get_by_role("link", name="A reply of Ada Lindqvist").click()
    expect(ben.get_by_role("article", name="The reply")).to_contain_text("That took effort.")
    ben.keyboard.press("a")
    expect(ben.get_by_text("Approved.")).to_be_visible()
    looks_right(ben)
    clock.set(EVENING)
    noor = enter(cast.noor)
    noor.goto("/my/conversation/")
    expect(noor.get_by_role("article", name="Answer from Ada")).to_contain_text("That took effort.")


def _gives_back(ben: Page, looks_right: Any) -> None:
    ben.goto("/practice/approvals/")
    looks_right(ben)
    ben.get_by_role("link", name="A reply of Ada Lindqvist").click()
    looks_right(ben)
    ben.get_by_label("Your note").fill("Name the effort first.")
    ben.get_by_role("button", name="Give it back with this note").click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("No reply waits for you.")


def _writes_anew(ada: Page, looks_right: Any) -> None:
    ada.goto("/practice/")
    ada.keyboard.press("j")
    expect(ada.get_by_text("Name the effort first.")).to_be_visible()
    looks_right(ada)
    ada.keyboard.press("r")
    ada.keyboard.press("Control+A")
    ada.keyboard.type("That took effort. Try half of it.")
    ada.keyboard.press("Control+Enter")
    expect(ada.get_by_text("With your supervisor").first).to_be_visible()
