"""After signing out, Back shows nobody's words, even where the browser keeps whole pages in its memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from interlude.agenda.actions import write_journal
from interlude.messaging.actions import send_message
from interlude.practice.scope import in_practice
from tests.cast import NOW
from tests.walks.conftest import DESK, Launch
from tests.walks.ways import sign_out

WORDS = "canary-of-the-third-night"


@pytest.fixture(scope="module")
def chromium(launch: Launch) -> Iterator[Any]:
    """A browser that keeps pages for Back, as everybody's does; the driver would switch that off."""
    browser = launch(without=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def words(cast: Any) -> Any:
    with in_practice(cast.alder.id):
        send_message(WORDS, participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW)
        write_journal(WORDS, participant=cast.noor, now=NOW)
    return cast


def test_a_client_who_signed_out_leaves_nothing_to_go_back_to(enter, words):
    noor = enter(words.noor)
    for page in ("/my/", "/my/journal/", "/my/conversation/"):
        noor.goto(page)
    assert WORDS in noor.content()
    sign_out(noor)
    nothing_comes_back(noor)


def test_a_clinician_who_signed_out_leaves_nothing_to_go_back_to(enter, words):
    ada = enter(words.ada, size=DESK)
    ada.goto("/practice/?look=early")
    ada.get_by_role("button", name="Look now").click()
    ada.get_by_role("link", name="Begin").click()
    expect(ada.get_by_role("article")).to_contain_text(WORDS)
    sign_out(ada)
    nothing_comes_back(ada)


def nothing_comes_back(page: Page) -> None:
    for _ in range(5):
        page.go_back(wait_until="commit")
        page.wait_for_function("document.readyState === 'complete'")
        print(
            page.url,
            page.evaluate("performance.getEntriesByType('navigation')[0].notRestoredReasons?.reasons"),
        )
        assert WORDS not in page.content(), page.url
        signed_in = page.get_by_role("banner").get_by_role("button", name="Sign out")
        assert not signed_in.count(), page.url
