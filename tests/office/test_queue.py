"""The front desk's queue: times, bills, technical things, and never a trace of anything clinical."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agenda.actions import keep_words, write_journal
from interlude.crisis.actions import bring_in_lines
from interlude.crisis.models import HelpLine
from interlude.desk.actions import answer_question, ask_desk
from interlude.desk.models import Question
from interlude.messaging.actions import send_message
from interlude.messaging.answering import reply_to
from interlude.messaging.drafts import save_draft
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from tests.cast import DAY, HOUR, NOW, Cast

CANARY = "canary-7f3a"
PAGES = ("/office/", "/office/people/", "/office/people/add/", "/office/help-lines/", "/office/closed-days/",
         "/office/account/")  # fmt: skip


def ask(
    participant: Participant,
    text: str = "Which room is it?",
    *,
    topic: str = "schedule",
    due: datetime | None,
) -> Question:
    return ask_desk(
        text, participant=participant, topic=topic, question_id=uuid4(), reply_due=due, now=NOW - HOUR
    )


@pytest.fixture
def question(cast: Cast) -> Question:
    return ask(cast.noor, due=NOW + DAY)


def words(question: Question) -> tuple[str, str]:
    question.refresh_from_db()
    sealer = Sealer(question.practice_id)
    return question.words(sealer), question.answer(sealer)


@pytest.mark.contract("D5", "D4")
def test_what_waits_stands_in_the_order_of_its_answer_dates(cast: Cast, visit: Any) -> None:
    ask(cast.kai, topic="billing", due=NOW + 2 * DAY)
    ask(cast.noor, topic="tech", due=NOW + HOUR)
    ask(cast.tove, due=None)
    ask(cast.jonas, topic="parent_logistics", due=NOW - HOUR)
    page = visit(cast.olu).get("/office/").content.decode()
    places = [page.index(name) for name in ("Jonas Sand", "Noor Haddad", "Kai Mercer", "Tove Brandt")]
    assert places == sorted(places)
    assert "Four questions, two for today." in page
    assert "No answer wanted" in page and "A bill" in page and "A technical problem" in page


def test_the_words_of_a_question_are_on_its_own_page_alone(cast: Cast, visit: Any) -> None:
    asked = ask(cast.noor, "Is the blue door open?", due=NOW + DAY)
    desk = visit(cast.olu)
    assert "blue door" not in desk.get("/office/").content.decode()
    page = desk.get(f"/office/questions/{asked.pk}/").content.decode()
    assert "Is the blue door open?" in page
    assert "blue door" not in page.split("</head>")[0]


def test_an_answer_closes_the_question_and_tells_that_there_is_one(
    cast: Cast, visit: Any, question: Question
) -> None:
    answer = visit(cast.olu).post(f"/office/questions/{question.pk}/", {"words": "Room two, first floor."})
    assert answer.headers["Location"] == "/office/"
    assert words(question)[1] == "Room two, first floor."
    assert question.answered_by == cast.olu
    mail = mail_for(Notice.objects.get(kind="desk_answer"))
    assert mail.to == ["noor@example.org"] and "Room two" not in mail.body + mail.subject
    page = visit(cast.noor).get(f"/my/questions/{question.pk}/").content.decode()
    assert "Room two, first floor." in page


def test_pressing_twice_is_one_answer(cast: Cast, visit: Any, question: Question) -> None:
    desk = visit(cast.olu)
    for _ in range(2):
        assert desk.post(f"/office/questions/{question.pk}/", {"words": "Room two."}).status_code == 302
    assert Notice.objects.filter(kind="desk_answer").count() == 1


def test_the_first_answer_stands_and_the_second_persons_words_come_back(
    cast: Cast, visit: Any, question: Question
) -> None:
    visit(cast.olu).post(f"/office/questions/{question.pk}/", {"words": "Room two."})
    second = visit(cast.priya).post(f"/office/questions/{question.pk}/", {"words": "Room <b>three</b>."})
    assert second.status_code == 409
    page = second.content.decode()
    assert "Somebody else answered first" in page
    assert "Room &lt;b&gt;three&lt;/b&gt;." in page and "Room two." in page
    assert words(question)[1] == "Room two."
    assert Notice.objects.filter(kind="desk_answer").count() == 1


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n"])
def test_an_empty_answer_is_none(nothing: str, cast: Cast, visit: Any, question: Question) -> None:
    answer = visit(cast.olu).post(f"/office/questions/{question.pk}/", {"words": nothing})
    assert answer.status_code == 422
    assert question.answered_at is None and words(question)[1] == ""


@pytest.mark.parametrize(
    "strange", ["A" * 1_000_000, "a\0b", "\u202ertl", "🙂\u200b", "<script>alert(1)</script>"]
)
def test_an_answer_may_be_anything(strange: str, cast: Cast, visit: Any, question: Question) -> None:
    desk = visit(cast.olu)
    assert desk.post(f"/office/questions/{question.pk}/", {"words": strange}).status_code == 302
    assert "<script>alert" not in desk.get(f"/office/questions/{question.pk}/").content.decode()
    assert len(words(question)[1]) >= 2


def test_a_late_answer_is_said_to_be_late(cast: Cast, visit: Any, question: Question, clock: Any) -> None:
    clock.set(NOW + 2 * DAY)
    page = visit(cast.olu).get(f"/office/questions/{question.pk}/").content.decode()
    assert "It is late, and not because of them" in page


def test_a_therapist_a_client_and_another_practice_find_no_question(
    cast: Cast, visit: Any, question: Question
) -> None:
    for person in (cast.noor, cast.ada, cast.jonas, cast.cleo, cast.dov):
        browser = visit(person)
        for answer in (
            browser.get("/office/"),
            browser.get(f"/office/questions/{question.pk}/"),
            browser.post(f"/office/questions/{question.pk}/", {"words": "x"}),
        ):
            assert answer.status_code == 404
    elsewhere = ask(cast.dov, due=NOW + DAY)
    assert visit(cast.olu).get(f"/office/questions/{elsewhere.pk}/").status_code == 404
    assert "Dov" not in visit(cast.olu).get("/office/").content.decode()


@pytest.mark.contract("A15")
def test_no_page_of_the_office_has_a_trace_of_anything_clinical(cast: Cast, visit: Any) -> None:
    """Not in a word, not in a count: the office's pages are the same bytes before and after."""
    bring_in_lines("GB", practice=cast.alder, by=None, now=NOW)
    asked = ask(cast.noor, due=NOW + DAY)
    pages = [*PAGES, f"/office/questions/{asked.pk}/"]
    owner = visit(cast.priya)
    before = [plain(owner.get(page).content.decode()) for page in pages]
    write_everywhere(cast)
    for page, was in zip(pages, before, strict=True):
        now = owner.get(page).content.decode()
        assert CANARY not in now, page
        assert plain(now) == was, f"{page} tells that something was written"


