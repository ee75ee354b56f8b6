"""A time that became free: the longest waiting first, one at a time, booked once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interlude.appointments.actions import plan_session
from interlude.appointments.freed import Wishes, free_up, pass_on, wait_for_earlier
from interlude.appointments.models import EarlierWish, FreedOffer, Session
from interlude.boundaries.actions import go_away
from interlude.core.guardians import Scope
from interlude.outbox.models import Notice
from interlude.practice.models import Participant
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, HOUR, LONG_AGO, NOW, grant

FREE = datetime(2026, 5, 15, 9, tzinfo=UTC)  # Fri 10:00 in London, before everybody's Tuesday


def spare(cast: Any) -> Session:
    """A session of somebody else with Ada that will be cancelled."""
    return plan_session(client=cast.mira.client, starts_at=FREE, by=None, now=LONG_AGO)


def in_line(*people: Participant, **wishes: Any) -> list[EarlierWish]:
    """Each of them an hour after the one before, long ago."""
    return [
        wait_for_earlier(Wishes(**wishes), by=one, now=LONG_AGO + number * HOUR)
        for number, one in enumerate(people)
    ]


def held(person: Participant) -> FreedOffer | None:
    return FreedOffer.unscoped.filter(wish__client=person.client, outcome="").first()


def read(visit: Any, person: Any, address: str = "/my/times/") -> str:
    return main_text(visit(person).get(address).content.decode())


def starts(person: Participant) -> list[datetime]:
    rows = Session.unscoped.filter(client=person.client, state="planned").order_by("starts_at")
    return list(rows.values_list("starts_at", flat=True))


@pytest.mark.contract("D27")
def test_the_line_is_joined_changed_and_left_and_the_place_stays(cast: Any, visit: Any) -> None:
    noor = visit(cast.noor)
    page = read(visit, cast.noor, "/my/times/earlier/")
    assert "Who waits longest is asked first" in page
    assert grade(page) <= 6
    noor.post("/my/times/earlier/", {"weekdays": ["1", "4"], "parts": "morning", "notice_hours": "48"})
    first = EarlierWish.unscoped.get()
    assert (first.weekdays, first.parts, first.notice_hours) == ("1,4", "morning", 48)
    noor.post("/my/times/earlier/", {"notice_hours": "2"})
    again = EarlierWish.unscoped.get()
    assert (again.asked_at, again.weekdays, again.notice_hours) == (first.asked_at, "", 2)
    assert "You are in line since" in read(visit, cast.noor)
    noor.post("/my/times/earlier/", {"stop": "1"})
    assert "Ask for an earlier time" in read(visit, cast.noor)


@pytest.mark.contract("D27")
def test_a_cancelled_time_is_held_for_who_waits_longest_and_falls_to_the_next(cast: Any, visit: Any) -> None:
    in_line(cast.noor, cast.tove)
    free_up(spare(cast), by=cast.mira, now=NOW)
    first = held(cast.noor)
    assert first is not None
    assert held(cast.tove) is None
    assert Notice.objects.filter(kind="times", to=cast.noor.user).count() == 1
    page = read(visit, cast.noor)
    assert "A time became free: Fri 15 May, 10:00" in page
    assert "Take it, and it comes in place of Tue 19 May, 10:00" in page
    home = read(visit, cast.noor, "/my/")
    assert "A time became free: Fri 15 May, 10:00. It is held for you until" in home
    assert grade(home) <= 6
    for person in (cast.tove, cast.kai, cast.jonas):
        assert "A time became free" not in read(visit, person, "/my/")
    visit(cast.noor).post(f"/my/times/freed/{first.pk}/")
    assert held(cast.noor) is None
    assert held(cast.tove) is not None
    assert "A time became free" not in read(visit, cast.noor, "/my/")
    assert "You are in line since" in read(visit, cast.noor)


def test_what_is_not_answered_goes_on_by_the_clock(cast: Any) -> None:
    in_line(cast.noor, cast.tove)
    free_up(spare(cast), by=cast.mira, now=NOW)
    first = held(cast.noor)
    assert first is not None
    assert pass_on(now=first.answer_by - timedelta(seconds=1)) == 0
    assert pass_on(now=first.answer_by) == 1
    assert pass_on(now=first.answer_by) == 0
    second = held(cast.tove)
    assert second is not None
    pass_on(now=second.answer_by)
    assert not FreedOffer.unscoped.filter(outcome="").exists()  # everybody was asked, and each once
    assert FreedOffer.unscoped.count() == 2


def test_taken_it_is_booked_in_place_of_the_old_one_whose_time_goes_on(cast: Any, visit: Any) -> None:
    in_line(cast.noor)
    free_up(spare(cast), by=cast.mira, now=NOW)
    offer = held(cast.noor)
    assert offer is not None
    for _ in range(2):
        visit(cast.noor).post(f"/my/times/freed/{offer.pk}/", {"take": "1"})
    assert starts(cast.noor) == [FREE]
    old = Session.unscoped.get(client=cast.noor.client, state="cancelled")
    assert old.moved_to is not None
    assert old.moved_to.starts_at == FREE
    assert EarlierWish.unscoped.get().ended_at is not None


@pytest.mark.parametrize(
    ("wishes", "suited"),
    [
        ({"weekdays": [4]}, True),
        ({"weekdays": [3]}, False),
        ({"parts": ["evening"]}, False),
        ({"notice_hours": 48}, False),
    ],
)
def test_only_what_suits_is_offered(cast: Any, wishes: dict[str, Any], suited: bool) -> None:
    in_line(cast.noor, **wishes)
    free_up(spare(cast), by=cast.mira, now=NOW)
    assert (held(cast.noor) is not None) is suited


def test_who_gave_it_up_and_who_is_elsewhere_are_not_asked(cast: Any) -> None:
    in_line(cast.mira, cast.kai, cast.dov)
    free_up(spare(cast), by=cast.mira, now=NOW)
    assert not FreedOffer.unscoped.exists()


def test_a_time_in_which_the_clinician_is_away_is_offered_to_nobody(cast: Any) -> None:
    in_line(cast.noor)
    session = spare(cast)
    go_away(clinician=cast.ada, starts_at=FREE - HOUR, ends_at=FREE + DAY, by=None, now=NOW)
    free_up(session, by=cast.mira, now=NOW)
    assert held(cast.noor) is None


def test_a_time_that_was_filled_meanwhile_is_not_booked_twice(cast: Any, visit: Any) -> None:
    in_line(cast.noor)
    free_up(spare(cast), by=cast.mira, now=NOW)
    offer = held(cast.noor)
    assert offer is not None
    plan_session(client=cast.tove.client, starts_at=FREE + timedelta(minutes=30), by=cast.ada, now=NOW)
    answer = visit(cast.noor).post(f"/my/times/freed/{offer.pk}/", {"take": "1"}, follow=True)
    assert "not free any more" in answer.content.decode()
    assert FREE not in starts(cast.noor)


def test_too_late_is_too_late_and_nobody_takes_anothers(cast: Any, visit: Any, clock: Any) -> None:
    in_line(cast.noor)
    free_up(spare(cast), by=cast.mira, now=NOW)
    offer = held(cast.noor)
    assert offer is not None
    address = f"/my/times/freed/{offer.pk}/"
    for person in (cast.tove, cast.dov):
        assert visit(person).post(address, {"take": "1"}).status_code == 404
    clock.set(offer.answer_by)
    visit(cast.noor).post(address, {"take": "1"})
    assert FREE not in starts(cast.noor)


def test_leaving_the_line_lets_go_of_what_was_held(cast: Any, visit: Any) -> None:
    in_line(cast.noor, cast.tove)
    free_up(spare(cast), by=cast.mira, now=NOW)
    visit(cast.noor).post("/my/times/earlier/", {"stop": "1"})
    assert held(cast.tove) is not None


def test_a_guardian_without_sight_of_times_waits_for_nothing(cast: Any, visit: Any) -> None:
    assert visit(cast.jonas).get("/my/times/earlier/").status_code == 200
    grant(cast.jonas, Scope.TIMES, by=cast.ada, may=False)
    assert visit(cast.jonas).get("/my/times/earlier/").status_code == 404
