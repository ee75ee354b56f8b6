"""The office checks help lines, one by one, before anybody sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.audit.models import Event
from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from tests.cast import DAY, NOW, Cast

LINES = "/office/help-lines/"


@pytest.fixture
def drafts(cast: Cast) -> list[HelpLine]:
    bring_in_lines("GB", practice=cast.alder, by=cast.priya, now=NOW)
    return list(HelpLine.unscoped.filter(practice=cast.alder))


def test_bringing_in_a_country_twice_adds_each_draft_once(cast: Cast, visit: Any) -> None:
    desk = visit(cast.olu)
    for _ in range(2):
        assert desk.post(LINES, {"country": "GB"}).status_code == 302
    ids = list(HelpLine.unscoped.values_list("source_id", flat=True))
    assert len(ids) == len(set(ids)) == 7
    assert not HelpLine.unscoped.shown().exists()


def test_a_draft_shows_where_it_was_found_and_that_nobody_checked_it(
    cast: Cast, visit: Any, drafts: list[HelpLine]
) -> None:
    page = visit(cast.olu).get(LINES).content.decode()
    assert "Not shown: nobody checked it yet." in page
    assert "https://www.shsc.nhs.uk" in page and "a stored page of the service" in page
    assert "The place in the menu can change." in page


@pytest.mark.parametrize(("how", "said"), [("called", "called it"), ("page", "looked at its page")])
def test_a_check_by_call_or_page_shows_the_line_with_who_and_when(
    how: str, said: str, cast: Cast, visit: Any, drafts: list[HelpLine]
) -> None:
    desk = visit(cast.olu)
    assert desk.post(f"{LINES}{drafts[0].pk}/", {"how": how}).status_code == 302
    line = HelpLine.unscoped.get(pk=drafts[0].pk)
    assert (line.checked_on, line.checked_by, line.how_checked) == (NOW.date(), cast.olu, how)
    assert f"Olu Adeyemi {said}" in desk.get(LINES).content.decode()
    assert Event.objects.filter(verb="help_line.confirmed").count() == 1


def test_the_office_reads_what_a_place_still_lacks_of_three_ways(cast: Cast, visit: Any) -> None:
    bring_in_lines("KE", practice=cast.alder, by=cast.priya, now=NOW)
    bring_in_lines("GB", practice=cast.alder, by=cast.priya, now=NOW)
    no_number, few, no_call = (
        "No number for danger to life is shown here.",
        "Fewer than two other ways are shown here.",
        "None of them works without a call.",
    )

    def page() -> str:
        return str(visit(cast.olu).get(LINES).content.decode())

    assert few not in page()  # nothing is shown yet, so nothing is missing on a page
    for line in HelpLine.unscoped.filter(country="GB"):
        confirm_line(line, by=cast.priya, how="called", on=NOW.date(), now=NOW)
    assert not any(said in page() for said in (no_number, few, no_call))
    confirm_line(
        HelpLine.unscoped.get(country="KE", kind="emergency"),
        by=cast.priya,
        how="called",
        on=NOW.date(),
        now=NOW,
    )
    body = page()
    assert few in body and no_call in body and no_number not in body
    HelpLine.unscoped.filter(country="GB").exclude(text_number="").update(checked_on=None, checked_by=None)
    HelpLine.unscoped.filter(country="GB", kind="emergency").update(checked_on=None, checked_by=None)
    assert page().count(no_call) == 2 and no_number in page()
    assert visit(cast.noor).get(LINES).status_code == 404


def test_a_wrong_number_is_taken_down(cast: Cast, visit: Any, drafts: list[HelpLine]) -> None:
    confirm_line(drafts[0], by=cast.priya, how="called", on=NOW.date(), now=NOW)
    visit(cast.priya).post(f"{LINES}{drafts[0].pk}/", {"how": "down", "why": "Nobody answers."})
    assert HelpLine.unscoped.get(pk=drafts[0].pk).checked_on is None
    assert Event.objects.filter(verb="help_line.taken_down").count() == 1


def test_a_check_that_says_nothing_is_asked_again(cast: Cast, visit: Any, drafts: list[HelpLine]) -> None:
    for sent in ({}, {"how": "guessed"}, {"how": "down"}):
        answer = visit(cast.olu).post(f"{LINES}{drafts[0].pk}/", sent)
        assert answer.status_code == 422
    assert not HelpLine.unscoped.shown().exists()


def test_after_ninety_days_a_line_wants_another_check(
    cast: Cast, visit: Any, clock: Any, drafts: list[HelpLine]
) -> None:
    for line in drafts:
        confirm_line(line, by=cast.priya, how="called", on=NOW.date(), now=NOW)
    desk = visit(cast.olu)
    assert "due for a check" not in desk.get("/office/").content.decode()
    clock.set(NOW + 90 * DAY)
    assert "due for a check" in visit(cast.olu).get("/office/").content.decode()
    assert "tel:999" in desk.get("/help/alder/GB/").content.decode(), "it stays on the page meanwhile"


def test_a_line_of_ones_own_starts_as_a_draft_too(cast: Cast, visit: Any) -> None:
    own = {
        "name": "The night porter",
        "country": "GB",
        "about": "Opens the door.",
        "phone": "+44 20 7946 0000",
    }
    desk = visit(cast.priya)
    assert desk.post(LINES, own).status_code == 302
    line = HelpLine.unscoped.get(name="The night porter")
    assert (line.dial, line.checked_on, line.practice) == ("+442079460000", None, cast.alder)
    desk.post(f"{LINES}{line.pk}/", {"how": "called"})
    assert 'href="tel:+442079460000"' in desk.get("/help/alder/GB/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "XX"},
        {"country": ""},
        {"name": "A", "country": "ZZ", "phone": "1"},
        {"name": "A", "country": "GB"},
        {"name": "A", "country": "GB", "phone": "call me"},
        {"name": "A", "country": "GB", "phone": "1", "url": "javascript:alert(1)"},
        {"name": "A\0", "country": "GB", "phone": "1"},
        {"name": "A" * 1_000_000, "country": "GB", "phone": "1"},
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(wrong: dict[str, str], cast: Cast, visit: Any) -> None:
    answer = visit(cast.olu).post(LINES, wrong)
    assert answer.status_code == 422
    assert not HelpLine.unscoped.exists()


def test_nobody_else_finds_these_pages(cast: Cast, visit: Any, drafts: list[HelpLine]) -> None:
    for person in (cast.noor, cast.jonas, cast.ada, cast.cleo, cast.dov):
        browser = visit(person)
        assert browser.get(LINES).status_code == 404
        assert browser.post(f"{LINES}{drafts[0].pk}/", {"how": "called"}).status_code == 404
    assert visit(None).get(LINES).status_code == 302
    assert not HelpLine.unscoped.shown().exists()


def test_another_practices_line_is_not_there(cast: Cast, visit: Any) -> None:
    bring_in_lines("IN", practice=cast.birch, by=None, now=NOW)
    theirs = HelpLine.unscoped.filter(practice=cast.birch).first()
    desk = visit(cast.priya)
    assert desk.post(f"{LINES}{theirs.pk}/", {"how": "called"}).status_code == 404
    assert "Tele-MANAS" not in desk.get(LINES).content.decode()


def test_the_page_asks_the_database_the_same_few_times(
    cast: Cast, visit: Any, drafts: list[HelpLine]
) -> None:
    desk = visit(cast.olu)
    desk.get(LINES)
    with CaptureQueriesContext(connection) as few:
        desk.get(LINES)
    for country in ("US", "FR", "DE"):
        bring_in_lines(country, practice=cast.alder, by=None, now=NOW)
    with CaptureQueriesContext(connection) as many:
        desk.get(LINES)
    assert len(few) == len(many)
