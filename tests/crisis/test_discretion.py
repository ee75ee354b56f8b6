"""Neutral names, pictures, titles, subjects and bank lines, chosen by the owner; and the quick way out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from interlude.core.discretion import BANK_LINES, EXITS, ICONS, NAMES, SUBJECTS
from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.practice.models import Practice
from tests.cast import NOW, Cast

PAGE = "/office/discretion/"
CHOSEN = {
    "shown_name": "Calendar",
    "icon": "leaf",
    "subject": "note",
    "bank_line": "Consulting",
    "exit_to": "weather",
    "plain_titles": "on",
    "second_language": "es",
    "spanish": "usted",
}
TELLING = re.compile(r"therap|psych|crisis|mental|counsel|clinic|suicid|help|couns|praxis", re.IGNORECASE)


@pytest.fixture
def chosen(cast: Cast, visit: Any) -> Cast:
    assert visit(cast.priya).post(PAGE, CHOSEN).status_code == 302
    cast.alder.refresh_from_db()
    return cast


def test_no_word_of_any_set_tells_what_it_is_about() -> None:
    for said in (*NAMES, *ICONS, *SUBJECTS.values(), *BANK_LINES, *EXITS.values()):
        assert not TELLING.search(said), said


def test_title_name_picture_and_mail_show_what_was_chosen(chosen: Cast, visit: Any) -> None:
    noor = visit(chosen.noor)
    for address in ("/my/", "/my/write/", "/my/journal/", "/my/agreement/", "/my/account/contact/"):
        page = noor.get(address).content.decode()
        assert "<title>Calendar</title>" in page, address
        assert "icon_leaf.svg" in page and "<span>Calendar</span>" in page, address
    assert "Consulting" in noor.get("/my/account/contact/").content.decode()
    mail = mail_for(Notice(to=chosen.noor.user, kind="answer", link="/my/", practice_id=chosen.alder.id))
    assert mail.subject == "A note for you"
    other = mail_for(Notice(to=chosen.dov.user, kind="answer", link="/my/", practice_id=chosen.birch.id))
    assert other.subject == "Something is there for you"
    assert "<title>Home</title>" in visit(chosen.dov).get("/my/").content.decode()


@pytest.mark.parametrize("name", ["shown_name", "icon", "subject", "bank_line", "exit_to", "second_language"])
def test_nothing_can_be_typed_into_a_set(name: str, cast: Cast, visit: Any) -> None:
    answer = visit(cast.priya).post(PAGE, CHOSEN | {name: "Therapy of Ada"})
    assert answer.status_code == 422
    assert Practice.objects.get(pk=cast.alder.pk).shown_name == "Interlude"


def test_the_owner_alone_chooses(cast: Cast, visit: Any) -> None:
    for person in (cast.olu, cast.ada, cast.noor):
        assert visit(person).post(PAGE, CHOSEN).status_code == 404


def test_the_help_page_is_read_in_two_languages_where_the_practice_wants_it(chosen: Cast) -> None:
    bring_in_lines("GB", practice=chosen.alder, by=chosen.priya, now=NOW)
    for line in HelpLine.unscoped.all():
        confirm_line(line, by=chosen.priya, how="called", on=NOW.date(), now=NOW)
    both = Browser().get("/help/alder/GB/").content.decode()
    assert "Help now" in both and '<span class="help__second" lang="es" dir="auto">Ayuda ahora</span>' in both
    assert "Alguien que escucha" in both and both.count('href="tel:999"') == 1
    spanish = Browser().get("/help/alder/GB/es/").content.decode()
    assert '<html lang="es" dir="ltr">' in spanish and "Reino Unido" in spanish and "Help now" not in spanish
    hindi = Browser().get("/help/alder/GB/hi/").content.decode()
    assert '<html lang="hi" dir="ltr">' in hindi and "अभी मदद" in hindi and "Ayuda ahora" in hindi
    assert Browser().get("/help/alder/GB/fr/").status_code == 404


def test_leaving_ends_the_session_and_goes_where_the_practice_chose(chosen: Cast, visit: Any) -> None:
    noor = visit(chosen.noor)
    page = noor.get("/my/journal/").content.decode()
    assert 'data-leave="https://weather.com/"' in page and 'name="to" value="weather"' in page
    key = noor.session.session_key
    answer = noor.post("/leave/", {"to": "weather"})
    assert answer["Location"] == "/leave/weather/"
    assert not Session.objects.filter(pk=key).exists()
    left = noor.get("/leave/weather/")
    assert 'content="0;url=https://weather.com/"' in left.content.decode()
    assert left["Cache-Control"] == "no-store" and "Interlude" not in left.content.decode()
    assert noor.get("/my/").status_code == 302


@pytest.mark.parametrize("strange", ["https://evil.example", "//evil.example", "plain", "", "\0", "x" * 5000])
def test_it_leads_to_no_place_outside_the_set(strange: str, cast: Cast) -> None:
    assert Browser().post("/leave/", {"to": strange})["Location"] == "/leave/"
    assert Browser().get("/leave/evil/").status_code == 404


def test_the_page_says_honestly_what_leaving_cannot_do(cast: Cast) -> None:
    page = Browser().get("/help/").content.decode()
    assert "It cannot clear what this device kept before" in page
    assert "cannot hide from a program that watches the screen" in page
