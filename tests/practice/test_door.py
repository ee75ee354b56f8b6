"""The door: everybody's first page leads to their own room. And the quick way out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from interlude.practice.models import Clinician, Participant
from tests.cast import Cast


@pytest.mark.parametrize(
    ("who", "room"), [("noor", "/my/"), ("jonas", "/my/"), ("ada", "/practice/"), ("olu", "/office/")]
)
def test_somebody_with_one_place_is_led_to_their_room(who: str, room: str, cast: Cast, visit: Any) -> None:
    assert visit(getattr(cast, who)).get("/").headers["Location"] == room


def test_a_stranger_is_asked_to_sign_in(cast: Cast) -> None:
    assert Browser().get("/").headers["Location"] == "/sign-in/"


def test_somebody_with_several_places_chooses(cast: Cast, visit: Any) -> None:
    Participant.unscoped.filter(pk=cast.dov.pk).update(user=cast.ada.user)
    page = visit(cast.ada).get("/").content.decode()
    assert 'href="/practice/"' in page and 'href="/my/"' in page and 'href="/office/"' not in page


def test_somebody_without_a_place_is_told_kindly(cast: Cast, visit: Any) -> None:
    Clinician.unscoped.filter(pk=cast.ben.pk).update(left_at=cast.alder.created_at)
    page = visit(cast.ben).get("/")
    assert page.status_code == 200
    assert "There is no place here for you" in page.content.decode()


def test_leaving_ends_the_session_and_the_page_says_nothing(cast: Cast, visit: Any) -> None:
    browser = visit(cast.noor)
    assert browser.get("/my/").status_code == 200
    left = browser.post("/leave/", follow=True)
    said = left.content.decode().lower()
    assert left.status_code == 200
    for word in ("therap", "practice", "session", "noor", "message", "help"):
        assert word not in said
    assert browser.get("/my/").status_code == 302
    assert "no-store" in left["Cache-Control"]


def test_looking_at_the_page_one_leaves_to_ends_nothing(cast: Cast, visit: Any) -> None:
    browser = visit(cast.noor)
    assert browser.get("/leave/").status_code == 200
    assert browser.get("/my/").status_code == 200


@pytest.mark.usefixtures("db", "quick_and_apart")
def test_leaving_needs_no_key_and_no_session() -> None:
    assert Browser(enforce_csrf_checks=True).post("/leave/").status_code == 302


def test_the_office_shows_its_own_account_page(cast: Cast, visit: Any) -> None:
    page = visit(cast.olu).get("/office/account/").content.decode()
    assert "Olu Adeyemi" in page and "olu@example.org" in page and "/account/second-factor/" in page
