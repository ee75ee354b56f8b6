"""A trainee's words wait for the supervisor; the promise stays honest to the client all the while."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from interlude.agreements.actions import publish_agreement
from interlude.core.errors import BadPolicy
from interlude.messaging.answering import Unsupervised, reply_to
from interlude.messaging.models import Approval, Message, Reply
from interlude.messaging.promises import promise_watch
from interlude.outbox.models import Notice
from interlude.practice.actions import name_supervisor, see_out
from interlude.practice.scope import in_practice
from tests.cast import LONG_AGO, agree_anew
from tests.messaging.post import answer, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")
IN_WINDOW = may(14, 17, 5)
WORDS = "Write it as it comes, said the canary."


def to(name: str, message: Message) -> str:
    return reverse(f"clinician:{name}", args=[message.pk])


@pytest.fixture
def noors(cast: Any, clock: Any) -> Message:
    """Ada is in training with Noor, and Ben supervises her; a message of Noor's is handed over."""
    assert name_supervisor(cast.ada, cast.ben, by=None, now=LONG_AGO)
    text = '[topics]\nanswer = ["homework", "skill_help"]\n'
    agree_anew(cast.noor.client, [cast.noor], preset="trainee_supervised", text=text)
    message = send(cast.noor, at=may(13, 14, 41))
    clock.set(IN_WINDOW)
    return message


def asked(cast: Any, visit: Any, noors: Message) -> str:
    """Ada has answered; where Ben decides."""
    visit(cast.ada).post(to("reply", noors), answer(WORDS))
    return reverse("clinician:approval", args=[Approval.unscoped.get().pk])


