"""The week, its requests and series, at the therapist's desk and at the front desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.appointments.actions import plan_session
from interlude.appointments.models import MoveRequest, Session
from interlude.appointments.requests import Wanted, ask_to_move
from interlude.boundaries.actions import close_days, go_away
from interlude.outbox.models import Notice
from interlude.practice.models import OfficeMember
from tests.agreements.reading import main_text
from tests.cast import DAY, HOUR, NOW

SUITS = datetime(2026, 5, 21, 14, tzinfo=UTC)  # Thu 15:00 in London
WORKERS = [("ada", "practice"), ("olu", "office")]


def asked(
    person: Any, *, to: str = "desk", at: datetime = NOW - DAY, times: tuple[datetime, ...] = (SUITS,)
) -> MoveRequest:
    session = Session.unscoped.get(client=person.client, state="planned")
    row = ask_to_move(
        session, Wanted([SUITS], "Later.", to, NOW + DAY), by=person, now=at, request_id=uuid4()
    )
    assert row is not None
    return row


def read(visit: Any, person: Any, address: str) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


def series(cast: Any, **changed: str) -> dict[str, str]:
    form = {"client": str(cast.noor.client_id), "on": "2026-05-20", "clock": "10:00", "minutes": "50", "every": "1",
            "times": "4", "series_id": str(uuid4())}  # fmt: skip
    return form | changed


@pytest.mark.contract("D4")
@pytest.mark.parametrize(("who", "room"), WORKERS)
def test_yes_is_one_tap_and_the_client_sees_it(cast: Any, visit: Any, who: str, room: str) -> None:
    row = asked(cast.noor)
    assert "Yes, Thu 21 May, 15:00" in read(visit, getattr(cast, who), f"/{room}/calendar/")
    form = {"answer": "yes", "time": str(row.times.get().pk)}
    for _ in range(2):
        visit(getattr(cast, who)).post(f"/{room}/calendar/asked/{row.pk}/", form)
    assert Session.unscoped.get(client=cast.noor.client, state="planned").starts_at == SUITS
    assert "Yes. It is now on Thu 21 May, 15:00" in read(visit, cast.noor, "/my/times/")
    told = Notice.objects.filter(to=cast.noor.user, kind__in=["booked", "times"])
    assert [one.kind for one in told] == [
        "booked"
    ]  # a time was set: with what was agreed, and the way out of it


@pytest.mark.parametrize(("who", "room"), WORKERS)
def test_other_times_are_held_and_one_tap_takes_one(cast: Any, visit: Any, who: str, room: str) -> None:
    row = asked(cast.noor)
    form = {"answer": "other", "other-typed": "2026-05-22T11:00", "other-line": "Would Friday do?"}
    assert visit(getattr(cast, who)).post(f"/{room}/calendar/asked/{row.pk}/", form).status_code == 302
    page = read(visit, cast.noor, "/my/times/")
    assert "Would Friday do?" in page
    assert "Take Fri 22 May, 11:00" in page
    row.refresh_from_db()
    assert row.offer is not None
    address = f"/my/times/{row.offer.times.get().pk}/"
    assert visit(cast.kai).post(address).status_code == 404
    visit(cast.noor).post(address)
    taken = Session.unscoped.get(client=cast.noor.client, state="planned")
    assert taken.starts_at == datetime(2026, 5, 22, 10, tzinfo=UTC)


@pytest.mark.contract("C13", "D4")
@pytest.mark.parametrize(("who", "room"), WORKERS)
def test_no_comes_with_a_line_and_the_first_answer_stands(cast: Any, visit: Any, who: str, room: str) -> None:
    row = asked(cast.noor)
    address = f"/{room}/calendar/asked/{row.pk}/"
    visit(getattr(cast, who)).post(address, {"answer": "no", "no-line": "The week is full."})
    page = read(visit, cast.noor, "/my/times/")
    assert "It did not work this time" in page
    assert "The week is full." in page
    visit(getattr(cast, who)).post(address, {"answer": "yes", "time": str(row.times.get().pk)})
    assert Session.unscoped.get(client=cast.noor.client, state="planned").starts_at != SUITS


def test_an_answer_with_nothing_in_it_is_no_answer(cast: Any, visit: Any) -> None:
    row = asked(cast.noor)
    answer = visit(cast.ada).post(
        f"/practice/calendar/asked/{row.pk}/", {"answer": "other", "other-line": "Hm."}
    )
    assert answer.status_code == 422
    assert "Choose a time, or type one." in answer.content.decode()
    assert "Hm." in answer.content.decode()
    assert MoveRequest.unscoped.get().state == "open"


def test_a_yes_to_an_hour_that_is_taken_by_now_moves_nothing(cast: Any, visit: Any) -> None:
    row = asked(cast.noor)
    plan_session(client=cast.mira.client, starts_at=SUITS + timedelta(minutes=30), by=cast.ada, now=NOW)
    form = {"answer": "yes", "time": str(row.times.get().pk)}
    answer = visit(cast.ada).post(f"/practice/calendar/asked/{row.pk}/", form, follow=True)
    assert "there is a session already" in answer.content.decode()
    assert MoveRequest.unscoped.get().state == "open"


def test_a_clinician_meets_a_request_when_the_window_opens_and_not_before(
    cast: Any, visit: Any, clock: Any
) -> None:
    row = asked(cast.noor, to="clinician", at=NOW)
    address = f"/practice/calendar/asked/{row.pk}/"
    assert "Noor Haddad, session on" not in read(visit, cast.ada, "/practice/calendar/")
    assert visit(cast.ada).get(address).status_code == 404
    clock.set(datetime(2026, 5, 14, 16, 5, tzinfo=UTC))
    assert "Asked for another time" in read(visit, cast.ada, "/practice/")
    assert visit(cast.ada).get(address).status_code == 200


def test_the_week_is_ones_own_and_the_office_sees_everybodys_times(cast: Any, visit: Any) -> None:
    week = "?day=2026-05-19"
    assert "Kai Mercer" not in read(visit, cast.ada, f"/practice/calendar/{week}")
    page = read(visit, cast.olu, f"/office/calendar/{week}")
    assert "Noor Haddad, with Ada" in page
    assert "Kai Mercer, with Ben" in page
    assert "Dov" not in page
    OfficeMember.unscoped.filter(pk=cast.olu.pk).update(role="custodian")
    assert "Noor" not in visit(cast.olu).get(f"/office/calendar/{week}").content.decode()


@pytest.mark.parametrize("raw", ["", "today", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_week_that_cannot_be_shown_is_this_one(cast: Any, visit: Any, raw: str) -> None:
    assert "Mon 11 May to Sun 17 May" in read(visit, cast.ada, f"/practice/calendar/?day={raw}")


def test_a_series_shows_what_it_leaves_out_and_why_before_it_is_made(cast: Any, visit: Any) -> None:
    close_days([(date(2026, 5, 27), "Spring day")], practice=cast.alder, by=None, now=NOW)
    away = datetime(2026, 6, 3, tzinfo=UTC)
    go_away(clinician=cast.ada, starts_at=away, ends_at=away + DAY, by=None, now=NOW)
    form = series(cast)
    page = main_text(visit(cast.ada).post("/practice/calendar/new/", form).content.decode())
    assert "2 sessions with Noor Haddad" in page
    assert "Left out: closed that day" in page
    assert "Left out: time away" in page
    assert not Session.unscoped.exclude(series=None).exists()
    for _ in range(2):
        visit(cast.ada).post("/practice/calendar/new/", form | {"make": "1"})
    made = Session.unscoped.exclude(series=None).order_by("starts_at").values_list("starts_at", flat=True)
    assert [at.date() for at in made] == [date(2026, 5, 20), date(2026, 6, 10)]
    assert Notice.objects.filter(kind="booked", to=cast.noor.user).count() == 1


def test_a_series_keeps_its_clock_time_when_the_clocks_change(cast: Any, visit: Any) -> None:
    form = series(cast, on="2026-10-21", every="1", times="2", make="1")
    visit(cast.olu).post("/office/calendar/new/", form)
    made = Session.unscoped.exclude(series=None).order_by("starts_at").values_list("starts_at", flat=True)
    assert list(made) == [datetime(2026, 10, 21, 9, tzinfo=UTC), datetime(2026, 10, 28, 10, tzinfo=UTC)]


def test_beside_another_session_only_where_that_was_said(cast: Any, visit: Any) -> None:
    form = series(cast, on="2026-05-19", every="0", client=str(cast.mira.client_id), make="1")
    visit(cast.ada).post("/practice/calendar/new/", form)
    assert cast.mira.client.sessions.count() == 1
    visit(cast.ada).post("/practice/calendar/new/", form | {"beside": "on", "series_id": str(uuid4())})
    assert cast.mira.client.sessions.count() == 2


def test_nobody_plans_for_a_client_who_is_not_theirs(cast: Any, visit: Any) -> None:
    form = series(cast, client=str(cast.kai.client_id), make="1")
    assert visit(cast.ada).post("/practice/calendar/new/", form).status_code == 422
    assert cast.kai.client.sessions.count() == 1


def test_held_or_missed_is_said_by_a_person_after_the_beginning_and_can_be_undone(
    cast: Any, visit: Any, clock: Any
) -> None:
    session = Session.unscoped.get(client=cast.noor.client)
    address = f"/practice/calendar/{session.pk}/mark/"
    visit(cast.ada).post(address, {"attendance": "held"})
    session.refresh_from_db()
    assert session.attendance == ""  # it lies ahead
    clock.set(session.starts_at + HOUR)
    for said in ("missed", ""):
        visit(cast.ada).post(address, {"attendance": said})
        session.refresh_from_db()
        assert session.attendance == said
    assert visit(cast.ada).post(address, {"attendance": "dull"}).status_code == 404
    assert visit(cast.ben).post(address, {"attendance": "held"}).status_code == 404


def test_cancelled_from_this_side_costs_nothing_and_everybody_of_the_care_is_told(
    cast: Any, visit: Any
) -> None:
    session = Session.unscoped.get(client=cast.tove.client)
    visit(cast.ada).post(f"/practice/calendar/{session.pk}/cancel/")
    session.refresh_from_db()
    assert (session.cancelled_by, session.fee) == ("practice", None)
    assert Notice.objects.filter(kind="times", to__in=[cast.tove.user, cast.imre.user]).count() == 2
    assert "Cancelled by Ada or the front desk. It costs you nothing." in read(visit, cast.imre, "/my/times/")
