"""One message at a time: read as a letter, closed in one way, on to the next; no word is ever lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from interlude.accounts.models import User
from interlude.agenda.models import ListItem
from interlude.audit.models import Event
from interlude.messaging.answering import UNDO
from interlude.messaging.models import Message, PutAway, Reply
from interlude.outbox.models import Notice
from interlude.sealing.vault import Sealer
from tests.messaging.post import TEXT, answer, may, page, send

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


# Reading


def test_a_message_is_read_like_a_letter_with_what_was_agreed_and_its_date(
    cast: Any, visit: Any, noors: Message
) -> None:
    send(cast.noor, at=may(13, 15))
    body = page(visit(cast.ada).get(to("message", noors)))
    assert "Noor Haddad, a practice task" in body
    assert TEXT in body
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))
    assert "Agreed with Noor: within 2 working days, by 17:00, up to three a week. This is the first." in said
    assert "Due Fri 15 May, 17:00" in said
    assert reverse("clinician:agreement", args=[cast.noor.client_id]) in body
    assert "<title>A message</title>" in body


def test_the_second_of_the_week_says_so_and_what_needs_no_answer_has_no_date(
    cast: Any, visit: Any, noors: Message, clock: Any
) -> None:
    second = send(cast.noor, at=may(13, 15))
    quiet = send(cast.noor, at=may(13, 16), no_answer=True)
    assert "This is the second." in page(visit(cast.ada).get(to("message", second)))
    body = page(visit(cast.ada).get(to("message", quiet)))
    assert "Noor asked for no answer." in body
    assert "due--none" in body


@pytest.mark.parametrize(
    ("now", "shape"),
    [(may(14, 17, 5), "due"), (may(15, 12, 5), "due due--soon"), (may(15, 17, 1), "due due--passed")],
)
def test_the_badge_tells_soon_and_passed(
    cast: Any, visit: Any, clock: Any, noors: Message, now: Any, shape: str
) -> None:
    clock.set(now)
    assert f'<span class="{shape}">' in page(visit(cast.ada).get(to("message", noors)))


def test_each_opening_leaves_one_line_without_words(cast: Any, visit: Any, noors: Message) -> None:
    ada = visit(cast.ada)
    for _ in range(2):
        ada.get(to("message", noors))
    lines = Event.objects.filter(verb="message.opened")
    assert [line.subject for line in lines] == [f"message:{noors.pk}"] * 2
    assert {line.actor for line in lines} == {f"clinician:{cast.ada.pk}"}
    assert "canary" not in str([line.facts for line in lines])


def test_looking_at_the_list_opens_no_message(cast: Any, visit: Any, noors: Message) -> None:
    visit(cast.ada).get("/practice/")
    visit(cast.ada).get("/practice/promises/")
    assert not Event.objects.filter(verb__in=["message.opened", "messages.opened"]).exists()


def test_a_couple_both_read_the_answer_and_the_page_says_so(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.tove, at=may(13, 14))
    clock.set(IN_WINDOW)
    assert "Imre and Tove read what you write." in page(visit(cast.ada).get(to("message", message)))


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "jonas", "olu", "priya", None])
@pytest.mark.parametrize("act", ["reply", "acknowledge", "keep", "phone", "aside"])
def test_nobody_else_acts_on_it(cast: Any, visit: Any, noors: Message, who: str | None, act: str) -> None:
    browser = visit(getattr(cast, who) if who else None)
    wanted = 404 if who else 401
    assert browser.post(to(act, noors), answer()).status_code == wanted
    assert not Reply.unscoped.exists()


def test_a_supervisor_does_not_see_it(cast: Any, visit: Any, noors: Message) -> None:
    type(cast.ada).unscoped.filter(pk=cast.ada.pk).update(supervisor=cast.ben)
    assert visit(cast.ben).get(to("message", noors)).status_code == 404


# Closing


def test_an_answer_is_sent_sealed_and_the_next_message_comes(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    following = send(cast.mira, at=may(13, 16))
    response = visit(cast.ada).post(to("reply", noors), answer("Write it as it comes."))
    assert response["Location"] == to("message", following)
    reply = Reply.unscoped.get()
    assert (reply.kind, reply.seconds, reply.leaves_at) == ("answer", 60, IN_WINDOW + UNDO)
    assert b"as it comes" not in bytes(reply.sealed)
    assert reply.text(Sealer(cast.alder.pk), noors.client_id) == "Write it as it comes."
    assert Message.unscoped.get(pk=noors.pk).resolved_at == IN_WINDOW
    assert Event.objects.filter(verb="message.answer", subject=f"message:{noors.pk}").count() == 1
    assert Notice.objects.filter(kind="answer", to=cast.noor.user, send_at=IN_WINDOW + UNDO).count() == 1


@pytest.mark.contract("E12")
@pytest.mark.parametrize("line", ["", "🙂", "Thank you, Noor."])
def test_one_press_acknowledges_with_a_line_or_without(
    cast: Any, visit: Any, noors: Message, line: str
) -> None:
    visit(cast.ada).post(to("acknowledge", noors), answer(line))
    reply = Reply.unscoped.get()
    assert reply.kind == "acknowledged"
    assert reply.text(Sealer(cast.alder.pk), noors.client_id) == line


def test_kept_for_the_session_it_is_on_our_list(cast: Any, visit: Any, noors: Message) -> None:
    visit(cast.ada).post(to("keep", noors), answer("Let us look at it together."))
    assert Reply.unscoped.get().kind == "kept"
    item = ListItem.unscoped.get()
    assert (item.message_id, item.added_by_clinician) == (noors.pk, True)


def test_handled_by_phone(cast: Any, visit: Any, noors: Message) -> None:
    visit(cast.ada).post(to("phone", noors), answer(""))
    assert Reply.unscoped.get().kind == "by_phone"


def test_what_wants_no_answer_is_laid_aside_and_leaves_the_batch(cast: Any, visit: Any, clock: Any) -> None:
    quiet = send(cast.noor, at=may(13, 14), no_answer=True)
    clock.set(IN_WINDOW)
    response = visit(cast.ada).post(to("aside", quiet), answer("", seconds="30"))
    assert response["Location"].startswith("/practice/?done")
    assert PutAway.objects.get().seconds == 30
    assert not Reply.unscoped.exists()
    assert not Notice.objects.filter(kind="answer").exists()


def test_what_waits_for_an_answer_cannot_be_laid_aside(cast: Any, visit: Any, noors: Message) -> None:
    response = visit(cast.ada).post(to("aside", noors), answer(""))
    assert response.status_code == 409
    assert Message.unscoped.get(pk=noors.pk).resolved_at is None


def test_an_empty_answer_is_not_sent(cast: Any, visit: Any, noors: Message) -> None:
    response = visit(cast.ada).post(to("reply", noors), answer("   \n "))
    assert response.status_code == 422
    assert "The box is empty." in page(response)
    assert not Reply.unscoped.exists()


def test_words_are_not_thrown_away_by_laying_aside(cast: Any, visit: Any, clock: Any) -> None:
    quiet = send(cast.noor, at=may(13, 14), no_answer=True)
    clock.set(IN_WINDOW)
    response = visit(cast.ada).post(to("aside", quiet), answer("A line that I meant to send."))
    assert response.status_code == 422
    assert "A line that I meant to send.</textarea>" in page(response)


def test_the_page_works_without_a_script(cast: Any, visit: Any, noors: Message) -> None:
    body = page(visit(cast.ada).get(to("message", noors)))
    assert f'action="{to("reply", noors)}"' in body
    for act in ("acknowledge", "keep", "phone"):
        assert f'formaction="{to(act, noors)}"' in body
    visit(cast.ada).post(to("reply", noors), {"words": "Yes."})
    assert Reply.unscoped.get().seconds == 0


def test_every_act_has_its_key(cast: Any, visit: Any, noors: Message) -> None:
    before = send(cast.mira, at=may(13, 13))
    after = send(cast.noor, at=may(13, 15), no_answer=True)
    body = page(visit(cast.ada).get(to("message", noors)))
    keys = {"j", "l", "r", "a", "k", "p", "m", "s", "t", "o", "b", "x", "g", "?", "ctrl+enter"}
    assert set(re.findall(r'data-key="([^"]+)"', body)) == keys
    assert 'data-key="n"' in page(visit(cast.ada).get(to("message", after)))
    assert f'href="{to("message", before)}" data-key="l"' in body


def test_users_are_never_named_in_the_record(cast: Any, visit: Any, noors: Message) -> None:
    visit(cast.ada).post(to("reply", noors), answer("Nothing of this in the record."))
    said = str(list(Event.objects.values_list("facts", "subject", "actor")))
    assert "Noor" not in said
    assert "Nothing of this" not in said
    assert User.objects.get(pk=cast.noor.user_id).email not in said
