"""A check-in from both sides: each answers alone, and the answers meet by the clock."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from interlude.agenda.models import ListItem
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.models import Session
from interlude.audit.models import Event
from interlude.checkins.models import CheckIn
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade
from tests.cast import DAY, HOUR, NOW
from tests.checkins.weeks import ANSWERS, OTHERS, PAGE, a_week_old, desk, read
from tests.messaging.post import may

WINDOW = may(14, 17)
SESSION_DAY = may(19, 0)


@pytest.fixture
def due(cast: Any) -> Any:
    for person in (cast.noor, cast.tove, cast.mira):
        a_week_old(person.client)
    return cast


def session_page(person: Any) -> str:
    return f"/practice/sessions/{Session.unscoped.filter(client=person.client).earliest('starts_at').pk}/"


@pytest.mark.contract("C10", "A43", "E16")
def test_three_short_questions_are_open_on_home_and_each_may_be_left_out(due: Any, visit: Any) -> None:
    noor = visit(due.noor)
    assert "Three short questions: how our messages go" in read(noor, "/my/")
    page = read(noor, PAGE)
    assert "How are our messages going?" in page
    assert "You answer alone. Ada gets the same questions." in page
    assert "on Tue 19 May, the day of our session" in page
    assert noor.post(PAGE, {"waiting": "no"}).status_code == 302
    assert "Three short questions" not in read(noor, "/my/")
    assert "Your answers are kept" in read(noor, PAGE)


def test_nothing_is_due_on_the_day_of_the_yes_and_after_seven_days_it_is_let_go(
    due: Any, visit: Any, clock: Any
) -> None:
    a_week_old(due.noor.client, weeks=0)
    assert "The next check-in is on Wed 20 May. There is nothing to answer now" in read(visit(due.noor), PAGE)
    a_week_old(due.noor.client, weeks=4)
    clock.set(NOW + 7 * DAY)
    page = read(visit(due.noor), PAGE)
    assert "The next check-in is on Wed 5 August. There is nothing to answer now" in page
    for lack in ("miss", "skip", "late", "not answered", "0 of"):
        assert lack not in page.lower()


@pytest.mark.contract("A17")
def test_each_answers_alone_and_both_see_both_once_both_have_answered_by_the_clock(
    due: Any, visit: Any, clock: Any
) -> None:
    noor, ada = visit(due.noor), visit(due.ada)
    noor.post(PAGE, ANSWERS)
    before = read(ada, desk(due.noor))
    assert "canary" not in before
    ada.post(desk(due.noor), OTHERS)
    assert "heron" not in read(noor, PAGE)  # Ada's window has not opened, so for neither side it is time
    assert "canary" not in read(ada, desk(due.noor))
    clock.set(WINDOW)
    noor, ada = visit(due.noor), visit(due.ada)
    for browser, address in ((noor, PAGE), (ada, desk(due.noor))):
        page = read(browser, address)
        assert "The canary waits well" in page
        assert "A heron at night" in page
    assert "You. The amount. Right. Was waiting hard?. A little" in read(noor, PAGE)
    assert "Noor. The amount. Right" in read(ada, desk(due.noor))


def test_else_the_answers_meet_as_the_day_of_the_session_begins(due: Any, visit: Any, clock: Any) -> None:
    visit(due.noor).post(PAGE, ANSWERS)
    for moment, here in ((SESSION_DAY - timedelta(minutes=1), False), (SESSION_DAY, True)):
        clock.set(moment)
        page = read(visit(due.ada), session_page(due.noor))
        assert "Check-in: how our messages go" in page
        assert ("canary" in page) == here
        assert ("canary" in read(visit(due.ada), desk(due.noor))) == here


def test_a_cancelled_session_shows_nothing_on_its_day(due: Any, visit: Any, clock: Any) -> None:
    visit(due.noor).post(PAGE, ANSWERS)
    session = due.noor.client.sessions.get()
    plan_session(client=due.noor.client, starts_at=session.starts_at + 7 * DAY, by=None, now=NOW)
    cancel_session(session, by=due.ada, now=NOW)
    clock.set(SESSION_DAY + 10 * HOUR)
    assert "canary" not in read(visit(due.ada), desk(due.noor))
    clock.set(SESSION_DAY + 7 * DAY)
    assert "canary" in read(visit(due.ada), desk(due.noor))


def test_no_page_tells_a_client_whether_the_other_side_answered_or_looked(
    due: Any, visit: Any, clock: Any
) -> None:
    """Law 4: to the minute in which they meet, the client's page is the same whatever the clinician did."""
    noor, ada = visit(due.noor), visit(due.ada)
    noor.post(PAGE, ANSWERS)
    noor.get(PAGE)  # what the act had to say is said once
    alone = read(noor, PAGE), read(noor, "/my/"), read(noor, "/my/our-list/")
    ada.get(desk(due.noor))
    ada.get(session_page(due.noor))
    ada.post(desk(due.noor), OTHERS)
    assert (read(noor, PAGE), read(noor, "/my/"), read(noor, "/my/our-list/")) == alone


