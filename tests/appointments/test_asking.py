"""A client moves, cancels, runs late: the date and the price first, one effect, and nobody else's sessions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.actions import keep_words
from interlude.appointments.actions import plan_session
from interlude.appointments.models import MoveRequest, Session
from interlude.boundaries.actions import close_days
from interlude.core.money import Money
from interlude.desk.models import Question
from interlude.messaging.calendar_changes import close_and_move
from interlude.outbox.models import Notice
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, HOUR, NOW, agree_anew

START = datetime(2026, 5, 19, 9, tzinfo=UTC)  # Tue 10:00 in London
SUITS = datetime(2026, 5, 21, 14, tzinfo=UTC)  # Thu 15:00 in London
LATE_RULE = 'late_cancel = { hours = 24, price = "60.00 GBP" }\n'


def of(person: Any) -> Session:
    return Session.unscoped.get(client=person.client, state="planned")


def read(visit: Any, person: Any, address: str = "/my/times/") -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


def ask(visit: Any, person: Any, **typed: str) -> Any:
    form = {"request_id": str(uuid4()), "first": "", "second": "", "third": "", "words": ""} | typed
    return visit(person).post(f"/my/times/{of(person).pk}/move/", form)


@pytest.mark.contract("D4", "B8")
def test_the_date_of_the_answer_stands_there_first_and_then_on_the_page(cast: Any, visit: Any) -> None:
    page = read(visit, cast.noor, f"/my/times/{of(cast.noor).pk}/move/")
    assert "The front desk answers by Thu 14 May, 17:00" in page
    assert grade(page) <= 6
    assert ask(visit, cast.noor, first="2026-05-21T15:00", words="Any Thursday.").status_code == 302
    row = MoveRequest.unscoped.get()
    assert (row.to, row.times.get().starts_at) == ("desk", SUITS)
    assert row.words(Sealer(row.practice_id)) == "Any Thursday."
    page = read(visit, cast.noor)
    assert "The front desk answers by Thu 14 May, 17:00" in page
    assert "Thu 21 May, 15:00" in page
    assert grade(page) <= 6


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(cast: Any, visit: Any) -> None:
    for typed, said in (("tomorrow", "is no time"), ("2025-05-21T15:00", "does not lie ahead")):
        answer = ask(visit, cast.noor, first=typed, words="After four.")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert typed in page
        assert "After four." in page
    assert not MoveRequest.unscoped.exists()


def test_a_second_question_for_the_same_session_keeps_its_words(cast: Any, visit: Any) -> None:
    ask(visit, cast.tove)
    answer = ask(visit, cast.imre, words="I cannot come.")
    assert answer.status_code == 409
    assert "I cannot come." in answer.content.decode()
    assert MoveRequest.unscoped.count() == 1
    assert "Take the question back" not in read(visit, cast.imre)


def test_where_the_therapist_answers_the_promise_is_theirs(cast: Any, visit: Any) -> None:
    agree_anew(
        cast.noor.client, [cast.noor], text='[topics]\nanswer = ["schedule"]\nacknowledge = ["late"]\n'
    )
    assert "Ada answers by" in read(visit, cast.noor, f"/my/times/{of(cast.noor).pk}/move/")
    ask(visit, cast.noor, words="For you.")
    assert MoveRequest.unscoped.get().to == "clinician"
    assert visit(cast.olu).get(f"/office/calendar/asked/{MoveRequest.unscoped.get().pk}/").status_code == 404
    assert "For you." not in visit(cast.olu).get("/office/calendar/").content.decode()


def test_a_date_that_falls_on_a_day_that_closes_moves_openly(cast: Any, visit: Any) -> None:
    ask(visit, cast.noor)
    close_and_move([(date(2026, 5, 14), "Staff day")], practice=cast.alder, by=None, now=NOW)
    row = MoveRequest.unscoped.get()
    assert row.moved_from == datetime(2026, 5, 14, 16, tzinfo=UTC)
    assert row.reply_due == datetime(2026, 5, 15, 16, tzinfo=UTC)
    assert "Fri 15 May, 17:00" in read(visit, cast.noor)
    assert Notice.objects.filter(kind="date_moved", to=cast.noor.user).count() == 1


def test_a_late_answer_is_said_to_be_late_and_not_because_of_them(cast: Any, visit: Any, clock: Any) -> None:
    ask(visit, cast.noor)
    clock.set(datetime(2026, 5, 14, 16, 1, tzinfo=UTC))
    assert "It is late, and not because of you." in read(visit, cast.noor)


THERAPISTS = '[topics]\nanswer = ["schedule"]\n'
WATCH, WINDOW = "/practice/promises/", "/practice/?stay=1"
THURSDAY, FRIDAY = datetime(2026, 5, 14, 16, 5, tzinfo=UTC), datetime(2026, 5, 15, 11, 5, tzinfo=UTC)
DUE = datetime(2026, 5, 15, 16, tzinfo=UTC)  # Fri 17:00 in London


@pytest.mark.contract("C13", "C15")
def test_a_therapists_date_for_it_is_watched_before_it_passes_and_said_to_both_after(
    cast: Any, visit: Any, clock: Any
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=THERAPISTS)
    ask(visit, cast.noor, words="Any Thursday.")
    asks, dated = "Noor Haddad asks for another time", "Fri 15 May, 17:00"
    assert MoveRequest.unscoped.get().reply_due == DUE
    assert asks not in read(visit, cast.ada, WATCH)  # no window has handed it over yet
    assert f"{dated} Ada answers about another time for a session" in read(visit, cast.noor, "/my/")
    assert "You are not waiting" not in read(visit, cast.noor, "/my/")
    clock.set(THURSDAY)
    assert f"Later. {asks} Due {dated}" in read(visit, cast.ada, WATCH)
    clock.set(FRIDAY)  # the last window before that date
    page = read(visit, cast.ada, WATCH)
    assert "Some answers are due before the next window." in page
    assert f"Due before the next window. {asks} Due {dated}" in page
    assert f"Noor Haddad Answer by {dated} session on Tue 19 May, 10:00" in read(visit, cast.ada, WINDOW)
    clock.set(DUE + timedelta(minutes=1))
    page = read(visit, cast.ada, WATCH)
    assert "Some answers are late." in page
    assert f"{asks} Was due {dated}" in page
    assert "Any Thursday." not in page
    assert f"Noor Haddad Was due {dated}" in read(visit, cast.ada, WINDOW)
    assert "It is late, and not because of you." in read(visit, cast.noor)
    home = read(visit, cast.noor, "/my/")
    assert "Ada is late. That is not because of you. It was for Fri 15 May" in home
    assert "Ada answers about" not in home  # no date that has passed stands as one that comes
    assert grade(home) <= 6
    for person in (cast.ben, cast.cleo):
        assert asks not in read(visit, person, WATCH)
    for person in (cast.tove, cast.kai):
        assert "is late" not in read(visit, person, "/my/")


def test_answered_late_it_is_watched_no_more(cast: Any, visit: Any, clock: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=THERAPISTS)
    ask(visit, cast.noor)
    clock.set(DUE + timedelta(minutes=1))
    address = f"/practice/calendar/asked/{MoveRequest.unscoped.get().pk}/"
    assert "An answer was promised by Fri 15 May, 17:00. It is late" in read(visit, cast.ada, address)
    assert visit(cast.ada).post(address, {"answer": "no", "no-line": "Next week?"}).status_code == 302
    assert "Every date you gave has time." in read(visit, cast.ada, WATCH)
    assert "is late" not in read(visit, cast.noor, "/my/")
    assert "Next week?" in read(visit, cast.noor)


def test_a_date_of_the_front_desk_is_the_desks_to_watch(cast: Any, visit: Any, clock: Any) -> None:
    ask(visit, cast.noor)
    assert "Noor Haddad Answer by Thu 14 May, 17:00" in read(visit, cast.olu, "/office/")
    assert "The front desk answers about another time for a session" in read(visit, cast.noor, "/my/")
    clock.set(DUE)
    assert "Noor Haddad Was due Thu 14 May, 17:00" in read(visit, cast.olu, "/office/")
    assert "The front desk is late. That is not because of you." in read(visit, cast.noor, "/my/")
    assert "Every date you gave has time." in read(visit, cast.ada, WATCH)  # it was not hers


@pytest.mark.contract("D4")
def test_an_answer_that_can_come_after_the_session_says_so_first_with_what_cancelling_costs(
    cast: Any, visit: Any, clock: Any
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=LATE_RULE)
    address = f"/my/times/{of(cast.noor).pk}/move/"
    after, cancel = (
        "The answer can come after this session has begun.",
        "If you cannot come, you can cancel it.",
    )
    page = read(visit, cast.noor, address)
    assert after not in page
    assert cancel not in page  # the answer comes while both are open
    clock.set(START - 25 * HOUR)  # Mon 9:00: the front desk answers on Tuesday at 17:00
    page = read(visit, cast.noor, address)
    assert f"{after} {cancel} We agreed that it is free until Mon 18 May, 10:00" in page
    assert grade(page) <= 6
    clock.set(START - 23 * HOUR)
    assert f"{after} {cancel} It costs £60.00 now. Cancel this session" in read(visit, cast.noor, address)
    ask(visit, cast.noor)
    page = read(visit, cast.noor)
    assert f"{after} {cancel}" in page
    assert "Until then the session stays where it is." not in page


@pytest.mark.contract("C13", "C16")
@pytest.mark.parametrize(("rules", "who", "room"), [("", "olu", "office"), (THERAPISTS, "ada", "practice")])
def test_a_session_that_begins_without_an_answer_leaves_neither_side_without_a_word(
    cast: Any, visit: Any, clock: Any, rules: str, who: str, room: str
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=rules)
    ask(visit, cast.noor, first="2026-05-21T15:00", words="Any Thursday.")
    row, too_late = (
        MoveRequest.unscoped.get(),
        "The session began before an answer came. That is not because of you.",
    )
    begun = "The session of Tue 19 May, 10:00 began before an answer came."
    clock.set(START + DAY + 8 * HOUR)
    page = read(visit, cast.noor)
    assert f"It is late, and not because of you. {too_late}" in page
    assert "is late. That is not because of you." in read(visit, cast.noor, "/my/")
    worker, address = getattr(cast, who), f"/{room}/calendar/asked/{row.pk}/"
    for page in (read(visit, worker, f"/{room}/calendar/"), read(visit, worker, address)):
        assert begun in page
        assert "Yes, Thu 21 May" not in page
    assert begun not in read(visit, cast.ben, "/practice/calendar/")
    assert too_late not in read(visit, cast.kai)
    visit(worker).post(address, {"answer": "no", "no-line": "I am sorry. Shall we speak of it?"})
    page = read(visit, cast.noor)
    assert too_late in page
    assert "Shall we speak of it?" in page
    assert begun not in read(visit, worker, f"/{room}/calendar/")
    clock.set(START + 30 * DAY)
    assert too_late not in read(visit, cast.noor)


def test_taken_back_it_stays_where_it_is(cast: Any, visit: Any) -> None:
    ask(visit, cast.noor)
    row = MoveRequest.unscoped.get()
    assert visit(cast.imre).post(f"/my/times/asked/{row.pk}/back/").status_code == 404
    visit(cast.noor).post(f"/my/times/asked/{row.pk}/back/")
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert of(cast.noor).starts_at == START


def test_cancelling_is_free_in_time_and_says_until_when(cast: Any, visit: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=LATE_RULE)
    session = of(cast.noor)
    item = keep_words("For us.", client=cast.noor.client, topic="session", by=cast.noor, now=NOW)
    page = read(visit, cast.noor, f"/my/times/{session.pk}/cancel/")
    assert "It costs nothing" in page
    assert "free until Mon 18 May, 10:00" in page
    assert grade(page) <= 6
    visit(cast.noor).post(f"/my/times/{session.pk}/cancel/", {"shown": "free"})
    session.refresh_from_db()
    item.refresh_from_db()
    assert (session.state, session.cancelled_by, session.fee) == ("cancelled", "client", None)
    assert item.session is None
    assert "Cancelled on your side" in read(visit, cast.noor)


def test_the_price_is_shown_and_said_yes_to_before_anything_is_cancelled(
    cast: Any, visit: Any, clock: Any
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=LATE_RULE)
    session = of(cast.noor)
    address = f"/my/times/{session.pk}/cancel/"
    clock.set(START - 24 * HOUR + timedelta(minutes=1))
    answer = visit(cast.noor).post(address, {"shown": "free"})  # the page was opened while it was free
    assert answer.status_code == 409
    assert "It costs £60.00 now" in main_text(answer.content.decode())
    assert of(cast.noor).pk == session.pk
    visit(cast.noor).post(address, {"shown": "60.00 GBP"})
    session.refresh_from_db()
    assert session.fee == Money(6000, "GBP")
    assert "Cancelled on your side, £60.00" in read(visit, cast.noor)


def test_the_fee_that_was_said_yes_to_stays_with_the_session_and_both_sides_read_it(
    cast: Any, visit: Any, clock: Any
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=LATE_RULE)
    session, week = of(cast.noor), "calendar/?day=2026-05-19"
    clock.set(START - HOUR)
    for _ in range(2):  # the second press changes nothing
        visit(cast.noor).post(f"/my/times/{session.pk}/cancel/", {"shown": "60.00 GBP"})
    agree_anew(cast.noor.client, [cast.noor], text=LATE_RULE.replace("60.00", "90.00"))
    clock.set(START + 30 * DAY)  # it is kept for a bill, whatever is agreed since
    session.refresh_from_db()
    assert (session.fee, session.cancelled_by, session.cancelled_at) == (
        Money(6000, "GBP"),
        "client",
        START - HOUR,
    )
    assert "Cancelled on your side, £60.00" in read(visit, cast.noor)
    for person, room in ((cast.ada, "practice"), (cast.olu, "office")):
        assert "Cancelled by the client, £60.00" in read(visit, person, f"/{room}/{week}")
    assert "£60.00" not in read(visit, cast.ben, f"/practice/{week}")
    for person in (cast.kai, cast.tove, cast.dov):
        assert "£" not in read(visit, person)


def test_a_session_that_is_cancelled_on_this_side_bears_no_fee_however_late(
    cast: Any, visit: Any, clock: Any
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=LATE_RULE)
    session = of(cast.noor)
    clock.set(START - HOUR)
    visit(cast.olu).post(f"/office/calendar/{session.pk}/cancel/")
    session.refresh_from_db()
    assert (session.cancelled_by, session.fee) == ("practice", None)
    assert "It costs you nothing" in read(visit, cast.noor)


def test_without_an_agreed_price_cancelling_costs_nothing_at_the_last_minute(
    cast: Any, visit: Any, clock: Any
) -> None:
    clock.set(START - timedelta(minutes=1))
    assert "sets no time and no price" in read(visit, cast.noor, f"/my/times/{of(cast.noor).pk}/cancel/")
    clock.set(START)
    answer = visit(cast.noor).post(f"/my/times/{of(cast.noor).pk}/cancel/", {"shown": "free"}, follow=True)
    assert "has begun" in answer.content.decode()
    assert of(cast.noor).state == "planned"


@pytest.mark.contract("D6")
def test_one_tap_tells_the_front_desk_who_runs_late(cast: Any, visit: Any, clock: Any) -> None:
    session = of(cast.noor)
    address = f"/my/times/{session.pk}/late/"
    visit(cast.noor).post(address, {"minutes": "10"})
    session.refresh_from_db()
    assert session.late_minutes is None  # days before, nothing runs late
    clock.set(START - timedelta(minutes=5))
    assert "One tap tells the front desk" in read(visit, cast.noor)
    visit(cast.noor).post(address, {"minutes": "10"})
    assert "At 9:55 you said: about 10 minutes late" in read(visit, cast.noor)
    assert "Noor Haddad, about 10 minutes" in read(visit, cast.olu, "/office/")
    assert "Running late, about 10 minutes" in read(visit, cast.ada, "/practice/calendar/?day=2026-05-19")
    assert "about 10 minutes late" in read(visit, cast.ada, f"/practice/sessions/{session.pk}/")
    assert visit(cast.noor).post(address, {"minutes": "999"}).status_code == 404
    assert not Question.unscoped.exists()


def test_where_the_therapist_is_told_the_front_desk_is_not(cast: Any, visit: Any, clock: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], text='[topics]\nacknowledge = ["late"]\n')
    clock.set(START - timedelta(minutes=5))
    assert "where Ada sees it" in read(visit, cast.noor)
    visit(cast.noor).post(f"/my/times/{of(cast.noor).pk}/late/", {"minutes": "5"})
    assert "about 5 minutes" not in read(visit, cast.olu, "/office/")
    assert "Running late, about 5 minutes" in read(visit, cast.ada, "/practice/calendar/?day=2026-05-19")


@pytest.mark.contract("B10")
def test_what_became_of_each_session_is_said_in_words(cast: Any, visit: Any) -> None:
    for weeks, attendance in ((1, "held"), (2, "missed")):
        row = plan_session(client=cast.noor.client, starts_at=NOW - weeks * 7 * DAY, by=None, now=NOW)
        Session.unscoped.filter(pk=row.pk).update(attendance=attendance)
    page = read(visit, cast.noor)
    assert "We met" in page
    assert "Missed" in page


@pytest.mark.parametrize("act", ["move", "cancel", "late"])
def test_nobody_reaches_anothers_session(cast: Any, visit: Any, act: str) -> None:
    address = f"/my/times/{of(cast.noor).pk}/{act}/"
    for person in (cast.kai, cast.tove, cast.dov):
        assert visit(person).post(address, {"shown": "free", "minutes": "5"}).status_code == 404
    assert of(cast.noor).state == "planned"


def test_a_closed_day_named_in_the_calendar_has_no_other_name(cast: Any, visit: Any) -> None:
    close_days([(date(2026, 5, 21), "Founders’ day")], practice=cast.alder, by=None, now=NOW)
    for person, room in ((cast.ada, "practice"), (cast.olu, "office")):
        assert "Closed: Founders’ day" in read(visit, person, f"/{room}/calendar/?day=2026-05-19")
