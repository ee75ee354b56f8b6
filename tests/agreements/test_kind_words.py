"""How the boundary is said: by the portal, warmly, the same for everybody, with the next step."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.agreements.reading import grade, main_text
from tests.cast import words

CHAT = r"\b(online|last seen|is typing|typing…|seen at|delivered|streak|unread)\b"


def sent(visit: Any, person: Any, **fields: str) -> str:
    return main_text(visit(person).post("/my/messages/", words(**fields), follow=True).content.decode())


@pytest.mark.contract("A4", "A12", "A47", "B1", "B35")
def test_the_receipt_is_warm_gives_the_next_step_and_says_that_the_portal_wrote_it(
    cast: Any, visit: Any
) -> None:
    page = sent(visit, cast.noor)
    for said in (
        "It is safe",
        "There is no need to send it again",
        "You will hear by. Fri 15 May, 17:00",
        "Written by the system, not by a person",
        "Help now, at any hour",
    ):
        assert said in page, said
    assert not re.search(r"unfortunately|policy|do not reply|not monitored|!", page, re.IGNORECASE)
    assert grade(page) <= 6


@pytest.mark.contract("A3", "B28")
def test_before_a_word_is_written_the_wish_to_write_is_welcome_and_its_end_is_known(
    cast: Any, visit: Any
) -> None:
    page = visit(cast.noor).get("/my/write/").content.decode()
    assert "You are welcome to write" in page
    assert "Any hour is fine" in page
    assert main_text(page).count("by Fri 15 May, 17:00") >= 3, "each purpose has its date"


@pytest.mark.contract("A26")
def test_the_agreement_closes_with_what_stays_open(cast: Any, visit: Any) -> None:
    end = main_text(visit(cast.noor).get("/my/agreement/").content.decode()).partition("When it cannot wait")[
        2
    ]
    assert "If an answer feels odd, we can look at it together" in end
    assert "Help now" in end


@pytest.mark.contract("B3", "B7", "D2")
def test_one_way_is_for_words_and_the_others_only_say_that_something_waits(cast: Any, visit: Any) -> None:
    page = main_text(visit(cast.noor).get("/my/agreement/").content.decode())
    part = page.partition("Phone, e-mail and other ways")[2].partition("Why?")[0]
    assert part.count("For messages and answers") == 1
    assert "This portal. For messages and answers" in part
    assert "Text messages by phone. Only to say that something is waiting here" in part
    assert "Messenger apps. Not used" in part


@pytest.mark.contract("E2")
def test_nothing_looks_like_a_chat(cast: Any, visit: Any) -> None:
    sent(visit, cast.noor)
    for address in ("/my/", "/my/write/homework/", "/my/conversation/"):
        page = main_text(visit(cast.noor).get(address).content.decode())
        assert not re.search(CHAT, page, re.IGNORECASE), address
