"""Pressing send: one message however often, every outcome in its place, no words lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from interlude.agenda.models import JournalEntry, ListItem
from interlude.agreements.models import Agreement
from interlude.audit.models import Event
from interlude.desk.models import Question
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Client
from interlude.sealing.vault import Sealer
from tests.cast import DAY, NOW, words

SEND = "/my/messages/"
FRIDAY_FIVE = datetime(2026, 5, 15, 16, tzinfo=UTC)  # 17:00 in London
THURSDAY_FIVE = datetime(2026, 5, 14, 16, tzinfo=UTC)


def text_of(message: Message) -> str:
    return message.text(Sealer(message.practice_id))


@pytest.mark.contract("C14", "A13")
def test_a_message_gets_one_date_that_is_stored_and_shown(cast: Any, visit: Any) -> None:
    answer = visit(cast.noor).post(SEND, words("A quiet week."), follow=True)
    message = Message.unscoped.get()
    assert (message.outcome, message.handed_at, message.reply_due) == ("answer", THURSDAY_FIVE, FRIDAY_FIVE)
    assert text_of(message) == "A quiet week."
    assert "Fri 15 May, 17:00" in answer.content.decode()


def test_pressing_send_twice_stores_one_message_and_one_line_in_the_record(cast: Any, visit: Any) -> None:
    form, browser = words(), visit(cast.noor)
    answers = [browser.post(SEND, form) for _ in range(3)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert Message.unscoped.count() == 1
    assert Event.objects.filter(verb="message.sent").count() == 1


def test_other_words_under_a_key_that_was_used_become_a_draft_once(cast: Any, visit: Any) -> None:
    form, browser = words("First words."), visit(cast.noor)
    browser.post(SEND, form)
    for _ in range(2):
        page = browser.post(SEND, form | {"words": "Second words."}, follow=True)
    assert text_of(Message.unscoped.get()) == "First words."
    kept = Draft.unscoped.get()
    assert kept.text(Sealer(cast.alder.id)) == "Second words."
    assert f"/my/drafts/{kept.pk}/" in page.content.decode()


def test_going_back_from_the_receipt_leads_to_the_receipt_again(cast: Any, visit: Any) -> None:
    form, browser = words(), visit(cast.noor)
    draft = f"/my/drafts/{form['draft_id']}/"
    browser.post(f"{draft}review/", form)
    receipt = browser.post(SEND, form)["Location"]
    assert browser.get(f"{draft}review/")["Location"] == receipt
    assert browser.get(draft)["Location"] == receipt
    assert browser.post(f"{draft}review/", form)["Location"] == receipt


def test_a_save_that_comes_after_sending_changes_nothing(cast: Any, visit: Any) -> None:
    form, browser = words("A quiet week."), visit(cast.noor)
    browser.post(SEND, form)
    for late in ("A quiet", "A quiet week."):
        assert browser.post(f"/my/drafts/{form['draft_id']}/", form | {"words": late}).status_code == 204
    assert not Draft.unscoped.exists()


def test_a_page_that_goes_on_after_sending_keeps_its_other_words_in_one_draft(cast: Any, visit: Any) -> None:
    form, browser = words("A quiet week."), visit(cast.noor)
    browser.post(SEND, form)
    for more in ("A quiet week. And", "A quiet week. And then more."):
        browser.post(f"/my/drafts/{form['draft_id']}/", form | {"words": more})
    assert Draft.unscoped.get().text(Sealer(cast.alder.id)) == "A quiet week. And then more."


def test_a_key_that_is_no_id_still_sends(cast: Any, visit: Any) -> None:
    for key in ("", "not an id", "\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        answer = visit(cast.noor).post(SEND, words() | {"draft_id": key})
        assert answer.status_code == 302
    assert Message.unscoped.count() == 4


def test_a_key_of_somebody_else_is_not_touched_and_twice_is_once(cast: Any, visit: Any) -> None:
    form = words("Mine.")
    visit(cast.noor).post(SEND, form)
    for _ in range(2):
        visit(cast.kai).post(SEND, form | {"words": "Not yours."})
    assert sorted(text_of(message) for message in Message.unscoped.all()) == ["Mine.", "Not yours."]
    assert Message.unscoped.get(participant=cast.kai).pk != UUID(form["draft_id"])


@pytest.mark.parametrize("topic", ["", "crisis", "no such thing", "homework\0", "x" * 5000])
def test_an_unknown_topic_is_no_page(cast: Any, visit: Any, topic: str) -> None:
    assert visit(cast.noor).post(SEND, words(topic=topic)).status_code == 404
    assert not Message.unscoped.exists()


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n\t"])
def test_no_words_get_a_kind_sentence_and_lose_nothing(cast: Any, visit: Any, nothing: str) -> None:
    answer = visit(cast.noor).post(SEND, words(nothing, no_answer="on"))
    assert answer.status_code == 422
    assert "There are no words here yet." in answer.content.decode()
    assert "checked" in answer.content.decode()
    assert not Message.unscoped.exists()


STRANGE = {
    "a megabyte": "wide " * 210_000,
    "one long line": "x" * 1_000_000,
    "bidi": "abc \u202e\u2066 dlrow \u2069 \u200f",
    "zero width": "\u200b\u200d\ufeff",
    "combining": "Z" + "\u0301" * 10_000,
    "markup": "<script>alert(1)</script> {{ now }} {% now %} ' \" &amp; --",
    "emoji": "👩‍👩‍👧 देवनागरी العربية 漢字",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_text_is_taken_and_kept_as_it_is(cast: Any, visit: Any, text: str) -> None:
    browser, form = visit(cast.noor), words(text, topic="session")
    assert browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).status_code == 200
    receipt = browser.post(SEND, form, follow=True)
    assert receipt.status_code == 200
    assert text_of(Message.unscoped.get()) == text
    assert "<script>alert" not in receipt.content.decode()
    assert browser.get("/my/conversation/").status_code == 200


@pytest.mark.parametrize(("came", "kept"), [("a\0b", "a\ufffdb"), ("one\r\ntwo\rthree", "one\ntwo\nthree")])
def test_what_no_file_can_carry_gets_its_one_normal_form(cast: Any, visit: Any, came: str, kept: str) -> None:
    browser, form = visit(cast.noor), words(came, topic="session")
    assert browser.post(SEND, form).status_code == 302
    assert text_of(Message.unscoped.get()) == kept
    assert browser.post(SEND, form)["Location"].endswith(f"{form['draft_id']}/")  # still the same words


def test_a_lone_surrogate_is_kept_as_a_mark_of_something_missing(cast: Any, visit: Any) -> None:
    body = f"draft_id={uuid4()}&topic=session&words=a%ED%A0%80b".encode()
    answer = visit(cast.noor).post(SEND, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert text_of(Message.unscoped.get()).startswith("a\ufffd")


def test_signed_out_while_writing_the_words_come_back_and_are_sent_once(cast: Any, visit: Any) -> None:
    form = words("Typed for an hour.")
    lost = visit(None).post(SEND, form)
    assert lost.status_code == 401
    assert "Typed for an hour." in lost.content.decode()
    assert form["draft_id"] in lost.content.decode()
    browser = visit(cast.noor)
    assert browser.post(SEND, form).status_code == browser.post(SEND, form).status_code == 302
    assert Message.unscoped.count() == 1


def test_a_form_that_expired_gives_the_words_back(cast: Any, visit: Any) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.noor.user)
    answer = browser.post(SEND, words("Typed for an hour."))
    assert answer.status_code == 403
    assert "Typed for an hour." in answer.content.decode()
    assert not Message.unscoped.exists()


@pytest.mark.contract("D28", "A6")
def test_something_for_the_session_is_kept_on_our_list(cast: Any, visit: Any) -> None:
    page = visit(cast.noor).post(SEND, words(topic="session"), follow=True).content.decode()
    message = Message.unscoped.get()
    assert (message.outcome, message.reply_due) == ("keep", None)
    assert ListItem.unscoped.get().message_id == message.pk
    assert "Kept for" in page
    assert "Tue 19 May, 10:00" in page


@pytest.mark.contract("A9", "E11")
def test_news_that_needs_no_answer_says_that_none_will_come(cast: Any, visit: Any) -> None:
    page = (
        visit(cast.noor).post(SEND, words(topic="brief_update", no_answer="on"), follow=True).content.decode()
    )
    assert Message.unscoped.get().outcome == "no_answer"
    assert "None will come, as you asked" in page


def test_a_bill_goes_to_the_desk_and_never_to_the_conversation(cast: Any, visit: Any) -> None:
    form = words(topic="billing")
    answers = [visit(cast.noor).post(SEND, form)["Location"] for _ in range(2)]
    question = Question.unscoped.get()
    assert not Message.unscoped.exists()
    assert answers[0] == answers[1] == f"/my/messages/{question.pk}/"
    assert visit(cast.noor).get(answers[0])["Location"] == f"/my/questions/{question.pk}/"


def test_what_one_does_oneself_leads_there_with_the_words(cast: Any, visit: Any) -> None:
    form = words("Could we meet at noon?", topic="schedule")
    for _ in range(2):
        there = visit(cast.noor).post(SEND, form)["Location"]
    draft = Draft.unscoped.get()
    assert there == f"/my/times/?draft={draft.pk}"
    assert draft.text(Sealer(cast.alder.id)) == "Could we meet at noon?"
    assert not Question.unscoped.exists()


@pytest.mark.parametrize("state", ["no yes yet", "nothing offered", "ended"])
def test_before_and_after_an_agreement_the_words_stay_in_the_journal(
    cast: Any, visit: Any, state: str
) -> None:
    offered = Agreement.unscoped.filter(client=cast.noor.client)
    match state:
        case "no yes yet":
            offered.update(accepted_at=None)
        case "nothing offered":
            offered.get().acceptances.all().delete()
            offered.delete()
        case "ended":
            Client.unscoped.filter(pk=cast.noor.client_id).update(ended_at=NOW - DAY)
    form = words("I wanted to say this.")
    for _ in range(2):
        place = visit(cast.noor).post(SEND, form)["Location"]
    entry = JournalEntry.unscoped.get()
    assert entry.words(Sealer(cast.alder.id)) == "I wanted to say this."
    assert entry.not_sent
    assert visit(cast.noor).get(place)["Location"] == f"/my/journal/{entry.pk}/"
    assert not Message.unscoped.exists()


def test_a_guardians_words_reach_the_front_desk_and_nobody_else(cast: Any, visit: Any) -> None:
    for topic in ("billing", "schedule", "homework", "session", "brief_update"):
        assert (
            visit(cast.jonas).post(SEND, words("About Tuesday.", topic=topic, keep="on")).status_code == 302
        )
    assert not Message.unscoped.exists()
    assert set(Question.unscoped.values_list("topic", flat=True)) == {"billing", "schedule"}
    assert "About Tuesday." not in visit(cast.mira).get("/my/conversation/").content.decode()


@pytest.mark.parametrize("stranger", ["ada", "ben", "olu", "priya"])
def test_nobody_else_sends_from_the_clients_room(cast: Any, visit: Any, stranger: str) -> None:
    assert visit(getattr(cast, stranger)).post(SEND, words()).status_code == 404
    assert not Message.unscoped.exists()


def test_the_words_of_one_client_are_on_no_page_of_another(cast: Any, visit: Any) -> None:
    place = visit(cast.noor).post(SEND, words("A canary for Ada alone."))["Location"]
    for other in (cast.kai, cast.mira, cast.tove, cast.dov, cast.jonas):
        browser = visit(other)
        assert browser.get(place).status_code == 404
        for page in ("/my/", "/my/conversation/", "/my/write/"):
            assert "canary" not in browser.get(page).content.decode()


@pytest.mark.contract("C1", "C2")
def test_a_date_that_was_shown_is_not_made_later_without_a_word(cast: Any, visit: Any, clock: Any) -> None:
    shown = "answered|2026-05-15T16:00:00+00:00|"
    clock.set(THURSDAY_FIVE + timedelta(minutes=1))
    answer = visit(cast.noor).post(SEND, words("Right before the reading.", shown_=shown))
    assert answer.status_code == 422
    assert "Time has passed since you saw the date." in answer.content.decode()
    assert not Message.unscoped.exists()
    assert Draft.unscoped.get().text(Sealer(cast.alder.id)) == "Right before the reading."


def test_a_date_that_came_sooner_is_simply_taken(cast: Any, visit: Any) -> None:
    answer = visit(cast.noor).post(SEND, words() | {"shown_": "answered|2026-05-18T16:00:00+00:00|"})
    assert answer.status_code == 302
    assert Message.unscoped.get().reply_due == FRIDAY_FIVE


def test_sending_costs_as_many_queries_with_five_hundred_messages_as_with_none(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    browser.post(SEND, words())
    counts = []
    for stored in (0, 500):
        first = Message.unscoped.first()
        assert first is not None
        Message.unscoped.bulk_create([_copy(first, n) for n in range(stored)])
        with CaptureQueriesContext(connection) as asked:
            browser.post(SEND, words())
        counts.append(len(asked))
    assert counts[0] == counts[1] == 22, counts


def _copy(message: Message, number: int) -> Message:
    fields = {field.attname: getattr(message, field.attname) for field in Message._meta.concrete_fields} | {
        "id": uuid4(),
        "sent_at": message.sent_at - timedelta(days=30, minutes=number),
    }
    return Message(**fields)
