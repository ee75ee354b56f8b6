"""Closed days: public holidays by ticks, days of one's own, and opening again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.audit.models import Event
from interlude.boundaries import holidays
from interlude.boundaries.actions import close_days
from interlude.boundaries.calendars import desk_calendar_of
from interlude.boundaries.models import ClosedDay
from tests.cast import NOW, Cast

PAGE = "/office/closed-days/"
SPRING = date(2026, 5, 25)  # a bank holiday in England
GB = {"country": "GB", "region": "ENG", "year": "2026"}


def closed(cast: Cast) -> set[date]:
    return set(ClosedDay.unscoped.filter(practice=cast.alder).values_list("on", flat=True))


def test_holidays_of_a_place_are_offered_as_ticks_and_only_those_to_come(cast: Cast, visit: Any) -> None:
    page = visit(cast.olu).get(PAGE, GB).content.decode()
    assert "Spring Bank Holiday" in page and 'value="2026-05-25"' in page
    assert "Good Friday" not in page, "it was in April"


def test_ticked_holidays_are_closed_and_promises_go_round_them(cast: Cast, visit: Any) -> None:
    answer = visit(cast.olu).post(PAGE, GB | {"days": ["2026-05-25", "2026-12-25"]})
    assert answer.status_code == 302
    assert closed(cast) == {SPRING, date(2026, 12, 25)}
    _, calendar = desk_calendar_of(cast.alder, NOW.date())
    assert not calendar.is_working_date(SPRING)
    assert Event.objects.filter(verb="days.closed").count() == 1


def test_a_day_closed_twice_keeps_its_first_name(cast: Cast, visit: Any) -> None:
    desk = visit(cast.olu)
    desk.post(PAGE, {"on": "2026-05-25", "name": "Our day out"})
    desk.post(PAGE, GB | {"days": ["2026-05-25"]})
    assert [day.name for day in ClosedDay.unscoped.filter(practice=cast.alder)] == ["Our day out"]


def test_what_is_closed_already_is_not_offered_again(cast: Cast, visit: Any) -> None:
    desk = visit(cast.olu)
    desk.post(PAGE, GB | {"days": ["2026-05-25"]})
    page = desk.get(PAGE, GB).content.decode()
    assert 'value="2026-05-25"' not in page and "Spring Bank Holiday" in page


def test_a_day_can_be_opened_again(cast: Cast, visit: Any) -> None:
    close_days([(SPRING, "Holiday")], practice=cast.alder, by=None, now=NOW)
    day = ClosedDay.unscoped.get(practice=cast.alder)
    desk = visit(cast.olu)
    assert desk.get(f"{PAGE}{day.pk}/reopen/").status_code == 405
    assert desk.post(f"{PAGE}{day.pk}/reopen/").status_code == 302
    assert desk.post(f"{PAGE}{day.pk}/reopen/").status_code == 404
    assert closed(cast) == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "2026-05-12", "name": "Yesterday"},
        {"on": "9999-12-31", "name": "Far"},
        {"on": "2030-01-01", "name": "Far"},
        {"on": "31.12.2026", "name": "Other order"},
        {"on": "2026-02-30", "name": "No such day"},
        {"on": "", "name": "No day"},
        {"on": "2026-06-01", "name": ""},
        {"on": "2026-06-01", "name": "A" * 1_000_000},
        {"country": "GB", "region": "ENG", "year": "2026"},
        {"country": "GB", "region": "ENG", "year": "2026", "days": ["2026-05-26"]},
        {"country": "XX", "region": "", "year": "2026", "days": ["2026-05-25"]},
        {"country": "GB", "region": "ENG", "year": "9999", "days": ["2026-05-25"]},
        {"country": "\0", "region": "\0", "year": "\0", "days": ["\0"]},
        {},
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_closed(
    wrong: dict[str, Any], cast: Cast, visit: Any
) -> None:
    assert visit(cast.olu).post(PAGE, wrong).status_code == 422
    assert closed(cast) == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"country": "XX"},
        {"year": "9999"},
        {"year": "0"},
        {"country": "IN", "region": "ENG"},
        {"region": "\0"},
    ],
)
def test_a_strange_place_gives_a_page_and_no_error(asked: dict[str, str], cast: Cast, visit: Any) -> None:
    assert visit(cast.olu).get(PAGE, asked).status_code == 200


def test_a_therapists_own_days_are_not_the_desks_to_open(cast: Cast, visit: Any) -> None:
    close_days([(SPRING, "Away")], practice=cast.alder, clinician=cast.ada, by=cast.ada, now=NOW)
    day = ClosedDay.unscoped.get(clinician=cast.ada)
    desk = visit(cast.olu)
    assert "Away" not in desk.get(PAGE).content.decode()
    assert desk.post(f"{PAGE}{day.pk}/reopen/").status_code == 404


def test_nobody_else_closes_or_opens_a_day(cast: Cast, visit: Any) -> None:
    close_days([(SPRING, "Holiday")], practice=cast.alder, by=None, now=NOW)
    day = ClosedDay.unscoped.get(practice=cast.alder)
    for person in (cast.noor, cast.jonas, cast.ada, cast.cleo):
        browser = visit(person)
        assert browser.get(PAGE).status_code == 404
        assert browser.post(PAGE, {"on": "2026-06-01", "name": "x"}).status_code == 404
        assert browser.post(f"{PAGE}{day.pk}/reopen/").status_code == 404
    assert visit(None).post(f"{PAGE}{day.pk}/reopen/").status_code == 401
    assert visit(cast.priya).post(f"{PAGE}{uuid4()}/reopen/").status_code == 404
    assert closed(cast) == {SPRING}


def test_the_page_asks_the_database_the_same_few_times(cast: Cast, visit: Any) -> None:
    desk = visit(cast.olu)
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    days = [(NOW.date() + timedelta(days=number), f"Day {number}") for number in range(1, 60)]
    close_days(days, practice=cast.alder, by=None, now=NOW)
    with CaptureQueriesContext(connection) as many:
        desk.get(PAGE)
    assert len(few) == len(many)


def test_holidays_know_places_and_regions_and_nothing_about_places_that_are_none() -> None:
    assert (SPRING, "Spring Bank Holiday") in holidays.public_holidays("gb", "ENG", 2026)
    assert len(holidays.public_holidays("IN", "KA", 2026)) > len(holidays.public_holidays("IN", "", 2026))
    assert holidays.public_holidays("GB", "no region", 2026) == holidays.public_holidays("GB", "", 2026)
    for nowhere in (("XX", "", 2026), ("GB", "ENG", 9999), ("GB", "ENG", 0), ("", "", 2026)):
        assert holidays.public_holidays(*nowhere) == []
    assert ("ENG", "England") in [(each.code, each.name) for each in holidays.regions("GB")]
    assert holidays.regions("XX") == []
    assert holidays.version()[0].isdigit()
