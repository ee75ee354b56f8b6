"""Somebody new reads their agreement in short steps on a phone, asks, says yes, and keeps a copy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.agreements.models import Acceptance
from tests.agreements.newcomers import newcomer

PAGES = [
    ("What to write about.", "Practice tasks"),
    ("When it is read, and when you hear.", "You hear by Fri 15 May, 17:00."),
    ("How much is fine.", "up to 3 messages a week"),
    ("When it cannot wait.", "Nobody watches for messages."),
    ("Who can read it.", "Ada Lindqvist, your therapist."),
    ("Your own phone.", "Lock your phone"),
    ("It is part of your record.", "You can ask for a copy"),
    ("What it costs.", "Messages cost nothing."),
    ("When Ada is away.", "leave out holidays"),
    ("How rules change.", "at least 14 days before"),
    ("How it ends.", "the last day for answers"),
]


@pytest.mark.contract("A20", "A23", "A24", "A27")
def test_first_steps_on_a_phone_to_the_yes_and_a_copy_to_keep(
    enter: Any, cast: Any, looks_right: Any, no_violations: Any
) -> None:
    wren = newcomer(cast)
    page = enter(wren)
    heading = page.get_by_role("heading", level=1)
    read_the_pages(page, looks_right, no_violations)
    answer_a_question(page, looks_right)
    expect(heading).to_have_text("Your questions and worries.")
    no_violations(page)
    page.get_by_label("My questions and worries").fill("What if I write at night?")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("It is on our list.")).to_be_visible()
    expect(heading).to_have_text("Your word.")
    looks_right(page)
    page.get_by_label("Your name").fill("Wren Aalto")
    page.get_by_role("button", name="Yes to version 1").click()
    expect(heading).to_have_text("You said yes on Wed 13 May.")
    looks_right(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep a copy (PDF)").click()
    assert download.value.suggested_filename == "agreement-version-1.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
    assert Acceptance.unscoped.get(participant=wren).name_typed == "Wren Aalto"
    page.get_by_role("link", name="To my first page").click()
    expect(heading).to_contain_text("Your messages are next read on")


def test_without_javascript_somebody_comes_back_another_day_and_would_rather_not(
    enter: Any, cast: Any
) -> None:
    wren = newcomer(cast)
    first = enter(wren, scripts=False)
    first.goto("/my/first-steps/ending/")
    first.get_by_role("button", name="Go on").click()
    again = enter(wren, scripts=False)
    again.goto("/my/first-steps/")
    expect(again.get_by_role("listitem").filter(has_text="How it ends")).to_contain_text("Done")
    again.get_by_role("link", name="I would rather not use messages").click()
    again.get_by_label("In our sessions only").check()
    again.get_by_role("button", name="Leave messages out").click()
    expect(again.get_by_text("Ada does not read messages here.").first).to_be_visible()


def read_the_pages(page: Page, looks_right: Any, no_violations: Any) -> None:
    """From home, one page after the other."""
    heading = page.get_by_role("heading", level=1)
    page.goto("/my/")
    page.get_by_role("main").get_by_role("link", name="Your first steps").first.click()
    expect(heading).to_have_text("How you and Ada write to each other.")
    looks_right(page)
    page.get_by_role("link", name="Begin").click()
    for title, said in PAGES:
        expect(heading).to_have_text(title)
        expect(page.get_by_role("main").get_by_text(said).first).to_be_visible()
        no_violations(page)
        page.get_by_role("button", name="Go on").click()


def answer_a_question(page: Page, looks_right: Any) -> None:
    """Back and forth, a guess, what it teaches, and on past the others."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("When do you hear?")
    page.go_back()
    expect(heading).to_have_text("How it ends.")
    page.go_forward()
    page.get_by_label("In a few minutes").check()
    page.get_by_role("button", name="See how it is").click()
    expect(page.get_by_text("It works another way here.")).to_be_visible()
    expect(page.get_by_text("A message sent now is answered by Fri 15 May, 17:00.")).to_be_visible()
    looks_right(page)
    for _ in range(3):
        page.get_by_role("button", name="Go on").click()
