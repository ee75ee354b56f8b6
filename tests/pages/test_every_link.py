"""Wherever a page sends somebody, there is a page for them: each link of each page is followed, as that person."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.cast import Cast
from tests.pages.roster import IN_THE_WINDOW, addresses, furnish

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
ONE_OF_MANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
OF_A_KIND = 2  # of the days of a calendar, or the messages of a list, so many are opened
WAYS_OUT = ("/sign-out/", "/leave/")

pytestmark = pytest.mark.sweep


@pytest.mark.parametrize("who", ["noor", "jonas", "mira", "tove", "ada", "ben", "olu", "priya", ""])
def test_every_link_that_somebody_sees_opens_for_them(who: str, cast: Cast, visit: Any, clock: Any) -> None:
    ids = furnish(cast)
    clock.set(IN_THE_WINDOW)
    browser = visit(getattr(cast, who) if who else None)
    begin = [one.path for one in addresses(ids) if one.who == who]
    broken, opened = [], 0
    waiting = deque((path, "the roster") for path in begin)
    asked, kinds = set(begin), Counter[str]()
    while waiting:
        path, seen_on = waiting.popleft()
        kinds[_kind(path)] += 1
        if kinds[_kind(path)] > OF_A_KIND and seen_on != "the roster":
            continue
        answer = browser.get(path, follow=True)
        opened += 1
        if answer.status_code != 200:
            broken.append(f"{path} on {seen_on}: {answer.status_code}")
        for link in _links(answer):
            if link not in asked:
                asked.add(link)
                waiting.append((link, path))
    assert not broken, "\n".join(broken)
    assert opened > len(begin)


def _links(answer: Any) -> list[str]:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = [unescape(link) for link in LINK.findall(answer.content.decode())]
    return [link for link in found if link.startswith("/") and urlsplit(link).path not in WAYS_OUT]


def _kind(path: str) -> str:
    return ONE_OF_MANY.sub("#", path)
