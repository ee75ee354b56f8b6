"""How it goes: a clinician's own answers beside what was agreed, for nobody else's eyes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.core.drift import Contact, Habit
from interlude.messaging.answering import reply_to
from interlude.messaging.drift import drift_of
from interlude.messaging.models import Message, Reply
from interlude.messaging.promises import new_date_for, repair
from interlude.practice.models import Client, Clinician
from interlude.practice.scope import in_practice
from tests.attack.snapshot import differences, rows
from tests.cast import DAY, HOUR, NOW
from tests.checkins.weeks import read
from tests.messaging.post import may, send

PAGE = "/practice/drift/"
LONG = "word " * 151


def answered(who: Any, *, day: int, hour: int = 17, words: str = "Good.", topic: str = "homework") -> Any:
    """Sent on a morning of May, answered at that hour of that day in London."""
    message = send(who, at=may(day, 9), topic=topic)
    clinician = who.client.clinician
    return reply_to(message, words, by=clinician, now=may(day, hour, 20), reply_id=uuid4()).reply


@pytest.fixture
def four(cast: Any) -> Any:
    """Four messages of Noor on four days, answered within the same window."""
    for day in (4, 5, 7, 11):
        answered(cast.noor, day=day)
    return cast


def test_with_few_answers_there_is_nothing_to_say(cast: Any, visit: Any) -> None:
    page = read(visit(cast.ada), PAGE)
    assert "There is little to look at yet" in page
    assert "With each client it goes as agreed, or there is too little to say" in page


@pytest.mark.contract("C2", "C15", "B27")
def test_answers_much_sooner_than_agreed_are_said_with_the_lead_and_one_thing_to_do(
    four: Any, visit: Any
) -> None:
    page = read(visit(four.ada), PAGE)
    assert "What you do, beside what you agreed" in page
    assert "You answered 4 of 4 before half of the agreed time was over" in page
    assert "You agreed: within 2 working days, by 17:00" in page
    assert "Typically an answer left 1 day 23 hours before its date" in page
    assert "Some clients will come to expect it" in page
    assert "None left after its date" in page
    assert "All were written in your own hours" in page
    assert "Noor Haddad" in page


@pytest.mark.contract("B31")
def test_what_is_late_is_said_once_it_happened_and_a_new_date_does_not_undo_it(cast: Any, visit: Any) -> None:
    late, after = send(cast.noor, at=NOW - 15 * DAY), NOW - 12 * DAY
    to = new_date_for(late, now=after)
    assert to is not None
    repair(late, "I am sorry.", by=cast.ada, now=after, reply_id=uuid4(), to=to)
    reply_to(late, "Here it is.", by=cast.ada, now=after + HOUR, reply_id=uuid4())
    for day in (4, 5, 7):
        answered(cast.noor, day=day)
    assert "1 of 4 left after the date" in read(visit(cast.ada), PAGE)


@pytest.mark.contract("B34")
def test_long_answers_and_answers_beyond_the_agreement_are_counted(four: Any, visit: Any) -> None:
    answered(four.noor, day=12, words=LONG)
    answered(four.noor, day=12, words=LONG, topic="brief_update")
    page = read(visit(four.ada), PAGE)
    assert "2 of 6 had more words than the plan has for one message" in page
    assert "1 of 6 answered what was to be acknowledged, or kept for the session" in page


@pytest.mark.contract("B31", "D21")
def test_what_is_written_at_night_and_at_weekends_is_seen_and_a_check_window_is_no_night(
    cast: Any, visit: Any, clock: Any
) -> None:
    for day, hour in ((5, 23), (9, 11), (7, 17), (8, 12)):  # a night, a Saturday, a window, an office hour
        message = send(cast.noor, at=may(4, 9))
        reply_to(message, "Good.", by=cast.ada, now=may(day, hour, 10), reply_id=uuid4())
    with in_practice(cast.alder.id):
        drift = drift_of(cast.ada, NOW)
    assert (drift.sums.other_hours, drift.sums.answers) == (2, 4)
    assert "2 of 4 were written outside your own hours" in read(visit(cast.ada), PAGE)


@pytest.mark.contract("A10", "D35", "C37")
def test_contact_that_grows_or_shrinks_is_told_by_the_clients_own_weeks(cast: Any, visit: Any) -> None:
    Client.unscoped.all().update(began_on=date(2025, 1, 1))
    for day in range(6):
        send(cast.noor, at=NOW - timedelta(days=2 + day))
    for day in range(8):
        send(cast.tove, at=NOW - timedelta(days=35 + 5 * day))
    page = read(visit(cast.ada), PAGE)
    assert "Wrote 6 messages in the last four weeks, and 0 in the eight before" in page
    assert "Writes less: 0 in the last four weeks, and 8 in the eight before" in page
    assert page.index("Noor Haddad") < page.index("Tove and Imre")  # by name, whoever writes more
    assert "Mira" not in page
    html = visit(cast.ada).get(PAGE).content.decode()
    assert f"/practice/clients/{cast.tove.client_id}/check-in/?say=less#say" in html


def test_no_figure_tells_of_a_message_that_no_window_has_handed_over(cast: Any, visit: Any) -> None:
    Client.unscoped.all().update(began_on=date(2025, 1, 1))
    before = read(visit(cast.ada), PAGE)
    for _ in range(6):
        send(cast.noor, at=NOW)
    assert read(visit(cast.ada), PAGE) == before


def test_a_client_of_few_weeks_is_not_said_to_change(cast: Any) -> None:
    for day in range(6):
        send(cast.noor, at=NOW - timedelta(days=2 + day))
    with in_practice(cast.alder.id):
        drift = drift_of(cast.ada, NOW)
    assert [part for part in drift.clients if part.changed] == []


def test_the_page_is_the_clinicians_own_and_nothing_of_it_is_kept(four: Any, visit: Any) -> None:
    supervisor = Clinician.unscoped.get(pk=four.ben.pk)
    Clinician.unscoped.filter(pk=four.ada.pk).update(supervisor=supervisor)
    ada = visit(four.ada)
    before, events = rows(), Event.objects.count()
    assert "Noor" in read(ada, PAGE)
    assert not differences(before, rows())
    assert Event.objects.count() == events
    assert "Noor" not in read(visit(four.ben), PAGE)
    assert "4 of 4" not in read(visit(four.ben), PAGE)
    for name in ("olu", "priya", "noor", "jonas"):
        assert visit(getattr(four, name)).get(PAGE).status_code == 404
    assert visit(four.ada).get(f"{PAGE}{four.ada.pk}/").status_code == 404


def test_it_has_no_score_no_order_and_no_honey(four: Any, visit: Any) -> None:
    html = visit(four.ada).get(PAGE).content.decode()
    assert "due--" not in html
    assert "%" not in re.sub(r"<[^>]+>", "", html)
    for word in ("score", "rank", "best", "worst", "average", "target"):
        assert word not in read(visit(four.ada), PAGE).lower()


def test_an_answer_that_has_not_left_or_was_called_back_does_not_count(four: Any) -> None:
    message = send(four.noor, at=may(12, 9))
    reply = reply_to(message, "Later.", by=four.ada, now=may(12, 17), reply_id=uuid4()).reply
    Reply.unscoped.filter(pk=reply.pk).update(held_back_at=may(12, 17))
    other = send(four.noor, at=may(12, 10))
    Reply.unscoped.filter(
        pk=reply_to(other, "Tomorrow.", by=four.ada, now=may(12, 17), reply_id=uuid4()).reply.pk
    ).update(leaves_at=NOW + HOUR)
    with in_practice(four.alder.id):
        assert drift_of(four.ada, NOW).sums.answers == 4


def test_erased_words_are_no_words(four: Any) -> None:
    Reply.unscoped.filter(message__client=four.noor.client).update(sealed=b"\1" + bytes(40))
    with in_practice(four.alder.id):
        drift = drift_of(four.ada, NOW)
    assert (drift.sums.answers, drift.sums.longer) == (4, 0)


def test_sums_and_parts_agree_and_old_answers_are_over(four: Any) -> None:
    answered(four.tove, day=6)
    Message.unscoped.filter(client=four.mira.client).delete()
    with in_practice(four.alder.id):
        whole = drift_of(four.ada, NOW)
        later = drift_of(four.ada, NOW + 60 * DAY)
    assert whole.sums.answers == 5
    assert [(one.client.name, one.sums.habits, one.wrote) for one in whole.clients] == [
        ("Noor Haddad", [Habit.SOONER], None)
    ]
    assert later.sums.answers == 0
    assert Contact.LESS in {one.wrote.change for one in later.clients if one.wrote} or not later.clients
