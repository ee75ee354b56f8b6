"""Help now: whole, for anybody, without a trace of who asked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from interlude.crisis.actions import bring_in_lines, confirm_line, take_down_line
from interlude.crisis.models import HelpLine
from tests.cast import NOW, Cast

pytestmark = pytest.mark.usefixtures("db", "quick_and_apart")

EVERYWHERE = ("local emergency number", "nearest hospital", "a person you trust", "findahelpline.com")


@pytest.fixture
def lines(cast: Cast) -> list[HelpLine]:
    """The British drafts of practice Alder, every one confirmed by its owner."""
    return check(cast, "GB")


def check(cast: Cast, country: str) -> list[HelpLine]:
    bring_in_lines(country, practice=cast.alder, by=cast.priya, now=NOW)
    drafts = list(HelpLine.unscoped.filter(practice=cast.alder, country=country))
    for line in drafts:
        confirm_line(line, by=cast.priya, how="called", on=date(2026, 5, 4), now=NOW)
    return drafts


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.contract("A14", "A29", "A30")
def test_the_general_page_says_what_holds_everywhere_and_no_number_of_any_country() -> None:
    page = text(Browser(), "/help/")
    for said in EVERYWHERE:
        assert said in page
    assert "tel:" not in page


@pytest.mark.contract("D25", "D10", "B30")
def test_a_place_of_the_practice_shows_danger_to_life_first_then_others_with_the_day_of_the_check(
    lines: list[HelpLine],
) -> None:
    page = text(Browser(), "/help/alder/GB/")
    first = page.index("tel:")
    assert page[first:].startswith("tel:999")
    assert page.count('href="tel:') >= 3
    assert 'href="sms:85258?body=SHOUT"' in page and "Write SHOUT." in page
    assert "Checked by a person on" in page and "Mon 4 May" in page


@pytest.mark.contract("D34")
def test_american_services_are_named_as_they_are(cast: Cast) -> None:
    check(cast, "US")
    page = text(Browser(), "/help/alder/us/")
    assert 'href="tel:988"' in page and 'href="sms:741741?body=HOME"' in page and "Write HOME." in page
    assert 'href="tel:18006624357"' in page


def test_a_line_that_nobody_checked_is_on_no_page(cast: Cast) -> None:
    bring_in_lines("GB", practice=cast.alder, by=cast.priya, now=NOW)
    for address in ("/help/", "/help/alder/", "/help/alder/GB/", "/help/?country=GB"):
        assert "tel:" not in text(Browser(), address)


def test_a_line_taken_down_is_gone_at_once(lines: list[HelpLine], cast: Cast) -> None:
    samaritans = next(line for line in lines if line.dial == "116123")
    take_down_line(samaritans, by=cast.priya, why="Nobody answers.", now=NOW)
    assert "116123" not in text(Browser(), "/help/alder/GB/")


def test_no_country_is_ever_chosen_for_somebody(lines: list[HelpLine], cast: Cast) -> None:
    check(cast, "IN")
    for address in ("/help/", "/help/alder/", "/help/nowhere/", "/help/?country=ZZ", "/help/alder/ZZ/"):
        page = text(Browser(), address)
        assert "tel:" not in page, address
        assert "Where are you right now?" in page and "United Kingdom" in page and "India" in page
    assert "tel:999" in text(Browser(), "/help/?country=gb")


def test_a_practice_in_one_place_names_that_place_over_its_numbers(lines: list[HelpLine]) -> None:
    page = text(Browser(), "/help/alder/")
    assert page.index("United Kingdom") < page.index("tel:999")
    assert "I am somewhere else" in page


def test_an_unknown_practice_answers_like_the_general_page(lines: list[HelpLine]) -> None:
    assert text(Browser(), "/help/no-such-practice/") == text(Browser(), "/help/")
    assert text(Browser(), "/help/no-such-practice/GB/") == text(Browser(), "/help/?country=GB")


def test_a_place_without_a_checked_line_says_so_and_what_holds_there(lines: list[HelpLine]) -> None:
    page = text(Browser(), "/help/alder/FR/")
    assert "Nobody here has checked lines for France yet" in page
    for said in EVERYWHERE:
        assert said in page


def test_another_practice_has_its_own_lines_and_its_own_additions_stay_there(
    lines: list[HelpLine], cast: Cast
) -> None:
    own = HelpLine.unscoped.create(
        practice=cast.alder, country="GB", name="The night porter", phone="0123", dial="0123", position=5
    )
    confirm_line(own, by=cast.priya, how="called", on=NOW.date(), now=NOW)
    assert "The night porter" in text(Browser(), "/help/alder/GB/")
    assert "The night porter" not in text(Browser(), "/help/?country=GB")
    assert "The night porter" not in text(Browser(), "/help/birch/GB/")


@pytest.mark.parametrize("address", ["/help/", "/help/alder/", "/help/alder/GB/", "/help/?country=GB"])
def test_nobody_leaves_a_trace_by_opening_it(
    address: str, lines: list[HelpLine], cast: Cast, visit: Any, clock: Any
) -> None:
    """Signed in or not: the same bytes, no cookie, nothing written, no session opened."""
    somebody = visit(cast.noor)
    before = dict(somebody.session)
    with CaptureQueriesContext(connection) as asked:
        known = somebody.get(address)
    assert len(asked) <= 2
    assert all(query["sql"].startswith("SELECT") for query in asked)
    assert not any("session" in query["sql"] or "accounts_user" in query["sql"] for query in asked)
    assert dict(somebody.session) == before
    stranger = Browser().get(address)
    assert stranger.content == known.content
    for answer in (known, stranger):
        assert not answer.cookies
        assert answer["Cache-Control"].startswith("public")
        assert answer["Vary"] == "Accept-Language"


def test_the_number_of_questions_to_the_database_does_not_grow(lines: list[HelpLine], cast: Cast) -> None:
    with CaptureQueriesContext(connection) as few:
        Browser().get("/help/alder/GB/")
    for country in ("US", "IN", "DE", "FR", "AU"):
        check(cast, country)
    with CaptureQueriesContext(connection) as many:
        Browser().get("/help/alder/GB/")
    assert len(few) == len(many)


def test_it_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str = "") -> Any:
        raise DatabaseError

    monkeypatch.setattr("interlude.crisis.views.public.shelf_of", broken)
    monkeypatch.setattr("interlude.crisis.views.public.general_shelf", broken)
    response = Browser().get("/help/alder/GB/")
    assert response.status_code == 200
    for said in EVERYWHERE:
        assert said in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_it_needs_no_script_and_no_key(lines: list[HelpLine]) -> None:
    page = text(Browser(enforce_csrf_checks=True), "/help/alder/GB/")
    assert "csrfmiddlewaretoken" not in page
    answer = Browser(enforce_csrf_checks=True).post("/leave/")
    assert answer.status_code == 302


def test_the_demo_says_that_nobody_checked_its_lines(lines: list[HelpLine], settings: Any) -> None:
    settings.DEMO = True
    page = text(Browser(), "/help/alder/GB/")
    assert "Nobody has checked these lines" in page
    assert "Checked by a person" not in page


@pytest.mark.contract("A31", "D24")
def test_it_says_that_nobody_reads_along() -> None:
    assert "No one reads along at night" in text(Browser(), "/help/")


def test_a_star_in_a_number_survives_the_link(cast: Cast) -> None:
    check(cast, "CL")
    assert 'href="tel:%2A4141"' in text(Browser(), "/help/alder/CL/")


@pytest.mark.contract("A32", "B29")
def test_help_is_on_every_page_and_leads_to_where_somebody_is(
    lines: list[HelpLine], cast: Cast, visit: Any
) -> None:
    type(cast.noor).unscoped.filter(pk=cast.noor.pk).update(country="GB")
    rooms = {"/my/": cast.noor, "/my/times/": cast.jonas, "/practice/": cast.ada, "/office/": cast.olu}
    for address, person in rooms.items():
        assert 'href="/help/alder/' in visit(person).get(address).content.decode(), address
    assert 'href="/help/alder/GB/"' in visit(cast.noor).get("/my/").content.decode()
    for address in ("/sign-in/", "/invitation/unknown/", "/how-we-protect-what-you-write/"):
        assert 'href="/help/"' in Browser().get(address).content.decode(), address


@pytest.mark.parametrize("strange", ["%00", "%ED%A0%80", "🙂", "../..", "A" * 3000, "gb%0d%0aX: y"])
def test_strange_places_get_the_general_help(strange: str) -> None:
    for address in (f"/help/?country={strange}", f"/help/alder/{strange}/"):
        assert Browser().get(address).status_code in (200, 404)


@pytest.mark.contract("A30")
def test_where_one_line_is_all_a_country_has_other_ways_stand_beside_it(cast: Cast) -> None:
    lines = check(cast, "KE")
    for line in lines[1:]:
        take_down_line(line, by=cast.priya, why="Nobody answers.", now=NOW)
    page = text(Browser(), "/help/alder/KE/")
    assert page.count('href="tel:') == 1
    for said in EVERYWHERE[1:]:
        assert said in page
    take_down_line(lines[0], by=cast.priya, why="Another number now.", now=NOW)
    page = text(Browser(), "/help/alder/KE/")
    assert "tel:" not in page and "Call the local emergency number" in page


def test_a_place_whose_number_for_danger_is_not_checked_names_the_local_one_first(cast: Cast) -> None:
    for line in check(cast, "GB"):
        if line.is_emergency:
            take_down_line(line, by=cast.priya, why="Checked again next week.", now=NOW)
    page = text(Browser(), "/help/alder/GB/")
    assert page.index("Call the local emergency number") < page.index("tel:")


def test_entries_of_one_service_stand_together(cast: Cast) -> None:
    lines = check(cast, "DE")
    HelpLine.unscoped.filter(source_id="de-03-2").update(position=90)
    page = text(Browser(), "/help/alder/DE/")
    assert {line.group for line in lines} >= {"de-telefonseelsorge"}
    numbers = re.findall(r'href="tel:(\d+)"', page)
    at = numbers.index("08001110111")
    assert numbers[at : at + 3] == ["08001110111", "08001110222", "116123"]


def test_its_languages_and_for_whom_it_is_stand_beside_a_number(cast: Cast) -> None:
    check(cast, "IN")
    assert "Hindi" in text(Browser(), "/help/alder/IN/")
    check(cast, "GB")
    assert "For people under 19." in text(Browser(), "/help/alder/GB/")
