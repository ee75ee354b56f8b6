"""A page of the journal after a session, a photo with a message, and a copy of the record: on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.enclosures.photos import a_photo
from tests.walks.conftest import DESK
from tests.walks.ways import read_over


@pytest.mark.contract("E4", "B32")
def test_a_summary_of_the_journal_comes_to_our_list(enter: Any, cast: Any) -> None:
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


def test_a_photo_goes_with_a_message(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    read_over(noor, "My sheet, as a photo.")
    noor.get_by_role("link", name="Add a photo or a PDF").click()
    noor.get_by_label("A photo or a PDF").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    noor.get_by_role("button", name="Keep this file").click()
    expect(noor.get_by_role("main")).to_contain_text("A photo")
    noor.get_by_role("link", name="Back to my draft").click()
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    expect(noor.get_by_role("link", name="A photo")).to_be_visible()


@pytest.mark.contract("B8")
def test_a_record_is_asked_for_made_ready_and_saved(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    noor.goto("/my/papers/")
    noor.get_by_role("button", name="Ask for my record").click()
    expect(noor.get_by_text("You have it by")).to_be_visible()
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/records/")
    ada.get_by_role("button", name="Make it ready").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Nobody waits for a copy of their record.")
    noor.goto("/my/papers/")
    with noor.expect_download() as saved:
        noor.get_by_role("link", name="Save my record").click()
    assert saved.value.suggested_filename == "copy.txt"