def test_what_a_clinician_answers_at_night_is_nowhere_before_the_morning(
    due: Any, visit: Any, clock: Any
) -> None:
    clock.set(may(14, 22))
    visit(due.ada).post(desk(due.noor), OTHERS)
    visit(due.noor).post(PAGE, ANSWERS)
    clock.set(may(15, 8, 59))
    ours = read(visit(due.noor), "/my/our-list/")
    assert "Check-in" not in ours.split("Add something")[0]
    clock.set(may(15, 12))
    assert "heron" in read(visit(due.noor), PAGE)


def test_answers_are_changed_until_they_are_handed_over_and_then_stay(
    due: Any, visit: Any, clock: Any
) -> None:
    noor = visit(due.noor)
    noor.post(PAGE, ANSWERS)
    assert "You can change them until Thursday at 17:00" in read(noor, PAGE)
    noor.post(PAGE, ANSWERS | {"words": "Better said."})
    row = CheckIn.unscoped.get()
    assert row.answers(Sealer(row.practice_id)).words == "Better said."
    clock.set(WINDOW)
    late = visit(due.noor).post(PAGE, ANSWERS | {"words": "Typed too late, and mine."})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Typed too late, and mine." in page
    assert 'action="/my/our-list/notes/"' in page
    row.refresh_from_db()
    assert row.answers(Sealer(row.practice_id)).words == "Better said."


def test_a_check_in_that_is_over_gives_the_words_back(due: Any, visit: Any, clock: Any) -> None:
    clock.set(NOW + 7 * DAY)
    a_week_old(due.noor.client, weeks=5)
    answer = visit(due.noor).post(PAGE, ANSWERS)
    assert answer.status_code == 422
    assert "This check-in is over. That is fine." in answer.content.decode()
    assert "The canary waits well." in answer.content.decode()
    assert not CheckIn.unscoped.exists()
    ada = visit(due.ada).post(desk(due.noor), OTHERS)
    assert (ada.status_code, "A heron at night." in ada.content.decode()) == (422, True)


def test_not_this_time_is_seen_by_nobody_and_can_be_thought_over(due: Any, visit: Any, clock: Any) -> None:
    noor, ada = visit(due.noor), visit(due.ada)
    untouched = read(ada, desk(due.noor)), read(ada, session_page(due.noor))
    noor.post(PAGE, {"outcome": "aside"})
    assert "Three short questions" not in read(noor, "/my/")
    assert (read(ada, desk(due.noor)), read(ada, session_page(due.noor))) == untouched
    assert not ListItem.unscoped.filter(topic="check_in").exists()
    assert "Answer this one after all" in read(noor, PAGE)
    assert "How are our messages going" not in read(noor, PAGE)
    assert 'name="amount"' in noor.get(PAGE + "?answer=1").content.decode()
    noor.post(PAGE, ANSWERS)
    assert CheckIn.unscoped.get().answers(Sealer(due.alder.id)).amount == "right"


