"""A page for who reads from the right: mirrored, whole on a phone, with each person's own words on their side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.pseudo import speak
from tests.pages.roster import IN_THE_WINDOW, addresses, furnish
from tests.walks.conftest import DESK, PHONE

BOX = "main textarea"
BEYOND = """() => [...document.querySelectorAll("body *")].filter((spot) => {
    const { left, right, width, height } = spot.getBoundingClientRect();
    const shown = spot.checkVisibility() && width > 1 && height > 1 && !spot.closest("table, .chart");
    return shown && (left < -1 || right > document.documentElement.clientWidth + 1);
}).map((spot) => spot.outerHTML.slice(0, 100))"""


@pytest.fixture
def from_right(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Pages of signed-in people are in a language that nobody speaks, read from the right."""
    return speak("ar-xb", settings, tmp_path, monkeypatch)


def test_noor_finds_home_and_writes_from_the_right(enter, cast, from_right, looks_right):
    noor = enter(cast.noor)
    noor.goto("/my/")
    expect(noor.locator("html")).to_have_attribute("dir", "rtl")
    expect(noor.locator("html")).to_have_attribute("lang", from_right)
    looks_right(noor)
    assert is_mirrored(noor) and not noor.evaluate(BEYOND)
    for address in ("/my/write/", "/my/write/homework/"):
        noor.goto(address)
        looks_right(noor)
        assert not noor.evaluate(BEYOND), address
    noor.locator(BOX).fill("Ich schreibe von links.")
    assert side_of(noor, BOX) == "ltr"
    noor.locator(BOX).fill("أكتب من اليمين")
    assert side_of(noor, BOX) == "rtl"
    noor.locator("form.composer .button:not(.button--quiet)").click()
    noor.wait_for_url("/my/drafts/*/review/")
    looks_right(noor)
    assert side_of(noor, "main bdi:has-text('أكتب')") == "rtl"


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_no_page_of_a_client_runs_over_either_edge_when_read_from_the_right(
    enter, cast, clock, from_right, size
):
    ids = furnish(cast)
    clock.set(IN_THE_WINDOW)
    noor, beyond = enter(cast.noor, size=size), {}
    mine = [one.path for one in addresses(ids) if one.room == "client" and one.who == "noor"]
    for path in mine:
        noor.goto(path)
        if found := noor.evaluate(BEYOND):
            beyond[path] = found
    assert len(mine) > 40 and not beyond, beyond


def is_mirrored(page: Page) -> bool:
    """Whether the mark stands to the right of Help now."""
    mark, help_now = (page.locator(f".topbar {one}").bounding_box() for one in (".mark", ".help-now"))
    return mark is not None and help_now is not None and mark["x"] > help_now["x"]


def side_of(page: Page, spot: str) -> str:
    side: str = page.locator(spot).first.evaluate("spot => getComputedStyle(spot).direction")
    return side
