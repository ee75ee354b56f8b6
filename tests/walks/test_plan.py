"""Beyond the plan for the week: three ways to go on, each with its date and price. Nothing is turned away."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from interlude.agenda.models import ListItem
from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.messaging.actions import send_message
from interlude.messaging.models import Message
from interlude.practice.scope import in_practice
from tests.cast import LONG_AGO, NOW, Cast
from tests.walks.ways import compose, read_over

LONG = "These are just six short words. " * 30  # 180 words; 150 were planned
EXTRA = '[extra]\nprice = "25.00 GBP"\npromise = { kind = "working_days", days = 1, cut_off = "17:00" }\n'


@pytest.fixture
def extra_is_offered(cast: Cast) -> None:
    """A second version of Noor's agreement, with a price for more."""
    agreement = publish_agreement(
        client=cast.noor.client, by=cast.ada, now=LONG_AGO, preset="warm_two_business_days", text=EXTRA
    )
    accept_agreement(agreement=agreement, participant=cast.noor, name_typed="Noor Haddad", now=LONG_AGO)


@pytest.fixture
def three_written(cast: Cast) -> None:
    """Noor wrote three times this week, as planned."""
    with in_practice(cast.alder.id):
        for hours in (3, 2, 1):
            send_message(
                "As planned.",
                participant=cast.noor,
                draft_id=uuid4(),
                topic="homework",
                now=NOW - timedelta(hours=hours),
            )


@pytest.mark.contract("A37", "A38", "B34", "C5", "C27")
def test_a_message_that_grew_long_sends_its_first_part_and_keeps_the_rest(enter, cast, no_violations):
    noor = enter(cast.noor)
    box = compose(noor)
    expect(noor.get_by_text("About 150 words fit well here.")).to_be_visible()
    expect(noor.get_by_text("This is the first.")).to_be_visible()
    box.fill(LONG)
    noor.get_by_role("button", name="Read it over").click()
    expect(noor.get_by_role("group", name="It is 30 words longer than we planned.")).to_be_visible()
    no_violations(noor)
    noor.get_by_label("Send the first part, keep the rest").check()
    noor.get_by_role("button", name="Send it this way").click()

    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    expect(noor.get_by_role("region", name="Receipt")).to_contain_text("Fri 15 May, 17:00")
    no_violations(noor)
    noor.goto("/my/our-list/")
    expect(noor.get_by_role("main")).to_contain_text("The rest of a long message")
    assert ListItem.unscoped.get().source == ListItem.Source.REST
    no_violations(noor)


@pytest.mark.contract("A6", "A39", "A41", "B34")
def test_extra_support_shows_its_price_and_date_before_it_is_chosen(
    enter, cast, extra_is_offered, three_written
):
    noor = enter(cast.noor)
    compose(noor)
    expect(noor.get_by_text("This is the fourth.")).to_be_visible()
    expect(noor.locator(".promise__line")).to_have_text("Kept for our session on Tue 19 May.")
    read_over(noor, "A fourth message.")
    way = noor.get_by_label("Ask for extra support")
    expect(way).not_to_be_checked()
    expect(noor.get_by_text("It costs £25.00.")).to_contain_text("You hear by Thu 14 May, 18:00")

    way.check()
    noor.get_by_role("button", name="Send it this way").click()
    expect(
        noor.get_by_text("Tick that the price is all right for you, or choose another way.")
    ).to_be_visible()
    assert Message.unscoped.count() == 3

    noor.get_by_label("For extra support: £25.00 is all right for me.").check()
    noor.get_by_role("button", name="Send it this way").click()
    expect(noor.get_by_role("region", name="Receipt")).to_contain_text("£25.00")
    assert Message.unscoped.get(extra_minor=2500).outcome == "answer"


@pytest.mark.contract("A6", "C6", "D26")
def test_a_fourth_message_sent_as_it_is_is_kept_whole_for_the_session(enter, cast, three_written):
    noor = enter(cast.noor)
    read_over(noor, "A fourth message.")
    expect(noor.get_by_role("group", name="You planned fewer messages for this week.")).to_be_visible()
    expect(noor.get_by_label("Send it as it is")).to_be_checked()
    noor.get_by_role("button", name="Send it this way").click()
    expect(noor.get_by_role("region", name="Receipt")).to_contain_text("our session, Tue 19 May, 10:00")
    noor.goto("/my/our-list/")
    noor.get_by_role("link", name="A message about practice tasks").click()
    expect(noor.get_by_role("article", name="Your message")).to_contain_text("A fourth message.")


def test_made_shorter_it_is_an_ordinary_message(enter, cast):
    noor = enter(cast.noor)
    read_over(noor, LONG)
    noor.get_by_role("link", name="Make it shorter").click()
    expect(noor.get_by_label("Your message")).to_have_value(LONG)
    noor.get_by_label("Your message").fill("Short now.")
    noor.get_by_role("button", name="Read it over").click()
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("region", name="Receipt")).to_contain_text("Fri 15 May, 17:00")


@pytest.mark.contract("D26", "A22")
def test_what_belongs_into_the_session_is_kept_for_it(enter, cast):
    noor = enter(cast.noor)
    noor.goto("/my/write/")
    line = noor.get_by_role("link", name="Something for our session")
    expect(line).to_contain_text("Kept for Tue 19 May.")
    line.click()
    noor.get_by_label("Your message").fill("The call with my father.")
    noor.get_by_role("button", name="Read it over").click()
    noor.get_by_role("button", name="Keep it for our session").click()
    expect(noor.get_by_role("region", name="Receipt")).to_contain_text("our session, Tue 19 May, 10:00")