@pytest.mark.parametrize("form", [{}, {"words": "  \n"}, {"amount": "", "waiting": ""}])
def test_nothing_at_all_is_asked_again_kindly(due: Any, visit: Any, form: dict[str, str]) -> None:
    answer = visit(due.noor).post(PAGE, form)
    assert answer.status_code == 422
    assert "All three are empty. Answer one, or press “Not this time”." in answer.content.decode()


@pytest.mark.parametrize("amount", ["best", "right' OR 1=1", "<b>", "9" * 5000])
def test_an_answer_that_no_page_offers_loses_no_word(due: Any, visit: Any, amount: str) -> None:
    answer = visit(due.noor).post(PAGE, ANSWERS | {"amount": amount})
    assert answer.status_code == 422
    assert "The canary waits well." in answer.content.decode()
    assert not CheckIn.unscoped.exists()


def test_a_million_letters_are_kept_and_nothing_stands_in_the_clear(due: Any, visit: Any, clock: Any) -> None:
    words = "canary <b>&" * 100_000
    assert visit(due.noor).post(PAGE, ANSWERS | {"words": words}).status_code == 302
    row = CheckIn.unscoped.get()
    assert row.answers(Sealer(row.practice_id)).words == words
    sealed = bytes(row.sealed)
    assert not [one for one in (b"canary", b"right", b"a_little") if one in sealed]
    assert not Event.objects.filter(facts__icontains="right").exists()
    clock.set(SESSION_DAY)
    assert "<b>" not in visit(due.ada).get(desk(due.noor)).content.decode()


@pytest.mark.contract("C25", "E10")
def test_of_a_couple_each_answers_for_themself_and_all_three_meet(due: Any, visit: Any, clock: Any) -> None:
    tove, imre, ada = visit(due.tove), visit(due.imre), visit(due.ada)
    assert "So does Imre." in read(tove, PAGE)
    tove.post(PAGE, ANSWERS)
    assert "Three short questions" in read(imre, "/my/")
    assert "canary" not in read(imre, PAGE)
    ada.post(desk(due.tove), OTHERS)
    clock.set(WINDOW + HOUR)
    assert "canary" not in read(visit(due.ada), desk(due.tove))  # Imre has not answered, and nobody says so
    assert "canary" not in read(visit(due.imre), PAGE)
    visit(due.imre).post(PAGE, {"amount": "little", "words": "A wren."})
    clock.set(may(15, 12))
    for browser, address in (
        (visit(due.tove), PAGE),
        (visit(due.imre), PAGE),
        (visit(due.ada), desk(due.tove)),
    ):
        page = read(browser, address)
        assert all(word in page for word in ("canary", "heron", "wren"))


def test_a_guardian_has_no_check_in_and_sees_no_trace(due: Any, visit: Any, clock: Any) -> None:
    visit(due.mira).post(PAGE, ANSWERS)
    jonas = visit(due.jonas)
    for verb in ("get", "post"):
        assert getattr(jonas, verb)(PAGE, ANSWERS).status_code == 404
    clock.set(SESSION_DAY)
    jonas = visit(due.jonas)
    for address in ("/my/", "/my/agreement/", "/my/times/"):
        text = jonas.get(address).content.decode()
        assert "heck-in" not in text
        assert "canary" not in text


@pytest.mark.parametrize("stranger", ["ben", "cleo", "olu", "priya", "kai", "dov"])
def test_nobody_else_reads_or_answers_it(due: Any, visit: Any, clock: Any, stranger: str) -> None:
    visit(due.noor).post(PAGE, ANSWERS)
    clock.set(SESSION_DAY)
    browser = visit(getattr(due, stranger))
    for address in (desk(due.noor), session_page(due.noor)):
        assert browser.get(address).status_code == 404
    assert browser.post(desk(due.noor), OTHERS).status_code == 404
    assert CheckIn.unscoped.count() == 1


