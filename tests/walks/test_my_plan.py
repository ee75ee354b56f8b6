"""A plan for hard moments on a phone: written, shared, kept on the device, opened when all else is gone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.plans.models import Plan
from tests.walks.conftest import DESK, PHONE

LINES = {
    "How I notice it starts": "I stop answering my sister.",
    "Whom I can ask for help": "Rana, 020 7946 0000",
    "Professionals and help lines": "The line on the fridge.",
}
PIN = "blue door, cold tea"


def write(page: Page) -> None:
    page.goto("/my/plan/")
    page.get_by_role("link", name="Write my plan").click()
    for heading, words in LINES.items():
        page.get_by_role("group", name=heading).get_by_label("In your own words").fill(words)
    page.get_by_role("button", name="Keep my plan").click()
    expect(page.get_by_text("I stop answering my sister.")).to_be_visible()


@pytest.mark.contract("A36", "A34")
def test_a_plan_is_written_shared_and_taken_back(enter: Any, cast: Any, looks_right: Any) -> None:
    noor, ada = enter(cast.noor), enter(cast.ada, size=DESK)
    noor.goto("/my/plan/")
    looks_right(noor)
    expect(noor.get_by_text("Nobody is told, and nothing is written down or counted.")).to_be_visible()
    noor.goto("/my/plan/write/")
    looks_right(noor)
    write(noor)
    looks_right(noor)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/safety/")
    expect(ada.get_by_text("None is shared with you.")).to_be_visible()
    looks_right(ada)
    noor.get_by_role("button", name="Share it with Ada").click()
    ada.reload()
    ada.get_by_role("link", name="Open it").click()
    expect(ada.get_by_role("article")).to_contain_text("Rana")
    looks_right(ada)
    noor.get_by_role("button", name="Take it back").click()
    assert ada.goto(ada.url).status == 404


@pytest.mark.contract("A32", "A29")
def test_a_locked_copy_opens_without_a_network_after_the_session_has_ended(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    noor = enter(cast.noor)
    write(noor)
    noor.get_by_role("link", name="Keep it on this phone").click()
    looks_right(noor)
    noor.get_by_role("button", name="Keep it here").click()
    expect(noor.get_by_text("Write at least 4 characters")).to_be_visible()
    noor.get_by_label("My PIN or sentence").fill(PIN)
    noor.get_by_role("button", name="Keep it here").click()
    noor.wait_for_url("**/plan/here/")
    expect(noor.get_by_label("Your PIN or sentence")).to_be_visible()
    stored = noor.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "sister" not in stored and PIN not in stored
    assert noor.evaluate("Object.keys(localStorage)") == ["plan"]

    noor.context.clear_cookies()
    noor.context.set_offline(True)
    noor.goto("/plan/here/")
    expect(noor.get_by_role("heading", level=1)).to_have_text("What you kept here")
    noor.get_by_label("Your PIN or sentence").fill("another one")
    noor.get_by_role("button", name="Open").click()
    expect(noor.get_by_text("This does not open it.")).to_be_visible()
    noor.get_by_label("Your PIN or sentence").fill(PIN)
    noor.get_by_role("button", name="Open").click()
    expect(noor.get_by_text("I stop answering my sister.")).to_be_visible()
    looks_right(noor)
    noor.get_by_role("button", name="Take it off this device").locator("visible=true").click()
    expect(noor.get_by_text("Nothing is kept on this device.")).to_be_visible()
    assert noor.evaluate("localStorage.length") == 0
    noor.context.set_offline(False)


def test_a_copy_without_a_lock_warns_and_goes_with_signing_out_where_that_was_chosen(
    enter: Any, cast: Any
) -> None:
    noor = enter(cast.noor)
    write(noor)
    noor.goto("/my/plan/device/")
    noor.get_by_text("No lock", exact=True).click()
    expect(noor.get_by_text("anybody who can open this phone can read your plan")).to_be_visible()
    keep_here(noor)
    noor.goto("/sign-out/")
    expect(noor.get_by_text("What you kept on this device stays on it")).to_be_visible()
    _sign_out(noor)
    expect(noor.get_by_text("Something of yours is kept on this device.")).to_be_visible()
    noor.get_by_role("link", name="Open it").click()
    expect(noor.get_by_text("Rana, 020 7946 0000")).to_be_visible()

    again = enter(cast.noor)
    again.goto("/my/plan/device/")
    again.get_by_text("No lock", exact=True).click()
    again.get_by_label("Take it off this phone when I sign out").check()
    keep_here(again)
    again.goto("/sign-out/")
    expect(again.get_by_text("What you kept on this device goes when you sign out")).to_be_visible()
    _sign_out(again)
    expect(again.get_by_role("heading", name="Good to see you.")).to_be_visible()
    assert again.evaluate("localStorage.length") == 0


def keep_here(page: Page) -> None:
    page.get_by_role("button", name="Keep it here").click()
    page.wait_for_url("**/plan/here/")
    expect(page.get_by_text("Rana, 020 7946 0000")).to_be_visible()
    page.wait_for_load_state("networkidle")


def _sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")


def test_leaving_quickly_leaves_at_once_and_takes_the_copy_along(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    write(noor)
    noor.goto("/my/plan/device/")
    noor.get_by_text("No lock", exact=True).click()
    noor.get_by_label("Take it off this phone when I sign out").check()
    keep_here(noor)
    assert noor.evaluate("localStorage.length") == 1
    noor.goto("/my/plan/")
    for _ in range(3):
        noor.keyboard.press("Escape")
    noor.wait_for_url("**/leave/**")
    assert noor.evaluate("localStorage.length") == 0
    for _ in range(3):
        noor.go_back()
        expect(noor.get_by_text("Rana, 020 7946 0000")).to_have_count(0)


def test_without_scripts_the_page_says_so_and_offers_paper(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor, scripts=False)
    write(noor)
    noor.get_by_role("link", name="Keep it on this phone").click()
    expect(noor.get_by_text("This browser cannot keep a copy, or scripts are off.")).to_be_visible()
    expect(noor.get_by_role("button", name="Keep it here")).to_have_count(0)
    noor.get_by_role("link", name="Print it").click()
    expect(noor.get_by_text("The line on the fridge.")).to_be_visible()
    noor.goto("/plan/here/")
    expect(noor.get_by_text("This page needs a browser with scripts")).to_be_visible()


@pytest.mark.contract("A32")
def test_it_prints_on_one_page_and_can_be_saved(enter: Any, cast: Any, tmp_path: Any) -> None:
    noor = enter(cast.noor, size=PHONE)
    write(noor)
    with noor.expect_download() as saved:
        noor.get_by_role("link", name="Save it as a PDF").click()
    assert saved.value.suggested_filename == "my-pages.pdf"
    noor.get_by_role("link", name="Print it").click()
    paper = noor.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page/") == 1
    assert Plan.unscoped.count() == 1
