"""Our list at the desk: an order for each side, journal pages, the page before a session, a line after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from interlude.agenda.actions import keep_words, write_journal
from interlude.agenda.models import Line, ListItem
from interlude.messaging.rates import rates_of
from interlude.outbox.models import Notice
from interlude.practice.scope import in_practice
from tests.cast import agree_anew
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
BEFORE, AFTER = may(19, 9, 55), may(19, 10, 50)
WORDS = "What we found today: you stopped in time."


@pytest.fixture
def session(cast: Any) -> Any:
    return cast.noor.client.sessions.get()


def three(cast: Any) -> list[ListItem]:
    return [
        keep_words(words, client=cast.noor.client, topic="session", by=cast.noor, now=may(11, 10, n))
        for n, words in enumerate(("First note.", "Second note.", "Third note."))
    ]


def order(body: str) -> list[str]:
    return sorted(("First", "Second", "Third"), key=lambda word: body.index(f"{word} note."))


def waiting(body: str) -> str:
    """The list itself, without the form below it."""
    return body.split('id="waiting"')[1].split('id="add"', maxsplit=1)[0]


def test_a_client_orders_the_list_and_the_clinician_sees_that_order(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    items = three(cast)
    noor = visit(cast.noor)
    noor.post(reverse("client:order_item", args=[items[2].pk]), {"to": "sooner"})
    noor.post(reverse("client:order_item", args=[items[2].pk]), {"to": "sooner"})
    assert order(page(noor.get("/my/our-list/"))) == ["Third", "First", "Second"]
    clock.set(BEFORE)
    body = page(visit(cast.ada).get(reverse("clinician:session", args=[session.pk])))
    assert order(body) == ["Third", "First", "Second"]


def test_a_clinicians_order_is_seen_by_nobody_else(cast: Any, visit: Any, clock: Any, session: Any) -> None:
    items = three(cast)
    clock.set(BEFORE)
    before = waiting(page(visit(cast.noor).get("/my/our-list/")))
    ada = visit(cast.ada)
    form = {"to": "later", "session": str(session.pk)}
    response = ada.post(reverse("clinician:order_item", args=[items[0].pk]), form, follow=True)
    assert order(page(response)) == ["Second", "First", "Third"]
    assert waiting(page(visit(cast.noor).get("/my/our-list/"))) == before


def test_past_the_end_nothing_moves(cast: Any, visit: Any) -> None:
    items = three(cast)
    noor = visit(cast.noor)
    noor.post(reverse("client:order_item", args=[items[0].pk]), {"to": "sooner"})
    noor.post(reverse("client:order_item", args=[items[2].pk]), {"to": "later"})
    assert order(page(noor.get("/my/our-list/"))) == ["First", "Second", "Third"]


@pytest.mark.parametrize("who", ["kai", "mira", "jonas", "dov"])
def test_nobody_else_orders_it(cast: Any, visit: Any, who: str) -> None:
    item = three(cast)[0]
    address = reverse("client:order_item", args=[item.pk])
    assert visit(getattr(cast, who)).post(address, {"to": "later"}).status_code == 404


@pytest.mark.contract("E8", "C35")
def test_a_journal_page_that_is_brought_along_says_that_it_is_one(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    entry = write_journal("Only this page.", participant=cast.noor, now=may(11, 10))
    write_journal("Not this one.", participant=cast.noor, now=may(11, 10))
    visit(cast.noor).post("/my/our-list/notes/", {"entry": str(entry.pk)})
    visit(cast.noor).post("/my/our-list/notes/", {"topic": "our_messaging"})
    assert "A page of your journal" in page(visit(cast.noor).get("/my/our-list/"))
    clock.set(BEFORE)
    body = page(visit(cast.ada).get(reverse("clinician:session", args=[session.pk])))
    assert "a page of the journal" in body
    assert "Only this page." in body
    assert "Not this one." not in body
    assert "How we use messages" in body


@pytest.mark.contract("A10", "D23")
def test_before_a_session_one_page_has_the_list_what_is_owed_and_the_last_dates(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    owed = send(cast.noor, at=may(15, 13), topic="relationship_repair")
    three(cast)
    clock.set(BEFORE)
    body = page(visit(cast.ada).get(reverse("clinician:session", args=[session.pk])))
    for part in ("Our list", "Answers you owe", "Since the last session", "Brought up"):
        assert part in body
    assert reverse("clinician:message", args=[owed.pk]) in body
    assert "between us" in body


def test_a_line_afterwards_stands_on_our_list_once_it_has_left(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    clock.set(AFTER)
    ada, address = visit(cast.ada), reverse("clinician:line", args=[session.pk])
    form = answer(WORDS)
    for _ in range(2):
        assert ada.post(address, form).status_code == 302
    assert Line.unscoped.count() == 1
    assert b"found today" not in bytes(Line.unscoped.get().sealed)
    assert WORDS not in page(visit(cast.noor).get("/my/our-list/"))
    assert Notice.objects.get(kind="answer").link == "/my/our-list/"
    clock.set(AFTER + timedelta(minutes=1))
    assert WORDS in page(visit(cast.noor).get("/my/our-list/"))
    undo = reverse("clinician:undo_line", args=[Line.unscoped.get().pk])
    assert visit(cast.ada).post(undo).status_code == 409


def test_a_line_is_undone_and_in_the_box_again(cast: Any, visit: Any, clock: Any, session: Any) -> None:
    clock.set(AFTER)
    ada = visit(cast.ada)
    ada.post(reverse("clinician:line", args=[session.pk]), answer(WORDS))
    undo = reverse("clinician:undo_line", args=[Line.unscoped.get().pk])
    assert f"{WORDS}</textarea>" in page(ada.post(undo))
    assert ada.post(undo).status_code == 409
    assert not Notice.objects.filter(kind="answer").exists()
    clock.set(may(20, 12))
    assert WORDS not in page(visit(cast.noor).get("/my/our-list/"))


def test_in_the_evening_a_line_waits_for_working_hours(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    clock.set(may(19, 20, 10))
    visit(cast.ada).post(reverse("clinician:line", args=[session.pk]), answer(WORDS))
    assert Line.unscoped.get().leaves_at == may(20, 9)


def test_before_the_session_and_without_words_there_is_no_line(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    address = reverse("clinician:line", args=[session.pk])
    clock.set(BEFORE)
    assert "A line afterwards" not in page(
        visit(cast.ada).get(reverse("clinician:session", args=[session.pk]))
    )
    assert visit(cast.ada).post(address, answer(WORDS)).status_code == 409
    clock.set(AFTER)
    assert visit(cast.ada).post(address, answer(" ")).status_code == 422
    assert not Line.unscoped.exists()


def test_where_words_wait_for_a_supervisor_there_is_no_line(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    type(cast.ada).unscoped.filter(pk=cast.ada.pk).update(supervisor=cast.ben)
    cast.noor.client.clinician.refresh_from_db()
    agree_anew(cast.noor.client, [cast.noor], preset="trainee_supervised")
    clock.set(AFTER)
    response = visit(cast.ada).post(reverse("clinician:line", args=[session.pk]), answer(WORDS))
    assert response.status_code == 409
    assert f"{WORDS}</textarea>" in page(response)
    assert not Line.unscoped.exists()


@pytest.mark.parametrize("who", ["kai", "mira", "jonas", "dov", "imre"])
def test_a_line_is_read_by_nobody_else(cast: Any, visit: Any, clock: Any, session: Any, who: str) -> None:
    clock.set(AFTER)
    visit(cast.ada).post(reverse("clinician:line", args=[session.pk]), answer(WORDS))
    clock.set(may(20, 12))
    assert WORDS not in page(visit(getattr(cast, who)).get("/my/our-list/"))


def test_the_rates_are_counted_for_the_clinician_alone(
    cast: Any, visit: Any, clock: Any, session: Any
) -> None:
    items = three(cast)
    send(cast.noor, at=may(11, 9), topic="session")
    send(cast.mira, at=may(11, 9))
    clock.set(BEFORE + timedelta(minutes=20))
    close = {"outcome": "brought_up", "session": str(session.pk)}
    visit(cast.ada).post(reverse("clinician:close_item", args=[items[0].pk]), close)
    clock.set(AFTER)
    with in_practice(cast.alder.pk):
        rates = rates_of(cast.ada, AFTER)
        others = rates_of(cast.ben, AFTER)
    assert (rates.deferral.part, rates.deferral.whole) == (1, 2)
    assert (rates.brought_up.part, rates.brought_up.whole) == (1, 4)
    assert (others.deferral.whole, others.brought_up.whole) == (0, 0)
    assert "1 of 4 things whose session took place" in page(visit(cast.ada).get("/practice/drift/"))
