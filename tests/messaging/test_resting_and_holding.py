"""Drafts on one page, a rest after a session that nobody is held to, and a message held until working hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.appointments.actions import plan_session
from interlude.audit.models import Event
from interlude.desk.models import Question
from interlude.messaging.actions import foresee, send_message, take_back_message
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Participant
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW, agree_anew, words

DRAFTS, SEND = "/my/drafts/", "/my/messages/"
NIGHT = datetime(2026, 5, 13, 21, 30, tzinfo=UTC)  # Wednesday, 22:30 in London
OPENS = datetime(2026, 5, 14, 8, tzinfo=UTC)  # Thursday, 9:00 in London


@pytest.fixture
def draft(cast: Any) -> Draft:
    return save_draft("Not yet.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW)


@pytest.fixture
def after_session(cast: Any) -> None:
    plan_session(client=cast.noor.client, starts_at=NOW - DAY, by=None, now=NOW - 9 * DAY)


def read(answer: Any) -> str:
    return main_text(answer.content.decode())


def held(cast: Any, **more: Any) -> Any:
    wanted = {"participant": cast.noor, "draft_id": uuid4(), "topic": "homework", "now": NIGHT, "hold": True}
    return send_message("In the night.", **wanted | more).stored


@pytest.mark.contract("E3")
def test_after_a_session_a_rest_is_offered_and_sending_at_once_stays_possible(
    cast: Any, visit: Any, draft: Draft, after_session: None
) -> None:
    noor, page = visit(cast.noor), f"{DRAFTS}{draft.pk}/review/"
    offered = noor.get(page).content.decode()
    assert "Let it rest a day" in offered
    assert "Send it to Ada" in offered
    noor.post(f"{DRAFTS}{draft.pk}/rest/", {"days": "2"})
    draft.refresh_from_db()
    assert draft.rests_until == NOW + 2 * DAY
    assert "Rests until Fri 15 May, 14:41. You can send it sooner." in read(noor.get(DRAFTS))
    noor.post(SEND, words("Not yet.") | {"draft_id": str(draft.pk)})
    assert Message.unscoped.get().sent_at == NOW  # sent in the midst of it: not a moment later


def test_nothing_is_sent_when_a_rest_is_over(cast: Any, visit: Any, clock: Any, draft: Draft) -> None:
    visit(cast.noor).post(f"{DRAFTS}{draft.pk}/rest/", {"days": "1"})
    clock.set(NOW + 2 * DAY)
    assert "It has had its rest" in read(visit(cast.noor).get(DRAFTS))
    assert not Message.unscoped.exists()


def test_a_rest_survives_typing_and_can_be_given_up(cast: Any, visit: Any, draft: Draft) -> None:
    noor = visit(cast.noor)
    noor.post(f"{DRAFTS}{draft.pk}/rest/", {"days": "1"})
    save_draft("Not yet, but.", participant=cast.noor, draft_id=draft.pk, topic="homework", now=NOW)
    draft.refresh_from_db()
    assert draft.rests_until is not None
    noor.post(f"{DRAFTS}{draft.pk}/rest/", {"days": "0"})
    draft.refresh_from_db()
    assert draft.rests_until is None
    assert visit(cast.tove).post(f"{DRAFTS}{draft.pk}/rest/", {"days": "1"}).status_code == 404


def test_without_a_session_nothing_is_offered(cast: Any, visit: Any, draft: Draft) -> None:
    assert "Let it rest" not in visit(cast.noor).get(f"{DRAFTS}{draft.pk}/review/").content.decode()


@pytest.mark.contract("E3")
def test_the_wish_for_a_pause_is_ones_own_and_can_be_taken_back(
    cast: Any, visit: Any, draft: Draft, after_session: None
) -> None:
    noor = visit(cast.noor)
    for _ in range(2):
        noor.post(f"{DRAFTS}pause/", {"days": "2"})
    page = read(noor.get(f"{DRAFTS}{draft.pk}/review/"))
    assert "You wanted a pause after a session" in page
    assert "Let it rest two days" in page
    assert "Let it rest a day" not in page
    assert not Event.objects.filter(verb__contains="pause").exists()
    noor.post(f"{DRAFTS}pause/", {"days": "0"})
    assert "You wanted a pause" not in noor.get(f"{DRAFTS}{draft.pk}/review/").content.decode()


@pytest.mark.contract("E3")
def test_a_pause_that_was_agreed_is_in_the_agreement_and_offered_and_forces_nothing(
    cast: Any, visit: Any, draft: Draft, after_session: None
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text="pause_days = 2\n")
    noor, page = visit(cast.noor), f"{DRAFTS}{draft.pk}/review/"
    agreed = read(noor.get("/my/agreement/"))
    assert "After a session, what you write may rest for 2 days. You can always send it at once." in agreed
    offered = read(noor.get(page))
    assert "We agreed on a pause after a session. You can let this rest, or send it now." in offered
    assert "Let it rest two days" in offered
    assert "Let it rest a day" not in offered
    noor.post(f"{DRAFTS}pause/", {"days": "1"})
    assert "You wanted a pause after a session" in read(noor.get(page))  # one's own wish goes first
    noor.post(SEND, words("Not yet.") | {"draft_id": str(draft.pk)})
    assert Message.unscoped.get().sent_at == NOW


@pytest.mark.contract("D21")
def test_outside_working_hours_a_message_can_be_held_and_the_date_shown_is_the_date_kept(
    cast: Any, visit: Any, clock: Any, draft: Draft
) -> None:
    clock.set(NIGHT)
    noor = visit(cast.noor)
    page = noor.get(f"{DRAFTS}{draft.pk}/review/")
    assert "Hold it until tomorrow, 9:00" in read(page) or "Hold it until Thu 14 May, 9:00" in read(page)
    shown = page.context["review"].held
    form = words("Not yet.") | {"draft_id": str(draft.pk), "hold": "1", "shown_hold": shown.shown}
    for _ in range(2):
        receipt = noor.post(SEND, form, follow=True)
    message = Message.unscoped.get()
    assert message.sent_at == OPENS
    assert message.reply_due == shown.due
    assert message.reply_due == foresee(participant=cast.noor, topic="homework", words=2, now=OPENS).due
    assert "It is held until" in read(receipt)
    assert Event.objects.get(verb="message.sent").at == NIGHT
    clock.set(OPENS + timedelta(minutes=1))
    assert "Your message is received" in read(visit(cast.noor).get(f"{SEND}{message.pk}/"))


def test_what_is_held_can_be_taken_back_and_is_not_handed_over_sooner(cast: Any) -> None:
    message = held(cast)
    assert message.handed_at > message.sent_at > NIGHT
    assert not Message.unscoped.visible_to(cast.ada, at=OPENS - timedelta(seconds=1)).exists()
    assert take_back_message(message, by=cast.noor, now=NIGHT) is not None


def test_in_working_hours_hold_is_send(cast: Any, visit: Any, draft: Draft) -> None:
    assert held(cast, now=NOW).sent_at == NOW
    assert "Hold it until" not in visit(cast.noor).get(f"{DRAFTS}{draft.pk}/review/").content.decode()


@pytest.mark.parametrize("topic", ["billing", "session"])
def test_the_front_desk_and_our_list_have_no_hour_to_wait_for(cast: Any, topic: str) -> None:
    stored = held(cast, topic=topic)
    at = stored.asked_at if isinstance(stored, Question) else stored.sent_at
    assert at == NIGHT


def test_what_is_held_until_monday_counts_in_the_week_of_monday(cast: Any) -> None:
    sunday = datetime(2026, 5, 17, 20, tzinfo=UTC)
    assert held(cast, now=sunday).sent_at == datetime(2026, 5, 18, 8, tzinfo=UTC)
    ask = {"participant": cast.noor, "topic": "homework", "words": 9}
    assert foresee(**ask, now=sunday).used_this_week == 0
    assert foresee(**ask, now=sunday + DAY).used_this_week == 1


@pytest.mark.contract("E6", "E7")
def test_thanks_and_additions_stand_on_the_writing_page_after_a_session(
    cast: Any, visit: Any, clock: Any, after_session: None
) -> None:
    noor = visit(cast.noor)
    page = read(noor.get("/my/write/"))
    assert "Thanks for our session" in page
    assert "Something to add to our session" in page
    assert "There is no need to write back" in noor.get("/my/write/thanks/").content.decode()
    clock.set(NOW + 4 * DAY)
    assert "Thanks for our session" not in read(visit(cast.noor).get("/my/write/"))


def test_the_copy_of_what_was_sent_is_ones_own_messages(cast: Any, visit: Any) -> None:
    for number in range(2):
        form = words(f"Message {number}.") | {"draft_id": str(uuid4())}
        visit(cast.noor).post(SEND, form)
    gone = send_message(
        "Taken back.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW
    ).stored
    take_back_message(gone, by=cast.noor, now=NOW)
    answer = visit(cast.noor).get("/my/sent/copy/")
    assert answer["Content-Disposition"] == 'attachment; filename="sent.txt"'
    text = b"".join(answer.streaming_content).decode()
    assert "Message 0." in text
    assert "Message 1." in text
    assert "Taken back" not in text
    assert "Message" not in b"".join(visit(cast.tove).get("/my/sent/copy/").streaming_content).decode()


def test_the_page_of_drafts_is_ones_own_and_reads_easily(cast: Any, visit: Any, draft: Draft) -> None:
    page = read(visit(cast.noor).get(DRAFTS))
    assert "Not yet." in page
    assert grade(page) <= 6
    assert "Not yet." not in visit(cast.tove).get(DRAFTS).content.decode()
    for person in (one for one in cast.everybody if not isinstance(one, Participant)):
        assert visit(person).get(DRAFTS).status_code == 404
