"""The library from both sides: written, shared for a day, offered beside a message, filled in, and found helpful."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.library.models import Filled, Helped
from interlude.messaging.models import Draft
from tests.library.shelf import a_piece, shared
from tests.walks.conftest import DESK

MAY_HELP = "This may help in the meantime"


@pytest.mark.contract("B5", "B12", "B20", "B21")
def test_a_worksheet_is_written_shared_filled_in_and_read(enter: Any, cast: Any, looks_right: Any) -> None:
    ada, noor = enter(cast.ada, size=DESK), enter(cast.noor)
    ada.goto("/practice/library/begin/")
    looks_right(ada)
    ada.get_by_role("button", name="Take over what is ticked").click()
    expect(ada.get_by_text("21 taken over.")).to_be_visible()
    looks_right(ada)
    ada.get_by_role("link", name="A worksheet, to fill in here", exact=True).click()
    ada.get_by_label("Its title").fill("Three good things")
    ada.get_by_label("What it asks, one question on each line").fill("What was it?\nWho was there?")
    looks_right(ada)
    ada.get_by_role("button", name="Put it into my library").click()
    expect(ada.get_by_role("heading", level=1, name="Three good things")).to_be_visible()
    looks_right(ada)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/library/")
    ada.get_by_label("The piece").select_option(label="Three good things")
    ada.get_by_label("For a day, if you like").fill("2026-05-20")
    ada.get_by_label("A line to your client").fill("One is plenty.")
    ada.get_by_role("button", name="Share it").click()
    expect(ada.get_by_text("It is shared.")).to_be_visible()
    looks_right(ada)
    noor.goto("/my/")
    noor.get_by_role("link", name="Three good things").click()
    expect(noor.get_by_text("One is plenty.")).to_be_visible()
    looks_right(noor)
    noor.get_by_label("What was it?").fill("The sun on the wall.")
    noor.get_by_role("button", name="Keep it as a draft").click()
    expect(noor.get_by_text("Your draft is kept. Only you can see it.")).to_be_visible()
    noor.get_by_role("button", name="Finish").click()
    expect(noor.get_by_text("It is kept. Ada can read it now.")).to_be_visible()
    looks_right(noor)
    ada.reload()
    ada.get_by_role("link", name="Three good things").last.click()
    expect(ada.get_by_text("The sun on the wall.")).to_be_visible()
    looks_right(ada)
    assert Filled.unscoped.get().finished_at is not None


@pytest.mark.contract("B19", "A11")
def test_something_fits_while_writing_and_the_message_is_not_needed(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    night = a_piece(cast.ada, title="Awake at night", text="Get up.", cues=("lie awake",), for_now=True)
    shared(night, cast.noor.client)
    noor = enter(cast.noor)
    noor.goto("/my/write/session/")
    expect(noor.get_by_text(MAY_HELP)).to_have_count(0)
    before = place_of(noor)
    noor.get_by_label("Your message").press_sequentially("I lie awake until three.")
    expect(noor.get_by_role("heading", name=MAY_HELP)).to_be_visible()
    assert place_of(noor) == before  # nothing moved under a finger
    looks_right(noor)
    noor.get_by_role("button", name="Awake at night").click()
    expect(noor.get_by_role("heading", level=1, name="Awake at night")).to_be_visible()
    assert Draft.unscoped.filter(participant=cast.noor).count() == 1
    looks_right(noor)
    noor.get_by_role("link", name="Back to my message").click()
    expect(noor.get_by_label("Your message")).to_have_value("I lie awake until three.")
    noor.go_back()
    noor.get_by_role("button", name="This helped").click()
    looks_right(noor)
    noor.get_by_role("button", name="Yes, not needed now").click()
    expect(noor.get_by_text("A message is always welcome, now or later.")).to_be_visible()
    assert Helped.unscoped.get().instead
    noor.goto("/my/things/")
    looks_right(noor)
    noor.get_by_label("Look for words").fill("awak")
    noor.get_by_role("button", name="Look", exact=True).click()
    expect(noor.get_by_role("link", name="Awake at night")).to_be_visible()
    noor.goto("/my/things/now/")
    noor.get_by_text("Awake at night").click()
    expect(noor.get_by_text("Get up.")).to_be_visible()
    looks_right(noor)


@pytest.mark.contract("B19")
def test_without_scripts_it_stands_before_sending_and_the_words_stay(enter: Any, cast: Any) -> None:
    shared(a_piece(cast.ada, title="Awake at night", cues=("lie awake",)), cast.noor.client)
    noor = enter(cast.noor, scripts=False)
    noor.goto("/my/write/session/")
    noor.get_by_label("Your message").fill("I lie awake until three.")
    noor.get_by_role("button", name="Read it over").click()
    expect(noor.get_by_role("heading", name=MAY_HELP)).to_be_visible()
    noor.get_by_role("link", name="Awake at night").click()
    noor.get_by_role("link", name="Back to my message").click()
    expect(noor.get_by_label("Your message")).to_have_value("I lie awake until three.")


def place_of(page: Page) -> float:
    box = page.get_by_role("button", name="Read it over").bounding_box()
    assert box is not None
    return box["y"]