def test_after_the_end_or_without_messages_nothing_is_asked(due: Any, visit: Any) -> None:
    type(due.noor.client).unscoped.filter(pk=due.noor.client_id).update(ended_at=NOW - DAY)
    assert "There is nothing to answer now" in read(visit(due.noor), PAGE)
    assert "Three short questions" not in read(visit(due.noor), "/my/")
    assert visit(due.noor).post(PAGE, ANSWERS).status_code == 422


@pytest.mark.contract("A48")
def test_the_page_reads_easily(due: Any, visit: Any, clock: Any) -> None:
    assert grade(read(visit(due.noor), PAGE)) <= 6
    visit(due.noor).post(PAGE, {"amount": "right"})
    assert grade(read(visit(due.noor), PAGE)) <= 6
    clock.set(SESSION_DAY)
    assert grade(read(visit(due.noor), PAGE)) <= 6


@pytest.mark.contract("C26", "C27")
def test_the_history_is_a_picture_with_a_sentence_and_a_table(due: Any, visit: Any, clock: Any) -> None:
    for week in range(3):
        now = NOW + week * 7 * DAY
        clock.set(now)
        plan_session(client=due.noor.client, starts_at=now + 2 * DAY, by=None, now=NOW)
        visit(due.noor).post(PAGE, ANSWERS | {"words": f"Week {week}."})
        if week != 1:
            visit(due.ada).post(desk(due.noor), OTHERS)
    clock.set(NOW + 17 * DAY)
    html = visit(due.noor).get(PAGE).content.decode()
    assert html.count('<svg viewBox="0 0 240 92"') == 2
    assert "style=" not in re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)
    page = read(visit(due.noor), PAGE)
    assert "You: right. Ada: too much." in page
    assert "A dot is you and a ring is Ada." in page
    drawing = re.search(r"<svg viewBox=\"0 0 240 92\".*?</svg>", html, re.DOTALL)[0]
    assert drawing.count("chart__dot") == 3
    assert drawing.count("chart__open") == 2  # the week that Ada left out shows no gap and no mark
    assert html.count("<tr>") == 1 + 5
    assert "0 of" not in page


def test_opening_leaves_a_line_for_staff_and_none_for_a_client(due: Any, visit: Any, clock: Any) -> None:
    visit(due.noor).post(PAGE, ANSWERS)
    clock.set(SESSION_DAY)
    before = Event.objects.count()
    visit(due.noor).get(PAGE)
    assert Event.objects.count() == before
    visit(due.ada).get(desk(due.noor))
    line = Event.objects.latest("number")
    assert (line.verb, line.facts["ids"]) == ("check_ins.opened", str(CheckIn.unscoped.get().pk))
    visit(due.ada).get(session_page(due.noor))
    assert str(CheckIn.unscoped.get().pk) in Event.objects.latest("number").facts["ids"]


@pytest.mark.contract("C35", "A43")
def test_our_messaging_goes_on_the_list_in_one_tap_from_either_side(due: Any, visit: Any) -> None:
    noor, ada = visit(due.noor), visit(due.ada)
    for browser, address in ((noor, PAGE), (noor, "/my/agreement/")):
        assert 'name="topic" value="our_messaging"' in browser.get(address).content.decode()
    tap = f"/practice/clients/{due.noor.client_id}/our-messaging/"
    for address in (desk(due.noor), f"/practice/clients/{due.noor.client_id}/agreement/"):
        assert f'action="{tap}"' in ada.get(address).content.decode()
    for _ in range(2):
        ada.post(tap)
    noor.post("/my/our-list/notes/", {"topic": "our_messaging"})
    assert ListItem.unscoped.filter(topic="our_messaging").count() == 1
    assert "“Our messaging” is on our list" in noor.get(PAGE).content.decode()
