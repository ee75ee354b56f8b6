"""A minute to undo: every gesture, and nothing leaves within it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from interlude.agenda.models import ListItem
from interlude.messaging.models import Message, PutAway, Reply
from interlude.outbox.models import Notice
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
IN_WINDOW = may(14, 17, 5)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def to(name: str, message: Message) -> str:
    return reverse(f"clinician:{name}", args=[message.pk])


@pytest.fixture
def noors(cast: Any, clock: Any) -> Message:
    message = send(cast.noor, "First thing.\n\nSecond thing.", at=may(13, 14, 41))
    clock.set(IN_WINDOW)
    return message


GESTURES = ["reply", "acknowledge", "keep", "phone"]


@pytest.mark.parametrize("gesture", GESTURES)
def test_within_the_minute_it_is_undone_and_nobody_ever_learns_of_it(
    cast: Any, visit: Any, clock: Any, noors: Message, gesture: str
) -> None:
    ada = visit(cast.ada)
    body = page(ada.post(to(gesture, noors), answer("Some words."), follow=True))
    assert to("undo", noors) in body
    assert "17:06:00" in body  # with how long, and no script is needed to read it
    assert "60 seconds" in body
    clock.set(IN_WINDOW + MINUTE - SECOND)
    assert "Some words." not in page(visit(cast.noor).get("/my/conversation/"))
    body = page(ada.post(to("undo", noors), follow=True))
    assert "Some words.</textarea>" in body
    assert Message.unscoped.get(pk=noors.pk).resolved_at is None
    assert not Notice.objects.filter(kind="answer").exists()
    assert not ListItem.unscoped.exists()
    clock.set(may(15, 10))
    assert "Some words." not in page(visit(cast.noor).get("/my/conversation/"))


@pytest.mark.parametrize("gesture", GESTURES)
def test_after_the_minute_there_is_no_undo(
    cast: Any, visit: Any, clock: Any, noors: Message, gesture: str
) -> None:
    ada = visit(cast.ada)
    ada.post(to(gesture, noors), answer("It stands."))
    clock.set(IN_WINDOW + MINUTE)
    assert to("undo", noors) not in page(ada.get("/practice/?done=1"))
    response = ada.post(to("undo", noors))
    assert response.status_code == 409
    assert "its minute is over" in page(response)
    assert Reply.unscoped.get().held_back_at is None
    assert "It stands." in page(visit(cast.noor).get("/my/conversation/"))


def test_undone_twice_is_undone_once(cast: Any, visit: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    ada.post(to("reply", noors), answer("Hm."))
    assert ada.post(to("undo", noors)).status_code == 302
    response = ada.post(to("undo", noors), {"words": "Typed meanwhile."})
    assert response.status_code == 409
    assert "Typed meanwhile.</textarea>" in page(response)


def test_laying_aside_is_undone_too(cast: Any, visit: Any, clock: Any) -> None:
    quiet = send(cast.noor, at=may(13, 14), no_answer=True)
    clock.set(IN_WINDOW)
    ada = visit(cast.ada)
    assert to("undo", quiet) in page(ada.post(to("aside", quiet), follow=True))
    ada.post(to("undo", quiet))
    assert Message.unscoped.get(pk=quiet.pk).resolved_at is None
    assert not PutAway.objects.exists()


def test_a_date_within_the_minute_is_kept(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    assert noors.reply_due is not None
    clock.set(noors.reply_due - 20 * SECOND)
    body = page(visit(cast.ada).post(to("reply", noors), answer("Just in time."), follow=True))
    assert Reply.unscoped.get().leaves_at == noors.reply_due
    assert "20 seconds" in body


def test_what_waits_for_working_hours_can_be_undone_for_a_minute_and_called_back_until_it_leaves(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    ada = visit(cast.ada)
    clock.set(may(14, 22))
    ada.post(to("reply", noors), answer("At night."))
    clock.set(may(14, 22, 2))
    assert ada.post(to("undo", noors)).status_code == 409
    assert ada.post(reverse("clinician:call_back", args=[Reply.unscoped.get().pk])).status_code == 302


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "olu"])
def test_nobody_else_undoes_it(cast: Any, visit: Any, noors: Message, who: str) -> None:
    visit(cast.ada).post(to("reply", noors), answer("Mine."))
    assert visit(getattr(cast, who)).post(to("undo", noors)).status_code == 404
    assert Reply.unscoped.get().held_back_at is None


# A note of a call


def test_a_note_of_a_call_is_sealed_and_no_client_reads_it(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    form = answer("We spoke.", note="Sounded tired, a canary.")
    ada = visit(cast.ada)
    ada.post(to("phone", noors), form)
    reply = Reply.unscoped.get()
    assert reply.kind == "by_phone"
    assert b"canary" not in bytes(reply.sealed_note)
    clock.set(may(14, 17, 10))
    assert "Sounded tired, a canary." in page(ada.get(to("message", noors)))
    for address in ("/my/conversation/", f"/my/messages/{noors.pk}/"):
        body = page(visit(cast.noor).get(address))
        assert "We spoke." in body
        assert "canary" not in body.replace("A canary sang", "")


@pytest.mark.parametrize("gesture", ["reply", "acknowledge", "keep"])
def test_a_note_of_a_call_is_never_dropped_with_another_gesture(
    cast: Any, visit: Any, noors: Message, gesture: str
) -> None:
    response = visit(cast.ada).post(to(gesture, noors), answer("Words.", note="A note."))
    assert response.status_code == 422
    body = page(response)
    assert "A note.</textarea>" in body
    assert "Words.</textarea>" in body
    assert not Reply.unscoped.exists()


# Large, and beside the message


def test_a_paste_of_five_megabytes_is_kept_whole(cast: Any, visit: Any, noors: Message) -> None:
    text = "word " * 1_000_000
    assert visit(cast.ada).post(to("reply", noors), answer(text)).status_code == 302
    from interlude.sealing.vault import Sealer  # noqa: PLC0415  the only use

    assert Reply.unscoped.get().text(Sealer(cast.alder.pk), noors.client_id) == text


@pytest.mark.contract("A10", "A13", "C13")
def test_beside_a_message_stand_the_plan_the_session_and_the_last_dates(
    cast: Any, visit: Any, clock: Any
) -> None:
    kept, late = send(cast.noor, at=may(4, 10)), send(cast.noor, at=may(5, 10))
    clock.set(may(5, 17, 5))
    visit(cast.ada).post(to("reply", kept), answer("In time."))
    clock.set(may(11, 17, 5))
    visit(cast.ada).post(to("reply", late), answer("Late."))
    message = send(cast.noor, at=may(13, 14))
    clock.set(IN_WINDOW)
    side = page(visit(cast.ada).get(to("message", message))).split("<aside")[1]
    assert "two are left" in side.lower()
    assert "Tue 19 May, 10:00" in side
    dates = side.split("Last dates you gave")[1].split("</dl>")[0]
    assert dates.index("late") < dates.index("kept")


def test_what_no_window_has_handed_over_counts_nowhere(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    clock.set(may(14, 18))
    address = to("message", message)
    ada = visit(cast.ada)
    before = page(ada.get(address)).split("<aside")[1]
    send(cast.noor, at=may(14, 17, 50))
    assert page(ada.get(address)).split("<aside")[1] == before


@pytest.mark.contract("D22", "B34")
def test_the_glance_advises_and_holds_up_nothing(cast: Any, visit: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    words = "Unfortunately you must wait."
    body = page(ada.post(to("glance", noors), answer(words)))
    assert "may be heard as blame" in body
    assert f"{words}</textarea>" in body
    live = ada.post(to("glance", noors), answer(words), headers={"HX-Request": "true"})
    assert "<html" not in live.content.decode()
    assert not Reply.unscoped.exists()
    assert ada.post(to("reply", noors), answer(words)).status_code == 302
