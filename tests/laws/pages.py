"""Pages as they are compared: without what is new at each request, and as plain words."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.messaging.post import ONE_TIME

KEYS = re.compile(
    r'name="(key|item_id|welcome_id|entry_id|question_id|form_id|filled_id|request_id|series_id)" value="[^"]*"'
)
DRAFT = re.compile(r"/my/drafts/[0-9a-f-]{36}/")  # a fresh key of the composer
CLIENT_PAGES = (
    "/my/", "/my/write/", "/my/write/homework/", "/my/conversation/", "/my/our-list/", "/my/journal/", "/my/agreement/",
    "/my/times/", "/my/account/", "/my/check-in/", "/my/things/", "/my/things/now/", "/my/calendar/",
)  # fmt: skip
CLINICIAN_PAGES = ("/practice/", "/practice/promises/", "/practice/clients/", "/practice/sessions/",
                   "/practice/rules/", "/practice/drift/", "/practice/library/", "/practice/account/",
                   "/practice/calendar/", "/practice/feed/", "/practice/sessions/habits/")  # fmt: skip


def page(browser: Any, address: str) -> str:
    """One page, one-time parts taken out."""
    text = browser.get(address).content.decode()
    return DRAFT.sub("/my/drafts/fresh/", KEYS.sub("", ONE_TIME.sub("", text)))


def pages(browser: Any, addresses: tuple[str, ...] | list[str]) -> dict[str, str]:
    return {address: page(browser, address) for address in addresses}


def plain(text: str) -> str:
    """What a person reads, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def field(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""
