"""Home, a message up to its receipt, and help on a phone, in each language that pages speak."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.accounts.models import User
from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from tests.cast import LONG_AGO, Cast

DUE = {"en": "Fri 15 May, 17:00", "es": "vie 15 de mayo, 17:00", "hi": "शुक्र 15 मई, 17:00"}
HELP = {"en": "Help now", "es": "Ayuda ahora", "hi": "अभी मदद"}
RECEIVED = {"en": "Your message is received.", "es": "Su mensaje llegó.", "hi": "आपका मैसेज मिल गया है।"}
QUESTION = "I did the task twice. On Tuesday I got stuck."


@pytest.fixture
def lines(cast: Cast) -> None:
    """Britain's lines, checked by Olu."""
    bring_in_lines("GB", practice=cast.alder, by=cast.olu, now=LONG_AGO)
    for line in HelpLine.unscoped.all():
        confirm_line(line, by=cast.olu, how="called", on=date(2026, 5, 1), now=LONG_AGO)


@pytest.mark.parametrize("language", list(DUE))
def test_noor_writes_in_her_language_and_finds_the_date_and_help(
    enter: Any, cast: Cast, lines: None, no_violations: Any, language: str
) -> None:
    User.objects.filter(pk=cast.noor.user_id).update(language=language)
    noor: Page = enter(cast.noor)

    def whole() -> None:
        expect(noor.locator("html")).to_have_attribute("lang", language)
        expect(noor.locator("html")).to_have_attribute("dir", "ltr")
        no_violations(noor)

    noor.goto("/my/")
    whole()
    noor.locator("main a[href='/my/write/']").first.click()
    noor.wait_for_url("/my/write/")
    whole()
    noor.locator("main a[href^='/my/write/homework/']").click()
    noor.wait_for_url("/my/write/homework/")
    expect(noor.locator(".promise")).to_contain_text(DUE[language].partition(",")[2].strip())
    whole()
    noor.locator("#composer textarea").fill(QUESTION)
    noor.locator("#composer .actions .button").first.click()
    noor.wait_for_url("/my/drafts/*/review/")
    whole()
    noor.locator("main form .actions .button:not(.button--quiet):not(.button--plain)").first.click()
    noor.wait_for_url("/my/messages/*/")
    expect(noor.get_by_role("heading", level=1)).to_have_text(RECEIVED[language])
    expect(noor.locator(".receipt")).to_contain_text(DUE[language])
    whole()
    noor.locator(".help-now").click()
    expect(noor.get_by_role("heading", level=1)).to_contain_text(HELP[language])
    expect(noor.get_by_role("link", name="999")).to_be_visible()
    whole()
