"""Help now: for anybody, at any hour, without a script or a trace; and the quick way out."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from playwright.sync_api import Page, expect

from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from tests.cast import LONG_AGO, Cast
from tests.walks.conftest import DESK

HERE = "/help/alder/GB/"


@pytest.fixture
def lines(cast: Cast) -> None:
    """Britain's lines, checked by Olu."""
    bring_in_lines("GB", practice=cast.alder, by=cast.olu, now=LONG_AGO)
    for line in HelpLine.unscoped.all():
        confirm_line(line, by=cast.olu, how="called", on=date(2026, 5, 1), now=LONG_AGO)


@pytest.mark.contract("A14", "A29", "A30", "D25")
def test_a_stranger_without_scripts_finds_a_number_to_call_and_leaves_no_trace(enter, lines):
    before = rows()
    nobody = enter(None, scripts=False)
    answer = nobody.goto(HERE)
    assert answer is not None and answer.status == 200
    expect(nobody.get_by_role("heading", level=1)).to_have_text("Help now")
    number = nobody.get_by_role("link", name="999")
    assert number.get_attribute("href") == "tel:999"
    expect(nobody.get_by_text("Checked by a person on Fri 1 May")).to_be_visible()
    assert nobody.title() == "Information"
    assert nobody.context.cookies() == []
    assert rows() == before


def test_it_is_one_tap_from_a_page_of_a_room_and_knows_nobody(enter, cast, lines, no_violations):
    noor = enter(cast.noor)
    noor.goto("/my/write/")
    before = rows()
    noor.get_by_role("banner").get_by_role("link", name="Help now").click()
    expect(noor.get_by_role("link", name="999")).to_be_visible()
    assert "Noor" not in noor.content() and "Sign out" not in noor.content()
    assert rows() == before
    no_violations(noor)
    noor.get_by_role("link", name="Back to my pages").click()
    expect(noor).to_have_url("/my/")


def test_every_room_and_page_leads_to_it(enter, cast):
    for person, page in ((cast.noor, "/my/"), (cast.ada, "/practice/"), (cast.olu, "/office/")):
        somebody = enter(person, size=DESK)
        somebody.goto(page)
        expect(somebody.get_by_role("banner").get_by_role("link", name="Help now")).to_be_visible()


@pytest.mark.parametrize("way", ["button", "Escape", "Shift"])
def test_the_quick_way_out_ends_the_session_and_back_does_not_show_the_page(enter, cast, lines, way):
    noor = enter(cast.noor)
    noor.goto("/my/conversation/")
    noor.goto(HERE)
    leave(noor, way)
    expect(noor.get_by_role("heading", level=1)).to_have_text("This page is empty.")
    assert noor.title() == "Page"
    noor.go_back()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Good to see you.")  # signed out: the door
    assert "999" not in noor.content()


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_it_works_on_a_page_with_words_too(enter, cast, way):
    noor = enter(cast.noor)
    noor.goto("/my/journal/")
    leave(noor, way)
    expect(noor.get_by_role("heading", level=1)).to_have_text("This page is empty.")
    noor.goto("/my/")
    expect(noor).to_have_url("/sign-in/?next=/my/")


def test_without_scripts_the_same_button_leaves(enter, cast, lines):
    noor = enter(cast.noor, scripts=False)
    noor.goto(HERE)
    leave(noor, "button")
    expect(noor).to_have_url("/leave/")
    noor.goto("/my/")
    expect(noor).to_have_url("/sign-in/?next=/my/")


def leave(page: Page, way: str) -> None:
    if way == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press(way)
    page.wait_for_url("**/leave/")


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}
