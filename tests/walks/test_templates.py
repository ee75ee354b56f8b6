"""An answer begun from templates by keyboard alone, one of one's own, and words for one client."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from interlude.messaging.models import Reply
from interlude.phrasebook.models import Landing, Phrase, Use, Variant
from interlude.sealing.vault import Sealer
from tests.messaging.post import may, send
from tests.walks.conftest import DESK
from tests.walks.ways import tab_to


@pytest.mark.contract("A46", "A49")
def test_an_answer_is_begun_from_two_templates_without_a_mouse(
    enter: Any, cast: Any, clock: Any, looks_right: Any
) -> None:
    message = send(cast.noor, at=may(13, 20))
    clock.set(may(14, 17, 5))
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/messages/{message.pk}/")
    ada.keyboard.press("t")
    looks_right(ada)
    first = ada.locator("details.phrases button[name=take]").first
    tab_to(ada, first)
    title = first.inner_text()
    ada.keyboard.press("Enter")
    box = ada.get_by_label("Your answer")
    expect(box).to_have_value(re.compile("^Dear Noor,"))
    before = box.input_value()
    expect(box).to_be_focused()
    ada.keyboard.press("Escape")
    ada.keyboard.press("t")
    other = ada.get_by_label("Another one")
    tab_to(ada, other)
    ada.keyboard.type("I read at set")
    tab_to(ada, ada.get_by_role("button", name="Open it in my answer"))
    ada.keyboard.press("Enter")
    expect(box).to_have_value(re.compile("^" + re.escape(before) + "\n\nThank you for writing."))
    both = box.input_value()
    assert both.startswith(before) and "It is fine to write at any hour." in both, title
    ada.keyboard.press("r")
    ada.keyboard.press("Control+End")
    ada.keyboard.type(" Ada")
    looks_right(ada)
    ada.keyboard.press("Control+Enter")
    ada.wait_for_url(lambda url: f"/messages/{message.pk}/" not in url)
    reply = Reply.unscoped.get()
    assert reply.text(Sealer(cast.alder.id), cast.noor.client_id).endswith(" Ada")
    assert Use.unscoped.count() == 2


@pytest.mark.contract("A46")
def test_one_is_copied_out_of_shape_and_back_into_it(enter: Any, cast: Any, looks_right: Any) -> None:
    ada = enter(cast.ada, size=DESK)
    ada.goto("/practice/phrases/")
    looks_right(ada)
    ada.get_by_role("link", name="Much private information has come").click()
    looks_right(ada)
    ada.get_by_role("link", name="Make my own copy").click()
    ada.get_by_label("2. What you agreed").fill("")
    ada.get_by_role("button", name="Keep it").click()
    expect(ada.get_by_text("Say what was agreed, as your shared plan and without blame.")).to_be_visible()
    looks_right(ada)
    expect(ada.get_by_label("1. What you acknowledge")).to_have_value(
        re.compile("^" + re.escape("Thank you for trusting me"))
    )
    ada.get_by_label("2. What you agreed").fill("As we said, {agreement}.")
    ada.get_by_role("button", name="Keep it").click()
    expect(ada.get_by_text("Kept. It is on your list.")).to_be_visible()
    ada.get_by_label("Client", exact=True).select_option("Noor Haddad")
    ada.get_by_role("button", name="Show it").click()
    expect(ada.get_by_role("article")).to_contain_text(
        "As we said, I answer within 2 working days, by 17:00."
    )
    looks_right(ada)
    assert Phrase.unscoped.count() == 1


@pytest.mark.contract("A50")
def test_a_line_that_landed_badly_leads_to_other_words_for_this_client(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.noor.client_id}/")
    ada.get_by_role("main").get_by_role("link", name="Templates").click()
    looks_right(ada)
    ada.get_by_label("Which template").select_option("Kept for the session (English)")
    ada.get_by_label("It landed badly").check()
    ada.get_by_label("Which line, and what was said").fill("“Their place” felt like a door.")
    ada.get_by_role("button", name="Keep it").click()
    ada.get_by_role("link", name="Write it in other words for this client").click()
    ada.get_by_label("2. What you agreed").fill("We said that this goes on our list.")
    looks_right(ada)
    ada.get_by_role("button", name="Keep it").click()
    expect(ada.get_by_role("article", name="Kept for the session")).to_contain_text("goes on our list")
    looks_right(ada)
    assert (Variant.unscoped.count(), Landing.unscoped.count()) == (1, 1)
