"""The receipt, changing and taking back by the clock, and the conversation."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agenda.models import ListItem
from interlude.audit.models import Event
from interlude.messaging.actions import Sent, send_message
from interlude.messaging.answering import reply_to
from interlude.messaging.models import Draft, Message, Reply, Revision
from interlude.messaging.outlook import Marks
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from tests.cast import DAY, HOUR, NOW, words

WINDOW = datetime(2026, 5, 14, 16, tzinfo=UTC)  # Thursday 17:00 in London
BEFORE = WINDOW - timedelta(seconds=1)


def sent(
    who: Participant, text: str = "A quiet week.", topic: str = "homework", at: datetime = NOW, **marks: Any
) -> Any:
    done = send_message(text, participant=who, draft_id=uuid4(), topic=topic, now=at, marks=Marks(**marks))
    assert isinstance(done, Sent)
    return done.stored


def plain(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def text_of(message: Message) -> str:
    return Message.unscoped.get(pk=message.pk).text(Sealer(message.practice_id))


@pytest.mark.contract("A18", "A31", "C16")
def test_the_receipt_is_the_machines_and_says_all_that_matters(cast: Any, visit: Any) -> None:
    message = sent(cast.noor)
    html = visit(cast.noor).get(f"/my/messages/{message.pk}/")
    page = plain(html)
    for line in (
        "Your message is received. It is safe. There is no need to send it again.",
        "Written by the system, not by a person",
        "Received Wed 13 May, 14:41",
        "About A practice task",
        "Ada reads Thu 14 May, 17:00",
        "You will hear by Fri 15 May, 17:00",
        "You can change it until Thu 14 May, 17:00",
        "or if you cannot wait:",
        "Help now , at any hour: all lines, and other places.",
    ):
        assert line in page
    slip = html.content.decode().split('class="receipt"')[1].split("</section>")[0]
    assert not re.search(r"\b(I|me|my|we)\b", re.sub(r"<[^>]+>", " ", slip))


@pytest.mark.contract("A17")
def test_no_page_tells_that_anybody_looked(cast: Any, visit: Any, clock: Any) -> None:
    """The clinician opens, reads, looks early: the client's pages stay as they were, byte for byte."""
    message = sent(cast.noor, at=NOW - 2 * DAY)
    browser = visit(cast.noor)
    pages = ("/my/", "/my/conversation/", f"/my/messages/{message.pk}/")
    before = [_still(browser.get(page)) for page in pages]
    theirs = visit(cast.ada)
    assert theirs.get(f"/practice/messages/{message.pk}/").status_code == 200
    theirs.get("/practice/")
    assert [_still(browser.get(page)) for page in pages] == before


