"""A plain word from the clinician that the present amount is welcome."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.agreements.models import Agreement
from interlude.audit.models import Event
from interlude.checkins.models import Welcome
from interlude.outbox.models import Notice
from tests.cast import DAY, NOW
from tests.checkins.weeks import PAGE, desk, read
from tests.messaging.post import may

SENTENCE = "The way you write now is welcome."


def address(person: Any) -> str:
    return f"/practice/clients/{person.client_id}/welcome/"


def sentence(words: str = SENTENCE) -> dict[str, str]:
    return {"words": words, "welcome_id": str(uuid4())}


@pytest.mark.contract("C36", "C34", "A45")
def test_one_tap_says_that_the_amount_is_welcome_and_the_client_reads_it_with_its_date(
    cast: Any, visit: Any, clock: Any
) -> None:
    ada = visit(cast.ada)
    assert SENTENCE in ada.get(desk(cast.noor)).content.decode()  # the box is filled; one tap is enough
    ada.post(address(cast.noor), sentence("You write just right, like a wren."))
    page = read(visit(cast.noor), PAGE)
    assert "From Ada, about how you write. Wed 13 May. You write just right, like a wren" in page
    assert "From Ada, about how you write" in read(visit(cast.noor), "/my/")
    clock.set(NOW + 6 * DAY)
    assert "about how you write" not in read(visit(cast.noor), "/my/")
    assert "like a wren" in read(visit(cast.noor), PAGE)


@pytest.mark.contract("C30", "C37")
def test_less_contact_is_acknowledged_with_a_sentence_to_start_from(cast: Any, visit: Any) -> None:
    page = visit(cast.ada).get(desk(cast.noor) + "?say=less").content.decode()
    assert "You write less than before, and that is fine. You may write more again at any time." in page
    assert (
        "It is good that you reach out" in visit(cast.ada).get(desk(cast.noor) + "?say=more").content.decode()
    )
    assert SENTENCE in visit(cast.ada).get(desk(cast.noor) + "?say=<b>").content.decode()


def test_said_at_night_it_leaves_in_the_morning_and_what_is_said_again_takes_its_place(
    cast: Any, visit: Any, clock: Any
) -> None:
    clock.set(may(13, 22))
    ada = visit(cast.ada)
    for words in (SENTENCE, "Said anew, a heron."):
        ada.post(address(cast.noor), sentence(words))
    assert "It leaves on Thu 14 May, 9:00" in read(ada, desk(cast.noor))
    notice = Notice.objects.get(link="/my/check-in/")
    assert notice.send_at == may(14, 9)
    assert "From Ada" not in read(visit(cast.noor), PAGE)
    clock.set(may(14, 9))
    page = read(visit(cast.noor), PAGE)
    assert "a heron" in page
    assert SENTENCE not in page


def test_before_there_is_an_agreement_it_waits_for_working_hours_too(
    cast: Any, visit: Any, clock: Any
) -> None:
    Agreement.unscoped.filter(client=cast.noor.client).update(accepted_at=None)
    clock.set(may(13, 22))
    visit(cast.ada).post(address(cast.noor), sentence())
    assert Welcome.unscoped.get().leaves_at == may(14, 9)


def test_pressed_twice_it_is_said_once_and_never_in_the_clear(cast: Any, visit: Any) -> None:
    form, ada = sentence("A canary of welcome."), visit(cast.ada)
    for _ in range(3):
        assert ada.post(address(cast.noor), form).status_code == 302
    row = Welcome.unscoped.get()
    assert b"canary" not in bytes(row.sealed)
    assert Event.objects.filter(verb="welcome.said").count() == 1
    assert not Event.objects.filter(facts__icontains="canary").exists()


@pytest.mark.parametrize("words", ["", " \n"])
def test_an_empty_sentence_is_not_said(cast: Any, visit: Any, words: str) -> None:
    answer = visit(cast.ada).post(address(cast.noor), sentence(words))
    assert answer.status_code == 422
    assert "The box is empty. Write a sentence, or leave it for another day." in answer.content.decode()
    assert not Welcome.unscoped.exists()


def test_the_key_of_another_clients_word_is_not_used(cast: Any, visit: Any) -> None:
    form = sentence("For Kai alone.")
    visit(cast.ben).post(address(cast.kai), form)
    visit(cast.ada).post(address(cast.noor), form | {"words": "For Noor."})
    assert "For Kai alone" in read(visit(cast.kai), PAGE)
    assert "For Noor" in read(visit(cast.noor), PAGE)


@pytest.mark.parametrize("stranger", ["ben", "cleo", "olu", "priya", "noor", "jonas"])
def test_nobody_else_says_it(cast: Any, visit: Any, stranger: str) -> None:
    assert visit(getattr(cast, stranger)).post(address(cast.noor), sentence()).status_code == 404
    assert not Welcome.unscoped.exists()


def test_a_guardian_and_the_office_never_read_it(cast: Any, visit: Any) -> None:
    visit(cast.ada).post(address(cast.mira), sentence("A canary for Mira."))
    for name, pages in (
        ("jonas", ("/my/", "/my/agreement/")),
        ("olu", ("/office/",)),
        ("priya", ("/office/people/",)),
    ):
        for page in pages:
            assert "canary" not in visit(getattr(cast, name)).get(page).content.decode()
