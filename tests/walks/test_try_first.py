"""A clinician tries a stricter plan on a phone, and reads what it would have done before anybody else does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from interlude.boundaries.models import PolicyLayer
from tests.cast import Cast
from tests.messaging.past import live_through


@pytest.fixture
def lived(cast: Cast) -> None:
    live_through(cast)


def test_a_stricter_plan_is_tried_on_a_phone_and_read_in_sentences(enter, cast, lived, looks_right):
    ada = enter(cast.ada)
    ada.goto("/practice/rules/")
    ada.get_by_role("link", name="Try other rules").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Try rules on your own past months.")
    looks_right(ada)

    rules = ada.get_by_label("Your own rules")
    expect(rules).to_have_value(re.compile("messages_per_week = 3"))
    stricter = rules.input_value().replace("messages_per_week = 3", "messages_per_week = one")
    rules.fill(stricter)
    ada.get_by_role("button", name="Try these rules").click()
    expect(ada.get_by_text("correct that line")).to_be_visible()
    expect(rules).to_have_value(stricter.replace("\r\n", "\n"))

    rules.fill(stricter.replace("= one", "= 1") + '\npromise = "none"\n')
    ada.get_by_role("button", name="Try these rules").click()
    expect(ada.locator(".field__fix")).to_be_visible()
    rules.fill(stricter.replace("= one", "= 1"))
    ada.get_by_role("button", name="Try these rules").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("1 of 4 messages would have gone another way.")
    main = ada.get_by_role("main")
    expect(main).to_contain_text("1 message that was answered here would have been kept for a session.")
    expect(main).to_contain_text("For 1 of your 2 clients nothing differs.")
    ada.get_by_text("By topic and by month").click()
    expect(ada.get_by_role("row", name="Practice tasks")).to_contain_text("1 of 4")
    looks_right(ada)
    assert PolicyLayer.unscoped.filter(clinician=cast.ada).count() == 1  # nothing was published


def test_slower_answers_are_drawn_and_told_as_hours(enter, cast, lived, looks_right):
    ada = enter(cast.ada)
    ada.goto("/practice/rules/try/")
    rules = ada.get_by_label("Your own rules")
    rules.fill('promise = { kind = "working_days", days = 3, cut_off = "17:00" }\n' + rules.input_value())
    ada.get_by_label("How far back").select_option("3")
    ada.get_by_role("button", name="Try these rules").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("4 of 4 messages would have gone another way.")
    expect(ada.get_by_role("img")).to_be_visible()
    expect(ada.get_by_role("main")).to_contain_text("an answer would have been promised 1 day later")
    looks_right(ada)
