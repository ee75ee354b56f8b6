"""The promise watch, and dates that move openly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interlude.audit.models import Event
from interlude.boundaries.actions import close_days
from interlude.messaging.answering import reply_to
from interlude.messaging.models import Message, PromiseMove
from interlude.messaging.promises import NotLate, move_promises, promise_watch, repair
from interlude.outbox.models import Notice
from tests.messaging.post import TEXT, many, may, page, send, take_time_away

WATCH = "/practice/promises/"
pytestmark = pytest.mark.usefixtures("in_alder")


@pytest.mark.contract("C13", "C15")
def test_the_watch_knows_late_before_the_next_window_and_later(cast: Any) -> None:
    late = send(cast.noor, at=may(8, 9))
    soon = send(cast.noor, at=may(12, 9))
    later = send(cast.noor, at=may(12, 18))
    send(cast.noor, at=may(12, 18), no_answer=True)
    watch = promise_watch(cast.ada, now=may(13, 12, 5), next_window=may(14, 17))
    assert watch.late == [late]
    assert watch.before_next_window == [soon]
    assert watch.later == [later]


def test_what_is_answered_or_not_handed_over_is_not_watched(cast: Any) -> None:
    answered = send(cast.noor, at=may(12, 9))
    reply_to(answered, "Yes.", by=cast.ada, now=may(12, 17, 5), reply_id=answered.pk)
    send(cast.noor, at=may(13, 14))
    watch = promise_watch(cast.ada, now=may(13, 14, 5), next_window=may(14, 17))
    assert not (watch.late or watch.before_next_window or watch.later)


def test_without_a_next_window_everything_is_due_before_it(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    watch = promise_watch(cast.ada, now=may(13, 12, 5), next_window=None)
    assert watch.before_next_window == [message]
    assert watch.later == []


def test_the_page_shows_dates_and_names_and_no_words(cast: Any, visit: Any, clock: Any) -> None:
    late = send(cast.noor, at=may(8, 9))
    clock.set(may(14, 17, 5))
    body = page(visit(cast.ada).get(WATCH))
    assert "Was due" in body
    assert "Tue 12 May, 17:00" in body
    assert TEXT not in body
    assert "<title>Promises</title>" in body
    for other in (cast.ben, cast.cleo):
        assert str(late.pk) not in page(visit(other).get(WATCH))
    for outside in (cast.noor, cast.olu):
        assert visit(outside).get(WATCH).status_code == 404


def test_with_nothing_due_the_page_is_calm(cast: Any, visit: Any) -> None:
    assert "Every date you gave has time." in page(visit(cast.ada).get(WATCH))


def test_the_page_costs_the_same_however_much_is_late(cast: Any, visit: Any, clock: Any) -> None:
    def queries() -> int:
        ada = visit(cast.ada)
        ada.get(WATCH)
        with CaptureQueriesContext(connection) as captured:
            ada.get(WATCH)
        return len(captured)

    many(cast.noor, 2, at=may(5, 17))
    clock.set(may(14, 17, 5))
    few = queries()
    many(cast.mira, 300, at=may(5, 17))
    assert queries() == few
    assert "More follow" in page(visit(cast.ada).get(WATCH))


# Time away


@pytest.mark.contract("C16")
def test_going_away_moves_what_it_would_break_openly_and_before_it_passes(cast: Any) -> None:
    broken, safe = send(cast.noor, at=may(13, 14)), send(cast.noor, at=may(11, 14))
    before = broken.reply_due
    _, moved = take_time_away(
        clinician=cast.ada, starts_at=may(14, 0), ends_at=may(16, 0), by=cast.ada, now=may(13, 15)
    )
    assert moved == 1
    broken.refresh_from_db()
    safe.refresh_from_db()
    assert (before, broken.reply_due) == (may(15, 17), may(19, 17))
    assert safe.reply_due == may(13, 17)
    move = PromiseMove.objects.get()
    assert (move.from_due, move.to_due, move.reason) == (may(15, 17), may(19, 17), "time_away")
    assert Notice.objects.filter(kind="date_moved", to=cast.noor.user).count() == 1
    assert Event.objects.filter(verb="promise.moved").count() == 1


def test_a_message_whose_window_does_not_happen_is_handed_over_at_the_next_one(cast: Any) -> None:
    quiet = send(cast.noor, at=may(13, 14), no_answer=True)
    handed = send(cast.noor, at=may(12, 14))
    take_time_away(clinician=cast.ada, starts_at=may(14, 0), ends_at=may(16, 0), by=cast.ada, now=may(13, 15))
    quiet.refresh_from_db()
    handed.refresh_from_db()
    assert quiet.handed_at == may(18, 17)
    assert quiet.can_be_changed(may(15, 12))
    assert handed.handed_at == may(12, 17)


def test_a_date_is_never_moved_to_a_sooner_one_nor_told_twice(cast: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    close_days([(may(15, 12).date(), "A day")], practice=cast.alder, by=None, now=may(13, 14))
    for _ in range(2):
        move_promises(clinician=cast.ada, reason="closed_day", by=None, now=may(13, 15))
    message.refresh_from_db()
    assert message.reply_due == may(18, 17)
    assert PromiseMove.objects.count() == 1
    cast.ada.closed_days.all().delete()
    move_promises(clinician=cast.ada, reason="closed_day", by=None, now=may(13, 16))
    message.refresh_from_db()
    assert message.reply_due == may(18, 17)


def test_a_couple_is_told_both_and_a_guardian_is_not(cast: Any) -> None:
    send(cast.tove, at=may(13, 14))
    send(cast.mira, at=may(13, 14))
    take_time_away(clinician=cast.ada, starts_at=may(14, 0), ends_at=may(16, 0), by=cast.ada, now=may(13, 15))
    told = set(Notice.objects.filter(kind="date_moved").values_list("to", flat=True))
    assert told == {cast.tove.user_id, cast.imre.user_id, cast.mira.user_id}


def test_another_clinicians_time_away_moves_nothing_here(cast: Any) -> None:
    send(cast.noor, at=may(13, 14))
    _, moved = take_time_away(
        clinician=cast.ben, starts_at=may(14, 0), ends_at=may(16, 0), by=cast.ben, now=may(13, 15)
    )
    assert moved == 0


# Repair


def test_a_repair_moves_the_date_and_leaves_the_message_waiting(cast: Any) -> None:
    message = send(cast.noor, at=may(8, 9))
    now = may(14, 17, 5)
    done = repair(message, "I was late.", by=cast.ada, now=now, reply_id=message.pk, to=may(15, 17))
    assert done.reply.kind == "repair"  # type: ignore[union-attr]
    assert done.reply.leaves_at == now  # type: ignore[union-attr]
    fresh = Message.objects.get()
    assert (fresh.reply_due, fresh.resolved_at) == (may(15, 17), None)
    assert promise_watch(cast.ada, now=now, next_window=may(15, 12)).late == []


def test_the_same_repair_twice_is_one(cast: Any) -> None:
    message = send(cast.noor, at=may(8, 9))
    for minute in (5, 6):
        repair(message, "Late.", by=cast.ada, now=may(14, 17, minute), reply_id=message.pk, to=may(15, 17))
    assert message.replies.count() == 1
    assert PromiseMove.objects.count() == 1


@pytest.mark.parametrize("off", [timedelta(0), timedelta(days=365 * 7)])
def test_a_repair_promises_only_what_the_calendar_allows(cast: Any, off: timedelta) -> None:
    message = send(cast.noor, at=may(8, 9))
    wrong = may(16, 17) + off  # a Saturday, and years ahead
    outcome = repair(message, "Late.", by=cast.ada, now=may(14, 17, 5), reply_id=message.pk, to=wrong)
    assert outcome == NotLate(may(15, 17))
    assert message.replies.count() == 0


def test_a_repair_link_to_a_stranger_is_no_page(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(8, 9))
    clock.set(may(14, 17, 5))
    address = reverse("clinician:message", args=[message.pk])
    assert visit(cast.ben).get(address, {"repair": "1"}).status_code == 404
