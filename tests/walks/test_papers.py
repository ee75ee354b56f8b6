"""What stands in "Your papers" on a phone: what was agreed, a page to fill in, a photo, and the whole record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.agenda.actions import write_journal
from interlude.papers.models import RecordRequest
from tests.cast import NOW
from tests.enclosures.photos import a_photo
from tests.library.shelf import a_piece, shared
from tests.walks.conftest import DESK
from tests.walks.ways import read_over, tab_to


@pytest.mark.contract("B8", "B12", "B13", "B32")
def test_what_was_agreed_and_what_there_is_to_fill_in_are_one_tap_away(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    shared(a_piece(cast.ada, title="Evening notes", fields=("What was it?",)), cast.noor.client)
    noor = papers(enter(cast.noor))
    looks_right(noor)
    noor.get_by_role("link", name="Version 1, as you said yes to it").click()
    expect(noor.get_by_role("main")).to_contain_text("Noor Haddad")
    looks_right(noor)
    papers(noor).get_by_role("link", name="Evening notes").click()
    noor.get_by_label("What was it?").fill("The sun on the wall.")
    noor.get_by_role("button", name="Finish").click()
    papers(noor).get_by_role("link", name="Evening notes").filter(has_text="You filled it in on").click()
    expect(noor.get_by_role("main")).to_contain_text("The sun on the wall.")


def test_a_photo_that_went_with_a_message_stands_there_too(enter: Any, cast: Any, looks_right: Any) -> None:
    noor = enter(cast.noor)
    read_over(noor, "My sheet, as a photo.")
    noor.get_by_role("link", name="Add a photo or a PDF").click()
    looks_right(noor)
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    noor.get_by_label("A photo or a PDF").set_input_files(file)
    noor.get_by_role("button", name="Keep this file").click()
    expect(noor.get_by_role("main")).to_contain_text("A photo")
    noor.get_by_role("link", name="Back to my draft").click()
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    expect(noor.get_by_role("link", name="A photo")).to_be_visible()
    looks_right(noor)
    with noor.expect_download() as saved:
        papers(noor).get_by_role("link", name="A photo").click()
    assert "IMG_1" not in saved.value.suggested_filename


def test_a_record_is_asked_for_with_a_day_made_ready_and_saved(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    write_journal("The visit went well.", participant=cast.noor, now=NOW)
    noor, ada = papers(enter(cast.noor)), enter(cast.ada, size=DESK)
    tab_to(noor, noor.get_by_role("button", name="Ask for my record"))
    noor.keyboard.press("Enter")
    expect(noor.get_by_role("main")).to_contain_text("You have it by Fri 12 Jun")
    expect(noor.get_by_role("link", name="Save my record")).to_have_count(0)
    looks_right(noor)
    ada.goto("/practice/records/")
    looks_right(ada)
    ada.get_by_role("button", name="Make it ready").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Nobody waits for a copy of their record.")
    noor.reload()
    looks_right(noor)
    with noor.expect_download() as saved:
        noor.get_by_role("link", name="Save my record").click()
    assert saved.value.suggested_filename == "copy.txt"
    assert "The visit went well." in Path(saved.value.path()).read_text(encoding="utf-8")
    place = f"/my/papers/record/{RecordRequest.unscoped.get().pk}/"
    for stranger in (cast.kai, cast.dov, cast.jonas):
        assert enter(stranger).request.get(place).status == 404


@pytest.mark.contract("E4", "E8")
def test_pages_of_the_journal_become_one_text_for_the_next_session(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    noor.goto("/my/journal/")
    noor.get_by_label("A new page").fill("The visit went well.")
    noor.get_by_role("button", name="Keep this page").click()
    noor.goto("/my/journal/week/")
    noor.get_by_role("checkbox").check()
    noor.get_by_role("button", name="Make one text of them").click()
    noor.get_by_label("My summary").fill("One good week.")
    noor.get_by_role("button", name="Put it on our list").click()
    expect(noor.get_by_role("main")).to_contain_text("One good week.")


def papers(page: Page) -> Page:
    page.goto("/my/papers/")
    return page
