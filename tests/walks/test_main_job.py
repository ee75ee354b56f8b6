"""The main job: a client writes, the agreement decides, the clinician answers, the promise is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.walks.conftest import DESK
from tests.walks.ways import sign_in, tab_to

WINDOW = datetime(2026, 5, 14, 16, 5, tzinfo=UTC)  # Thursday, 17:05 in London; the window opened at 17:00
EVENING = datetime(2026, 5, 14, 18, 0, tzinfo=UTC)
QUESTION = "I did the task twice. On Monday it helped. On Tuesday I got stuck."
ANSWER = "Stopping when you were stuck was part of the task. Try it once more, only half."


@pytest.mark.contract("A16", "A18", "B2", "B4", "C14", "C16", "D32")
def test_noor_writes_ada_answers_by_keyboard_and_noor_reads_it(enter, cast, clock, looks_right):
    noor = enter(None)
    sign_in(noor, cast.noor.user.email)
    write(noor, looks_right)

    clock.set(WINDOW)
    ada = enter(None, size=DESK)
    answer_by_keyboard(ada, cast.ada.user.email, looks_right)

    clock.set(EVENING)
    sign_in(noor, cast.noor.user.email)
    looks_right(noor)
    noor.get_by_role("link", name="Ada answered: your practice task").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Ada answered.")
    looks_right(noor)
    noor.goto("/my/conversation/")
    expect(noor.get_by_role("article", name="Answer from Ada")).to_contain_text(ANSWER)
    looks_right(noor)


@pytest.mark.contract("C12", "C14")
def test_all_of_it_works_with_scripts_switched_off(enter, cast, clock):
    noor = enter(None, scripts=False)
    sign_in(noor, cast.noor.user.email)
    write(noor, lambda page: None)

    clock.set(WINDOW)
    ada = enter(None, size=DESK, scripts=False)
    sign_in(ada, cast.ada.user.email)
    ada.get_by_role("link", name="Begin").click()
    expect(ada.get_by_role("article")).to_contain_text(QUESTION)
    ada.get_by_label("Your answer").fill(ANSWER)
    ada.get_by_role("button", name="Send answer").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text(
        "Done. Messages are next read on Fri 15 May, 12:00."
    )

    clock.set(EVENING)
    sign_in(noor, cast.noor.user.email)
    noor.goto("/my/conversation/")
    expect(noor.get_by_role("article", name="Answer from Ada")).to_contain_text(ANSWER)


def write(page: Page, look: Any) -> None:
    """Home, purpose, the date before a word, the words, one look over them, the receipt."""
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your messages are next read on Thursday at 17:00."
    )
    look(page)
    page.get_by_role("link", name="Write to Ada").click()
    purpose = page.get_by_role("link", name="A practice task")
    expect(purpose).to_contain_text("You hear by Fri 15 May, 17:00.")
    look(page)
    purpose.click()
    promise = page.get_by_text("You will hear by Fri 15 May, 17:00.")
    expect(promise).to_be_visible()
    box = page.get_by_label("Your message")
    expect(box).to_have_value("")
    look(page)
    box.fill(QUESTION)
    page.get_by_role("button", name="Read it over").click()
    expect(page.get_by_role("article", name="Your words")).to_contain_text(QUESTION)
    expect(promise).to_be_visible()
    look(page)
    page.get_by_role("button", name="Send it to Ada").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    expect(page.get_by_role("region", name="Receipt")).to_contain_text("Fri 15 May, 17:00")
    look(page)


def answer_by_keyboard(page: Page, email: str, look: Any) -> None:
    """Sign in, open the batch, answer and see what comes next, without a pointer."""
    page.goto("/")
    tab_to(page, page.get_by_label("Your e-mail address"))
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type("a long and quiet sentence")
    page.keyboard.press("Enter")
    begin = page.get_by_role("link", name="Begin")
    expect(begin).to_be_visible()
    look(page)
    tab_to(page, begin)
    page.keyboard.press("j")
    expect(page.get_by_role("article")).to_contain_text(QUESTION)
    look(page)
    page.keyboard.press("r")
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.keyboard.type(ANSWER)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Done. Messages are next read on Fri 15 May, 12:00."
    )
    look(page)
