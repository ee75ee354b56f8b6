"""Home: when messages are next read, what I wait for, the next session, what is open for me."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agreements.actions import publish_agreement
from interlude.agreements.models import Agreement
from interlude.appointments.models import MoveRequest, Session
from interlude.audit.models import Event
from interlude.desk.actions import answer_question
from interlude.desk.models import Question
from interlude.messaging.actions import Sent, send_message
from interlude.messaging.answering import reply_to
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Message
from interlude.practice.models import Client, Participant
from tests.cast import DAY, HOUR, NOW
from tests.laws.pages import plain
from tests.messaging.post import page as page_of
from tests.messaging.post import take_time_away


def home_of(browser: Any) -> str:
    answer = browser.get("/my/")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def sent(who: Participant, topic: str = "homework", at: Any = NOW) -> Any:
    done = send_message("A quiet week.", participant=who, draft_id=uuid4(), topic=topic, now=at)
    assert isinstance(done, Sent)
    return done.stored


@pytest.mark.contract("A16", "C14", "B9")
def test_home_answers_when_what_and_by_when(cast: Any, visit: Any) -> None:
    sent(cast.noor)
    page = home_of(visit(cast.noor))
    assert "Your messages are next read on Thursday at 17:00 ." in page
    assert "You are waiting for one answer. You will hear by Friday at 17:00 ." in page
    for stop in (
        "Thu 14 May, 17:00 Ada reads messages",
        "Fri 15 May, 17:00 You hear about your practice task",
        "Tue 19 May, 10:00 Our session",
    ):
        assert stop in page


@pytest.mark.contract("C14", "C16")
def test_what_the_front_desk_owes_is_waited_for_too(cast: Any, visit: Any) -> None:
    sent(cast.noor, topic="billing")
    page = home_of(visit(cast.noor))
    assert "You are waiting for one answer. You will hear by Thursday at 17:00 ." in page
    sent(cast.noor)  # by Friday
    page = home_of(visit(cast.noor))
    assert "You are waiting for two answers. The first comes by Thursday at 17:00 ." in page
    assert "You are not waiting" in home_of(visit(cast.kai))


@pytest.mark.contract("D4")
def test_an_answer_about_a_time_is_there_for_some_days_by_the_clock(
    cast: Any, visit: Any, clock: Any
) -> None:
    session = Session.unscoped.get(client=cast.noor.client)
    visit(cast.noor).post(f"/my/times/{session.pk}/move/", {"request_id": str(uuid4())})
    there = "An answer about another time for a session"
    page = home_of(visit(cast.noor))
    assert "You are waiting for one answer." in page
    assert there not in page
    asked = MoveRequest.unscoped.get(session=session)
    visit(cast.olu).post(f"/office/calendar/asked/{asked.pk}/", {"answer": "no", "no-line": "Next week?"})
    for _ in range(2):
        page = home_of(visit(cast.noor))
        assert f"{there} Wed 13 May" in page
        assert "You are not waiting for an answer." in page
    assert there not in home_of(visit(cast.kai))
    clock.set(NOW + 6 * DAY)
    assert there not in home_of(visit(cast.noor))


def test_nobody_waits_and_nothing_is_open(cast: Any, visit: Any) -> None:
    page = home_of(visit(cast.noor))
    assert "You are not waiting for an answer." in page
    assert "Open for you" not in page


@pytest.mark.parametrize(
    ("minutes_before", "joins"), [(60, False), (11, False), (10, True), (1, True), (-20, True), (-51, False)]
)
def test_the_way_into_the_session_opens_ten_minutes_before_and_stays_until_its_end(
    cast: Any, visit: Any, clock: Any, minutes_before: int, joins: bool
) -> None:
    link = "https://meet.example.org/room"
    Session.unscoped.filter(client=cast.noor.client).update(join_url=link)
    session = Session.unscoped.get(client=cast.noor.client)
    clock.set(session.starts_at - timedelta(minutes=minutes_before))
    html = visit(cast.noor).get("/my/").content.decode()
    assert (f'href="{link}"' in html) == joins


@pytest.mark.contract("C12", "C13", "C15")
def test_a_late_answer_is_said_plainly_and_is_not_the_clients_fault(
    cast: Any, visit: Any, clock: Any
) -> None:
    sent(cast.noor)
    clock.set(NOW + 3 * DAY)
    browser = visit(cast.noor)
    page = home_of(browser)
    assert "This is late. That is not because of you." in page
    assert "You were to hear by Fri 15 May, 17:00" in page
    message = browser.get(f"/my/messages/{Message.unscoped.get().pk}/").content.decode()
    assert "This is late. That is not because of you." in message
    assert "Change it" not in message


@pytest.mark.contract("C16")
def test_a_date_that_moved_shows_the_old_one_struck_and_who_is_away(cast: Any, visit: Any) -> None:
    sent(cast.noor)
    take_time_away(clinician=cast.ada, starts_at=NOW, ends_at=NOW + 7 * DAY, by=cast.ada, now=NOW)
    browser = visit(cast.noor)
    html = browser.get("/my/").content.decode()
    assert re.search(r"<s><time[^>]*>Fri 15 May, 17:00</time></s>", html)
    page = home_of(browser)
    assert "Ada is away until Wed 20 May, 14:41 ." in page
    assert "Ada is away, so the date moved. That is not because of you." in page


@pytest.mark.contract("C16")
@pytest.mark.parametrize(("days", "said"), [(7, True), (2, False)], ids=["over the session", "before it"])
def test_who_would_come_while_the_clinician_is_away_reads_so_beside_the_session(
    days: int, said: bool, cast: Any, visit: Any
) -> None:
    """Ada fell ill on the Thursday before; nobody has cancelled the Tuesday yet, and nobody should stand at a door."""
    doubt = "Ada is away at the time of this session. It may not take place."
    assert doubt not in home_of(visit(cast.noor))
    take_time_away(clinician=cast.ada, starts_at=NOW, ends_at=NOW + days * DAY, by=cast.ada, now=NOW)
    assert (doubt in home_of(visit(cast.noor))) == said
    assert (doubt in plain(page_of(visit(cast.noor).get("/my/times/")))) == said
    assert (doubt in home_of(visit(cast.jonas))) == said  # a father who sees times


def test_a_reply_that_has_not_left_is_nowhere_yet(cast: Any, visit: Any, clock: Any) -> None:
    """Written at night, it leaves in the morning; until then the client waits, as the date said (law 4)."""
    message = sent(cast.noor, at=NOW - DAY)
    night = NOW.replace(hour=21)
    reply_to(message, "A canary.", by=cast.ada, now=night, reply_id=uuid4())
    clock.set(night + HOUR)
    browser = visit(cast.noor)
    assert "You are waiting for one answer." in home_of(browser)
    for page in ("/my/", "/my/conversation/", f"/my/messages/{message.pk}/"):
        assert "canary" not in browser.get(page).content.decode()
    clock.set(NOW.replace(hour=8) + DAY + HOUR)
    browser = visit(cast.noor)
    assert "You are not waiting for an answer." in home_of(browser)
    assert "Ada answered: your practice task" in home_of(browser)


def test_an_answer_leaves_the_page_by_the_clock_and_not_because_somebody_looked(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = sent(cast.noor, at=NOW - 2 * DAY)
    reply_to(message, "Thank you.", by=cast.ada, now=NOW - HOUR, reply_id=uuid4())
    browser, before = visit(cast.noor), Event.objects.count()
    for _ in range(2):
        browser.get(f"/my/messages/{message.pk}/")
        assert "Ada answered: your practice task" in home_of(browser)
    assert Event.objects.count() == before
    clock.set(NOW + 6 * DAY)
    assert "Ada answered" not in home_of(visit(cast.noor))


def test_what_the_desk_owes_and_answered_stands_on_home(cast: Any, visit: Any) -> None:
    question = sent(cast.noor, topic="billing")
    browser = visit(cast.noor)
    assert "The front desk answers about a bill" in home_of(browser)
    answer_question(Question.unscoped.get(pk=question.pk), "Here it is.", by=cast.olu, now=NOW)
    assert "The front desk answered" in home_of(browser)


def test_a_draft_and_a_new_version_are_open_for_me(cast: Any, visit: Any) -> None:
    save_draft("A canary.", participant=cast.noor, draft_id=uuid4(), topic="session", now=NOW)
    publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, preset="warm_two_business_days")
    page = home_of(visit(cast.noor))
    assert "A change to our agreement" in page
    assert "A draft: something for our session" in page
    assert "canary" not in page
    assert "Your messages are next read" in page  # the version that was accepted still holds


@pytest.mark.contract("C27")
def test_my_own_weeks_are_told_without_a_judgement(cast: Any, visit: Any) -> None:
    for week in range(8, 0, -1):
        for day in range(1 + week % 2):
            sent(cast.noor, at=NOW - timedelta(weeks=week) + timedelta(hours=day))
    sent(cast.noor)
    page = home_of(visit(cast.noor))
    assert "You planned up to three. You wrote one." in page
    assert "Most weeks you wrote once or twice." in page
    assert "Most weeks" in home_of(visit(cast.mira))
    assert "once or twice" not in home_of(visit(cast.mira))


@pytest.mark.contract("C23")
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("offered", "Our agreement is here for you to read."),
        ("nothing offered", "You are welcome here."),
        ("ended", "Our work together has ended."),
        ("no messages", "We talk on Tuesday at 10:00 ."),
        ("no session", "No session is planned yet."),
        ("too young", "What you write here is for you."),
        ("session only", "What you write is kept for our session."),
    ],
)
def test_every_state_of_a_care_has_a_warm_and_true_page(
    cast: Any, visit: Any, state: str, sentence: str
) -> None:
    _bring_into(state, cast)
    browser = visit(cast.noor)
    page = home_of(browser)
    assert sentence in page
    assert "Help now" in page
    assert browser.get("/my/write/").status_code == 200


def _bring_into(state: str, cast: Any) -> None:
    client = cast.noor.client
    agreements = Agreement.unscoped.filter(client=client)
    own = {"no messages": 'messages = "none"', "session only": '[promise]\nkind = "session_only"'}
    match state:
        case "offered":
            agreements.update(accepted_at=None)
            agreements.get().acceptances.all().delete()
        case "nothing offered":
            agreements.get().acceptances.all().delete()
            agreements.delete()
        case "ended":
            Client.unscoped.filter(pk=client.pk).update(ended_at=NOW)
        case "no session":
            Session.unscoped.filter(client=client).delete()
        case "too young":
            Client.unscoped.filter(pk=client.pk).update(born_on=(NOW - 12 * 365 * DAY).date())
        case _:
            agreements.get().acceptances.all().delete()
            agreements.delete()
            publish_agreement(client=client, by=cast.ada, now=NOW - 30 * DAY, text=own[state])
            agreements.update(accepted_at=NOW - 29 * DAY)


def test_a_partner_who_said_yes_waits_for_the_other(cast: Any, visit: Any) -> None:
    agreement = Agreement.unscoped.get(client=cast.tove.client)
    agreement.acceptances.filter(participant=cast.imre).delete()
    Agreement.unscoped.filter(pk=agreement.pk).update(accepted_at=None)
    assert "Your yes is here." in home_of(visit(cast.tove))
    assert "Our agreement is here for you to read." in home_of(visit(cast.imre))


@pytest.mark.contract("D8", "A7")
def test_a_guardian_sees_times_and_bills_and_no_trace_of_a_word(cast: Any, visit: Any) -> None:
    message = sent(cast.mira, at=NOW - 2 * DAY)
    reply_to(message, "Thank you.", by=cast.ada, now=NOW, reply_id=uuid4())
    sent(cast.mira)
    sent(cast.mira, topic="session")
    sent(cast.jonas, topic="billing")
    browser = visit(cast.jonas)
    page = home_of(browser)
    assert "The next session is on Tuesday at 10:00 ." in page
    assert "What Mira writes is private." in page
    assert "Mira and Ada read what Mira writes. You do not, and the front desk does not." in page
    assert "Your question of Wed 13 May" in page
    for trace in ("answer", "waiting", "kept", "practice task", "Your week", "planned up to"):
        assert trace not in page.replace("You hear by", "")
    for place in ("/my/conversation/", f"/my/messages/{message.pk}/"):
        assert browser.get(place).status_code == 404


@pytest.mark.parametrize("stranger", ["ada", "ben", "olu", "priya"])
def test_nobody_else_has_this_home(cast: Any, visit: Any, stranger: str) -> None:
    assert visit(getattr(cast, stranger)).get("/my/").status_code == 404


def test_home_costs_as_many_queries_with_much_as_with_little(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    browser.get("/my/")
    counts = []
    for more in (1, 6):
        for number in range(more):
            sent(cast.noor, at=NOW - timedelta(weeks=number))
            sent(cast.noor, topic="billing")
            save_draft("x", participant=cast.noor, draft_id=uuid4(), topic="session", now=NOW)
            old = sent(cast.noor, at=NOW - 3 * DAY)
            reply_to(old, "Thank you.", by=cast.ada, now=NOW - DAY, reply_id=uuid4())
        take_time_away(
            clinician=cast.ada, starts_at=NOW + more * HOUR, ends_at=NOW + 3 * DAY, by=cast.ada, now=NOW
        )
        with CaptureQueriesContext(connection) as asked:
            browser.get("/my/")
        counts.append(len(asked))
    assert counts[0] == counts[1] == 31, (
        counts
    )  # five of them in a break alone; two: what was asked about a time, and a time that is held


def test_looking_at_pages_writes_nothing(cast: Any, visit: Any) -> None:
    message = sent(cast.noor)
    browser = visit(cast.noor)
    browser.get("/my/")
    for address in (
        "/my/",
        "/my/write/",
        "/my/write/homework/",
        "/my/conversation/",
        f"/my/messages/{message.pk}/",
        f"/my/messages/{message.pk}/change/",
    ):
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        writing = [q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
        assert not [sql for sql in writing if "django_session" not in sql], (address, writing)
