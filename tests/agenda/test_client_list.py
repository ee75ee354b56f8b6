"""Our list: what waits for the session, notes, and one tap for our messaging."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agenda.actions import bring_up_our_messaging, close_item, keep_words
from interlude.agenda.models import ListItem
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.models import Session
from interlude.audit.models import Event
from interlude.messaging.models import Message
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, HOUR, NOW, words

PAGE = "/my/our-list/"
NOTES = "/my/our-list/notes/"


def note(text: str = "Ask about the summer.") -> dict[str, str]:
    return {"item_id": str(uuid4()), "words": text}


def read(visit: Any, person: Any) -> str:
    answer = visit(person).get(PAGE)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


@pytest.mark.contract("A6", "A19", "D23", "D33", "E4")
def test_a_kept_message_stands_on_the_list_with_a_way_to_its_words(cast: Any, visit: Any) -> None:
    visit(cast.noor).post("/my/messages/", words("The dream about the house.", topic="session"))
    message = Message.unscoped.get()
    page = visit(cast.noor).get(PAGE).content.decode()
    assert f'href="/my/messages/{message.pk}/"' in page
    text = main_text(page)
    assert "For our session on Tue 19 May, 10:00" in text
    assert "A message about feelings and memories. Kept Wed 13 May" in text.replace(" Kept", ". Kept")
    assert "The dream about the house" not in text  # the words stay with the message


@pytest.mark.contract("A37")
def test_the_rest_of_a_long_message_is_here_in_its_own_words(cast: Any, visit: Any) -> None:
    keep_words(
        "What did not fit.", client=cast.noor.client, topic="homework", by=cast.noor, now=NOW, source="rest"
    )
    page = read(visit, cast.noor)
    assert "The rest of a long message: practice tasks" in page
    assert "What did not fit" in page


def test_a_note_is_added_once_however_often_it_is_pressed(cast: Any, visit: Any) -> None:
    form, browser = note(), visit(cast.noor)
    for _ in range(3):
        assert browser.post(NOTES, form)["Location"] == PAGE
    item = ListItem.unscoped.get()
    assert item.words(Sealer(cast.alder.id)) == "Ask about the summer."
    assert b"summer" not in bytes(item.sealed)
    assert Event.objects.filter(verb="list.added").count() == 1
    assert "Ask about the summer" in read(visit, cast.noor)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "a\0b", "\u202eturned", "\u200b\u200d", "<b>bold</b>", "😀"]
)
def test_whatever_is_typed_is_kept_and_shown_as_words(cast: Any, visit: Any, text: str) -> None:
    assert visit(cast.noor).post(NOTES, note(text)).status_code == 302
    kept = ListItem.unscoped.get().words(Sealer(cast.alder.id))
    assert kept == text.replace("\0", "\ufffd")
    assert "<b>bold" not in visit(cast.noor).get(PAGE).content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "\t"])
def test_an_empty_note_is_asked_for_a_line(cast: Any, visit: Any, text: str) -> None:
    answer = visit(cast.noor).post(NOTES, note(text))
    assert answer.status_code == 422
    assert "Write a line first" in answer.content.decode()
    assert not ListItem.unscoped.exists()


def test_a_note_with_an_odd_or_foreign_key_is_still_kept(cast: Any, visit: Any) -> None:
    for key in ("", "no key", "1" * 5000):
        assert visit(cast.noor).post(NOTES, {"item_id": key, "words": "Kept."}).status_code == 302
    foreign = keep_words("Theirs.", client=cast.kai.client, topic="session", by=cast.kai, now=NOW)
    visit(cast.noor).post(NOTES, {"item_id": str(foreign.pk), "words": "Mine."})
    assert ListItem.unscoped.filter(client=cast.noor.client).count() == 4
    assert ListItem.unscoped.get(pk=foreign.pk).words(Sealer(cast.alder.id)) == "Theirs."
    assert "Theirs" not in read(visit, cast.noor)


@pytest.mark.contract("C35", "C11", "C37", "E16")
def test_our_messaging_is_one_tap_and_stands_there_once(cast: Any, visit: Any) -> None:
    before = read(visit, cast.noor)
    assert "one tap is enough. You do not need to find the words first" in before
    for _ in range(2):
        visit(cast.noor).post(NOTES, {"topic": "our_messaging"})
    item = ListItem.unscoped.get()
    assert (item.topic, item.words(Sealer(cast.alder.id))) == ("our_messaging", "")
    assert "“Our messaging” is on the list. Ada brings it up" in read(visit, cast.noor)
    close_item(item, brought_up=True, by=cast.ada, now=NOW)
    visit(cast.noor).post(NOTES, {"topic": "our_messaging"})
    assert ListItem.unscoped.open().count() == 1


def test_what_was_talked_about_stays_readable_apart(cast: Any, visit: Any) -> None:
    talked = keep_words(
        "The garden.", client=cast.noor.client, topic="session", by=cast.noor, now=NOW - 9 * DAY
    )
    let_go = keep_words("The form.", client=cast.noor.client, topic="session", by=cast.ada, now=NOW - 9 * DAY)
    close_item(talked, brought_up=True, by=cast.ada, now=NOW - 8 * DAY)
    close_item(let_go, brought_up=False, by=cast.ada, now=NOW - 8 * DAY)
    page = read(visit, cast.noor)
    earlier = page[page.index("Earlier") :]
    assert "Talked about Tue 5 May" in earlier
    assert "Taken off the list Tue 5 May" in earlier
    assert "From Ada" in earlier
    assert "Nothing is on our list yet" in page


def test_what_is_ticked_off_today_stays_until_the_day_is_over(cast: Any, visit: Any, clock: Any) -> None:
    item = keep_words("The garden.", client=cast.noor.client, topic="session", by=cast.noor, now=NOW - DAY)
    before = read(visit, cast.noor)
    close_item(item, brought_up=True, by=cast.ada, now=NOW)
    clock.set(NOW + 9 * HOUR)  # still Wednesday in London
    assert read(visit, cast.noor) == before
    clock.set(NOW + 10 * HOUR)
    assert "Talked about Wed 13 May" in read(visit, cast.noor)


def test_the_list_says_for_which_session_it_is(cast: Any, visit: Any) -> None:
    later = plan_session(
        client=cast.noor.client, starts_at=datetime(2026, 5, 26, 9, tzinfo=UTC), by=None, now=NOW
    )
    item = keep_words("Later.", client=cast.noor.client, topic="session", by=cast.ada, now=NOW)
    ListItem.unscoped.filter(pk=item.pk).update(session=later)
    assert "For the session on Tue 26 May, 10:00" in read(visit, cast.noor)
    for session in Session.unscoped.filter(client=cast.noor.client):
        cancel_session(session, by=None, now=NOW)
    page = read(visit, cast.noor)
    assert "For our next session" in page
    assert "All of this waits for the next one" in page


def test_a_couple_shares_one_list_and_is_told_so(cast: Any, visit: Any) -> None:
    visit(cast.tove).post(NOTES, note("About the move."))
    page = read(visit, cast.imre)
    assert "About the move" in page
    assert "Tove sees this list too" in page


def test_the_list_is_nobody_elses(cast: Any, visit: Any) -> None:
    visit(cast.mira).post(NOTES, note("Only for Ada."))
    assert "Only for Ada" not in read(visit, cast.noor)
    for person in (cast.jonas, cast.ada, cast.ben, cast.cleo, cast.olu, cast.priya):
        assert visit(person).get(PAGE).status_code == 404
        assert visit(person).post(NOTES, note()).status_code == 404
        assert visit(person).post(NOTES, {"topic": "our_messaging"}).status_code == 404
    assert visit(None).get(PAGE).status_code == 302
    signed_out = visit(None).post(NOTES, note("Words on their way."))
    assert signed_out.status_code == 401
    assert "Words on their way." in signed_out.content.decode()
    assert ListItem.unscoped.count() == 1
    assert visit(cast.mira).get(NOTES).status_code == 405
    assert not ListItem.unscoped.visible_to(cast.jonas).exists()
    assert not ListItem.unscoped.visible_to(cast.olu).exists()


def test_the_list_reads_at_grade_six_or_lower(cast: Any, visit: Any) -> None:
    bring_up_our_messaging(client=cast.noor.client, by=cast.noor, now=NOW)
    assert grade(read(visit, cast.noor)) <= 6


def test_the_list_costs_the_same_however_long_it_is(cast: Any, visit: Any) -> None:
    visit(cast.noor).post(NOTES, note())
    before = queries(visit, cast.noor)
    for number in range(8):
        visit(cast.noor).post(NOTES, note(f"Note {number}."))
        close = keep_words("x", client=cast.noor.client, topic="session", by=cast.noor, now=NOW)
        close_item(close, brought_up=True, by=cast.ada, now=NOW)
    assert queries(visit, cast.noor) == before <= 20


def queries(visit: Any, person: Any) -> int:
    browser = visit(person)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as ran:
        browser.get(PAGE)
    return len(ran)
