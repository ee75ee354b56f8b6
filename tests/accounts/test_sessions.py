"""Sessions end: by idleness, by age, by leaving, and when a password or a second factor changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from interlude.accounts.models import User
from tests.cast import NOW, PASSWORD, Cast

MINUTE = timedelta(minutes=1)
HOME = {"noor": "/my/", "ada": "/practice/", "olu": "/office/"}


@pytest.fixture(autouse=True)
def no_earlier_tries(db: None) -> None:
    cache.clear()


def is_in(browser: Browser, address: str) -> bool:
    answer = browser.get(address)
    assert answer.status_code in (200, 302)
    return answer.status_code == 200


@pytest.mark.parametrize("who", HOME)
def test_fifteen_quiet_minutes_end_a_session(who: str, cast: Cast, visit: Any, clock: Any) -> None:
    browser = visit(getattr(cast, who))
    assert is_in(browser, HOME[who])
    clock.set(NOW + 14 * MINUTE)
    assert is_in(browser, HOME[who])
    clock.set(NOW + 14 * MINUTE + 15 * MINUTE + timedelta(seconds=31))
    assert not is_in(browser, HOME[who])


@pytest.mark.parametrize(("who", "hours"), [("noor", 24), ("ada", 12), ("olu", 12)])
def test_however_busy_a_session_has_a_longest_life(
    who: str, hours: int, cast: Cast, visit: Any, clock: Any
) -> None:
    browser = visit(getattr(cast, who))
    moment, end = NOW, NOW + timedelta(hours=hours)
    while moment <= end:
        clock.set(moment)
        assert is_in(browser, HOME[who]), moment
        moment += 10 * MINUTE
    clock.set(end + MINUTE)
    assert not is_in(browser, HOME[who])


def test_a_clock_that_was_set_back_locks_nobody_out(cast: Cast, visit: Any, clock: Any) -> None:
    browser = visit(cast.noor)
    assert is_in(browser, "/my/")
    clock.set(NOW - timedelta(hours=1))
    assert is_in(browser, "/my/")


def test_reading_many_pages_in_a_row_writes_the_session_rarely(cast: Cast, visit: Any, clock: Any) -> None:
    browser = visit(cast.noor)
    browser.get("/my/")
    with CaptureQueriesContext(connection) as asked:
        for second in range(20):
            clock.set(NOW + timedelta(seconds=second))
            browser.get("/my/account/")
    writes = [
        query["sql"] for query in asked if "django_session" in query["sql"] and "SELECT" not in query["sql"]
    ]
    assert not writes


def test_a_deactivated_persons_open_pages_are_dead_with_the_next_click(cast: Cast, visit: Any) -> None:
    for who, address in HOME.items():
        browser = visit(getattr(cast, who))
        assert is_in(browser, address)
        User.objects.filter(pk=getattr(cast, who).user_id).update(is_active=False)
        assert not is_in(browser, address)
        assert browser.post(address).status_code in (401, 405)


def signed_in(email: str) -> Browser:
    browser = Browser()
    answer = browser.post("/sign-in/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def test_another_password_ends_the_other_sessions(cast: Cast) -> None:
    here, elsewhere = signed_in("noor@example.org"), signed_in("noor@example.org")
    new = "another long and quiet sentence"
    changed = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.status_code == 302
    assert is_in(here, "/my/")
    assert not is_in(elsewhere, "/my/")


def now_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def begin_totp(browser: Browser) -> str:
    """The secret that an app would get. Setting it up asks for the password once more."""
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    assert browser.get("/account/second-factor/totp/activate/").status_code == 200
    secret: str = browser.session["mfa.totp.secret"]
    return secret


def add_totp(browser: Browser) -> str:
    secret = begin_totp(browser)
    answer = browser.post("/account/second-factor/totp/activate/", {"code": now_code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


@pytest.mark.django_db(transaction=True)  # the change takes hold when the act is committed
def test_a_new_second_factor_ends_the_other_sessions_and_taking_it_away_too(cast: Cast) -> None:
    here, elsewhere = signed_in("noor@example.org"), signed_in("noor@example.org")
    add_totp(here)
    assert is_in(here, "/my/")
    assert not is_in(elsewhere, "/my/")
    before = User.objects.get(email="noor@example.org").epoch
    assert here.post("/account/second-factor/totp/deactivate/").status_code == 302
    assert is_in(here, "/my/")
    assert User.objects.get(email="noor@example.org").epoch > before


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_end_the_other_sessions(cast: Cast) -> None:
    here = signed_in("noor@example.org")
    add_totp(here)
    before = User.objects.get(email="noor@example.org").epoch
    here.post("/account/second-factor/recovery-codes/generate/")
    assert User.objects.get(email="noor@example.org").epoch == before + 1
    assert is_in(here, "/my/")


def test_the_secret_of_a_second_factor_is_sealed_in_the_database(cast: Cast) -> None:
    secret = add_totp(signed_in("noor@example.org"))
    for authenticator in Authenticator.objects.all():
        assert secret not in str(authenticator.data)
    cache.clear()
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(now_code(secret))
