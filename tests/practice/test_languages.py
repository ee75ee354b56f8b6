"""A person's language is theirs: on pages, in mails, and before they have signed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.utils import translation

from interlude.accounts.models import User
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.ui.languages import spoken
from tests.cast import Cast

COOKIE = settings.LANGUAGE_COOKIE_NAME


def said_in(answer: Any) -> str:
    """The language of a page, as its first line says."""
    return str(answer.content.decode().partition('<html lang="')[2].partition('"')[0])


def choose(browser: Browser, language: str, **more: str) -> Any:
    return browser.post("/language/", {"language": language, **more})


def test_a_client_chooses_and_nobody_elses_pages_change(cast: Cast, visit: Any) -> None:
    noor, ada = visit(cast.noor), visit(cast.ada)
    answer = choose(noor, "es", next="/my/account/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/account/")
    assert User.objects.get(pk=cast.noor.user_id).language == "es"
    assert (said_in(noor.get("/my/")), said_in(ada.get("/practice/"))) == ("es", "en")
    assert said_in(visit(cast.noor).get("/my/")) == "es"  # on every device of theirs
    assert COOKIE not in noor.cookies


@pytest.mark.parametrize("room", ["my", "practice", "office"])
def test_every_room_has_the_choice_on_its_account_page(cast: Cast, visit: Any, room: str) -> None:
    who = {"my": cast.noor, "practice": cast.ada, "office": cast.priya}[room]
    page = visit(who).get(f"/{room}/account/").content.decode()
    assert 'action="/language/"' in page
    assert all(f'value="{code}" lang="{code}"' in page for code in ("es", "hi"))


def test_their_mails_come_in_their_language_and_others_in_theirs(cast: Cast, visit: Any) -> None:
    choose(visit(cast.noor), "es")
    mails = {who: mail_for(Notice(to=User.objects.get(pk=who), kind="answer", link="/my/")) for who in
             (cast.noor.user_id, cast.kai.user_id)}  # fmt: skip
    with translation.override("es"):
        draft = translation.gettext("This translation is a draft.")
    assert mails[cast.noor.user_id].body.strip().endswith(draft)
    assert "This translation is a draft." not in mails[cast.kai.user_id].body


def test_before_signing_in_the_browser_is_a_first_guess_and_a_choice_stays_in_it(cast: Cast) -> None:
    browser = Browser(headers={"accept-language": "es-MX,es;q=0.9,en;q=0.8"})
    assert said_in(browser.get("/sign-in/")) == "es"
    answer = choose(browser, "hi", next="/sign-in/")
    assert answer.headers["Location"] == "/sign-in/"
    assert (browser.cookies[COOKIE].value, bool(browser.cookies[COOKIE]["httponly"])) == ("hi", True)
    assert said_in(browser.get("/sign-in/")) == "hi"


def test_a_signed_in_persons_own_language_goes_before_the_browsers(cast: Cast, visit: Any) -> None:
    browser = visit(cast.noor)
    assert said_in(browser.get("/my/", headers={"accept-language": "hi"})) == "en"


def test_help_now_is_in_the_language_of_the_page_that_leads_there(cast: Cast, visit: Any) -> None:
    browser = visit(cast.noor)
    choose(browser, "es")
    assert f'href="/help/alder/{cast.noor.country or "any"}/es/"' in browser.get("/my/").content.decode()
    stranger = Browser(headers={"accept-language": "es"})
    assert said_in(stranger.get("/help/")) == "en"  # nobody is known there, and nothing is guessed


@pytest.mark.parametrize("wrong", ["", "xx", "en-GB", "es' OR 1=1", "../hi"])
def test_a_language_that_does_not_exist_changes_nothing(cast: Cast, visit: Any, wrong: str) -> None:
    browser = visit(cast.noor)
    choose(browser, wrong)
    assert "Pages do not speak that language yet." in browser.get("/my/").content.decode()
    assert User.objects.get(pk=cast.noor.user_id).language == "en"


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "evil", ""]
)
def test_the_way_back_never_leads_away(cast: Cast, visit: Any, away: str) -> None:
    assert choose(visit(cast.noor), "es", next=away).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("kept", "shown"), [("es-MX", "es"), ("hi-Latn", "hi"), ("fr", "en"), ("", "en"), ("<x>", "en")]
)
def test_a_language_without_translation_is_the_nearest_one_or_english(kept: str, shown: str) -> None:
    assert spoken(kept) == shown


def test_a_page_in_a_draft_says_so_and_english_does_not(cast: Cast, visit: Any) -> None:
    browser = visit(cast.noor)
    with translation.override("es"):
        draft = translation.gettext("This translation is a draft. No person has reviewed it yet.")
    assert draft not in browser.get("/my/").content.decode()
    choose(browser, "es")
    assert draft in browser.get("/my/").content.decode()


def test_an_invitation_is_told_in_every_language_because_nobody_knows_theirs(cast: Cast) -> None:
    mail = mail_for(Notice(address="new@example.org", kind="invitation", link="/invitation/x/"))
    assert mail.body.count("/invitation/x/") == len(settings.LANGUAGES)
