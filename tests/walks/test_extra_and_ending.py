"""Extra support that ends by itself, and an end that its client reads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.walks.conftest import DESK
from tests.walks.ways import compose


@pytest.mark.contract("C9", "C24", "C32")
def test_extra_support_is_given_read_and_ends_by_itself(enter, cast, clock, looks_right):
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/")
    ada.get_by_role("link", name="Extra support").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("No extra support at the moment.")
    ada.get_by_label("What it is for").fill("While the move lasts.")
    ada.get_by_label("Until", exact=True).first.fill("2026-06-11")
    ada.get_by_label("Looked at again on").fill("2026-06-12")
    ada.get_by_label("At first").fill("5")
    ada.get_by_role("button", name="Give this extra support").click()
    expect(ada.get_by_text("Fri 12 June 2026 lies outside.")).to_be_visible()
    expect(ada.get_by_label("What it is for")).to_have_value("While the move lasts.")
    ada.get_by_label("Looked at again on").fill("2026-05-28")
    ada.get_by_role("button", name="Give this extra support").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Extra support until Thu 11 June.")
    looks_right(ada)

    noor = enter(cast.noor)
    noor.goto("/my/agreement/")
    part = noor.get_by_role("region", name="Extra support")
    expect(part).to_contain_text("While the move lasts.")
    expect(part).to_contain_text("Up to 5 messages a week until Thu 11 June")
    expect(part).to_contain_text("We look at it again on Thu 28 May")
    looks_right(noor)
    compose(noor)
    expect(noor.get_by_text("You planned up to five")).to_be_visible()

    clock.set(datetime(2026, 6, 12, 9, tzinfo=UTC))
    noor = enter(cast.noor)  # signed in anew: a session does not last for weeks
    noor.goto("/my/agreement/")
    expect(noor.get_by_role("region", name="Extra support")).to_have_count(0)
    compose(noor)
    expect(noor.get_by_text("You planned up to three")).to_be_visible()
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/extra/")
    expect(ada.get_by_role("heading", level=1)).to_have_text("No extra support runs.")


@pytest.mark.contract("E17")
def test_an_end_is_told_read_and_takes_effect_by_the_clock(enter, cast, clock, looks_right):
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/closing/")
    ada.get_by_label("Last day of answers").fill("2026-06-12")
    ada.get_by_role("textbox", name="Last day to read").fill("2026-07-31")
    ada.get_by_label("Times and bills, through the front desk").check()
    ada.get_by_label("Words of farewell").fill("You found your own words.")
    looks_right(ada)
    ada.get_by_role("button", name="Set these days and tell").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("You answer until Fri 12 June.")

    noor = enter(cast.noor)
    noor.goto("/my/")
    noor.get_by_role("link", name="Words from Ada, and what comes after").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Ada answers here until Fri 12 June.")
    expect(noor.get_by_role("article", name="Words of farewell")).to_contain_text("You found your own words.")
    looks_right(noor)
    noor.get_by_role("link", name="Open my copy").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("What you and Ada wrote")
    looks_right(noor)

    clock.set(datetime(2026, 6, 13, 9, tzinfo=UTC))
    noor = enter(cast.noor)  # signed in anew: a session does not last for weeks
    noor.goto("/my/")
    expect(noor.get_by_role("heading", level=1)).to_have_text("Our work together has ended.")
    looks_right(noor)
    noor.goto("/my/write/homework/")
    noor.get_by_label("Your words").fill("One more thing.")
    noor.get_by_role("button", name="Read it over").click()
    expect(noor.get_by_text("Your words stay in your own journal for now.")).to_be_visible()
    expect(noor.get_by_role("link", name="What you can do instead")).to_be_visible()

    clock.set(datetime(2026, 8, 1, 9, tzinfo=UTC))
    noor = enter(cast.noor)  # signed in anew: a session does not last for weeks
    noor.goto("/")
    expect(noor.get_by_role("heading", level=1)).to_have_text("The time to read here is over.")
    expect(noor.get_by_text("Ask the front desk for a copy of your record.")).to_be_visible()
    looks_right(noor)