def _still(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_a_message_can_be_changed_until_the_window_opens_by_the_clock(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = sent(cast.noor, "First words.")
    clock.set(BEFORE)
    address = f"/my/messages/{message.pk}/change/"
    browser = visit(cast.noor)
    assert "First words." in browser.get(address).content.decode()
    assert browser.post(address, {"words": "Better words."})["Location"] == f"/my/messages/{message.pk}/"
    browser.post(address, {"words": "Better words."})
    assert text_of(message) == "Better words."
    assert Revision.objects.count() == 1
    fresh = Message.unscoped.get()
    assert (fresh.reply_due, fresh.handed_at) == (message.reply_due, message.handed_at)


def test_once_the_window_has_opened_new_words_are_kept_as_a_draft(cast: Any, visit: Any, clock: Any) -> None:
    message = sent(cast.noor, "First words.")
    clock.set(WINDOW)
    browser, address = visit(cast.noor), f"/my/messages/{message.pk}/change/"
    assert "It can no longer be pulled back." in plain(browser.get(f"/my/messages/{message.pk}/"))
    assert browser.get(address)["Location"] == f"/my/messages/{message.pk}/"
    for _ in range(2):
        page = browser.post(address, {"words": "Too late."}, follow=True).content.decode()
    assert text_of(message) == "First words."
    kept = Draft.unscoped.get()
    assert kept.text(Sealer(cast.alder.id)) == "Too late."
    assert f"/my/drafts/{kept.pk}/" in page


@pytest.mark.parametrize("nothing", ["", "  \n"])
def test_a_change_to_nothing_asks_again(cast: Any, visit: Any, nothing: str) -> None:
    message = sent(cast.noor, "First words.")
    answer = visit(cast.noor).post(f"/my/messages/{message.pk}/change/", {"words": nothing})
    assert answer.status_code == 422
    assert text_of(message) == "First words."


LONG = " ".join(f"word{number}" for number in range(200))


def test_a_change_that_grows_long_keeps_its_rest_for_the_session(cast: Any, visit: Any) -> None:
    message = sent(cast.noor, "First words.")
    browser, address = visit(cast.noor), f"/my/messages/{message.pk}/change/"
    for _ in range(2):
        browser.post(address, {"words": LONG, "keep_rest": "on"})
    assert text_of(message).split()[-1] == "word149"
    assert ListItem.unscoped.get().words(Sealer(cast.alder.id)).split()[0] == "word150"
    assert Message.unscoped.get().reply_due == message.reply_due
    assert Revision.objects.count() == 1
    assert "word199" in browser.get(address).content.decode()  # the whole of it can be changed again
    browser.post(address, {"words": "Short again.", "keep_rest": "on"})
    assert text_of(message) == "Short again."
    assert not ListItem.unscoped.exists()
    assert Message.unscoped.get().rules == message.rules


def test_a_change_that_grows_long_may_be_kept_whole(cast: Any, visit: Any) -> None:
    message = sent(cast.noor, "First words.")
    page = visit(cast.noor).post(f"/my/messages/{message.pk}/change/", {"words": LONG}, follow=True)
    assert text_of(message) == LONG
    fresh = Message.unscoped.get()
    assert (fresh.outcome, fresh.reason, fresh.reply_due) == ("keep", "over_plan", None)
    assert ListItem.unscoped.get().message_id == message.pk
    assert "Kept for our session, Tue 19 May, 10:00" in plain(page).replace(" ,", ",")


def test_changed_twice_beyond_the_plan_it_stands_on_our_list_once(cast: Any, visit: Any) -> None:
    message = sent(cast.noor, "First words.")
    for text in (LONG, f"{LONG} and more", "Short.", LONG):
        answer = visit(cast.noor).post(f"/my/messages/{message.pk}/change/", {"words": text})
        assert answer.status_code == 302
        assert text_of(message) == text
    assert ListItem.unscoped.get().message_id == message.pk


def test_taking_back_asks_once_and_makes_the_words_a_draft_again(cast: Any, visit: Any, clock: Any) -> None:
    message = sent(cast.noor, "I said too much.")
    clock.set(BEFORE)
    browser, address = visit(cast.noor), f"/my/messages/{message.pk}/take-back/"
    assert "Take this message back?" in browser.post(address).content.decode()
    assert Message.unscoped.get().taken_back_at is None
    page = browser.post(address, {"sure": "yes"}, follow=True).content.decode()
    assert "I said too much." in page
    assert Draft.unscoped.get().text(Sealer(cast.alder.id)) == "I said too much."
    browser.post(address, {"sure": "yes"})
    assert Draft.unscoped.count() == 1
    assert "I said too much." not in browser.get("/my/conversation/").content.decode()
    assert "You took this message back." in plain(browser.get(f"/my/messages/{message.pk}/"))
    clock.set(WINDOW + HOUR)
    assert "I said too much." not in visit(cast.ada).get("/practice/").content.decode()


def test_after_the_window_nothing_can_be_taken_back(cast: Any, visit: Any, clock: Any) -> None:
    message = sent(cast.noor)
    clock.set(WINDOW)
    for form in ({}, {"sure": "yes"}):
        answer = visit(cast.noor).post(f"/my/messages/{message.pk}/take-back/", form)
        assert answer["Location"] == f"/my/messages/{message.pk}/"
    assert Message.unscoped.get().taken_back_at is None


def test_taking_back_brings_the_kept_rest_back_too(cast: Any, visit: Any) -> None:
    long = " ".join(f"word{number}" for number in range(200))
    browser, form = visit(cast.noor), words(long, choice="keep_rest")
    browser.post("/my/messages/", form)
    browser.post(f"/my/messages/{form['draft_id']}/take-back/", {"sure": "yes"})
    assert Draft.unscoped.get().text(Sealer(cast.alder.id)) == long
    assert not ListItem.unscoped.exists()
    kept = sent(cast.noor, "For the session.", topic="session")
    browser.post(f"/my/messages/{kept.pk}/take-back/", {"sure": "yes"})
    assert not ListItem.unscoped.exists()


def test_an_answer_to_words_that_changed_does_not_leave(cast: Any, visit: Any) -> None:
    """Looked at early and answered; then the client changed the words before the window opened."""
    message = sent(cast.noor, "First words.")
    reply_to(message, "To the first words.", by=cast.ada, now=NOW + HOUR, reply_id=uuid4())
    visit(cast.noor).post(f"/my/messages/{message.pk}/change/", {"words": "Other words."})
    assert Reply.unscoped.get().held_back_at is not None
    assert Message.unscoped.get().resolved_at is None


def test_only_its_writer_changes_and_takes_back(cast: Any, visit: Any) -> None:
    message = sent(cast.tove, "A canary.")
    for other in (cast.imre, cast.noor, cast.jonas, cast.ada, cast.olu):
        browser = visit(other)
        for act, form in (("change", {"words": "Overwritten"}), ("take-back", {"sure": "yes"})):
            assert browser.post(f"/my/messages/{message.pk}/{act}/", form).status_code == 404
        assert browser.get(f"/my/messages/{message.pk}/change/").status_code == 404
    assert text_of(message) == "A canary."
    assert "A canary." in visit(cast.imre).get(f"/my/messages/{message.pk}/").content.decode()
    visit(cast.tove).post(f"/my/messages/{message.pk}/take-back/", {"sure": "yes"})
    assert visit(cast.imre).get(f"/my/messages/{message.pk}/").status_code == 404


def test_a_message_that_is_not_there_and_one_that_is_not_yours_look_the_same(cast: Any, visit: Any) -> None:
    message, browser = sent(cast.noor), visit(cast.kai)
    answers = [browser.get(f"/my/messages/{key}/") for key in (message.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({len(answer.content) for answer in answers}) == 1


def test_each_act_leaves_one_line_and_no_word_in_the_record(cast: Any, visit: Any) -> None:
    message, browser = sent(cast.noor, "A canary."), visit(cast.noor)
    browser.post(f"/my/messages/{message.pk}/change/", {"words": "A second canary."})
    browser.post(f"/my/messages/{message.pk}/take-back/", {"sure": "yes"})
    verbs = list(Event.objects.filter(subject=f"message:{message.pk}").values_list("verb", flat=True))
    assert sorted(verbs) == ["message.changed", "message.sent", "message.taken_back"]
    assert "canary" not in str(list(Event.objects.values("facts", "subject", "actor", "verb")))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("answer", "Answered on"),
        ("acknowledged", "Ada has it. We talk about it in our session."),
        ("kept", "Ada put this on our list for our session."),
        ("by_phone", "We spoke about this by phone."),
    ],
)
def test_the_conversation_says_how_each_message_stands(cast: Any, visit: Any, kind: str, said: str) -> None:
    message = sent(cast.noor, at=NOW - 2 * DAY)
    text = "Thank you for telling me." if kind == "answer" else ""
    reply_to(message, text, by=cast.ada, now=NOW - HOUR, reply_id=uuid4(), kind=kind)
    page = plain(visit(cast.noor).get("/my/conversation/"))
    assert said in page
    assert ("Ada Lindqvist" in page) == (kind == "answer")
    assert "You will hear by" not in page


def test_the_conversation_shows_dates_words_and_whose_they_are(cast: Any, visit: Any) -> None:
    sent(cast.tove, "From Tove.", at=NOW - HOUR)
    sent(cast.imre, "From Imre.", topic="session")
    sent(cast.imre, "News.", topic="homework", no_answer=True)
    page = plain(visit(cast.tove).get("/my/conversation/"))
    assert "From you, to Ada Wed 13 May, 13:41 From Tove." in page
    assert "From Imre, to Ada Wed 13 May, 14:41 From Imre." in page
    assert "Kept for our session." in page
    assert "Received. No answer will come, as you asked." in page
    assert page.index("From Tove.") < page.index("From Imre.")


def test_an_empty_conversation_is_an_invitation(cast: Any, visit: Any) -> None:
    assert "Nothing is written here yet." in plain(visit(cast.noor).get("/my/conversation/"))


def test_a_very_long_message_is_shown_whole_on_its_own_page(cast: Any, visit: Any) -> None:
    message = sent(cast.noor, "long " * 20_000 + "end-of-it", topic="session")
    browser = visit(cast.noor)
    listed = browser.get("/my/conversation/")
    assert len(listed.content) < 40_000
    assert "Read all of it" in listed.content.decode()
    assert "end-of-it" in browser.get(f"/my/messages/{message.pk}/").content.decode()


def test_five_thousand_messages_take_as_many_queries_as_fifty_and_none_is_left_out(
    cast: Any, visit: Any
) -> None:
    first, browser, counts = sent(cast.noor), visit(cast.noor), []
    browser.get("/my/conversation/")
    for stored in (59, 4940):
        Message.unscoped.bulk_create([_earlier(first, n) for n in range(stored)], batch_size=500)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/my/conversation/").content.decode()
        counts.append(len(asked))
        assert page.count('class="letter"') == 50
    assert counts[0] == counts[1] == 16, counts
    seen, address = set(), "/my/conversation/"
    for _ in range(5):
        page = browser.get(address).content.decode()
        here = set(re.findall(r'id="message-([\w-]+)"', page))
        assert len(here) == 50
        assert not here & seen
        seen |= here
        address = "/my/conversation/" + re.search(r"\?before=[\w-]+", page)[0]  # type: ignore[index]


def _earlier(message: Message, number: int) -> Message:
    """A copy, several of them at the same second, sealed for its own place."""
    fields = {field.attname: getattr(message, field.attname) for field in Message._meta.concrete_fields}
    copy = Message(**fields | {"id": uuid4(), "sent_at": message.sent_at - timedelta(days=1 + number // 7)})
    copy.sealed = Sealer(copy.practice_id).seal(copy.client_id, copy.place, f"Number {number}.")
    return copy


@pytest.mark.parametrize("before", ["", "nonsense", "%00", "00000000-0000-0000-0000-000000000000"])
def test_a_page_of_the_conversation_that_is_none(cast: Any, visit: Any, before: str) -> None:
    assert visit(cast.noor).get(f"/my/conversation/?before={before}").status_code == 404


def test_a_page_before_somebody_elses_message_is_none(cast: Any, visit: Any) -> None:
    message = sent(cast.kai)
    assert visit(cast.noor).get(f"/my/conversation/?before={message.pk}").status_code == 404
