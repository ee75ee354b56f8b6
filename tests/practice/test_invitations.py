"""Coming in: a link by mail and a code another way, both, once, in time."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client as Browser

from interlude.accounts.models import User
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.practice.actions import add_client, add_clinician, add_office_member, add_participant
from interlude.practice.invitations import CODE_LETTERS, Invited, invite
from interlude.practice.models import Clinician, Invitation, Participant
from tests.cast import NOW, PASSWORD, Cast

GOOD = "four words only I know"


@pytest.fixture
def newcomer(cast: Cast) -> Participant:
    client = add_client(clinician=cast.ada, name="New Person", by=None, now=NOW)
    return add_participant(client=client, name="New Person", role="self", by=None, now=NOW)


@pytest.fixture
def invited(newcomer: Participant) -> Invited:
    return invite(newcomer, email="New@Place.org", by=None, now=NOW)


def typed(invited: Invited, **other: str) -> dict[str, str]:
    return {"code": invited.code, "password": GOOD, "again": GOOD} | other


def person_in(browser: Browser) -> Any:
    request = type("Request", (), {"session": browser.session})()
    return get_user(request)


def test_link_and_code_and_a_password_and_one_is_in(invited: Invited, newcomer: Participant) -> None:
    browser = Browser()
    assert browser.get(invited.path).status_code == 200
    answer = browser.post(invited.path, typed(invited))
    assert answer.status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.user is not None and newcomer.user.email == "new@place.org"
    assert person_in(browser) == newcomer.user


def test_a_client_is_offered_a_passkey_and_may_go_on_without(invited: Invited) -> None:
    browser = Browser()
    offered = browser.post(invited.path, typed(invited), follow=True).content.decode()
    assert "/account/second-factor/webauthn/add/" in offered and "Not now" in offered
    assert browser.get("/").headers["Location"] == "/my/"
    assert browser.get("/my/").status_code == 200


def test_staff_go_to_their_second_factor_and_nowhere_else(cast: Cast) -> None:
    someone = add_clinician(practice=cast.alder, name="New Here", by=None, now=NOW)
    invited = invite(someone, email="new@place.org", by=None, now=NOW)
    browser = Browser()
    answer = browser.post(invited.path, typed(invited))
    assert answer.headers["Location"] == "/account/second-factor/"
    assert browser.get("/practice/").headers["Location"] == "/account/second-factor/"


@pytest.mark.parametrize("code", ["{} {}", "{}-{}", " {}{} "])
def test_the_code_may_be_typed_as_it_was_heard(code: str, invited: Invited) -> None:
    heard = code.format(invited.code[:4], invited.code[4:]).lower()
    assert Browser().post(invited.path, typed(invited, code=heard)).status_code == 302


def test_it_works_once(invited: Invited) -> None:
    assert Browser().post(invited.path, typed(invited)).status_code == 302
    again = Browser().post(invited.path, typed(invited))
    assert again.status_code == 404
    assert User.objects.filter(email="new@place.org").count() == 1


def test_scanners_of_mail_use_up_nothing(invited: Invited) -> None:
    for _ in range(5):
        for scanner in (Browser(), Browser(HTTP_USER_AGENT="MailScanner/1.0")):
            assert scanner.get(invited.path).status_code == 200
            assert scanner.head(invited.path).status_code == 200
            assert scanner.post(invited.path, {}).status_code == 422, "a scanner that posts knows no code"
    invitation = Invitation.unscoped.get(pk=invited.invitation.pk)
    assert (invitation.used_at, invitation.wrong_codes) == (None, 0)
    assert Browser().post(invited.path, typed(invited)).status_code == 302


def test_after_72_hours_it_is_closed(invited: Invited, clock: Any) -> None:
    clock.set(NOW + timedelta(hours=72) - timedelta(seconds=1))
    assert Browser().get(invited.path).status_code == 200
    clock.set(NOW + timedelta(hours=72))
    assert Browser().post(invited.path, typed(invited)).status_code == 404
    assert not User.objects.filter(email="new@place.org").exists()


def test_five_wrong_codes_close_it_for_the_right_one_too(invited: Invited) -> None:
    wrong = typed(invited, code="AAAAAAAA")
    for _ in range(4):
        assert Browser().post(invited.path, wrong).status_code == 422
    assert Browser().post(invited.path, wrong).status_code == 404
    assert Browser().post(invited.path, typed(invited)).status_code == 404
    assert not User.objects.filter(email="new@place.org").exists()


def test_closed_used_and_unknown_links_look_the_same(invited: Invited, newcomer: Participant) -> None:
    Browser().post(invited.path, typed(invited))
    replaced = invite(newcomer, email="new@place.org", by=None, now=NOW)
    invite(newcomer, email="new@place.org", by=None, now=NOW)
    answers = [Browser().get(path) for path in (invited.path, replaced.path, "/invitation/nobody-ever/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "ask your practice for a new one" in answers[0].content.decode()


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("short", "short"),
        (GOOD, GOOD + "x"),
        ("", ""),
        ("new@place.org new", "new@place.org new"),
        ("\0" * 20, "\0" * 20),
    ],
)
def test_a_password_that_will_not_do_is_told_and_the_link_stays_good(
    password: str, again: str, invited: Invited
) -> None:
    answer = Browser().post(invited.path, typed(invited, password=password, again=again))
    assert answer.status_code == 422
    assert "field__fix" in answer.content.decode()
    assert Browser().post(invited.path, typed(invited)).status_code == 302


def test_a_password_is_judged_only_after_the_right_code(invited: Invited) -> None:
    """Somebody with the link alone learns nothing about the account behind it."""
    known = Browser().post(invited.path, typed(invited, code="AAAAAAAA", password="short", again="short"))
    assert "This is not the code" in known.content.decode()
    assert "too short" not in known.content.decode()


class TestAnAddressWithAnAccount:
    """Kai is a client of Ben already, and is invited to a second place."""

    @pytest.fixture
    def second(self, cast: Cast) -> Invited:
        client = add_client(clinician=cast.ada, name="Kai and others", by=None, now=NOW)
        again = add_participant(client=client, name="Kai Mercer", role="self", by=None, now=NOW)
        return invite(again, email="kai@example.org", by=None, now=NOW)

    def test_must_sign_in_first_and_a_link_with_its_code_is_no_key(self, second: Invited, cast: Cast) -> None:
        browser = Browser()
        answer = browser.post(second.path, typed(second))
        assert answer.status_code == 409
        assert f"/sign-in/?next={second.path.replace('/', '%2F')}" in answer.content.decode()
        cast.kai.user.refresh_from_db()
        assert cast.kai.user.check_password(PASSWORD)
        assert not person_in(browser).is_authenticated

    def test_is_not_told_apart_from_a_new_one_without_the_code(
        self, second: Invited, invited: Invited
    ) -> None:
        one, other = (
            _plain(Browser().get(each.path).content.decode()).replace(each.path, "")
            for each in (second, invited)
        )
        assert one == other

    def test_takes_the_place_with_the_code_once_signed_in(
        self, second: Invited, cast: Cast, visit: Any
    ) -> None:
        browser = visit(cast.kai)
        assert "password" not in browser.get(second.path).content.decode().lower().replace(
            "/account/password", ""
        )
        assert browser.post(second.path, {"code": second.code}).status_code == 302
        assert cast.kai.user.participations.count() == 2
        assert browser.get("/my/care/").status_code == 200

    def test_another_signed_in_person_does_not_take_it(self, second: Invited, cast: Cast, visit: Any) -> None:
        browser = visit(cast.dov)
        assert browser.post(second.path, {"code": second.code}).status_code == 422
        assert browser.post(second.path, typed(second)).status_code == 409
        assert cast.dov.user.participations.count() == 1


def test_nobody_is_two_therapists_at_once(cast: Cast, visit: Any) -> None:
    twin = add_clinician(practice=cast.birch, name="Ada Again", by=None, now=NOW)
    second = invite(twin, email="ada@example.org", by=None, now=NOW)
    answer = visit(cast.ada).post(second.path, {"code": second.code})
    assert answer.status_code == 409
    assert "has such a place already" in answer.content.decode()
    twin.refresh_from_db()
    assert twin.user is None


def test_somebody_who_left_can_come_back(cast: Cast, visit: Any) -> None:
    Clinician.unscoped.filter(pk=cast.ada.pk).update(left_at=NOW - timedelta(days=1))
    back = add_clinician(practice=cast.birch, name="Ada Lindqvist", by=None, now=NOW)
    second = invite(back, email="ada@example.org", by=None, now=NOW)
    assert visit(cast.ada).post(second.path, {"code": second.code}).status_code == 302
    back.refresh_from_db()
    assert back.user == cast.ada.user


class TestALostPassword:
    """An invitation to somebody who signs in already gives them a new password, and only them."""

    def test_is_replaced_by_link_and_code(self, cast: Cast, visit: Any) -> None:
        old_session = visit(cast.noor)
        again = invite(cast.noor, email="noor@example.org", by=cast.priya, now=NOW)
        browser = Browser()
        assert browser.post(again.path, typed(again)).status_code == 302
        cast.noor.user.refresh_from_db()
        assert cast.noor.user.check_password(GOOD)
        assert person_in(browser) == cast.noor.user
        assert old_session.get("/my/").status_code == 302, "sessions from before are over"

    def test_leaves_the_second_factor_as_it_is(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("interlude.practice.views.public.has_second_factor", lambda user: True)
        again = invite(cast.ada, email="ada@example.org", by=cast.priya, now=NOW)
        browser = Browser()
        assert browser.post(again.path, typed(again)).headers["Location"] == "/sign-in/"
        assert not person_in(browser).is_authenticated


def test_the_mail_has_the_link_and_neither_code_nor_name(cast: Cast, newcomer: Participant) -> None:
    invited = invite(newcomer, email="new@place.org", by=None, now=NOW)
    mail = mail_for(Notice.objects.get(address="new@place.org"))
    whole = mail.message().as_string()
    assert invited.path in mail.body
    for secret in (invited.code, "New Person", "Ada", "Alder", "therap"):
        assert secret not in whole


def test_a_forged_host_changes_no_link(cast: Cast, visit: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    visit(cast.priya).post(
        f"/office/people/participant/{cast.noor.pk}/invitation/",
        {"email": "noor@example.org"},
        HTTP_HOST="evil.org",
        HTTP_X_FORWARDED_HOST="evil.org",
    )
    assert "evil" not in mail_for(Notice.objects.latest("send_at")).body


def test_no_link_is_written_to_the_log(invited: Invited, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        Browser().post(invited.path, typed(invited, code="AAAAAAAA"))
        Browser().get(invited.path)
        Browser().get("/invitation/some-old-link/")
    assert invited.token not in caplog.text and "some-old-link" not in caplog.text


def test_codes_and_links_are_hard_to_guess(cast: Cast) -> None:
    member = add_office_member(practice=cast.alder, name="A", role="desk", by=None, now=NOW)
    made = [invite(member, email="a@place.org", by=None, now=NOW) for _ in range(50)]
    assert len({each.token for each in made}) == len({each.code for each in made}) == 50
    assert all(len(each.token) >= 43 and len(each.code) == 8 for each in made)
    assert len(CODE_LETTERS) ** 8 > 8 * 10**11, "five tries against this many codes"
    assert not set("01OI") & set(CODE_LETTERS)


def _plain(page: str) -> str:
    """A page without its key, which differs on each."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
