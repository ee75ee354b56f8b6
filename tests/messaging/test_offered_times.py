"""Times that are held out: chosen or typed, taken with one tap, never by two, and over when they are over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from interlude.appointments.actions import plan_session
from interlude.appointments.models import Offer, OfferedTime, Session
from interlude.boundaries.actions import go_away
from interlude.messaging.models import Message, Reply
from tests.cast import LONG_AGO
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
IN_WINDOW = may(14, 17, 5)
LATER = may(14, 17, 10)


def to(message: Message) -> str:
    return reverse("clinician:times", args=[message.pk])


@pytest.fixture
def noors(cast: Any, clock: Any) -> Message:
    message = send(cast.noor, at=may(13, 14, 41))
    clock.set(IN_WINDOW)
    return message


def offer(**fields: Any) -> dict[str, Any]:
    form = {
        "offer": "1",
        "typed": "2026-05-18 14:30\n2026-05-20 19:00",
        "minutes": "50",
        "until": "2026-05-16",
    }
    return form | answer("Take the one that suits you.") | fields


def offered(cast: Any, visit: Any, noors: Message, **fields: Any) -> list[OfferedTime]:
    assert visit(cast.ada).post(to(noors), offer(**fields)).status_code == 302
    return list(OfferedTime.objects.filter(offer__client=noors.client_id))


def take(time: OfferedTime) -> str:
    return reverse("client:take_time", args=[time.pk])


def planned(client_id: Any) -> list[datetime]:
    rows = Session.unscoped.filter(client=client_id, state="planned").order_by("starts_at")
    return list(rows.values_list("starts_at", flat=True))


@pytest.mark.contract("D27")
def test_one_tap_takes_one_and_it_stands_in_both_calendars(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    first, second = offered(cast, visit, noors)
    noor = visit(cast.noor)
    assert take(first) not in page(noor.get("/my/conversation/"))  # the minute to undo
    assert noor.post(take(first)).status_code == 404
    clock.set(LATER)
    body = page(visit(cast.noor).get("/my/conversation/"))
    assert "Mon 18 May, 14:30" in body
    assert take(second) in body
    done = page(noor.post(take(first), follow=True))
    assert "Our session is set: Mon 18 May, 14:30." in done
    assert "Taken: our session is on" in done
    assert take(second) not in done
    assert may(18, 14, 30) in planned(noors.client_id)
    assert "Mon 18 May, 14:30" in page(noor.get("/my/times/"))


def test_taken_twice_is_one_session_and_another_of_them_is_no_more(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    first, second = offered(cast, visit, noors)
    clock.set(LATER)
    noor = visit(cast.noor)
    for _ in range(2):
        noor.post(take(first))
    assert "Another of these times was taken already." in page(noor.post(take(second), follow=True))
    assert planned(noors.client_id).count(may(18, 14, 30)) == 1
    assert may(20, 19) not in planned(noors.client_id)


def test_two_people_never_get_one_hour(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    miras = send(cast.mira, at=may(13, 15))
    one = offered(cast, visit, noors, typed="2026-05-18 14:30")[0]
    other = offered(cast, visit, miras, typed="2026-05-18 15:00")[0]  # within the other's fifty minutes
    clock.set(LATER)
    visit(cast.noor).post(take(one))
    mira = visit(cast.mira)
    assert take(other) not in page(mira.get(f"/my/messages/{miras.pk}/"))
    assert "not free any more" in page(mira.post(take(other), follow=True))
    assert may(18, 15) not in planned(miras.client_id)


def test_in_place_of_the_next_session_that_one_is_cancelled(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    Session.unscoped.exclude(client=noors.client_id).delete()
    (time,) = offered(cast, visit, noors, typed="2026-05-19 10:30", in_place="on")
    clock.set(LATER)
    visit(cast.noor).post(take(time))
    assert planned(noors.client_id) == [may(19, 10, 30)]


def test_held_until_the_day_that_was_said(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    first, _ = offered(cast, visit, noors)
    clock.set(may(17, 0))
    body = page(visit(cast.noor).get("/my/conversation/"))
    assert "These times are no longer held." in body
    assert "no longer held" in page(visit(cast.noor).post(take(first), follow=True))
    assert may(18, 14, 30) not in planned(noors.client_id)


def test_undone_nobody_can_take_it(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    first, _ = offered(cast, visit, noors)
    visit(cast.ada).post(reverse("clinician:undo", args=[noors.pk]))
    clock.set(LATER)
    assert visit(cast.noor).post(take(first)).status_code == 404
    assert Offer.unscoped.get().expires_at == IN_WINDOW


def test_time_away_takes_it_out(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    first, second = offered(cast, visit, noors)
    go_away(clinician=cast.ada, starts_at=may(18, 0), ends_at=may(19, 0), by=None, now=LATER)
    clock.set(LATER)
    body = page(visit(cast.noor).get("/my/conversation/"))
    assert take(first) not in body
    assert take(second) in body


def test_free_hours_are_those_of_work_without_sessions_and_without_what_is_held_out(
    cast: Any, visit: Any, noors: Message
) -> None:
    body = page(visit(cast.ada).post(to(noors), answer("Words I typed.")))
    assert "Words I typed.</textarea>" in body
    assert "Fri 15 May, 9:00" in body
    assert "Sat 16 May" not in body
    plan_session(client=cast.tove.client, starts_at=may(15, 9), by=None, now=LONG_AGO)
    offered(cast, visit, noors, typed="2026-05-15 11:00")
    miras = send(cast.mira, at=may(13, 15))
    body = page(visit(cast.ada).get(to(miras)))
    assert "Fri 15 May, 9:00" not in body
    assert "Fri 15 May, 11:00" not in body
    assert "Fri 15 May, 10:00" in body


def test_a_chosen_hour_goes_with_a_typed_one(cast: Any, visit: Any, noors: Message) -> None:
    chosen = may(15, 10).isoformat()
    times = offered(cast, visit, noors, chosen=[chosen])
    assert [one.starts_at for one in times] == [may(15, 10), may(18, 14, 30), may(20, 19)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"typed": ""}, "Choose a time, or type one."),
        ({"typed": "next week"}, "“next week” is no time."),
        ({"typed": "2026-05-12 10:00"}, "does not lie ahead"),
        ({"typed": "2026-05-19 10:20"}, "you have a session"),
        (
            {"typed": "\n".join(f"2026-05-{day} 19:{m}0" for day in (20, 21, 22) for m in range(5))},
            "15 times",
        ),
        ({"until": "2026-05-01"}, "Choose a day from today on"),
        ({"until": "never"}, "This is no day."),
        ({"minutes": "5"}, "10"),
        ({"words": " "}, "Write a line to go with the times."),
        ({"chosen": ["nonsense"]}, "nonsense"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    cast: Any, visit: Any, noors: Message, fields: dict[str, Any], said: str
) -> None:
    response = visit(cast.ada).post(to(noors), offer(**fields))
    assert response.status_code == 422
    body = page(response)
    assert said in body
    if "words" not in fields:
        assert "Take the one that suits you.</textarea>" in body
    assert not Offer.unscoped.exists()
    assert not Reply.unscoped.exists()


def test_the_same_form_twice_is_one_offer_and_a_second_tab_is_told(
    cast: Any, visit: Any, noors: Message
) -> None:
    ada, form = visit(cast.ada), offer()
    for _ in range(2):
        assert ada.post(to(noors), form).status_code == 302
    response = ada.post(to(noors), offer(words="Others."))
    assert response.status_code == 409
    assert "Others.</textarea>" in page(response)
    assert Offer.unscoped.count() == 1


@pytest.mark.parametrize("who", ["kai", "mira", "jonas", "dov", "ada", "olu"])
def test_nobody_else_takes_it(cast: Any, visit: Any, clock: Any, noors: Message, who: str) -> None:
    first, _ = offered(cast, visit, noors)
    clock.set(LATER)
    assert visit(getattr(cast, who)).post(take(first)).status_code == 404
    assert may(18, 14, 30) not in planned(noors.client_id)


def test_of_a_couple_whoever_reads_it_may_take_it(cast: Any, visit: Any, clock: Any) -> None:
    toves = send(cast.tove, at=may(13, 15))
    clock.set(IN_WINDOW)
    first, _ = offered(cast, visit, toves)
    clock.set(LATER)
    visit(cast.imre).post(take(first))
    assert may(18, 14, 30) in planned(toves.client_id)


def test_a_busy_calendar_takes_as_many_questions_as_a_free_one(
    cast: Any, visit: Any, noors: Message, django_assert_max_num_queries: Any
) -> None:
    ada = visit(cast.ada)
    ada.get(to(noors))
    for day in range(15, 25):
        for hour in range(19, 23):
            plan_session(client=cast.mira.client, starts_at=may(day, hour), by=None, now=LONG_AGO)
    with django_assert_max_num_queries(26):
        assert ada.get(to(noors)).status_code == 200
