"""Signing in: by what one has and knows, told apart by nobody, and never by a mailbox alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import Resolver404, get_resolver, resolve

from interlude.accounts.models import User
from interlude.outbox.models import Notice
from tests.cast import PASSWORD, Cast

TOTP = "/account/second-factor/totp/activate/"
FACTOR = "/account/second-factor/"


@pytest.fixture(autouse=True)
def no_earlier_tries(db: None) -> None:
    cache.clear()


def sign_in(browser: Browser, email: str, password: str = PASSWORD) -> Any:
    return browser.post("/sign-in/", {"login": email, "password": password})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def plain(page: str) -> str:
    """A page without its key and the address that was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|value="[^"]*@[^"]*"', "", page)


def test_a_client_signs_in_and_is_in_their_room(cast: Cast) -> None:
    browser = Browser()
    assert sign_in(browser, "NOOR@example.org").headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/my/"


def test_known_unknown_and_deactivated_people_get_the_same_answer(cast: Cast) -> None:
    User.objects.filter(pk=cast.kai.user_id).update(is_active=False)
    answers = []
    for address in ("noor@example.org", "kai@example.org", "nobody@example.org"):
        answer = sign_in(Browser(), address, "not the password at all")
        answers.append((answer.status_code, plain(answer.content.decode())))
    assert answers[0] == answers[1] == answers[2]


def test_many_tries_are_slowed_down_for_every_way_of_typing_the_address(cast: Cast) -> None:
    browser = Browser()
    answers = [
        sign_in(browser, address, "not the password")
        for address in ("noor@example.org", "NOOR@example.org", " noor@example.org") * 4
    ]
    assert "Too many" in answers[-1].content.decode() or answers[-1].status_code == 429
    refused = sign_in(browser, "noor@example.org")
    assert refused.status_code != 302, "the right password does not pass either, for some minutes"
    elsewhere = Browser(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, "kai@example.org").status_code == 302, "nobody else is held up"


def test_a_made_up_address_of_the_caller_does_not_get_round_the_limit(cast: Cast) -> None:
    for number in range(12):
        sign_in(Browser(HTTP_X_FORWARDED_FOR=f"192.0.2.{number}"), f"nobody{number}@example.org", "no")
    assert sign_in(Browser(HTTP_X_FORWARDED_FOR="192.0.2.99"), "noor@example.org").status_code != 302


def test_the_limit_lies_where_every_worker_sees_it(settings: Any) -> None:
    assert "db" in settings.CACHES["default"]["BACKEND"]


@pytest.mark.parametrize(
    "address",
    [
        "/sign-up/",
        "/accounts/signup/",
        "/account/signup/",
        "/password/reset/",
        "/account/password/reset/",
        "/account/email/",
        "/account/login/code/",
        "/account/second-factor/webauthn/signup/",
        "/admin/",
    ],
)
def test_there_is_no_open_sign_up_no_reset_by_mail_and_no_admin(address: str) -> None:
    with pytest.raises(Resolver404):
        resolve(address)


def test_no_address_of_the_sign_in_library_is_there_by_accident() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    ours = {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",  # leads on to the second factor and passkeys
        "account_inactive",
    }
    assert {name for name in names if name.startswith("account")} == ours
    assert not {name for name in names if "signup" in name or "reset" in name}


def test_signing_in_and_changing_things_sends_no_mail(cast: Cast, mailoutbox: list[Any]) -> None:
    before, browser = Notice.objects.count(), Browser()
    sign_in(browser, "noor@example.org")
    new = "another long and quiet sentence"
    browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not mailoutbox and Notice.objects.count() == before


def test_whoever_has_no_password_is_led_to_the_ways_that_they_have(cast: Cast) -> None:
    noor, browser = cast.noor.user, Browser()
    browser.force_login(noor)
    assert "Change your password" in browser.get("/my/account/").content.decode()
    assert browser.get("/account/password/").status_code == 200
    noor.set_unusable_password()
    noor.save()
    browser.force_login(noor)
    assert "Change your password" not in browser.get("/my/account/").content.decode()
    answer = browser.get("/account/password/", follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, FACTOR)
    assert Browser().get("/account/password/").headers["Location"].startswith("/sign-in/")


class TestStaffWithoutASecondFactor:
    PAGES = (
        "/", "/practice/", "/office/", "/my/", "/practice/clients/", "/office/people/", "/account/password/",
        "/set-up/", "/components/", "/no-such-page/",
    )  # fmt: skip
    OPEN = (
        FACTOR,
        "/help/",
        "/leave/",
        "/how-we-protect-what-you-write/",
        "/alive/",
        "/account/reauthenticate/",
    )

    @pytest.mark.parametrize("who", ["ada", "olu", "priya"])
    def test_reach_nothing_but_its_set_up_help_and_the_way_out(self, who: str, cast: Cast) -> None:
        browser = Browser()
        sign_in(browser, f"{who}@example.org")
        for page in self.PAGES:
            for answer in (browser.get(page), browser.post(page)):
                assert answer.headers.get("Location") == FACTOR, page
        for page in self.OPEN:
            assert browser.get(page).status_code == 200, page

    def test_are_in_once_it_stands_and_show_it_at_each_sign_in(self, cast: Cast) -> None:
        browser = Browser()
        sign_in(browser, "ada@example.org")
        browser.post("/account/reauthenticate/", {"password": PASSWORD})
        browser.get(TOTP)
        secret = browser.session["mfa.totp.secret"]
        assert browser.post(TOTP, {"code": code_now(secret)}).status_code == 302
        assert browser.get("/practice/").status_code == 200

        other = Browser()
        answer = sign_in(other, "ada@example.org")
        assert answer.headers["Location"] == "/account/second-factor/authenticate/"
        assert other.get("/practice/").status_code == 302, "the password alone opens nothing"
        shown = answer.headers["Location"]
        assert other.post(shown, {"code": "000000"}).status_code == 200
        code = code_now(secret)
        assert other.post(shown, {"code": code}).status_code == 302
        assert other.get("/practice/").status_code == 200

        thief = Browser()
        sign_in(thief, "ada@example.org")
        assert thief.post(shown, {"code": code}).status_code == 200, "a code that was used is used up"

    def test_somebody_with_two_places_needs_it_for_both(self, cast: Cast) -> None:
        type(cast.dov).unscoped.filter(pk=cast.dov.pk).update(user=cast.ada.user)
        browser = Browser()
        sign_in(browser, "ada@example.org")
        assert browser.get("/my/").headers["Location"] == FACTOR


def test_clients_need_none(cast: Cast) -> None:
    browser = Browser()
    sign_in(browser, "noor@example.org")
    assert browser.get("/my/").status_code == 200
    assert "passkey" in browser.get(FACTOR).content.decode()


def test_where_to_go_next_is_never_another_host(cast: Cast) -> None:
    for elsewhere in ("https://evil.org/", "//evil.org/", "javascript:alert(1)"):
        answer = Browser().post(
            f"/sign-in/?next={elsewhere}", {"login": "noor@example.org", "password": PASSWORD}
        )
        assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("strange", ["\0", "\u202e", "a" * 100_000, "' OR 1=1 --", "\ud83d\ude42@x.org"])
def test_strange_words_in_the_form_are_just_wrong(strange: str, cast: Cast) -> None:
    strange = strange.encode("utf-16", "surrogatepass").decode("utf-16")
    assert sign_in(Browser(), strange, strange).status_code == 200


def test_passwords_are_long_and_not_the_usual_ones(cast: Cast) -> None:
    browser = Browser()
    sign_in(browser, "noor@example.org")
    for poor in ("fourteen-chars", "noor@example.org"):
        answer = browser.post(
            "/account/password/", {"oldpassword": PASSWORD, "password1": poor, "password2": poor}
        )
        assert answer.status_code == 200
    assert User.objects.get(pk=cast.noor.user_id).check_password(PASSWORD)
