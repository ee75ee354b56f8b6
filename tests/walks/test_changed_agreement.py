"""A changed rule, told openly: offered with a reason, read side by side, agreed, in force after a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from interlude.boundaries.actions import publish_rules
from interlude.practice.scope import in_practice
from tests.cast import CLINICIAN_RULES, NOW
from tests.walks.conftest import DESK
from tests.walks.ways import compose

FEWER = CLINICIAN_RULES.replace("messages_per_week = 3", "messages_per_week = 2")
REASON = "I read with more care when there are fewer."
BEGINS = datetime(2026, 5, 27, 23, tzinfo=UTC)  # Thu 28 May in London


@pytest.mark.contract("C3", "C4", "C17", "C38", "A44")
def test_publish_notice_accept_again_and_it_starts_after_the_session(enter, cast, clock, looks_right):
    rules = FEWER.format(zone="Europe/London")
    with in_practice(cast.alder.id):
        publish_rules(rules, practice=cast.alder, clinician=cast.ada, by=None, since=NOW.date(), now=NOW)
    ada, noor = enter(cast.ada, size=DESK), enter(cast.noor)
    offer_to_noor(ada, looks_right)
    read_and_say_yes(noor, looks_right)
    compose(noor)
    expect(noor.get_by_text("You planned up to three this week.")).to_be_visible()

    for moment, sentence in (
        (BEGINS - timedelta(minutes=1), "Version 2 starts on Thu 28 May."),
        (BEGINS, "This is how we use messages."),
    ):
        clock.set(moment)
        noor = enter(cast.noor)
        noor.goto("/my/agreement/")
        expect(noor.get_by_role("heading", level=1)).to_have_text(sentence)
    compose(noor)
    expect(noor.get_by_text("You planned up to two this week.")).to_be_visible()
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/agreement/")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Version 2 holds since Thu 28 May.")


def offer_to_noor(ada, looks_right):
    ada.goto("/practice/rules/")
    ada.get_by_role("link", name="Whom would the rules of today change something for?").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("The rules of today would change 3 agreements.")
    for other in ("Mira Sand", "Tove and Imre"):
        ada.get_by_label(other).uncheck()
    ada.get_by_role("button", name="Offer it to all who are ticked").click()
    expect(
        ada.get_by_text("Nothing gets stricter without a reason that your client can read.")
    ).to_be_visible()
    expect(ada.get_by_label("Mira Sand")).not_to_be_checked()
    looks_right(ada)
    ada.get_by_label("Why, in words for your client").fill(REASON)
    ada.get_by_role("button", name="Offer it to all who are ticked").click()
    expect(ada.get_by_text("It is offered to one client.")).to_be_visible()
    looks_right(ada)


def read_and_say_yes(noor, looks_right):
    noor.goto("/my/")
    noor.get_by_role("link", name="A change to our agreement").click()
    expect(noor.get_by_text(REASON)).to_be_visible()
    expect(noor.locator("del")).to_have_text("3")
    expect(noor.locator("ins")).to_have_text("2")
    looks_right(noor)
    noor.get_by_label("Your name").fill("Noor Haddad")
    noor.get_by_role("button", name="Yes to version 2").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Version 2 starts on Thu 28 May.")
    looks_right(noor)
