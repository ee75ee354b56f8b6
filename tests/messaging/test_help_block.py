"""The help block, whole, in every receipt; first where somebody said that it is hard; and a purpose of its own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Participant
from tests.cast import NOW, Cast, words

SIGNS = "If you might hurt yourself or someone, if you do not feel safe, or if you cannot wait:"


@pytest.fixture
def here(cast: Cast) -> Cast:
    """Noor is in Britain, whose lines were checked."""
    bring_in_lines("GB", practice=cast.alder, by=cast.priya, now=NOW)
    for line in HelpLine.unscoped.all():
        confirm_line(line, by=cast.priya, how="called", on=NOW.date(), now=NOW)
    Participant.unscoped.filter(pk=cast.noor.pk).update(country="GB")
    return cast


@pytest.mark.contract("A32", "D10", "A35")
@pytest.mark.parametrize("topic", ["homework", "session", "brief_update", "billing"])
def test_every_receipt_has_it_whole(topic: str, here: Cast, visit: Any) -> None:
    page = visit(here.noor).post("/my/messages/", words(topic=topic), follow=True).content.decode()
    assert SIGNS in page and page.count('href="tel:999"') == 1
    block = page[page.index("help--block") :]
    assert block.index("tel:999") < block.index("sms:85258?body=SHOUT") < block.index("/help/alder/GB/")
    assert "If nobody answers, try the next one, or go to a hospital." in block
    assert "It is right to use them. Thank you for doing it." in block


@pytest.mark.contract("A30", "D24")
def test_where_the_place_is_not_known_it_names_no_number(here: Cast, visit: Any) -> None:
    page = visit(here.kai).post("/my/messages/", words(), follow=True).content.decode()
    assert "Call the local emergency number, go to the nearest hospital" in page
    assert "tel:" not in page


def test_a_line_that_was_taken_down_is_in_no_receipt(here: Cast, visit: Any) -> None:
    HelpLine.unscoped.filter(dial="116123").update(checked_on=None, checked_by=None)
    page = visit(here.noor).post("/my/messages/", words(), follow=True).content.decode()
    assert "116123" not in page and "tel:999" in page


@pytest.mark.contract("A29", "D11")
def test_i_need_help_now_is_a_purpose_that_leads_to_help_and_never_to_a_composer(
    here: Cast, visit: Any
) -> None:
    noor = visit(here.noor)
    page = noor.get("/my/write/").content.decode()
    start = page.index("I need help now")
    assert 'href="/help/alder/GB/"' in page[start - 200 : start]
    answer = noor.get("/my/write/help/")
    assert answer.status_code == 302 and answer["Location"] == "/help/alder/GB/"
    assert noor.post("/my/messages/", words(topic="help")).status_code == 404
    assert not Message.unscoped.exists() and not Draft.unscoped.exists()


def test_saying_that_it_is_hard_puts_help_first_and_keeps_the_words_and_tells_nobody(
    here: Cast, visit: Any
) -> None:
    noor, key = visit(here.noor), uuid4()
    sent = {"topic": "homework", "words": "I cannot say it.", "to": "hard"}
    answer = noor.post(f"/my/drafts/{key}/", sent, follow=True)
    page = answer.content.decode()
    assert "I cannot say it." in page and page.index("help--block") < page.index("<h1")
    receipt = noor.post("/my/messages/", words(), follow=True).content.decode()
    assert receipt.index("help--block") < receipt.index("<h1") and receipt.count("help--block") == 1
    for person, address in ((here.ada, "/practice/"), (here.olu, "/office/"), (here.kai, "/my/")):
        assert "help--block" not in visit(person).get(address).content.decode()
    assert "hard" not in {field.name for field in (*Message._meta.fields, *Draft._meta.fields)}
    noor.post("/leave/")
    assert not Session.objects.filter(pk=noor.session.session_key).exists()
    assert "help--block" not in visit(here.noor).get("/my/").content.decode()


def test_without_words_it_leads_back_to_the_purposes(here: Cast, visit: Any) -> None:
    sent = {"topic": "homework", "words": "", "to": "hard"}
    answer = visit(here.noor).post(f"/my/drafts/{uuid4()}/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/my/write/"
    assert "help--block" in answer.content.decode()
