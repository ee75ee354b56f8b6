"""A day is closed: every date that was given on it moves at once, and whoever waits is told first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from interlude.boundaries.actions import close_days, go_away
from interlude.boundaries.models import ClosedDay
from interlude.desk.actions import answer_question
from interlude.desk.models import Question
from interlude.messaging.calendar_changes import LOOKED_BACK, close_and_move, count_again
from interlude.messaging.models import Message, PromiseMove
from interlude.outbox.models import Notice
from tests.cast import NOW, words
from tests.laws.pages import plain
from tests.messaging.post import may, page, send

PAGE = "/office/closed-days/"
pytestmark = pytest.mark.usefixtures("in_alder")


def close(visit: Any, person: Any, *days: date) -> None:
    for day in days:
        answer = visit(person).post(PAGE, {"on": day.isoformat(), "name": "Works on the stairs"})
        assert answer.status_code == 302


def asked(visit: Any, who: Any) -> Question:
    visit(who).post("/my/messages/", words("Which bill is open?", topic="billing"))
    return Question.unscoped.get(participant=who)


@pytest.mark.contract("C16", "A11")
def test_closing_a_day_moves_the_dates_on_it_and_the_client_reads_both(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=NOW)
    first = message.reply_due
    assert first == may(15, 17)
    close(visit, cast.olu, date(2026, 5, 15))
    moved = Message.unscoped.get(pk=message.pk)
    assert moved.reply_due == may(18, 17)
    move = PromiseMove.objects.get(message=message)
    assert (move.from_due, move.to_due, move.reason) == (first, may(18, 17), "closed_day")
    body = page(visit(cast.noor).get(f"/my/messages/{message.pk}/"))
    assert "Mon 18 May, 17:00" in body and "Fri 15 May, 17:00" in body
    assert "A day is closed here" in body and "not because of you" in body
    assert Notice.objects.filter(kind="date_moved", to=cast.noor.user).count() == 1


def test_a_question_to_the_desk_moves_too_and_only_whoever_asked_is_told(cast: Any, visit: Any) -> None:
    question = asked(visit, cast.jonas)
    assert question.reply_due == may(14, 17)
    close(visit, cast.olu, date(2026, 5, 14))
    question.refresh_from_db()
    assert (question.moved_from, question.reply_due) == (may(14, 17), may(15, 17))
    body = plain(page(visit(cast.jonas).get(f"/my/questions/{question.pk}/")))
    assert "It was to come by Thu 14 May, 17:00" in body and "Fri 15 May, 17:00" in body
    assert set(Notice.objects.filter(kind="date_moved").values_list("to", flat=True)) == {cast.jonas.user_id}
    assert visit(cast.mira).get(f"/my/questions/{question.pk}/").status_code == 404


def test_a_second_closed_day_keeps_the_date_that_was_given_first(cast: Any, visit: Any) -> None:
    question = asked(visit, cast.noor)
    close(visit, cast.olu, date(2026, 5, 14), date(2026, 5, 15))
    question.refresh_from_db()
    assert (question.moved_from, question.reply_due) == (may(14, 17), may(18, 17))


def test_what_is_answered_or_late_or_elsewhere_keeps_its_date(cast: Any, visit: Any, clock: Any) -> None:
    done, elsewhere = asked(visit, cast.noor), send(cast.dov, at=NOW)
    answer_question(done, "The one of April.", by=cast.olu, now=NOW)
    late = send(cast.noor, at=may(6, 9))
    before = {one.pk: one.reply_due for one in (late, elsewhere)}
    close(visit, cast.olu, date(2026, 5, 14), date(2026, 5, 15))
    done.refresh_from_db()
    assert done.moved_from is None
    assert before == {one.pk: one.reply_due for one in Message.unscoped.filter(pk__in=before)}


def test_closing_the_same_day_twice_moves_and_tells_once(cast: Any, visit: Any) -> None:
    send(cast.noor, at=NOW)
    close(visit, cast.olu, date(2026, 5, 15), date(2026, 5, 15))
    assert PromiseMove.objects.count() == 1
    assert Notice.objects.filter(kind="date_moved").count() == 1


def test_opening_the_day_again_leaves_the_later_date_that_was_told(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=NOW)
    close_and_move([(date(2026, 5, 15), "x")], practice=cast.alder, by=None, now=NOW)
    day = ClosedDay.unscoped.get(practice=cast.alder)
    assert visit(cast.olu).post(f"{PAGE}{day.pk}/reopen/").status_code == 302
    assert Message.unscoped.get(pk=message.pk).reply_due == may(18, 17)


def test_a_message_that_was_on_its_way_while_a_day_was_closed_is_found_by_the_worker(cast: Any) -> None:
    """Dated on the calendar as it was, stored just after the day was closed: the next minute moves it."""
    close_days([(date(2026, 5, 15), "x")], practice=cast.alder, by=None, now=NOW)
    go_away(clinician=cast.ben, starts_at=may(14, 8), ends_at=may(18, 8), by=None, now=NOW)
    missed = [send(cast.noor, at=NOW), send(cast.kai, at=NOW)]
    Message.unscoped.update(reply_due=may(15, 17))
    call_command("deliver", once=True)
    due = dict(Message.unscoped.values_list("pk", "reply_due"))
    assert due[missed[0].pk] == may(18, 17)
    assert due[missed[1].pk] > may(18, 8)
    reasons = dict(PromiseMove.objects.values_list("message", "reason"))
    assert reasons == {missed[0].pk: "closed_day", missed[1].pk: "time_away"}


def test_the_worker_counts_nothing_where_no_calendar_changed_lately(cast: Any) -> None:
    close_days([(date(2026, 5, 15), "x")], practice=cast.alder, by=None, now=NOW - LOOKED_BACK)
    send(cast.noor, at=NOW)
    Message.unscoped.update(reply_due=may(14, 17))
    assert count_again(NOW) == 0
    assert count_again(NOW - LOOKED_BACK - timedelta(minutes=1)) == 0, "what is set later is not known yet"
