"""Meeting by video and one's own calendar, from both sides, on a small phone and at a desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from playwright.sync_api import expect

from interlude.appointments.actions import plan_session
from tests.cast import NOW
from tests.walks.conftest import DESK


@pytest.mark.contract("B8", "B9")
def test_a_link_is_set_and_joined_ten_minutes_before(
    enter: Any, cast: Any, looks_right: Any, clock: Any
) -> None:
    plan_session(client=cast.noor.client, starts_at=NOW + timedelta(minutes=11), by=cast.ada, now=NOW)
    ada, noor = enter(cast.ada, size=DESK), enter(cast.noor)
    ada.goto("/practice/sessions/")
    ada.get_by_role("link", name="How we meet").click()
    ada.get_by_label("Where you meet by video").fill("video.example.org/ada")
    ada.get_by_role("button", name="Keep this").click()
    expect(ada.get_by_text("does not begin with https://")).to_be_visible()
    expect(ada.get_by_label("Where you meet by video")).to_have_value("video.example.org/ada")
    looks_right(ada)
    ada.get_by_label("Where you meet by video").fill("https://video.example.org/ada")
    ada.get_by_role("button", name="Keep this").click()
    expect(ada.get_by_text("Sessions are joined at video.example.org")).to_be_visible()
    noor.goto("/my/")
    expect(noor.get_by_text("You can join by video from 14:42")).to_be_visible()
    clock.set(NOW + timedelta(minutes=1))
    noor.goto("/my/")
    join = noor.get_by_role("link", name="Join by video")
    expect(join).to_have_attribute("href", "https://video.example.org/ada")
    expect(join).to_have_attribute("rel", "noopener noreferrer")
    looks_right(noor)


@pytest.mark.contract("B8")
def test_a_calendar_is_made_read_changed_and_stopped(enter: Any, cast: Any, looks_right: Any) -> None:
    noor = enter(cast.noor)
    noor.goto("/my/times/")
    noor.get_by_role("main").or_(noor.get_by_role("complementary")).get_by_role(
        "link", name="Calendar"
    ).click()
    looks_right(noor)
    noor.get_by_label("Busy").check()
    noor.get_by_role("button", name="Make my address").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("This is your own address.")
    looks_right(noor)
    first = "/calendar/" + noor.locator("code").inner_text().rpartition("/")[2]
    answer = noor.request.get(first)
    (event,) = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
    assert event["SUMMARY"] == "Busy"
    noor.get_by_role("link", name="Done").click()
    looks_right(noor)
    noor.get_by_role("button", name="Take a new address").click()
    second = "/calendar/" + noor.locator("code").inner_text().rpartition("/")[2]
    assert [noor.request.get(one).status for one in (first, second)] == [404, 200]
    noor.get_by_role("link", name="Done").click()
    noor.get_by_role("button", name="Stop the calendar").click()
    expect(noor.get_by_text("The address leads nowhere now.")).to_be_visible()
    assert noor.request.get(second).status == 404
