"""Both sides answer a check-in alone, and the answers meet on the session's day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.checkins.weeks import a_week_old
from tests.walks.conftest import DESK
from tests.walks.ways import sign_in

SESSION_DAY = datetime(2026, 5, 19, 7, 30, tzinfo=UTC)  # 8:30 in London, before the session at 10:00


@pytest.mark.contract("C10", "A43", "C36")
def test_both_sides_answer_and_the_answers_meet_on_the_day_of_the_session(enter, cast, clock, looks_right):
    a_week_old(cast.noor.client)
    noor = enter(cast.noor)
    noor.goto("/my/")
    noor.get_by_role("link", name="Three short questions: how our messages go").click()
    looks_right(noor)
    noor.get_by_role("group", name="The amount of messages between us is").get_by_text("Right").click()
    noor.get_by_role("group", name="Was waiting hard?").get_by_text("A little").click()
    noor.get_by_label("In your own words").fill("Knowing the day helps.")
    noor.get_by_role("button", name="Keep my answers").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your answers are kept.")

    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/check-in/")
    looks_right(ada)
    expect(ada.get_by_text("Knowing the day helps.")).to_have_count(0)
    ada.get_by_role("group", name="The amount of messages between us is").get_by_text("Right").click()
    ada.get_by_label("In your own words").fill("Calm on both sides.")
    ada.get_by_role("button", name="Keep my answers").click()
    ada.get_by_label("Your sentence").fill("The way you write is welcome here.")
    ada.get_by_role("button", name="Say it").click()
    expect(ada.get_by_text("It is said.")).to_be_visible()
    noor.reload()
    expect(noor.get_by_text("Calm on both sides.")).to_have_count(0)

    clock.set(SESSION_DAY)
    sign_in(noor, cast.noor.user.email, at="/sign-in/?next=/my/our-list/")
    noor.get_by_role("link", name="Check-in: how our messages go").click()
    expect(noor.get_by_role("region", name="Ada")).to_contain_text("Calm on both sides.")
    expect(noor.get_by_role("article")).to_contain_text("The way you write is welcome here.")
    looks_right(noor)
    sign_in(ada, cast.ada.user.email, at="/sign-in/?next=/practice/sessions/")
    ada.get_by_role("main").get_by_role("link", name="Noor Haddad").first.click()
    expect(ada.get_by_role("region", name="Noor")).to_contain_text("Knowing the day helps.")
    looks_right(ada)
    ada.get_by_role("link", name="How it goes").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("There is little to look at yet.")
    looks_right(ada)