def write_everywhere(cast: Cast) -> None:
    """Messages waiting and answered, a kept one, our list, the journal, a draft: by three clients."""
    for writer in (cast.noor, cast.mira, cast.tove):
        for topic, sent_at in (("homework", NOW - 3 * DAY), ("session", NOW), ("brief_update", NOW)):
            send_message(f"{CANARY} {topic}", participant=writer, draft_id=uuid4(), topic=topic, now=sent_at)
        sent = send_message(
            f"{CANARY} again", participant=writer, draft_id=uuid4(), topic="homework", now=NOW - 3 * DAY
        ).stored
        reply_to(sent, f"{CANARY} answer", by=cast.ada, now=NOW, reply_id=uuid4())
        write_journal(f"{CANARY} journal", participant=writer, now=NOW)
        save_draft(f"{CANARY} draft", participant=writer, draft_id=uuid4(), topic="session", now=NOW)
        keep_words(f"{CANARY} list", client=writer.client, topic="session", by=writer, now=NOW)


def plain(page: str) -> str:
    """A page without its keys and form ids, which differ each time."""
    return re.sub(r'name="(csrfmiddlewaretoken|form_id)" value="[^"]+"', "", page)


def test_the_queue_shows_the_day_at_the_desk(cast: Cast, visit: Any) -> None:
    page = visit(cast.olu).get("/office/").content.decode()
    assert "9:00–12:30, 13:30–17:00" in page
    assert "The help page shows no checked line yet" in page
    assert not HelpLine.unscoped.exists()


def test_what_was_answered_lately_can_be_looked_at_again(cast: Cast, visit: Any, question: Question) -> None:
    answer_question(question, "Room two.", by=cast.olu, now=NOW - HOUR)
    desk = visit(cast.priya)
    assert f"/office/questions/{question.pk}/" in desk.get("/office/").content.decode()
    page = desk.get(f"/office/questions/{question.pk}/").content.decode()
    assert "Room two." in page and "<textarea" not in page


def test_the_queue_asks_the_database_the_same_few_times(cast: Cast, visit: Any) -> None:
    desk = visit(cast.olu)
    ask(cast.noor, due=NOW + DAY)
    desk.get("/office/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/office/")
    for number in range(20):
        ask(cast.kai, due=NOW + timedelta(minutes=number))
    with CaptureQueriesContext(connection) as many:
        desk.get("/office/")
    assert len(few) == len(many) <= 16


def test_an_empty_queue_is_calm(cast: Cast, visit: Any) -> None:
    page = visit(cast.olu).get("/office/").content.decode()
    assert "Nothing waits." in page and "Every question is answered." in page
