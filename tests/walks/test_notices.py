"""A client chooses which mails come, when and where to: on a phone, in light and dark, and by the keyboard alone."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.outbox.addresses import code_of
from interlude.outbox.models import AddressAsk, MailPoint, Notice, NoticeWish
from tests.cast import PASSWORD
from tests.walks.ways import tab_to

PAGE = "/my/account/notices/"


@pytest.mark.contract("B32")
def test_which_mails_come_and_when_is_chosen_by_the_keyboard(enter: Any, cast: Any, looks_right: Any) -> None:
    noor = enter(cast.noor)
    noor.goto("/my/account/")
    noor.get_by_role("main").get_by_role("link", name="Choose what comes, and when").click()
    looks_right(noor)
    off = noor.get_by_role("group", name="Send a mail when").get_by_role("checkbox").first
    press(noor, off, "Space")
    press(noor, noor.get_by_role("radio", name="Each time, at once"), "ArrowDown")
    typed(noor, "The hour of the one mail", "06:00PM")
    typed(noor, "Quiet from", "05:00PM")
    typed(noor, "Quiet until", "07:00AM")
    press(noor, noor.get_by_role("button", name="Keep this"), "Enter")
    expect(noor.get_by_role("alert")).to_contain_text("Nothing was kept yet.")
    expect(noor.get_by_role("alert")).to_be_in_viewport()
    expect(noor.get_by_text("This hour is in your quiet hours.")).to_be_visible()
    assert not NoticeWish.objects.exists()
    looks_right(noor)
    typed(noor, "Quiet from", "10:00PM")
    press(noor, noor.get_by_role("button", name="Keep this"), "Enter")
    expect(noor.get_by_text("This is kept. It holds from the next mail on.")).to_be_visible()
    looks_right(noor)
    wish = NoticeWish.objects.get(user=cast.noor.user)
    assert (wish.daily_at, wish.quiet_from, wish.quiet_until) == (time(18), time(22), time(7))
    assert len(wish.off) == 1
    expect(off).not_to_be_checked()


def test_nothing_goes_to_another_address_before_its_code_came_back(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    noor = enter(cast.noor)
    noor.goto(PAGE)
    noor.get_by_role("link", name="Use another address").click()
    noor.get_by_label("Your password").fill(PASSWORD)  # who it is, before anything
    noor.keyboard.press("Enter")
    expect(noor.get_by_role("heading", level=1)).to_have_text("Where your notices go")
    looks_right(noor)
    noor.get_by_label("The address for your notices").fill("quiet@example.net")
    noor.get_by_role("button", name="Send a code").click()
    expect(noor.get_by_role("main")).to_contain_text("A code goes to quiet@example.net. You have until")
    looks_right(noor)
    ask = AddressAsk.objects.get(user=cast.noor.user)
    code = code_of(ask.notice_id)
    noor.get_by_label("The code from the mail").fill("0" * 6 if code != "0" * 6 else "1" * 6)
    noor.get_by_role("button", name="Confirm this address").click()
    expect(noor.get_by_text("That is not the code. You can try 4 more times.")).to_be_in_viewport()
    assert not MailPoint.objects.exists()
    looks_right(noor)
    kai = enter(cast.kai)  # a code is of no use to anybody else
    kai.goto(f"{PAGE}address/")
    expect(kai.get_by_label("The code from the mail")).to_have_count(0)
    noor.get_by_label("The code from the mail").fill(code)
    noor.keyboard.press("Enter")
    expect(noor.get_by_text("Confirmed. Your notices go there from now on.")).to_be_visible()
    expect(noor.get_by_role("main")).to_contain_text("Mail goes to quiet@example.net, and to nobody else.")
    assert Notice.objects.get(kind="moved_away").address == cast.noor.user.email


def press(page: Page, spot: Any, key: str) -> None:
    tab_to(page, spot)
    page.keyboard.press(key)


def typed(page: Page, label: str, clock: str) -> None:
    spot = page.get_by_label(label)
    spot.focus()
    page.keyboard.type(clock)
