"""Calendars as a program reads them: by a private address, in neutral words, with changes, and by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.feeds import find_feed, initials, make_address, stop_address
from interlude.appointments.models import CalendarFeed, Session
from interlude.audit.models import Event
from interlude.core.guardians import Scope
from interlude.practice.models import Clinician, Participant
from tests.cast import DAY, NOW, grant

PAGE, OWN = "/my/calendar/", "/practice/feed/"


def address_of(owner: Any, *, title: str = "appointment") -> str:
    made = make_address(owner, title=title, key=uuid4(), now=NOW)
    assert made is not None
    return f"/calendar/{made.token}.ics"


def events(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    feed = icalendar.Calendar.from_ical(answer.content)
    assert not feed.errors  # type: ignore[union-attr]  # one calendar
    return list(feed.walk("VEVENT"))


def read(visit: Any, address: str) -> list[Any]:
    return events(visit(None).get(address))


def test_a_client_makes_an_address_and_a_program_reads_it(cast: Any, visit: Any) -> None:
    page = visit(cast.noor).get(PAGE).content.decode()
    key = page.partition('name="key" value="')[2].partition('"')[0]
    form = {"to": "make", "title": "appointment", "key": key}
    made = visit(cast.noor).post(PAGE, form).content.decode()
    address = made.partition("<code>")[2].partition("</code>")[0]
    assert visit(cast.noor).post(PAGE, form).content.decode().count(address.partition("://")[2]) == 2
    assert CalendarFeed.unscoped.count() == Event.objects.filter(verb="calendar_feed.made").count() == 1
    path = "/calendar/" + address.rpartition("/")[2]
    (found,) = read(visit, path)
    assert found["DTSTART"].dt == datetime(2026, 5, 19, 9, tzinfo=UTC)
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(minutes=50)
    assert found["SUMMARY"] == "Appointment"
    assert address not in visit(cast.noor).get(PAGE).content.decode(), "shown once"
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert len(token) == 43
    assert token not in CalendarFeed.unscoped.get().token_hash


def test_nothing_in_the_bytes_says_who_what_or_where(cast: Any, visit: Any) -> None:
    Session.unscoped.update(join_url="https://video.example.org/ada")
    for owner in (cast.noor, cast.ada):
        for title in ("appointment", "busy", "shown_name"):
            answer = visit(None).get(address_of(owner, title=title))
            text = answer.content.decode().lower()
            for word in ("noor", "haddad", "ada", "alder", "video", "http", "therap", "session", "localhost"):
                assert word not in text.replace("calendar", "").replace("20260519t090000z", ""), word
            assert str(Session.unscoped.get(client=cast.noor.client).pk) not in text


def test_what_it_shows_is_the_persons_own_choice(cast: Any, visit: Any) -> None:
    type(cast.alder).objects.update(shown_name="Notes")
    address = address_of(cast.noor)
    for title, shown in (("busy", "Busy"), ("shown_name", "Notes"), ("appointment", "Appointment")):
        visit(cast.noor).post(PAGE, {"to": "name", "title": title})
        assert read(visit, address)[0]["SUMMARY"] == shown
    assert visit(cast.noor).post(PAGE, {"to": "name", "title": "initials"}).status_code == 422
    own = address_of(cast.ada)
    assert {one["SUMMARY"] for one in read(visit, own)} == {"Appointment"}
    visit(cast.ada).post(OWN, {"to": "name", "title": "initials"})
    assert {one["SUMMARY"] for one in read(visit, own)} == {"N. H.", "M. S.", "T. I."}


def test_initials_are_of_the_first_and_the_last_word() -> None:
    assert [initials(one) for one in ("Noor Haddad", "Tove and Imre", "noor", "  ", "\u0928\u0942\u0930 x")] == [
        "N. H.", "T. I.", "N.", "", "\u0928. X.",
    ]  # fmt: skip


def test_each_reads_their_own_sessions_and_no_others(cast: Any, visit: Any) -> None:
    plan_session(client=cast.kai.client, starts_at=NOW + 3 * DAY, by=None, now=NOW)
    assert len(read(visit, address_of(cast.noor))) == 1
    assert len(read(visit, address_of(cast.ada))) == 3
    assert len(read(visit, address_of(cast.ben))) == 2
    both = {one["UID"] for one in read(visit, address_of(cast.noor))}
    assert not both & {one["UID"] for one in read(visit, address_of(cast.ada))}


@pytest.mark.contract("B8", "B10")
def test_a_change_grows_and_a_cancelled_session_stays_for_four_weeks(
    cast: Any, visit: Any, clock: Any
) -> None:
    address = address_of(cast.noor)
    (before,) = read(visit, address)
    session = Session.unscoped.get(client=cast.noor.client)
    later = NOW + timedelta(hours=1)
    Session.unscoped.filter(pk=session.pk).change(now=later, starts_at=session.starts_at + DAY)
    (moved,) = read(visit, address)
    assert moved["UID"] == before["UID"]
    assert (before["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["LAST-MODIFIED"].dt == later.replace(microsecond=0)
    assert moved["DTSTART"].dt == before["DTSTART"].dt + DAY
    cancel_session(session, by=None, now=later + DAY)
    (gone,) = read(visit, address)
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (before["UID"], 2, "CANCELLED")
    assert gone["SUMMARY"] == "Cancelled: Appointment"
    assert gone["TRANSP"] == "TRANSPARENT"
    clock.set(later + DAY + timedelta(days=28))
    assert read(visit, address) == []


def test_a_program_that_has_it_already_is_told_so(cast: Any, visit: Any, clock: Any) -> None:
    address = address_of(cast.noor)
    first = visit(None).get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Referrer-Policy"] == "no-referrer"
    clock.set(NOW + timedelta(hours=3))
    again = visit(None).get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    plan_session(client=cast.noor.client, starts_at=NOW + 8 * DAY, by=None, now=NOW)
    newer = visit(None).get(address, headers={"if-none-match": first["ETag"]})
    assert newer.status_code == 200
    assert newer["ETag"] != first["ETag"]
    assert visit(None).head(address).status_code == 200
    assert visit(None).post(address).status_code == 405


def test_reading_leaves_no_trace_and_knows_no_session(cast: Any, visit: Any) -> None:
    address, told = address_of(cast.noor), Event.objects.count()
    browser = visit(cast.ada)
    cookies = {name: one.value for name, one in browser.cookies.items()}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(address)
    assert not answer.cookies
    assert {name: one.value for name, one in browser.cookies.items()} == cookies
    assert not [
        one["sql"] for one in asked if "session_data" in one["sql"] or not one["sql"].startswith("SELECT")
    ]
    assert len(events(answer)) == 1
    assert Event.objects.count() == told


def test_asks_as_often_for_sixty_sessions_as_for_three(cast: Any, visit: Any) -> None:
    address, counted = address_of(cast.ada), []
    for many in (3, 57):
        for number in range(many):
            starts = NOW + timedelta(days=number + 1, hours=many)
            plan_session(client=cast.noor.client, starts_at=starts, by=None, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert visit(None).get(address).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 4


def test_a_changed_or_stopped_address_is_not_there_at_once(cast: Any, visit: Any) -> None:
    old = address_of(cast.noor)
    new = address_of(cast.noor)
    assert [visit(None).get(one).status_code for one in (old, new)] == [404, 200]
    visit(cast.noor).post(PAGE, {"to": "stop"})
    assert [visit(None).get(one).status_code for one in (old, new)] == [404, 404]
    assert stop_address(cast.noor, now=NOW) is False
    assert Event.objects.filter(verb="calendar_feed.stopped").count() == 1


def test_an_old_page_brings_no_old_address_back(cast: Any, visit: Any) -> None:
    key = uuid4()
    old = make_address(cast.noor, title="busy", key=key, now=NOW)
    new = address_of(cast.noor)
    answer = visit(cast.noor).post(PAGE, {"to": "make", "title": "busy", "key": str(key)}, follow=True)
    assert "Your address is as it was" in answer.content.decode()
    assert visit(None).get(f"/calendar/{old.token}.ics").status_code == 404  # type: ignore[union-attr]
    assert visit(None).get(new).status_code == 200
    assert make_address(cast.kai, title="busy", key=key, now=NOW).token != old.token  # type: ignore[union-attr]


def test_a_guessed_address_is_not_there_and_guessing_is_slowed(cast: Any, visit: Any) -> None:
    good, browser = address_of(cast.noor), visit(None)
    guesses = ["x", "A" * 43, "\u0928", "a" * 5000, "%00", "..%2fx"]
    assert {browser.get(f"/calendar/{one}.ics").status_code for one in guesses} == {404}
    answers = [browser.get(f"/calendar/{uuid4().hex}.ics") for _ in range(30)]
    assert [one.status_code for one in answers] == [404] * 25 + [429] * 5
    assert answers[-1]["Retry-After"] == "600"
    assert answers[-1].content == b""
    assert browser.get(good).status_code == 200, "who shares the way into the net is not locked out"


@pytest.mark.parametrize("end", ["access", "user", "left"])
def test_nobody_reads_on_whose_access_ended(cast: Any, visit: Any, end: str) -> None:
    owner = cast.ada if end == "left" else cast.noor
    address = address_of(owner)
    match end:
        case "access":
            Participant.unscoped.filter(pk=owner.pk).update(access_ends=NOW)
        case "user":
            type(owner.user).objects.filter(pk=owner.user_id).update(is_active=False)
        case "left":
            Clinician.unscoped.filter(pk=owner.pk).update(left_at=NOW)
    assert visit(None).get(address).status_code == 404


def test_a_guardian_has_a_calendar_while_they_see_times(cast: Any, visit: Any) -> None:
    address = address_of(cast.jonas)
    assert len(read(visit, address)) == 1
    grant(cast.jonas, Scope.TIMES, by=cast.ada, may=False)
    assert visit(None).get(address).status_code == 404
    assert visit(cast.jonas).get(PAGE).status_code == 404
    assert visit(cast.jonas).post(PAGE, {"to": "make", "title": "busy"}).status_code == 404


def test_it_speaks_its_owners_language_and_finds_nobody_without_one(cast: Any) -> None:
    made = make_address(cast.noor, title="busy", key=uuid4(), now=NOW)
    Participant.unscoped.filter(pk=cast.noor.pk).update(user=None)
    assert find_feed(made.token, now=NOW) is None  # type: ignore[union-attr]
