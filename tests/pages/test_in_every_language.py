"""Every page opens in every language, and a client's pages show nothing that was not marked for translation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from interlude.accounts.models import User
from tests.house.catalogues import LANGUAGES
from tests.pages.pseudo import pseudo, speak, unmarked
from tests.pages.roster import IN_THE_WINDOW, addresses, furnish

NOT_OURS = re.compile(  # names, a date as Django writes it, an address, a fingerprint, the product's name, keys
    r"Interlude|(Noor|Mira|Jonas|Tove|Imre|Ada|Ben|Kai|Olu|Priya|Cora)\b.*|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*"
    r"|[0-9a-f]{64}|en|Alder.*|\d{1,2} May.*|London|Europe/London|\d+\xa0bytes"  # Django has the words for a size
)
THEIR_LANGUAGE = ("/my/plan/", "/my/account/")  # a plan is in its own language; a sample of their own mail


@pytest.fixture
def made_up(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Pages of signed-in people are in the language that nobody speaks."""
    return speak("en-xa", settings, tmp_path, monkeypatch)


@pytest.fixture
def from_right(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same in one that is read from the right."""
    return speak("ar-xb", settings, tmp_path, monkeypatch)


def pages(cast: Any, visit: Any, clock: Any, room: str) -> list[tuple[str, str]]:
    ids = furnish(cast)
    clock.set(IN_THE_WINDOW)
    mine = [one for one in addresses(ids) if one.who and one.room == room]
    return [(str(one), visit(getattr(cast, one.who)).get(one.path, follow=True).text) for one in mine]


def test_a_clients_pages_show_only_sentences_that_are_marked(
    cast: Any, visit: Any, clock: Any, made_up: str
) -> None:
    found, opened = {}, pages(cast, visit, clock, "client")
    for address, page in opened:
        left = [] if address.startswith(THEIR_LANGUAGE) else unmarked(page)
        bare = [line.strip(" ,.:·") for line in left]
        if strange := [line for line in bare if line and not NOT_OURS.fullmatch(line)]:
            found[address] = strange
    assert len(opened) > 40
    assert all("⟦" in page and f'<html lang="{made_up}"' in page for _, page in opened)
    assert not found, "\n".join(f"{address}: {strange}" for address, strange in found.items())


def test_a_page_in_a_language_from_the_right_says_so_and_a_persons_own_words_keep_their_side(
    cast: Any, visit: Any, clock: Any, from_right: str
) -> None:
    opened = pages(cast, visit, clock, "client")
    wrong = [where for where, page in opened if f'<html lang="{from_right}" dir="rtl">' not in page]
    boxes = [box for _, page in opened for box in re.findall(r"<textarea[^>]*>", page)]
    assert len(opened) > 40 and not wrong
    assert len(boxes) > 5 and all('dir="auto"' in box for box in boxes)


def test_pages_without_a_room_say_from_where_they_are_read_too(
    cast: Any, visit: Any, from_right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f'<html lang="{from_right}" dir="rtl">' in visit(cast.noor).get("/leave/").text
    assert '<html lang="es" dir="ltr">' in visit(None).get("/help/alder/GB/es/").text
    for module in ("pages", "views.public"):
        monkeypatch.setattr(f"interlude.crisis.{module}.languages", lambda: {"en": "English", "ar-xb": "X"})
    assert '<html lang="ar-xb" dir="rtl">' in visit(cast.noor).get("/help/alder/GB/ar-xb/").text


def test_what_is_not_marked_is_found() -> None:
    page = f"<p>{pseudo('Marked <b>twice</b> for %(name)s')}</p><p>Not marked</p><bdi>Noor</bdi>"
    page += f'<nav aria-label="{pseudo("Weeks")}"></nav><nav aria-label="Heard"></nav>'
    assert unmarked(page) == ["Not marked", "Heard"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ["client", "clinician", "office"])
def test_every_page_opens_in_the_language(
    cast: Any, visit: Any, clock: Any, room: str, language: str
) -> None:
    User.objects.update(language=language)
    opened = pages(cast, visit, clock, room)
    wrong = [address for address, page in opened if f'<html lang="{language}" dir="ltr"' not in page]
    assert opened and not wrong
