"""The first practice: by a word from the server's own screen, or by a command. Nobody else can begin one."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from interlude.accounts.models import User
from interlude.practice import set_up
from interlude.practice.invitations import find_invitation
from interlude.practice.models import OfficeMember, Practice
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("db", "quick_and_apart")
GOOD = "four words only I know"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def typed(word: str, **other: str) -> dict[str, str]:
    return {
        "word": word,
        "practice": "Alder Street",
        "zone": "Europe/London",
        "country": "GB",
        "name": "Priya Nair",
        "email": "priya@place.org",
        "password": GOOD,
        "again": GOOD,
    } | other


def test_with_the_word_a_practice_opens_and_its_owner_goes_on_to_a_second_factor() -> None:
    browser = Browser()
    answer = browser.post("/set-up/", typed(set_up.new_word()))
    assert answer.headers["Location"] == "/account/second-factor/"
    practice = Practice.objects.get()
    assert (practice.slug, practice.zone, practice.country) == ("alder-street", "Europe/London", "GB")
    assert OfficeMember.unscoped.get(practice=practice).user == User.objects.get(email="priya@place.org")
    assert browser.get("/office/").headers["Location"] == "/account/second-factor/"


def test_without_a_word_there_is_no_such_page() -> None:
    assert Browser().get("/set-up/").status_code == 404
    assert Browser().post("/set-up/", typed("")).status_code == 404


def test_once_a_practice_is_there_the_page_is_not(own_folder: Path) -> None:
    word = set_up.new_word()
    assert Browser().get("/set-up/").status_code == 200
    Browser().post("/set-up/", typed(word))
    assert Browser().get("/set-up/").status_code == 404
    assert Browser().post("/set-up/", typed(word)).status_code == 404
    assert list(own_folder.glob("set-up-word*")) == []


def test_a_word_left_over_opens_nothing_beside_a_practice(cast: Cast) -> None:
    word = set_up.new_word()
    assert Browser().get("/set-up/").status_code == 404
    assert Browser().post("/set-up/", typed(word)).status_code == 404


def test_the_word_is_kept_as_a_hash_for_this_account_alone(own_folder: Path) -> None:
    word = set_up.new_word()
    kept = own_folder / "set-up-word"
    assert word not in kept.read_text() and word.replace("-", "") not in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_word_may_be_typed_small_and_with_spaces() -> None:
    word = set_up.new_word()
    assert set_up.is_word(word.lower().replace("-", " "))


def test_a_new_word_ends_the_old_one() -> None:
    old = set_up.new_word()
    set_up.new_word()
    assert Browser().post("/set-up/", typed(old)).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"word": "ABCD-EFGH-JKMN-PQRS"}, "This is not the word"),
        ({"word": ""}, "field__fix"),
        ({"zone": "Mars/Base"}, "There is no time zone “Mars/Base”"),
        ({"country": "XX"}, "There is no country “XX”"),
        ({"country": ""}, "Choose the country"),
        ({"password": "short", "again": "short"}, "at least 15"),
        ({"again": "something else"}, "The two passwords differ"),
        ({"email": "nobody"}, "This is no e-mail address"),
        ({"practice": "\0"}, "field__fix"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_opens(wrong: dict[str, str], said: str) -> None:
    answer = Browser().post("/set-up/", typed(set_up.new_word()) | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Practice.objects.exists() and not User.objects.exists()


def test_two_who_press_at_once_open_one_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    word = set_up.new_word()
    with set_up.used_up() as first, set_up.used_up() as second:
        assert first and not second
        assert Browser().post("/set-up/", typed(word)).status_code == 404
    assert not set_up.is_open()


def test_if_opening_fails_the_word_is_good_again(monkeypatch: pytest.MonkeyPatch) -> None:
    word = set_up.new_word()
    with pytest.raises(ZeroDivisionError), set_up.used_up():
        raise ZeroDivisionError
    assert set_up.is_word(word) and set_up.is_open()


def command(*words: str) -> str:
    out = StringIO()
    call_command("practice", *words, stdout=out)
    return out.getvalue()


def add(**other: str) -> str:
    given = {
        "name": "Birch House",
        "zone": "Asia/Kolkata",
        "country": "in",
        "owner": "Om Rao",
        "email": "om@place.org",
    }  # fmt: skip
    return command("add", *(f"--{key}={value}" for key, value in (given | other).items()))


def test_the_command_opens_a_practice_and_prints_link_and_code(settings: Any) -> None:
    said = add()
    assert f"{settings.BASE_URL}/invitation/" in said
    token = said.split("/invitation/")[1].split("/")[0]
    invitation = find_invitation(token)
    assert invitation is not None and invitation.email == "om@place.org"
    code = said.split("code  ")[1].splitlines()[0]
    answer = Browser().post(f"/invitation/{token}/", {"code": code, "password": GOOD, "again": GOOD})
    assert answer.headers["Location"] == "/account/second-factor/"


def test_the_command_lists_practices_and_their_owners() -> None:
    assert "No practice yet" in command("list")
    add()
    assert "birch-house  Birch House, Asia/Kolkata, IN. Owners: Om Rao" in command("list")


def test_two_practices_of_one_name_have_two_addresses() -> None:
    add()
    add(email="other@place.org")
    assert set(Practice.objects.values_list("slug", flat=True)) == {"birch-house", "birch-house-2"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"zone": "Asia/Kolkatta"}, "did you mean 'Asia/Kolkata'"),
        ({"country": "XX"}, "there is no country 'XX'"),
        ({"email": "nobody"}, "is no e-mail address"),
        ({"name": " "}, "--name has 0 characters"),
        ({"owner": "A" * 121}, "--owner has 121 characters"),
    ],
)
def test_the_command_says_what_is_wrong_and_makes_nothing(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        add(**wrong)
    assert not Practice.objects.exists()
