"""What holds for every reply, whenever it is written: in hours, after the window, never late by waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlude.agenda.models import ListItem
from interlude.audit.record import verify
from interlude.boundaries.calendars import calendar_of
from interlude.messaging.answering import UNDO, TakenBack, call_back, lay_aside, leaves_at, reply_to
from interlude.messaging.models import Message, PutAway, Reply
from tests.messaging.post import may, send

pytestmark = pytest.mark.usefixtures("in_alder")
quietly = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
moments = st.integers(0, 38 * 24 * 60).map(lambda minutes: may(13, 15) + timedelta(minutes=minutes))


@pytest.mark.contract("D21", "B33")
@quietly
@given(now=moments)
def test_a_reply_never_leaves_at_night_nor_before_the_window_nor_late_for_waiting(
    cast: Any, now: datetime
) -> None:
    message = Message.objects.first() or send(cast.noor, at=may(13, 14))
    calendar = calendar_of(cast.ada, message.agreement.rules(now.date()).policy)
    leaves = leaves_at(message, by=cast.ada, now=now)
    assert leaves >= min(now + UNDO, max(now, message.reply_due))
    assert leaves >= message.handed_at
    in_hours = calendar.is_open(leaves) or calendar.is_open(leaves - UNDO)
    on_its_date = message.reply_due is not None and leaves in (message.reply_due, now + UNDO)
    assert in_hours or on_its_date
    if now <= message.reply_due:
        assert leaves <= message.reply_due or calendar.next_open(now) > message.reply_due


@quietly
@given(now=moments)
def test_sent_at_once_it_leaves_after_the_minute_or_as_the_window_opens(cast: Any, now: datetime) -> None:
    message = Message.objects.first() or send(cast.noor, at=may(13, 14))
    leaves = leaves_at(message, by=cast.ada, now=now, at_once=True)
    in_that_minute = now <= message.reply_due < now + UNDO
    assert leaves == max(message.reply_due if in_that_minute else now + UNDO, message.handed_at)


def test_one_message_gets_one_closing_whatever_is_tried(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 14))
    now = may(12, 17, 5)
    for kind in Reply.Kind.values:
        reply_to(message, f"as {kind}", by=cast.ada, now=now, reply_id=uuid4(), kind=kind)
    assert Reply.objects.filter(message=message).closing().count() == 1


def test_a_reply_to_what_was_taken_back_meanwhile_is_not_stored(cast: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    Message.objects.filter(pk=message.pk).update(taken_back_at=may(13, 15))
    outcome = reply_to(message, "Late.", by=cast.ada, now=may(13, 16), reply_id=uuid4())
    assert isinstance(outcome, TakenBack)
    assert not Reply.objects.exists()
    assert not lay_aside(message, by=cast.ada, now=may(13, 16))


def test_a_line_to_what_is_kept_already_puts_it_on_our_list_no_second_time(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 14), topic="session")
    before = ListItem.unscoped.get()
    reply_to(message, "We take time.", by=cast.ada, now=may(13, 14), reply_id=uuid4(), kind=Reply.Kind.KEPT)
    assert ListItem.unscoped.get() == before


def test_keeping_is_undone_with_the_reply_that_kept_it(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 14))
    kept = reply_to(message, "", by=cast.ada, now=may(12, 22), reply_id=uuid4(), kind=Reply.Kind.KEPT)
    assert ListItem.objects.count() == 1
    assert call_back(kept.reply, by=cast.ada, now=may(12, 22, 5))  # type: ignore[union-attr]
    assert not ListItem.objects.exists()
    assert Message.objects.get().resolved_at is None


def test_only_its_writer_calls_a_reply_back_and_only_once(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 14))
    reply = reply_to(message, "Hm.", by=cast.ada, now=may(12, 22), reply_id=uuid4()).reply  # type: ignore[union-attr]
    assert not call_back(reply, by=cast.ben, now=may(12, 22, 1))
    assert call_back(reply, by=cast.ada, now=may(12, 22, 2))
    assert not call_back(reply, by=cast.ada, now=may(12, 22, 3))


def test_a_form_sent_again_after_calling_back_is_a_new_reply(cast: Any) -> None:
    """Back in the browser brings the old form, with its old id."""
    message = send(cast.noor, at=may(12, 14))
    form_id = uuid4()
    first = reply_to(message, "Same words.", by=cast.ada, now=may(12, 22), reply_id=form_id)
    call_back(first.reply, by=cast.ada, now=may(12, 22, 1))  # type: ignore[union-attr]
    second = reply_to(message, "Same words.", by=cast.ada, now=may(12, 22, 2), reply_id=form_id)
    assert second.again is False  # type: ignore[union-attr]
    assert Message.objects.get().resolved_at == may(12, 22, 2)


def test_laying_aside_is_measured_once(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 14), no_answer=True)
    assert lay_aside(message, by=cast.ada, now=may(12, 17, 5), seconds=-5)
    assert not lay_aside(message, by=cast.ada, now=may(12, 17, 6), seconds=50)
    assert PutAway.objects.get().seconds == 0


def test_every_act_leaves_a_record_that_verifies(cast: Any) -> None:
    message, quiet = send(cast.noor, at=may(12, 14)), send(cast.noor, at=may(12, 14), no_answer=True)
    done = reply_to(message, "Hm.", by=cast.ada, now=may(12, 22), reply_id=uuid4())
    call_back(done.reply, by=cast.ada, now=may(12, 22, 1))  # type: ignore[union-attr]
    lay_aside(quiet, by=cast.ada, now=may(12, 22, 2))
    checked, fault = verify(cast.alder.pk)
    assert fault is None
    assert checked > 3


def test_replies_of_a_promise_without_waiting_leave_a_minute_after_writing(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 14))
    agreement = message.agreement
    agreement.layers = [
        *agreement.layers,
        'layer = "agreement"\nname = "with Noor"\nreplies_leave = "at_once"',
    ]
    agreement.save()
    message.refresh_from_db()
    night = may(12, 23)
    assert leaves_at(message, by=cast.ada, now=night) == night + UNDO
    assert (
        leaves_at(message, by=cast.ada, now=night + timedelta(hours=1)) == night + timedelta(hours=1) + UNDO
    )
