"""Until the window opens a message is its writer's: to change, to take back, and to send only once."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from interlude.audit.models import Event
from interlude.messaging.models import Draft, Message
from tests.walks.conftest import DESK
from tests.walks.ways import compose, read_over, send, sign_in

WINDOW = datetime(2026, 5, 14, 16, 5, tzinfo=UTC)  # Thursday, 17:05 in London; the window opened at 17:00


@pytest.mark.contract("B33", "E15")
def test_a_message_is_changed_and_taken_back_and_nobody_looked(enter, cast, clock):
    noor = enter(cast.noor)
    receipt = send(noor, "The first words.")

    noor.get_by_role("link", name="Change it").click()
    noor.get_by_label("Your message").fill("The second words.")
    noor.get_by_role("button", name="Put it in its place").click()
    expect(noor).to_have_url(receipt)
    expect(noor.get_by_role("article", name="Your message")).to_contain_text("The second words.")

    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Messages are next read on Thu 14 May, 17:00.")

    noor.get_by_role("button", name="Take it back").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Take this message back?")
    noor.get_by_role("button", name="Take it back").click()
    expect(noor.get_by_label("Your message")).to_have_value("The second words.")

    clock.set(WINDOW)
    sign_in(ada, cast.ada.user.email)
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Nothing waits.")
    assert not Event.objects.filter(verb="message.opened").exists()


@pytest.mark.contract("A17")
def test_after_the_window_opened_it_stays_and_nothing_tells_whether_it_was_read(enter, cast, clock):
    noor = enter(cast.noor)
    receipt = send(noor, "These words stay.")
    address = urlsplit(receipt).path

    clock.set(WINDOW)
    sign_in(noor, cast.noor.user.email, at=f"/sign-in/?next={address}")
    expect(noor.get_by_text("It can no longer be pulled back.")).to_be_visible()
    expect(noor.get_by_role("button", name="Take it back")).to_have_count(0)
    unread = noor.get_by_role("main").inner_text()

    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/")
    ada.get_by_role("link", name="Begin").click()
    expect(ada.get_by_role("article")).to_contain_text("These words stay.")

    noor.reload()
    assert noor.get_by_role("main").inner_text() == unread
    noor.goto(address + "change/")
    expect(noor).to_have_url(receipt)


def test_a_press_on_take_it_back_that_comes_too_late_says_so_and_loses_nothing(enter, cast, clock):
    noor = enter(cast.noor)
    receipt = send(noor, "These words stay.")
    noor.get_by_role("button", name="Take it back").click()

    clock.set(datetime(2026, 5, 14, 16, 0, tzinfo=UTC))
    stay_signed_in(noor, cast.noor.user.email)
    noor.get_by_role("button", name="Take it back").click()
    noor.get_by_role("button", name="Go on").click()  # the key of the old page went with its session
    expect(noor).to_have_url(receipt)
    expect(noor.get_by_text("It can no longer be pulled back.")).to_be_visible()
    assert Message.unscoped.filter(taken_back_at=None).count() == 1


def test_going_back_after_sending_leads_to_the_receipt(enter, cast):
    noor = enter(cast.noor)
    receipt = send(noor, "Once is enough.")
    noor.go_back()
    expect(noor).to_have_url(receipt)
    noor.go_back()
    expect(noor.get_by_label("Your message")).to_have_value("")
    assert Message.unscoped.count() == 1


def test_the_same_page_sent_from_two_tabs_is_one_message(enter, cast):
    noor = enter(cast.noor)
    read_over(noor, "Once is enough.")
    other = noor.context.new_page()
    other.goto(noor.url)
    for tab in (noor, other):
        tab.get_by_role("button", name="Send it to Ada").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    assert noor.url == other.url
    assert Message.unscoped.count() == 1


def test_other_words_under_the_same_key_are_kept_as_a_draft(enter, cast):
    noor = enter(cast.noor)
    read_over(noor, "The words that were sent.")
    here = noor.context.new_page()
    here.goto(noor.url.removesuffix("review/"))
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")

    here.get_by_label("Your message").fill("Other words, in the tab that stayed open.")
    here.get_by_role("button", name="Read it over").click()
    expect(here.get_by_role("article", name="Your words")).to_contain_text("Other words, in the tab")
    assert Message.unscoped.count() == 1
    assert Draft.unscoped.count() == 1


def test_two_quick_presses_are_one_message(enter, cast):
    noor = enter(cast.noor)
    read_over(noor, "Pressed twice.")
    noor.get_by_role("button", name="Send it to Ada").dblclick()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    assert Message.unscoped.count() == 1


def test_a_draft_is_left_and_found_again_from_the_first_page(enter, cast):
    noor = enter(cast.noor)
    compose(noor).fill("Not today.")
    noor.get_by_role("button", name="Leave it as a draft").click()
    expect(noor.get_by_text("Your draft is kept. Only you can see it.")).to_be_visible()
    noor.get_by_role("link", name="A draft: your practice task").click()
    expect(noor.get_by_label("Your message")).to_have_value("Not today.")
    assert Message.unscoped.count() == 0


def stay_signed_in(page: Page, email: str) -> None:
    """The quarter of an hour is over; another tab signs in, and this page stays as it was."""
    other = page.context.new_page()
    sign_in(other, email)
    expect(other).to_have_url("/my/")
    other.close()
