"""Rules on a page: the owner holds one, Ada writes hers from a starting point, with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.core.packs.load import preset
from tests.walks.conftest import DESK

MINE = "Write at any hour. I read each day at five, and you always see by when you hear from me."


@pytest.mark.contract("A21", "A24", "B4", "C1", "D17")
def test_the_owner_holds_a_rule_and_ada_writes_hers_with_the_clients_view_beside(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    priya = enter(cast.priya, size=DESK)
    priya.goto("/office/rules/")
    looks_right(priya)
    hold_notice(priya)
    expect(priya.get_by_role("region", name="What would change")).to_contain_text(
        "Until now: 14 days. Then: 21 days."
    )
    priya.get_by_role("button", name="Publish the rules").click()
    expect(priya.get_by_text("Published. Agreements that were made stay as they are.")).to_be_visible()

    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/rules/start/")
    ada.get_by_role("link", name="Warm, answer within two working days").click()
    expect(ada.get_by_text("Held for everybody by Alder Street since Wed 13 May: 21 days.")).to_be_visible()
    view = ada.get_by_role("region", name="What your client reads")
    expect(view).to_contain_text("answered by Fri 15 May, 17:00")
    ada.get_by_label("How many working days").first.fill("4")
    expect(view).to_contain_text("answered by Tue 19 May, 17:00")  # live, without a press
    ada.get_by_label("What you say to your client").fill(f"{MINE} Unfortunately [name] is away.")
    expect(ada.get_by_text("“Unfortunately” may be heard as blame")).to_be_visible()
    expect(view).to_contain_text("Still to fill in: “[name]”")
    looks_right(ada)
    ada.get_by_label("What you say to your client").fill(MINE)
    expect(view).not_to_contain_text("Still to fill in")
    ada.get_by_role("button", name="Publish my rules").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("What holds for every client, and who set it.")
    expect(ada.get_by_text("3 clients have an agreement from before Wed 13 May.")).to_be_visible()
    expect(ada.get_by_role("main")).to_contain_text("Warm, answer within two working days")


def hold_notice(page: Page) -> None:
    page.get_by_label("Notice before a rule gets stricter").fill("21")
    page.get_by_label("Nobody may give less").check()


def test_on_a_phone_without_scripts_the_same_rules_are_shown_on_asking_and_published(
    enter: Any, cast: Any
) -> None:
    ada = enter(cast.ada, scripts=False)
    ada.goto("/practice/rules/")
    ada.get_by_role("link", name="Choose another starting point").click()
    ada.get_by_role("link", name="CBT: help with tasks").click()
    ada.get_by_label("Monday: I read at").fill("25:00")
    ada.get_by_role("button", name="Show me what my client reads").click()
    view = ada.get_by_role("region", name="What your client reads")
    expect(view).to_contain_text("“25:00”: write a clock time")
    ada.get_by_label("Monday: I read at").fill("8:30, 16:00")
    ada.get_by_role("button", name="Show me what my client reads").click()
    expect(view).to_contain_text("Ada reads messages on Monday at 8:30 and 16:00.")
    ada.get_by_role("button", name="Publish my rules").click()
    expect(ada.get_by_text("These are still the words of the starting point.").first).to_be_visible()
    ada.get_by_label("I have read these words as my own").check()
    ada.get_by_role("button", name="Publish my rules").click()
    expect(ada.get_by_text("Published. Agreements that were made stay as they are.")).to_be_visible()
    expect(ada.get_by_role("main")).to_contain_text(preset("cbt_homework_support").client_text)
