"""Replies on their way: night hours, two tabs, a message that changed, a missed date that is repaired."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from interlude.messaging.actions import change_message, take_back_message
from interlude.messaging.answering import reply_to
from interlude.messaging.models import Message, PromiseMove, PutAway, Reply
from interlude.outbox.models import Notice
from interlude.sealing.vault import Sealer
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
IN_WINDOW = may(14, 17, 5)


def to(name: str, message: Message) -> str:
    return reverse(f"clinician:{name}", args=[message.pk])


@pytest.fixture
def noors(cast: Any, clock: Any) -> Message:
    """A practice task of Noor's, in the window that hands it over."""
    message = send(cast.noor, at=may(13, 14, 41))
    clock.set(IN_WINDOW)
    return message


# Leaving in working hours


@pytest.mark.contract("D21", "B33")
def test_what_is_written_at_night_leaves_in_working_hours_and_says_so_first(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    clock.set(may(14, 22, 40))
    body = page(visit(cast.ada).get(to("message", noors)))
    assert "It leaves on" in body
    assert "Fri 15 May, 9:00" in body
    assert "Send it now instead" in body
    visit(cast.ada).post(to("reply", noors), answer("Sleep well."))
    assert Reply.unscoped.get().leaves_at == may(15, 9)
    assert "Sleep well." not in page(visit(cast.noor).get("/my/conversation/"))
    clock.set(may(15, 9))
    assert "Sleep well." in page(visit(cast.noor).get("/my/conversation/"))


def test_sending_it_now_is_a_choice(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    clock.set(may(14, 22, 40))
    visit(cast.ada).post(to("reply", noors), answer("Now.", at_once="on"))
    assert Reply.unscoped.get().leaves_at == may(14, 22, 41)


def test_it_can_be_called_back_until_it_leaves_and_is_in_the_box_again(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    clock.set(may(14, 22, 40))
    ada = visit(cast.ada)
    ada.post(to("reply", noors), answer("Too quick."))
    address = reverse("clinician:call_back", args=[Reply.unscoped.get().pk])
    assert address in page(ada.get(to("message", noors)))
    body = page(ada.post(address, follow=True))
    assert "Too quick.</textarea>" in body
    assert not Notice.objects.filter(kind="answer").exists()
    ada.post(to("reply", noors), answer("Better words."))
    clock.set(may(15, 9))
    shown = page(visit(cast.noor).get("/my/conversation/"))
    assert "Better words." in shown
    assert "Too quick." not in shown


def test_what_has_left_stays(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    ada.post(to("reply", noors), answer("It stands."))
    clock.set(Reply.unscoped.get().leaves_at)
    response = ada.post(reverse("clinician:call_back", args=[Reply.unscoped.get().pk]))
    assert response.status_code == 409
    assert "can no longer be called back" in page(response)


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "olu"])
def test_nobody_else_calls_it_back(cast: Any, visit: Any, clock: Any, noors: Message, who: str) -> None:
    clock.set(may(14, 22))
    reply_to(noors, "Mine.", by=cast.ada, now=may(14, 22), reply_id=uuid4())
    address = reverse("clinician:call_back", args=[Reply.unscoped.get().pk])
    assert visit(getattr(cast, who)).post(address).status_code == 404


# Twice, and from two tabs


def test_the_same_form_twice_is_one_reply(cast: Any, visit: Any, noors: Message) -> None:
    form, ada = answer("Once."), visit(cast.ada)
    for _ in range(3):
        assert ada.post(to("reply", noors), form).status_code == 302
    assert Reply.unscoped.count() == 1
    assert Notice.objects.filter(kind="answer").count() == 1


def test_the_second_tab_gets_its_words_back_and_learns_that_an_answer_stands(
    cast: Any, visit: Any, noors: Message
) -> None:
    ada = visit(cast.ada)
    ada.post(to("reply", noors), answer("From the first tab."))
    response = ada.post(to("reply", noors), answer("From the second tab."))
    assert response.status_code == 409
    body = page(response)
    assert "An answer stands already" in body
    assert "From the first tab." in body
    assert "From the second tab.</textarea>" in body
    assert Reply.unscoped.count() == 1


def test_before_it_leaves_the_second_tabs_words_can_take_its_place(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    clock.set(may(14, 22))
    ada = visit(cast.ada)
    ada.post(to("reply", noors), answer("First."))
    first = Reply.unscoped.get()
    response = ada.post(to("reply", noors), answer("Second."))
    assert reverse("clinician:call_back", args=[first.pk]) in page(response)
    response = ada.post(reverse("clinician:call_back", args=[first.pk]), {"words": "Second."})
    assert "Second.</textarea>" in page(response)
    ada.post(to("reply", noors), answer("Second."))
    assert [one.text(Sealer(cast.alder.pk), noors.client_id) for one in Reply.unscoped.closing()] == [
        "Second."
    ]


@pytest.mark.parametrize("wrong", ["", "nonsense", "\0", "9" * 400])
def test_a_broken_id_or_number_loses_no_word(cast: Any, visit: Any, noors: Message, wrong: str) -> None:
    form = {"words": "Kept all the same.", "reply_id": wrong, "seconds": wrong, "later": wrong}
    assert visit(cast.ada).post(to("reply", noors), form).status_code == 302
    assert Reply.unscoped.get().text(Sealer(cast.alder.pk), noors.client_id) == "Kept all the same."


def test_somebody_elses_reply_id_is_not_used(cast: Any, visit: Any, noors: Message) -> None:
    kais = send(cast.kai, at=may(13, 14))
    taken = uuid4()
    reply_to(kais, "Bens.", by=cast.ben, now=IN_WINDOW, reply_id=taken)
    visit(cast.ada).post(to("reply", noors), answer("Adas.", reply_id=str(taken)))
    assert Reply.unscoped.count() == 2
    assert Reply.unscoped.get(message=noors).pk != taken


def test_seconds_are_counted_up_to_half_an_hour(cast: Any, visit: Any, noors: Message) -> None:
    visit(cast.ada).post(to("reply", noors), answer(seconds="86400"))
    assert Reply.unscoped.get().seconds == 1800


@pytest.mark.parametrize(
    "words", ["x" * 300_000, "<script>alert(1)</script>", "\u202egnorw", "a\0b", "\ud800", "שלום\n\nनमस्ते"]
)
def test_any_words_are_taken_and_shown_as_words(cast: Any, visit: Any, noors: Message, words: str) -> None:
    ada = visit(cast.ada)
    form = answer(words.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    assert ada.post(to("reply", noors), form).status_code == 302
    body = page(ada.get(to("message", noors)))
    assert "<script>alert" not in body


# Before the window


def test_an_early_answer_leaves_when_the_window_has_opened(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    ada = visit(cast.ada)
    ada.post("/practice/early/")
    ada.post(to("reply", message), answer("Early words.", at_once="on"))
    assert Reply.unscoped.get().leaves_at == may(14, 17)
    clock.set(may(14, 16, 59))
    assert "Early words." not in page(visit(cast.noor).get("/my/conversation/"))


def test_a_changed_message_comes_back_with_the_earlier_answer_in_the_box(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(13, 14))
    ada = visit(cast.ada)
    ada.post("/practice/early/")
    ada.post(to("reply", message), answer("To the old words."))
    assert Notice.objects.filter(kind="answer").exists()
    assert change_message(message, "I meant something else.", by=cast.noor, now=may(13, 16))
    assert not Notice.objects.filter(kind="answer").exists()
    clock.set(IN_WINDOW)
    body = page(visit(cast.ada).get(to("message", message)))
    assert "I meant something else." in body
    assert "To the old words.</textarea>" in body
    assert "Noor changed this message after you had answered" in body
    assert "To the old words." not in page(visit(cast.noor).get("/my/conversation/"))


def test_a_message_laid_aside_early_and_changed_waits_again(cast: Any, visit: Any, clock: Any) -> None:
    quiet = send(cast.noor, at=may(13, 14), no_answer=True)
    visit_early = visit(cast.ada)
    visit_early.post("/practice/early/")
    visit_early.post(to("aside", quiet), answer(""))
    change_message(quiet, "Other words.", by=cast.noor, now=may(13, 16))
    clock.set(IN_WINDOW)
    ada = visit(cast.ada)
    assert to("message", quiet) in page(ada.get("/practice/"))
    assert ada.post(to("aside", quiet), answer("")).status_code == 302
    assert PutAway.objects.count() == 1


def test_words_for_a_message_that_was_taken_back_are_given_back(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    ada = visit(cast.ada)
    ada.post("/practice/early/")
    take_back_message(message, by=cast.noor, now=may(13, 14, 45))
    response = ada.post(to("reply", message), answer("For nothing, but mine."))
    assert response.status_code == 409
    assert "This message was taken back." in page(response)
    assert "For nothing, but mine.</textarea>" in page(response)
    assert not Reply.unscoped.exists()
    assert ada.get(to("message", message)).status_code == 404


def test_an_answer_held_back_by_taking_back_is_offered_on_the_clients_page(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(13, 14))
    ada = visit(cast.ada)
    ada.post("/practice/early/")
    ada.post(to("reply", message), answer("Never left."))
    take_back_message(message, by=cast.noor, now=may(13, 14, 45))
    clock.set(IN_WINDOW)
    body = page(visit(cast.ada).get(reverse("clinician:client", args=[cast.noor.client_id])))
    assert "Words of yours that did not leave" in body
    assert "Never left." in body
    assert "Never left." not in page(visit(cast.noor).get("/my/conversation/"))


def test_words_typed_in_an_early_look_that_is_over_still_find_their_message(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(13, 14))
    visit(cast.ada).post("/practice/early/")
    clock.set(may(13, 16, 30))
    assert visit(cast.ada).get(to("message", message)).status_code == 404
    assert visit(cast.ada).post(to("reply", message), answer("Slowly typed.")).status_code == 302
    assert Reply.unscoped.count() == 1


# Repair


@pytest.mark.contract("C13", "C15")
def test_a_late_message_has_a_repair_one_step_away_that_owns_the_delay_and_gives_a_date(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(11, 14))
    clock.set(may(14, 17, 5))
    ada = visit(cast.ada)
    watch = page(ada.get("/practice/promises/"))
    assert f"{to('message', message)}?repair=1" in watch
    body = page(ada.get(to("message", message), {"repair": "1"}))
    assert "You were to hear from me by Wed 13 May, 17:00, and you did not." in body
    assert "You will hear from me by Fri 15 May, 17:00." in body
    later = re.search(r'name="later" value="([^"]+)"', body)
    assert later
    ada.post(to("reply", message), answer("I was late. Friday.", later=later[1]))
    fresh = Message.unscoped.get(pk=message.pk)
    assert (fresh.reply_due, fresh.resolved_at) == (may(15, 17), None)
    assert PromiseMove.objects.get().reason == "repair"
    shown = page(visit(cast.noor).get("/my/conversation/"))
    assert "I was late. Friday." in shown
    assert "Fri 15 May, 17:00" in shown
    assert "By phone" not in page(visit(cast.noor).get("/my/"))
    assert to("message", message) in page(visit(cast.ada).get("/practice/"))


def test_after_a_repair_the_message_can_still_be_answered(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(11, 14))
    clock.set(may(14, 17, 5))
    ada = visit(cast.ada)
    ada.post(to("reply", message), answer("Late.", later=may(15, 17).isoformat()))
    assert "You gave a new date" in page(ada.get(to("message", message)))
    ada.post(to("reply", message), answer("The answer itself."))
    assert [one.kind for one in Reply.unscoped.order_by("id")].count("answer") == 1
    assert Message.unscoped.get(pk=message.pk).resolved_at is not None


def test_a_new_date_that_moved_on_while_somebody_typed_sends_nothing(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(11, 14))
    clock.set(may(15, 9))
    form = answer("By Friday.", later=may(15, 17).isoformat())
    response = visit(cast.ada).post(to("reply", message), form)
    assert response.status_code == 409
    assert "By Friday.</textarea>" in page(response)
    assert not Reply.unscoped.exists()


def test_no_new_date_is_given_for_what_is_not_late(cast: Any, visit: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    assert "later" not in re.findall(r'name="(\w+)"', page(ada.get(to("message", noors), {"repair": "1"})))
    response = ada.post(to("reply", noors), answer("Sorry.", later=may(20, 17).isoformat()))
    assert response.status_code == 409
    assert not Reply.unscoped.exists()


def test_the_repair_is_written_in_the_language_and_zone_of_the_client(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(11, 14))
    type(cast.noor).unscoped.filter(pk=cast.noor.pk).update(zone="Asia/Kolkata")
    clock.set(may(14, 17, 5))
    body = page(visit(cast.ada).get(to("message", message), {"repair": "1"}))
    assert "You were to hear from me by Wed 13 May, 21:30" in body
