"""A session ends, a tab closes, the network goes away: no typed word is lost, and nothing is sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from interlude.messaging.models import Draft, Message
from tests.cast import NOW, PASSWORD
from tests.walks.ways import compose, read_over, sign_out

WORDS = "I typed for an hour, slowly.\n\nThis is the end of it."


def test_a_session_that_ran_out_gives_the_words_back_and_they_are_sent_once(enter, cast, clock):
    noor = enter(cast.noor)
    read_over(noor, WORDS)
    clock.set(NOW + timedelta(minutes=40))
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your words are still here.")
    expect(noor.get_by_label("What you wrote")).to_have_value(WORDS)
    assert Message.unscoped.count() == 0

    sign_in_beside(noor, cast.noor.user.email)
    go_on(noor)
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    expect(noor.get_by_role("article", name="Your message")).to_contain_text("This is the end of it.")
    assert Message.unscoped.count() == 1


@pytest.mark.parametrize("way", ["another tab signed out", "the row is gone"])
def test_words_in_the_box_survive_a_session_that_somebody_ended(enter, cast, way):
    noor = enter(cast.noor)
    compose(noor).fill(WORDS)
    if way == "the row is gone":
        Session.objects.all().delete()
    else:
        sign_out(noor.context.new_page())
    noor.get_by_role("button", name="Read it over").click()
    expect(noor.get_by_label("What you wrote")).to_have_value(WORDS)

    sign_in_beside(noor, cast.noor.user.email)
    go_on(noor)
    expect(noor.get_by_role("article", name="Your words")).to_contain_text("This is the end of it.")
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    assert Message.unscoped.count() == 1


def test_a_closed_tab_leaves_a_draft_that_is_opened_again(enter, cast):
    noor = enter(cast.noor)
    compose(noor).press_sequentially("A tab that closes.")
    expect(noor.get_by_role("status")).to_contain_text("Draft saved at")
    noor.close()

    again = noor.context.new_page()
    again.goto("/my/")
    again.get_by_role("link", name="A draft: your practice task").click()
    expect(again.get_by_label("Your message")).to_have_value("A tab that closes.")
    assert Draft.unscoped.count() == 1


def test_what_is_typed_before_the_scripts_have_come_is_kept_as_a_draft_too(enter, cast):
    noor = enter(cast.noor)
    noor.route("**/autosave.js", lambda route: route.abort())
    compose(noor).fill("A slow line.")
    noor.unroute_all()
    noor.add_script_tag(url="/static/ui/behaviours/autosave.js")
    expect(noor.get_by_role("status")).to_contain_text("Draft saved at")
    assert Draft.unscoped.count() == 1


def test_without_a_network_the_words_wait_and_nothing_warns(enter, cast):
    noor = enter(cast.noor)
    box = compose(noor)
    noor.context.set_offline(True)
    with noor.expect_event(
        "requestfailed"
    ):  # listened for before the first key: it may fail while one types on
        box.press_sequentially("Written in a tunnel.")
    expect(noor.get_by_role("status")).to_have_text("")
    assert Draft.unscoped.count() == 0

    noor.context.set_offline(False)
    expect(noor.get_by_role("status")).to_contain_text("Draft saved at")
    noor.get_by_role("button", name="Read it over").click()
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("article", name="Your message")).to_contain_text("Written in a tunnel.")
    assert Message.unscoped.count() == 1


def test_when_the_answer_is_lost_going_back_shows_the_receipt_of_what_arrived(enter, cast):
    noor = enter(cast.noor)
    read_over(noor, WORDS)
    noor.route("**/my/messages/", lambda route: (route.fetch(max_redirects=0), route.abort()))
    noor.get_by_role("button", name="Send it to Ada").click()
    noor.wait_for_url("chrome-error://**")
    assert Message.unscoped.count() == 1  # it had arrived; only the answer was lost

    noor.unroute_all()
    noor.go_back()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    noor.goto("/my/")
    expect(noor.get_by_role("main")).not_to_contain_text("A draft:")


def sign_in_beside(page: Page, email: str) -> None:
    """The page stays; its button opens another one for signing in."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in on another page").click()
    other = opened.value
    other.get_by_label("Your e-mail address").fill(email)
    other.get_by_label("Your password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other).to_have_url("/my/")
    other.close()


def go_on(page: Page) -> None:
    """The form's key is older than the sign-in, so the page asks for one press more, with the words on it."""
    page.get_by_role("button", name="I am signed in, go on").click()
    page.get_by_role("button", name="Go on", exact=True).click()
