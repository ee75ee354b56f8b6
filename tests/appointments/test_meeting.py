"""Where sessions are met: a clinician's usual link, another for one session, and what a refused one is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.feed_models import SessionHabits
from interlude.appointments.models import Session
from interlude.audit.models import Event
from tests.agreements.reading import main_text
from tests.cast import DAY, NOW

HABITS = "/practice/sessions/habits/"
USUAL, OWN = "https://video.example.org/ada", "https://other.example.net/this-once"
FORM = {"join_url": USUAL, "remind_hours": "48"}


def session_of(cast: Any) -> Session:
    return Session.unscoped.get(client=cast.noor.client)


def link_page(session: Session) -> str:
    return f"/practice/sessions/{session.pk}/link/"


@pytest.mark.contract("B8", "B9")
def test_the_usual_link_is_there_for_every_session_and_a_sessions_own_wins(
    cast: Any, visit: Any, clock: Any
) -> None:
    assert visit(cast.ada).post(HABITS, FORM).status_code == 302
    session = session_of(cast)
    clock.set(session.starts_at - timedelta(minutes=10))
    for page in ("/my/", "/my/times/"):
        assert f'href="{USUAL}" rel="noopener noreferrer"' in visit(cast.noor).get(page).content.decode()
    assert visit(cast.ada).post(link_page(session), {"how": "own", "join_url": OWN}).status_code == 302
    for page in ("/my/", "/my/times/"):
        text = visit(cast.noor).get(page).content.decode()
        assert f'href="{OWN}" rel="noopener noreferrer"' in text
        assert USUAL not in text
    visit(cast.ada).post(link_page(session), {"how": "room", "join_url": OWN})
    for page in ("/my/", "/my/times/"):
        text = visit(cast.noor).get(page).content.decode()
        assert OWN not in text
        assert USUAL not in text
        assert "by video" not in text
    visit(cast.ada).post(link_page(session), {"how": "usual", "join_url": ""})
    assert USUAL in visit(cast.noor).get("/my/").content.decode()


@pytest.mark.contract("B9")
def test_home_shows_the_way_in_from_ten_minutes_before_until_the_end(
    cast: Any, visit: Any, clock: Any
) -> None:
    visit(cast.ada).post(HABITS, FORM)
    starts, minute = session_of(cast).starts_at, timedelta(minutes=1)
    for at, there in (
        (starts - 10 * minute - timedelta(seconds=1), False),
        (starts - 10 * minute, True),
        (starts + 50 * minute - timedelta(seconds=1), True),
        (starts + 50 * minute, False),
    ):
        clock.set(at)
        assert (USUAL in visit(cast.noor).get("/my/").content.decode()) is there, at
    clock.set(starts - DAY)
    assert "You can join by video from 9:50" in main_text(visit(cast.noor).get("/my/").content.decode())


def test_a_cancelled_session_has_no_way_in(cast: Any, visit: Any, clock: Any) -> None:
    visit(cast.ada).post(HABITS, FORM)
    session = session_of(cast)
    cancel_session(session, by=None, now=NOW)
    clock.set(session.starts_at)
    for person, page in (
        (cast.noor, "/my/"),
        (cast.noor, "/my/times/"),
        (cast.ada, f"/practice/sessions/{session.pk}/"),
    ):
        assert USUAL not in visit(person).get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("javascript:alert(1)", "“javascript:alert(1)” does not begin with https://. Copy the whole link"),
        ("http://video.example.org/ada", "begins with http://. Write https:// instead"),
        ("https://ada:pw@video.example.org/", "names somebody before an @. Take that part out"),
        ("Join me https://video.example.org/ada", "has a space in it. Paste the link alone"),
        ("https://video.example.org/\u202egnp", "“https://video.example.org/·gnp” has a character in it"),
        ("https://" + "x" * 600, "has more than 500 characters. Copy it again"),
        ("https://video..example.org/", "does not lead to a service that can be found"),
    ],
)
def test_a_refused_link_comes_back_with_what_is_wrong_and_what_to_do(
    cast: Any, visit: Any, typed: str, said: str
) -> None:
    session = session_of(cast)
    for address, form in (
        (HABITS, FORM | {"join_url": typed}),
        (link_page(session), {"how": "own", "join_url": typed}),
    ):
        answer = visit(cast.ada).post(address, form)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert said in main_text(text)
        assert f'value="{typed.strip()[:20]}' in text, "nothing typed is lost"
    assert not SessionHabits.unscoped.exists()
    assert session_of(cast).join_url == ""


def test_own_without_a_link_says_what_is_missing(cast: Any, visit: Any) -> None:
    answer = visit(cast.ada).post(link_page(session_of(cast)), {"how": "own", "join_url": " "})
    assert answer.status_code == 422
    assert "There is no link here. Paste one, or choose another way" in main_text(answer.content.decode())


def test_a_trap_that_came_in_another_way_opens_nothing(cast: Any, visit: Any, clock: Any) -> None:
    for trap in ("javascript:alert(1)", "http://video.example.org/", "https://a:b@trap.example/"):
        Session.unscoped.filter(client=cast.noor.client).update(join_url=trap)
        session = session_of(cast)
        clock.set(session.starts_at)
        for page in ("/my/", "/my/times/"):
            text = visit(cast.noor).get(page).content.decode()
            assert "Join by video" not in text
            assert trap not in text


def test_a_look_alike_is_shown_as_what_it_is(cast: Any, visit: Any) -> None:
    visit(cast.ada).post(HABITS, FORM | {"join_url": "https://\u0430pple.example/ada"})
    assert "Sessions are joined at xn--pple-43d.example" in visit(cast.ada).get(HABITS).content.decode()


def test_kept_twice_is_written_down_once_and_the_owner_may_set_it_too(cast: Any, visit: Any) -> None:
    for _ in range(2):
        visit(cast.ada).post(HABITS, FORM)
    assert Event.objects.filter(verb="session_habits.set").count() == 1
    page = f"/office/people/clinicians/{cast.ada.pk}/sessions/"
    assert visit(cast.olu).get(page).status_code == 404
    assert visit(cast.priya).post(page, FORM | {"remind_hours": "0"}).status_code == 302
    assert SessionHabits.unscoped.get().remind_hours == 0
    assert visit(cast.priya).get(f"/office/people/clinicians/{cast.cleo.pk}/sessions/").status_code == 404


def test_no_guardian_sees_a_link(cast: Any, visit: Any, clock: Any) -> None:
    visit(cast.ada).post(HABITS, FORM)
    clock.set(Session.unscoped.get(client=cast.mira.client).starts_at)
    assert USUAL in visit(cast.mira).get("/my/times/").content.decode()
    for page in ("/my/", "/my/times/"):
        assert "video" not in visit(cast.jonas).get(page).content.decode()


def test_a_session_planned_later_has_the_link_as_well(cast: Any, visit: Any, clock: Any) -> None:
    visit(cast.ada).post(HABITS, FORM)
    cancel_session(session_of(cast), by=None, now=NOW)
    plan_session(client=cast.noor.client, starts_at=NOW + DAY, by=cast.ada, now=NOW)
    clock.set(NOW + DAY)
    assert USUAL in visit(cast.noor).get("/my/").content.decode()
