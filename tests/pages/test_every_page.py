"""What holds for every page of every room, whoever opens it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from interlude.accounts.models import User
from tests.again import scene_again
from tests.pages.roster import IN_THE_WINDOW, Address, addresses, furnish

MOST = 60 * 1024  # bytes of a page with its sheets and scripts, packed
PRIVATE = ("Noor", "Haddad", "Ada", "Lindqvist", "Mira", "Sand", "Alder", "canary", "coal")
WITHOUT_KEY = {"/leave/", "/help/alder/GB/wrong/"}  # open to anybody, and must work where no session is
Opened = list[tuple[Address, Any]]


class Shape(HTMLParser):
    """The parts of a page that rules speak of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self.forms: list[dict[str, Any]] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self._open.append(tag)
        if tag == "form":
            self.forms.append(found | {"fields": []})
        elif tag == "input" and self.forms:
            self.forms[-1]["fields"].append(found.get("name"))

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.tags if name == tag]


ONCE: Opened = []


@pytest.fixture
def opened(request: pytest.FixtureRequest) -> Opened:
    """Every page, opened in Ada's window by somebody who may; once for all tests of this file."""
    if not ONCE:
        cast, visit, clock = (request.getfixturevalue(name) for name in ("cast", "visit", "clock"))
        ids = scene_again(furnish, cast)
        clock.set(IN_THE_WINDOW)
        ONCE.extend(_open(cast, visit, ids))
    return ONCE


def _open(cast: Any, visit: Any, ids: dict[str, Any], **headers: str) -> Iterator[tuple[Address, Any]]:
    for address in addresses(ids):
        browser = visit(getattr(cast, address.who) if address.who else None)
        yield address, browser.get(address.path, headers=headers, follow=True)


def test_every_page_opens_for_somebody_who_may(opened: Opened) -> None:
    wrong = [f"{address}: {answer.status_code}" for address, answer in opened if answer.status_code != 200]
    assert not wrong, wrong
    assert len(opened) >= 60


def test_a_title_names_the_page_and_nobody(opened: Opened) -> None:
    wrong = []
    for address, answer in opened:
        title = Shape(answer.text).title
        told = [word for word in PRIVATE if word.lower() in title.lower()]
        if told or not title.strip() or len(title) > 40 or re.search(r"\d", title):
            wrong.append(f"{address}: {title!r}")
    assert not wrong, wrong


def test_a_page_says_once_what_it_is_and_in_which_language(opened: Opened) -> None:
    wrong = []
    for address, answer in opened:
        shape = Shape(answer.text)
        (html,) = shape.all("html")
        if len(shape.all("h1")) != 1 or not html.get("lang") or len(shape.all("main")) != 1:
            wrong.append(f"{address}: {len(shape.all('h1'))} h1, lang {html.get('lang')}")
    assert not wrong, wrong


def test_nothing_stands_inline(opened: Opened) -> None:
    """No style, no script, no handler in the page itself: the policy would refuse them."""
    wrong = []
    for address, answer in opened:
        for tag, found in Shape(answer.text).tags:
            handlers = [name for name in found if name.startswith("on") or name == "style"]
            inline = tag == "script" and "src" not in found and found.get("type") != "application/json"
            brought = tag == "style" and not str(address).startswith(
                "/help/"
            )  # its policy names that one style
            if handlers or inline or brought:
                wrong.append(f"{address}: <{tag}> {handlers}")
    assert not wrong, wrong


def test_every_answer_carries_the_strict_policy(opened: Opened) -> None:
    for address, answer in opened:
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy and "unsafe" not in policy, address
        assert answer.headers["X-Frame-Options"] == "DENY", address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address


def test_no_cache_keeps_what_a_signed_in_person_sees(opened: Opened) -> None:
    kept = [
        f"{address}: {answer.headers.get('Cache-Control')}"
        for address, answer in opened
        if address.signed_in and "no-store" not in answer.headers.get("Cache-Control", "")
    ]
    assert not kept, kept


def test_every_form_has_a_key_and_a_place_to_go(opened: Opened) -> None:
    wrong = []
    for address, answer in opened:
        shape = Shape(answer.text)
        for form in shape.forms:
            action = form.get("action") or ""
            plain = action.startswith("/") and "?" not in action
            keyed = form.get("method") != "post" or "csrfmiddlewaretoken" in form["fields"]
            if not plain or not (keyed or action in WITHOUT_KEY):
                wrong.append(f"{address}: form to {action!r}")
        for button in shape.all("button"):
            if "formaction" in button and not str(button["formaction"]).startswith("/"):
                wrong.append(f"{address}: button to {button['formaction']!r}")
    assert not wrong, wrong


def test_no_page_asks_for_anything_from_another_place(opened: Opened) -> None:
    wrong = []
    for address, answer in opened:
        for tag, found in Shape(answer.text).tags:
            asked = found.get("src") or (found.get("href") if tag == "link" else "") or ""
            if asked and not asked.startswith(("/static/", "/app/")) and asked != "/help/help.js":
                wrong.append(f"{address}: <{tag}> {asked}")
    assert not wrong, wrong


@pytest.mark.contract("B32")
def test_a_page_with_its_sheets_and_scripts_is_light(opened: Opened) -> None:
    sizes = sorted(((weight(answer), str(address)) for address, answer in opened), reverse=True)
    print("\nheaviest:", sizes[:3])
    heavy = [size for size in sizes if size[0] > MOST]
    assert not heavy, heavy


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["es", "hi"])
def test_pages_open_in_whatever_language_somebody_speaks(cast: Any, visit: Any, language: str) -> None:
    """As the browser asks for it, and as the person chose it."""
    ids = scene_again(furnish, cast)
    User.objects.update(language=language)
    for address, answer in _open(cast, visit, ids, **{"accept-language": f"{language},*;q=0"}):
        assert answer.status_code == 200, address


def weight(answer: Any) -> int:
    """Bytes over the wire, each file packed by itself, as the server sends it."""
    shape = Shape(answer.text)
    files = {str(found["href"]) for found in shape.all("link")}
    files |= {str(found["src"]) for found in shape.all("script") if found.get("src")}
    sheets = {path for path in files if path.startswith("/static/")}
    return len(gzip.compress(answer.content)) + sum(packed(each) for each in sheets | imported(sheets))


def imported(sheets: set[str]) -> set[str]:
    """What the sheets bring in: every other sheet that they name, each of them once."""
    found = set()
    for sheet in sheets:
        if not sheet.endswith(".css"):
            continue
        folder = sheet.rsplit("/", 1)[0]
        found |= {f"{folder}/{name}" for name in re.findall(r'@import "([^"]+)"', source(sheet).decode())}
    return found


@cache
def packed(path: str) -> int:
    return len(gzip.compress(source(path)))


@cache
def source(path: str) -> bytes:
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), path
    return Path(found).read_bytes()