def test_the_words_wait_and_the_message_keeps_its_date(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    body = page(visit(cast.ada).get(to("message", noors)))
    assert "Your words wait for Ben Okoro first." in body
    asked(cast, visit, noors)
    row = Message.unscoped.get(pk=noors.pk)
    assert (row.resolved_at, row.awaits_approval, row.reply_due) == (None, True, noors.reply_due)
    assert "With your supervisor" in page(visit(cast.ada).get("/practice/?done=1"))
    with in_practice(cast.alder.pk):
        watch = promise_watch(cast.ada, now=IN_WINDOW, next_window=None)
    assert [one.pk for one in watch.before_next_window] == [noors.pk]
    clock.set(may(14, 18))
    assert WORDS not in page(visit(cast.noor).get("/my/conversation/"))
    assert not Notice.objects.filter(kind="answer").exists()
    clock.set(noors.reply_due + timedelta(minutes=1))
    assert "This is late" in page(visit(cast.noor).get("/my/conversation/"))


def test_the_supervisor_approves_and_it_leaves(cast: Any, visit: Any, clock: Any, noors: Message) -> None:
    address = asked(cast, visit, noors)
    ben = visit(cast.ben)
    assert address in page(ben.get(reverse("clinician:approvals")))
    body = page(ben.get(address))
    assert WORDS in body
    assert "A canary sang." in body  # the message it answers
    ben.post(address, {"outcome": "approve"})
    row = Message.unscoped.get(pk=noors.pk)
    assert (row.resolved_at, row.awaits_approval) == (IN_WINDOW, False)
    assert Notice.objects.get(kind="answer").send_at == IN_WINDOW + timedelta(minutes=1)
    clock.set(IN_WINDOW + timedelta(minutes=1))
    assert WORDS in page(visit(cast.noor).get("/my/conversation/"))
    assert ben.get(reverse("clinician:client", args=[noors.client_id])).status_code == 404
    assert ben.get(to("message", noors)).status_code == 404


def test_approved_twice_is_approved_once(cast: Any, visit: Any, noors: Message) -> None:
    address, ben = asked(cast, visit, noors), visit(cast.ben)
    assert ben.post(address, {"outcome": "approve"}).status_code == 302
    response = ben.post(address, {"outcome": "approve"})
    assert response.status_code == 409
    assert "settled before" in page(response)
    assert ben.post(address, {"outcome": "back", "note": "Kinder."}).status_code == 409
    assert Notice.objects.filter(kind="answer").count() == 1


def test_nobody_approves_their_own_and_nobody_else_is_let_in(cast: Any, visit: Any, noors: Message) -> None:
    address = asked(cast, visit, noors)
    for who in ("ada", "cleo", "noor", "olu", "priya"):
        browser = visit(getattr(cast, who))
        assert browser.get(address).status_code == 404, who
        assert browser.post(address, {"outcome": "approve"}).status_code == 404, who
    assert Approval.unscoped.get().decided_at is None


def test_given_back_with_a_note_it_is_in_the_box_again(cast: Any, visit: Any, noors: Message) -> None:
    address, ben = asked(cast, visit, noors), visit(cast.ben)
    assert ben.post(address, {"outcome": "back", "note": " "}).status_code == 422
    mixed = ben.post(address, {"outcome": "approve", "note": "Kinder."})
    assert mixed.status_code == 422
    assert "Kinder.</textarea>" in page(mixed)
    assert ben.post(address, {"outcome": "back", "note": "Name the effort first."}).status_code == 302
    assert b"effort" not in bytes(Approval.unscoped.get().sealed_note)
    ada = visit(cast.ada)
    assert to("message", noors) in page(ada.get("/practice/"))
    body = page(ada.get(to("message", noors)))
    assert f"{WORDS}</textarea>" in body
    assert "Ben Okoro gave your reply back." in body
    assert "Name the effort first." in body
    ada.post(to("reply", noors), answer("That took effort. Write it as it comes."))
    assert Approval.unscoped.filter(decided_at=None).count() == 1


def test_approving_is_undone_within_the_minute_and_not_afterwards(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    address, ben = asked(cast, visit, noors), visit(cast.ben)
    ben.post(address, {"outcome": "approve"})
    assert "Undo" in page(ben.get(address))
    assert ben.post(address, {"outcome": "undo"}).status_code == 302
    assert Message.unscoped.get(pk=noors.pk).awaits_approval
    assert not Notice.objects.filter(kind="answer").exists()
    ben.post(address, {"outcome": "approve"})
    clock.set(IN_WINDOW + timedelta(minutes=1))
    assert ben.post(address, {"outcome": "undo"}).status_code == 409
    assert Message.unscoped.get(pk=noors.pk).resolved_at is not None


def test_its_writer_calls_it_back_and_the_supervisor_is_told_so(
    cast: Any, visit: Any, noors: Message
) -> None:
    address = asked(cast, visit, noors)
    visit(cast.ada).post(reverse("clinician:call_back", args=[Reply.unscoped.get().pk]))
    ben = visit(cast.ben)
    assert address not in page(ben.get(reverse("clinician:approvals")))
    assert "Its writer called it back." in page(ben.get(address))
    assert ben.post(address, {"outcome": "approve"}).status_code == 409
    assert Message.unscoped.get(pk=noors.pk).resolved_at is None


def test_a_sign_without_words_does_not_wait(cast: Any, visit: Any, noors: Message) -> None:
    visit(cast.ada).post(to("acknowledge", noors), answer(""))
    assert not Approval.unscoped.exists()
    assert Message.unscoped.get(pk=noors.pk).resolved_at == IN_WINDOW


def test_another_supervisor_takes_over_what_waits(cast: Any, visit: Any, noors: Message) -> None:
    from interlude.practice.actions import add_clinician  # noqa: PLC0415  the only use

    address = asked(cast, visit, noors)
    other = add_clinician(practice=cast.alder, name="Ruth Adler", by=None, now=LONG_AGO)
    name_supervisor(cast.ada, other, by=None, now=IN_WINDOW)
    assert visit(cast.ben).get(address).status_code == 404
    assert Approval.unscoped.visible_to(other).open().count() == 1


def test_without_anybody_to_ask_nothing_is_stored_and_the_words_stay(
    cast: Any, visit: Any, noors: Message
) -> None:
    see_out(cast.ben, by=None, now=may(14, 9))
    cast.ada.refresh_from_db()
    outcome = reply_to(noors, WORDS, by=cast.ada, now=IN_WINDOW, reply_id=uuid4())
    assert isinstance(outcome, Unsupervised)
    response = visit(cast.ada).post(to("reply", noors), answer(WORDS))
    assert response.status_code == 409
    assert f"{WORDS}</textarea>" in page(response)
    assert not Reply.unscoped.exists()


def test_while_it_waits_beyond_its_date_the_delay_is_owned_in_the_houses_words(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    address = asked(cast, visit, noors)
    clock.set(may(18, 17, 5))
    ada = visit(cast.ada)
    body = page(ada.get(to("message", noors) + "?repair=1"))
    later = re.search(r'name="later" value="([^"]*)"', body)
    draft = re.search(r'<textarea[^>]*id="id_words"[^>]*>\n?([^<]*)</textarea>', body)
    assert later and draft
    own = ada.post(to("reply", noors), answer("My very own words.", later=later[1]))
    assert own.status_code == 409
    assert "My very own words.</textarea>" in page(own)
    assert ada.post(to("reply", noors), answer(html.unescape(draft[1]), later=later[1])).status_code == 302
    row = Message.unscoped.get(pk=noors.pk)
    assert row.reply_due > may(18, 17, 5)
    assert row.awaits_approval
    assert "You will hear by" in page(visit(cast.noor).get("/my/conversation/"))
    assert visit(cast.ben).post(address, {"outcome": "approve"}).status_code == 302


def test_between_windows_a_supervisor_is_told_of_nothing(
    cast: Any, visit: Any, clock: Any, noors: Message
) -> None:
    clock.set(may(14, 18))
    before = page(visit(cast.ben).get("/practice/"))
    clock.set(IN_WINDOW)
    asked(cast, visit, noors)
    clock.set(may(14, 18))
    assert page(visit(cast.ben).get("/practice/")) == before
    assert "Replies to approve" in before
    assert "Replies to approve" not in page(visit(cast.ada).get("/practice/"))


def test_a_promise_too_short_for_a_supervisor_is_not_offered(cast: Any, noors: Message) -> None:
    text = 'promise = { kind = "working_days", days = 1, cut_off = "17:00" }\n'
    with pytest.raises(BadPolicy, match="two working days or more"):
        publish_agreement(
            client=cast.mira.client, by=cast.ada, now=may(14, 12), preset="trainee_supervised", text=text
        )
