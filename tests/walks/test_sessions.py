"""Noor asks to move a session and Ada says yes with a tap; a freed time goes to who waits. On a phone and a desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from interlude.appointments.actions import plan_session
from interlude.appointments.freed import Wishes, free_up, wait_for_earlier
from interlude.practice.scope import in_practice
from tests.cast import LONG_AGO, NOW
from tests.walks.ways import width_drawn

WIDTHS = (390, 1280)


def fits(page):
    """Nothing runs out of the window at either width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert width_drawn(page) <= width, (page.url, width)


@pytest.mark.contract("B8", "B10", "D4")
def test_a_session_is_moved_with_one_tap_on_each_side(enter, cast, clock, no_violations):
    noor = enter(cast.noor)
    noor.goto("/my/times/")
    fits(noor)
    no_violations(noor)
    noor.get_by_role("link", name="Ask for another time", exact=True).click()
    expect(noor.get_by_text("The front desk answers by Thu 14 May, 17:00.")).to_be_visible()
    noor.get_by_label("A time that suits you").fill("2026-05-21T15:00")
    noor.get_by_label("A line with it").fill("The school moved its evening.")
    fits(noor)
    no_violations(noor)
    noor.get_by_role("button", name="Ask for another time").click()
    expect(noor.get_by_text("Until then the session stays where it is.")).to_be_visible()
    no_violations(noor)

    clock.set(datetime(2026, 5, 14, 16, 5, tzinfo=UTC))
    ada = enter(cast.ada)
    ada.goto("/practice/calendar/?day=2026-05-19")
    fits(ada)
    no_violations(ada)
    ada.get_by_role("button", name="Yes, Thu 21 May, 15:00").click()
    expect(ada.get_by_text("Moved to Thu 21 May, 15:00.")).to_be_visible()
    noor = enter(cast.noor)  # the day before was long ago: signed in anew
    noor.goto("/my/times/")
    expect(noor.get_by_text("Yes. It is now on Thu 21 May, 15:00.")).to_be_visible()


def test_a_freed_time_is_taken_and_a_session_cancelled_with_its_price_in_sight(enter, cast, no_violations):
    with in_practice(cast.alder.id):
        wait_for_earlier(Wishes(), by=cast.noor, now=LONG_AGO)
        early = datetime(2026, 5, 15, 9, tzinfo=UTC)
        gone = plan_session(client=cast.mira.client, starts_at=early, by=None, now=LONG_AGO)
        free_up(gone, by=cast.mira, now=NOW)
    noor = enter(cast.noor)
    noor.goto("/my/times/")
    fits(noor)
    no_violations(noor)
    noor.get_by_role("button", name="Take this time").click()
    expect(noor.get_by_role("heading", level=1)).to_contain_text("Friday at 10:00")
    noor.get_by_role("link", name="Cancel this session").click()
    expect(noor.get_by_text("It costs nothing.")).to_be_visible()
    fits(noor)
    no_violations(noor)
    noor.get_by_role("button", name="Cancel this session").click()
    expect(noor.get_by_text("Cancelled on your side")).to_be_visible()
    noor.get_by_role("link", name="Ask for an earlier time").click()
    fits(noor)
    no_violations(noor)


def test_the_front_desk_lays_a_series(enter, cast, no_violations):
    olu = enter(cast.olu)
    olu.goto("/office/calendar/new/")
    olu.get_by_label("Client").select_option(label="Noor Haddad")
    olu.get_by_label("First day").fill("2026-05-20")
    olu.get_by_label("Time", exact=True).fill("10:00")
    olu.get_by_label("Every week").check()
    olu.get_by_label("How many times").fill("3")
    fits(olu)
    no_violations(olu)
    olu.get_by_role("button", name="Look at it first").click()
    expect(olu.get_by_role("heading", level=1)).to_have_text("3 sessions with Noor Haddad")
    no_violations(olu)
    olu.get_by_role("button", name="Make them").click()
    expect(olu.get_by_text("3 sessions are set.")).to_be_visible()
    fits(olu)
    no_violations(olu)
