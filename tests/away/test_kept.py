"""The record of kept dates: one for both sides, by what arrived and by the clock."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.core.hours import Absence as Stretch
from interlude.messaging.answering import reply_to
from interlude.messaging.kept import kept_record, last_dates
from interlude.messaging.models import Reply
from interlude.messaging.promises import new_date_for, repair
from interlude.messaging.time_away import set_time_away
from tests.laws.pages import plain
from tests.messaging.post import TEXT, may, page, send

pytestmark = pytest.mark.usefixtures("in_alder")


@pytest.mark.contract("C13", "C15")
def test_both_read_the_same_kept_moved_late_and_still_to_come(cast: Any, visit: Any, clock: Any) -> None:
    kept, late = send(cast.noor, at=may(4, 9)), send(cast.noor, at=may(4, 9))
    reply_to(kept, "Yes.", by=cast.ada, now=may(5, 9), reply_id=kept.pk)
    now = may(8, 9)
    new = new_date_for(late, now=now)
    assert new is not None
    repair(late, "I am sorry.", by=cast.ada, now=now, reply_id=late.pk, to=new)
    reply_to(late, "Now.", by=cast.ada, now=may(8, 10), reply_id=uuid4())
    moved = send(cast.noor, at=may(12, 9))
    set_time_away([Stretch(may(14, 0), may(16, 0))], clinician=cast.ada, by=cast.ada, now=may(13, 9))
    reply_to(moved, "Here.", by=cast.ada, now=may(18, 9), reply_id=moved.pk)
    send(cast.noor, at=may(18, 10))
    clock.set(may(19, 18))
    for record in (
        kept_record(cast.noor.client, cast.noor, now=may(19, 18)),
        kept_record(cast.noor.client, cast.ada, now=may(19, 18)),
    ):
        assert (record.kept, record.moved, record.late, record.waiting, record.settled) == (2, 1, 1, 1, 3)
    client = plain(page(visit(cast.noor).get("/my/dates/")))
    clinician = plain(page(visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/dates/")))
    for body in (client, clinician):
        assert "2 of 3 dates were kept." in body and TEXT not in body
    assert "never because of you" in client


def test_an_answer_that_has_not_left_is_not_heard_yet(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    reply_to(message, "At night.", by=cast.ada, now=may(12, 22), reply_id=message.pk)
    record = kept_record(cast.noor.client, cast.noor, now=may(12, 23))
    assert (record.waiting, record.settled) == (1, 0)


def test_nobody_else_reads_it(cast: Any, visit: Any) -> None:
    send(cast.noor, at=may(4, 9))
    assert kept_record(cast.noor.client, cast.mira, now=may(19, 9)).rows == []
    for other in (cast.ben, cast.cleo, cast.priya):
        assert visit(other).get(f"/practice/clients/{cast.noor.client_id}/dates/").status_code == 404
    assert visit(cast.jonas).get("/my/dates/").status_code == 404


def test_words_that_wait_for_a_supervisor_are_not_heard_by_anybody(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    reply = reply_to(message, "Not yet.", by=cast.ada, now=may(13, 9), reply_id=message.pk).reply
    Reply.unscoped.filter(pk=reply.pk).update(awaits_approval=True)
    record = kept_record(cast.noor.client, cast.noor, now=may(13, 12))
    assert (record.waiting, record.settled) == (1, 0)
    late = kept_record(cast.noor.client, cast.noor, now=may(19, 9))
    assert (late.late, late.kept) == (1, 0)


def test_beside_a_message_stands_what_the_record_says(cast: Any) -> None:
    for sent_at, answered_at in ((may(4, 9), may(5, 9)), (may(5, 9), may(11, 9)), (may(18, 10), None)):
        message = send(cast.noor, at=sent_at)
        if answered_at:
            reply_to(message, "Yes.", by=cast.ada, now=answered_at, reply_id=message.pk)
    record = kept_record(cast.noor.client, cast.ada, now=may(19, 18))
    beside = last_dates(cast.noor.client, clinician=cast.ada, now=may(19, 18))
    said = {one.message.pk: one.state for one in record.rows if one.state != "waiting"}
    assert {one.message.pk: one.state for one in beside} == said
    assert sorted(said.values()) == ["kept", "late"]
