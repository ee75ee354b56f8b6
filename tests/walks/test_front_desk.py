"""Times and bills go to the front desk, and nothing else ever does."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from interlude.desk.models import Question
from interlude.messaging.actions import send_message
from interlude.messaging.models import Message
from interlude.practice.scope import in_practice
from tests.cast import NOW, Cast
from tests.walks.conftest import DESK
from tests.walks.ways import read_over

CLINICAL = "canary-of-the-third-night"
LATER = datetime(2026, 5, 13, 13, 50, tzinfo=UTC)
OF_THE_OFFICE = ["/office/", "/office/help-lines/", "/office/closed-days/", "/office/account/"]


@pytest.fixture
def something_clinical(cast: Cast) -> None:
    """Words for Ada, in every way that keeps words."""
    with in_practice(cast.alder.id):
        for topic in ("homework", "session", "brief_update"):
            send_message(CLINICAL, participant=cast.noor, draft_id=uuid4(), topic=topic, now=NOW)


@pytest.mark.contract("A5", "B6", "B11", "D5", "D36")
def test_a_bill_is_asked_about_answered_and_read(enter, cast, clock, something_clinical, no_violations):
    noor = enter(cast.noor)
    read_over(noor, "I cannot find the bill for April.", purpose="A bill")
    expect(noor.locator(".promise__line")).to_contain_text("The front desk answers by")
    expect(noor.get_by_text("You and the front desk can read this. It does not go to Ada.")).to_be_visible()
    no_violations(noor)
    noor.get_by_role("button", name="Send it to the front desk").click()
    expect(noor.get_by_role("heading", level=1)).to_contain_text("The front desk answers by")
    no_violations(noor)

    olu = enter(cast.olu, size=DESK)
    for page in OF_THE_OFFICE:
        olu.goto(page)
        assert CLINICAL not in olu.content()
    olu.goto("/office/")
    expect(olu.get_by_role("row")).to_have_count(2)  # the head of the table, and one question
    no_violations(olu)
    olu.get_by_role("row").get_by_role("link", name="Noor Haddad").click()
    expect(olu.get_by_role("article", name="The question")).to_contain_text("the bill for April")
    assert CLINICAL not in olu.content()
    no_violations(olu)
    olu.get_by_role("textbox").fill("It is in your mail now.")
    olu.get_by_role("button", name="Answer", exact=True).click()
    expect(olu.get_by_role("heading", level=1)).to_have_text("Nothing waits.")

    clock.set(LATER)
    noor.goto("/my/")
    noor.get_by_role("link", name="The front desk answered").click()
    expect(noor.get_by_role("article", name="The answer")).to_contain_text("It is in your mail now.")
    no_violations(noor)


@pytest.mark.contract("B8", "D4", "D27")
def test_another_time_is_asked_for_where_the_sessions_are(enter, cast):
    noor = enter(cast.noor)
    noor.goto("/my/write/")
    noor.get_by_role("link", name="A time or a date").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Our next session is on Tuesday at 10:00.")
    noor.get_by_role("textbox").fill("An hour later, if that is possible.")
    noor.get_by_role("button", name="Ask the front desk").click()
    expect(noor.get_by_role("heading", level=1)).to_contain_text("The front desk answers by")
    assert Question.unscoped.get().topic == "schedule"


@pytest.mark.contract("D6")
def test_running_late_is_one_tap_and_a_line(enter, cast, clock, no_violations):
    clock.set(datetime(2026, 5, 19, 8, 40, tzinfo=UTC))  # twenty minutes before the session
    noor = enter(cast.noor)
    noor.goto("/my/times/")
    noor.get_by_role("button", name="10 minutes").click()
    expect(noor.get_by_text("At 9:40 you said: about 10 minutes late.")).to_be_visible()
    no_violations(noor)
    olu = enter(cast.olu, size=DESK)
    olu.goto("/office/")
    expect(olu.get_by_text("Noor Haddad, about 10 minutes")).to_be_visible()
    assert not Question.unscoped.exists()  # nobody has to answer it


@pytest.mark.contract("A7", "D8")
def test_a_guardian_sees_times_and_bills_only(enter, cast, no_violations):
    with in_practice(cast.alder.id):
        send_message(CLINICAL, participant=cast.mira, draft_id=uuid4(), topic="homework", now=NOW)
    jonas = enter(cast.jonas)
    for page in ("/my/", "/my/write/", "/my/times/", "/my/agreement/", "/my/account/"):
        jonas.goto(page)
        assert CLINICAL not in jonas.content()
        no_violations(jonas)
    for closed in ("/my/conversation/", "/my/our-list/", "/my/journal/", "/my/write/homework/"):
        assert status_of(jonas, closed) == 404

    message = Message.unscoped.get()
    assert status_of(jonas, f"/my/messages/{message.pk}/") == 404
    jonas.goto("/my/write/")
    jonas.get_by_role("main").get_by_role("link", name="A bill").click()
    jonas.get_by_label("Your message").fill("Which day is the bill due?")
    jonas.get_by_role("button", name="Read it over").click()
    jonas.get_by_role("button", name="Send it to the front desk").click()
    expect(jonas.get_by_role("heading", level=1)).to_contain_text("The front desk answers by")


def status_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status
