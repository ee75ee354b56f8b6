"""Sessions with our list: what was kept, opened when it may be, and ticked off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interlude.agenda.actions import keep_words
from interlude.agenda.models import ListItem
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.models import Session
from interlude.audit.models import Event
from interlude.practice.actions import add_client
from tests.cast import LONG_AGO
from tests.messaging.post import may, page, send

SESSIONS = "/practice/sessions/"
DREAM = "the dream about the stairs"
pytestmark = pytest.mark.usefixtures("in_alder")


@pytest.fixture
def noors(cast: Any) -> Session:
    return Session.objects.get(client=cast.noor.client)


def of(session: Session) -> str:
    return reverse("clinician:session", args=[session.pk])


def tick(item: ListItem) -> str:
    return reverse("clinician:close_item", args=[item.pk])


def queries(browser: Any, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


# The list of sessions


def test_coming_sessions_name_the_topics_of_our_list_without_words_or_counts(
    cast: Any, visit: Any, clock: Any
) -> None:
    send(cast.noor, DREAM, at=may(13, 14), topic="session")
    clock.set(may(14, 17, 5))
    body = page(visit(cast.ada).get(SESSIONS))
    assert "On the list: " in body
    assert DREAM not in body
    assert "Kai" not in body


def test_between_windows_nothing_new_turns_up_on_the_list(cast: Any, visit: Any, noors: Session) -> None:
    before = [page(visit(cast.ada).get(address)) for address in (SESSIONS, of(noors))]
    send(cast.noor, DREAM, at=may(13, 14), topic="session")
    keep_words("a note", client=cast.noor.client, topic="homework", by=cast.noor, now=may(13, 14))
    assert [page(visit(cast.ada).get(address)) for address in (SESSIONS, of(noors))] == before


def test_past_sessions_have_a_page_of_their_own(cast: Any, visit: Any, clock: Any, noors: Session) -> None:
    clock.set(may(20, 9))
    assert of(noors) not in page(visit(cast.ada).get(SESSIONS))
    assert of(noors) in page(visit(cast.ada).get(SESSIONS, {"past": "1"}))


def test_a_session_that_has_just_begun_is_still_in_sight(
    cast: Any, visit: Any, clock: Any, noors: Session
) -> None:
    clock.set(noors.starts_at + timedelta(minutes=20))
    assert of(noors) in page(visit(cast.ada).get(SESSIONS))


def test_the_list_costs_the_same_for_three_sessions_and_for_thirty(cast: Any, visit: Any, clock: Any) -> None:
    few = queries(visit(cast.ada), SESSIONS)
    for number in range(40):
        client = add_client(clinician=cast.ada, name=f"Client {number}", by=None, now=LONG_AGO)
        plan_session(client=client, starts_at=may(20, 9), by=None, now=LONG_AGO)
        keep_words("x", client=client, topic="session", by=cast.ada, now=may(12, 9))
    assert queries(visit(cast.ada), SESSIONS) == few
    assert "Those after" in page(visit(cast.ada).get(SESSIONS))


# One session


def test_a_session_opens_what_was_kept_for_it(cast: Any, visit: Any, clock: Any, noors: Session) -> None:
    kept = send(cast.noor, DREAM, at=may(13, 14), topic="session")
    keep_words("my sister", client=cast.noor.client, topic="third_party", by=cast.noor, now=may(13, 14))
    clock.set(may(14, 17, 5))
    body = page(visit(cast.ada).get(of(noors)))
    assert DREAM in body
    assert "my sister" in body
    line = Event.objects.get(verb="messages.opened")
    assert line.subject == f"session:{noors.pk}"
    assert str(kept.pk) in str(line.facts["ids"])
    assert DREAM not in str(line.facts)


def test_as_the_session_begins_the_whole_list_is_there_but_no_message_before_its_window(
    cast: Any, visit: Any, clock: Any, noors: Session
) -> None:
    send(cast.noor, DREAM, at=may(18, 20), topic="session")
    keep_words("my sister", client=cast.noor.client, topic="third_party", by=cast.noor, now=may(19, 8))
    clock.set(may(19, 9, 40))
    assert "my sister" not in page(visit(cast.ada).get(of(noors)))
    clock.set(may(19, 9, 55))
    body = page(visit(cast.ada).get(of(noors)))
    assert "my sister" in body
    assert DREAM not in body
    assert "Its words come with the check window." in body


def test_the_page_costs_the_same_for_one_thing_and_for_forty(
    cast: Any, visit: Any, clock: Any, noors: Session
) -> None:
    send(cast.noor, DREAM, at=may(11, 14), topic="session")
    few = queries(visit(cast.ada), of(noors))
    for number in range(20):
        send(cast.noor, DREAM, at=may(11, 15, number), topic="session")
        keep_words("x", client=cast.noor.client, topic="homework", by=cast.noor, now=may(11, 14))
    assert queries(visit(cast.ada), of(noors)) == few


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "jonas", "olu", "priya"])
def test_nobody_else_opens_it_or_ticks(cast: Any, visit: Any, noors: Session, who: str) -> None:
    item = keep_words("x", client=cast.noor.client, topic="homework", by=cast.ada, now=may(12, 9))
    browser = visit(getattr(cast, who))
    assert browser.get(of(noors)).status_code == 404
    assert browser.post(tick(item), {"session": str(noors.pk)}).status_code == 404
    assert ListItem.unscoped.get().closed_at is None


def test_signed_out_one_is_asked_to_sign_in(cast: Any, visit: Any, noors: Session) -> None:
    assert visit(None).get(of(noors)).status_code == 302


# Ticking


@pytest.fixture
def item(cast: Any) -> ListItem:
    return keep_words("the stairs", client=cast.noor.client, topic="session", by=cast.noor, now=may(12, 9))


def test_brought_up_is_closed_in_this_session(
    cast: Any, visit: Any, clock: Any, noors: Session, item: ListItem
) -> None:
    clock.set(may(19, 10, 30))
    response = visit(cast.ada).post(tick(item), {"session": str(noors.pk), "outcome": "brought_up"})
    assert response["Location"] == of(noors)
    closed = ListItem.unscoped.get()
    assert (closed.brought_up, closed.session, closed.closed_at) == (True, noors, may(19, 10, 30))
    body = page(visit(cast.ada).get(of(noors)))
    assert "Seen to in this session" in body
    assert "the stairs" not in body
    assert Event.objects.filter(verb="list.closed").count() == 1


def test_not_this_time_moves_it_to_the_next_session(
    cast: Any, visit: Any, clock: Any, noors: Session, item: ListItem
) -> None:
    following = plan_session(client=cast.noor.client, starts_at=may(26, 10), by=None, now=LONG_AGO)
    clock.set(may(19, 10, 30))
    ada = visit(cast.ada)
    ada.post(tick(item), {"session": str(noors.pk), "outcome": "later"})
    assert ListItem.unscoped.get().session == following
    assert "the stairs" not in page(ada.get(of(noors)))
    assert "the stairs" in page(ada.get(of(following)))


def test_without_a_next_session_it_waits_for_whichever_is_made(
    cast: Any, visit: Any, clock: Any, noors: Session, item: ListItem
) -> None:
    clock.set(may(19, 10, 30))
    visit(cast.ada).post(tick(item), {"session": str(noors.pk), "outcome": "later"})
    following = plan_session(client=cast.noor.client, starts_at=may(26, 10), by=None, now=may(20, 9))
    clock.set(may(20, 9))
    assert "the stairs" in page(visit(cast.ada).get(of(following)))


def test_taken_off_the_list_is_not_brought_up(cast: Any, visit: Any, noors: Session, item: ListItem) -> None:
    visit(cast.ada).post(tick(item), {"session": str(noors.pk), "outcome": "off"})
    closed = ListItem.unscoped.get()
    assert closed.closed_at is not None
    assert not closed.brought_up


def test_the_first_tick_counts(cast: Any, visit: Any, noors: Session, item: ListItem) -> None:
    ada = visit(cast.ada)
    for outcome in ("brought_up", "off", "later"):
        ada.post(tick(item), {"session": str(noors.pk), "outcome": outcome})
    closed = ListItem.unscoped.get()
    assert closed.brought_up
    assert closed.session == noors


@pytest.mark.parametrize("session", ["", "nonsense", "\0", "7d0c0f3e-2f6b-4c7e-9a51-0d5f4c1b8a26"])
def test_a_tick_from_no_session_goes_back_to_the_client(
    cast: Any, visit: Any, item: ListItem, session: str
) -> None:
    response = visit(cast.ada).post(tick(item), {"session": session, "outcome": "brought_up"})
    assert response["Location"] == reverse("clinician:client", args=[cast.noor.client_id])


def test_another_clients_session_is_not_taken(cast: Any, visit: Any, item: ListItem) -> None:
    miras = Session.objects.get(client=cast.mira.client)
    visit(cast.ada).post(tick(item), {"session": str(miras.pk), "outcome": "brought_up"})
    assert ListItem.unscoped.get().session is None


def test_a_cancelled_session_says_so_and_its_list_waits_for_the_next(
    cast: Any, visit: Any, noors: Session, item: ListItem
) -> None:
    following = plan_session(client=cast.noor.client, starts_at=may(26, 10), by=None, now=LONG_AGO)
    cancel_session(noors, by=cast.ada, now=may(13, 9))
    body = page(visit(cast.ada).get(of(noors)))
    assert "This session was cancelled." in body
    assert "the stairs" not in body
    assert "the stairs" in page(visit(cast.ada).get(of(following)))


def test_only_the_next_and_the_last_session_show_what_names_no_session(
    cast: Any, visit: Any, clock: Any, noors: Session, item: ListItem
) -> None:
    second = plan_session(client=cast.noor.client, starts_at=may(26, 10), by=None, now=LONG_AGO)
    third = plan_session(client=cast.noor.client, starts_at=date_in_june(), by=None, now=LONG_AGO)
    clock.set(may(20, 9))
    shown = ["the stairs" in page(visit(cast.ada).get(of(one))) for one in (noors, second, third)]
    assert shown == [True, True, False]


def date_in_june() -> Any:
    return may(31, 10) + timedelta(days=2)
