"""The page of a question to the front desk: received, by when, the words, the answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.desk.actions import answer_question, ask_desk
from interlude.desk.models import Question
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW

ASKED = "I cannot find the bill for April."


def ask(person: Any, *, due: Any = NOW + DAY, text: str = ASKED) -> Question:
    return ask_desk(
        text, participant=person, topic="billing", question_id=uuid4(), reply_due=due, now=NOW - DAY
    )


def read(visit: Any, person: Any, question: Question) -> str:
    answer = visit(person).get(f"/my/questions/{question.pk}/")
    assert answer.status_code == 200
    return main_text(answer.content.decode())


@pytest.mark.contract("A18", "B4", "D5")
def test_the_receipt_says_who_answers_and_by_when(cast: Any, visit: Any) -> None:
    page = read(visit, cast.noor, ask(cast.noor))
    for said in (
        "The front desk answers by Thu 14 May, 14:41",
        ASKED.rstrip("."),
        "Written by the system, not by a person",
        "Received. Tue 12 May, 14:41",
        "Answer by. Thu 14 May, 14:41",
        "or if you cannot wait:",
    ):
        assert said in page
    assert grade(page) <= 6


def test_the_answer_stands_above_the_words(cast: Any, visit: Any) -> None:
    question = ask(cast.noor)
    answer_question(question, "It is in the mail again.", by=cast.olu, now=NOW)
    page = read(visit, cast.noor, question)
    assert "The front desk has answered" in page
    assert page.index("It is in the mail again") < page.index("I cannot find")
    assert "Answer by" not in page


@pytest.mark.contract("C13")
def test_a_late_answer_is_said_plainly_and_not_laid_on_the_client(cast: Any, visit: Any) -> None:
    page = read(visit, cast.noor, ask(cast.noor, due=NOW - DAY / 2))
    assert "This answer is late" in page
    assert "That is not because of you" in page


def test_a_question_without_a_date_promises_none(cast: Any, visit: Any) -> None:
    page = read(visit, cast.noor, ask(cast.noor, due=None))
    assert "Your question is with the front desk" in page
    assert "No date" in page


def test_newer_words_are_pointed_to_and_odd_keys_are_ignored(cast: Any, visit: Any) -> None:
    question, draft = ask(cast.noor), uuid4()
    page = visit(cast.noor).get(f"/my/questions/{question.pk}/", {"other": str(draft)}).content.decode()
    assert f'href="/my/drafts/{draft}/"' in page
    odd = visit(cast.noor).get(f"/my/questions/{question.pk}/", {"other": "x"})
    assert "Your newer words" not in odd.content.decode()


def test_markup_in_a_question_stays_words(cast: Any, visit: Any) -> None:
    question = ask(cast.noor, text="<script>alert(1)</script>")
    page = visit(cast.noor).get(f"/my/questions/{question.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_question_is_nobody_elses_not_even_of_the_same_care(cast: Any, visit: Any) -> None:
    for writer in (cast.mira, cast.tove, cast.jonas):
        address = f"/my/questions/{ask(writer).pk}/"
        for person in cast.everybody:
            if person is not writer:
                assert visit(person).get(address).status_code == 404
        assert visit(None).get(address).status_code == 302
        assert visit(writer).get(address).status_code == 200
        assert visit(writer).post(address).status_code == 405
    assert visit(cast.mira).get(f"/my/questions/{uuid4()}/").status_code == 404
