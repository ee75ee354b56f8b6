"""Sessions in the client's zone, the way in from ten minutes before, and asking for another time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.models import Session
from interlude.boundaries.actions import close_days
from interlude.desk.models import Question
from interlude.messaging.actions import foresee
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW

PAGE = "/my/times/"
LINK = "https://video.example.org/alder/7f3a"
DESK_DUE = datetime(2026, 5, 14, 16, tzinfo=UTC)  # Thu 17:00 in London
ASKED = "Could we meet an hour later on Tuesday?"


def form(text: str = ASKED, **fields: str) -> dict[str, str]:
    return {
        "question_id": str(uuid4()),
        "topic": "schedule",
        "words": text,
        "shown": DESK_DUE.isoformat(),
    } | fields


def read(visit: Any, person: Any, address: str = PAGE) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


def with_link(person: Any) -> Session:
    session = Session.unscoped.get(client=person.client)
    session.join_url = LINK
    session.save()
    return session


@pytest.mark.contract("B8", "B9", "B10")
def test_coming_and_past_sessions_are_in_the_clients_own_zone(cast: Any, visit: Any) -> None:
    plan_session(client=cast.noor.client, starts_at=NOW - 8 * DAY, by=None, now=NOW)
    assert "Our next session is on Tuesday at 10:00" in read(visit, cast.noor)
    Participant.unscoped.filter(pk=cast.noor.pk).update(zone="Asia/Kolkata")
    page = read(visit, cast.noor)
    assert "Our next session is on Tuesday at 14:30. With Ada Lindqvist, for 50 minutes" in page
    assert "Tue 5 May, 19:11" in page[page.index("Past") :]


@pytest.mark.contract("B9", "B26")
def test_the_link_is_there_from_ten_minutes_before_until_the_end(cast: Any, visit: Any, clock: Any) -> None:
    starts = with_link(cast.noor).starts_at
    minute = timedelta(minutes=1)
    for at, there in (
        (starts - 11 * minute, False),
        (starts - 10 * minute, True),
        (starts, True),
        (starts + 49 * minute, True),
        (starts + 50 * minute, False),
    ):
        clock.set(at)
        assert (LINK in visit(cast.noor).get(PAGE).content.decode()) is there, at
    clock.set(starts - DAY)
    assert "The link to join by video is here from Tue 19 May, 9:50" in read(visit, cast.noor)
    clock.set(starts + 5 * minute)
    assert "Our session is on now. With Ada Lindqvist, from 10:00 to 10:50" in read(visit, cast.noor)


def test_a_cancelled_session_says_who_cancelled_it_and_that_it_costs_nothing(cast: Any, visit: Any) -> None:
    session = with_link(cast.noor)
    cancel_session(session, by=None, now=NOW)
    page = read(visit, cast.noor)
    assert "No session is set yet" in page
    assert "Tue 19 May, 10:00 Cancelled by Ada or the front desk. It costs you nothing." in page


@pytest.mark.contract("D4")
def test_another_time_is_asked_of_the_desk_with_the_date_shown_first(cast: Any, visit: Any) -> None:
    assert "Ask for another time. The front desk answers by Thu 14 May, 17:00" in read(visit, cast.noor)
    answer = visit(cast.noor).post(PAGE, form())
    question = Question.unscoped.get()
    assert answer["Location"] == f"/my/questions/{question.pk}/"
    assert (question.topic, question.reply_due) == ("schedule", DESK_DUE)
    assert question.words(Sealer(cast.alder.id)) == ASKED
    assert not Message.unscoped.exists()
    page = read(visit, cast.noor)
    assert "What you asked the front desk. A time or a date Answer by Thu 14 May, 17:00" in page


def test_the_date_is_the_decisions_own(cast: Any, visit: Any, clock: Any) -> None:
    for hours in (0, 2, 4, 9, 30, 60, 90):
        clock.set(NOW + timedelta(hours=hours))
        decision = foresee(participant=cast.noor, topic="schedule", words=5, now=clock.now).decision
        visit(cast.noor).post(PAGE, form(shown=""))
        assert Question.unscoped.order_by("-asked_at").first().reply_due == decision.desk_due


def test_pressing_twice_asks_once_and_other_words_become_a_draft(cast: Any, visit: Any) -> None:
    asked, browser = form(), visit(cast.noor)
    first, second = browser.post(PAGE, asked), browser.post(PAGE, asked)
    assert first["Location"] == second["Location"]
    other = browser.post(PAGE, asked | {"words": "Or on Wednesday?"}, follow=True)
    assert Question.unscoped.count() == 1
    draft = Draft.unscoped.get()
    assert draft.text(Sealer(cast.alder.id)) == "Or on Wednesday?"
    page = other.content.decode()
    assert "Your newer words are not lost" in page
    assert f"/my/drafts/{draft.pk}/" in page


def test_a_date_that_moved_on_is_shown_before_anything_is_asked(cast: Any, visit: Any) -> None:
    asked, browser = form(), visit(cast.noor)
    close_days([(DESK_DUE.date(), "Inventory")], practice=cast.alder, by=None, now=NOW)
    answer = browser.post(PAGE, asked)
    assert answer.status_code == 422
    page = main_text(answer.content.decode())
    assert "Thu 14 May, 17:00 The front desk answers by Fri 15 May, 17:00" in page
    assert "Nothing was sent yet. Your words are here" in page
    assert ASKED in answer.content.decode()
    assert not Question.unscoped.exists()
    later = DESK_DUE + DAY
    assert browser.post(PAGE, asked | {"shown": later.isoformat()}).status_code == 302
    assert Question.unscoped.get().reply_due == later


@pytest.mark.parametrize("shown", ["", "x", "2026-05-14", "2026-05-14T17:00:00", "9999-99-99T00:00:00Z"])
def test_an_odd_shown_date_never_breaks(cast: Any, visit: Any, shown: str) -> None:
    assert visit(cast.noor).post(PAGE, form(shown=shown)).status_code == 302


def test_words_of_a_draft_come_along_and_leave_with_the_question(cast: Any, visit: Any) -> None:
    draft = save_draft(ASKED, participant=cast.noor, draft_id=uuid4(), topic="schedule", now=NOW)
    page = visit(cast.noor).get(f"{PAGE}?draft={draft.pk}").content.decode()
    assert ASKED in page
    assert str(draft.pk) in page
    assert "Your words came along. Nothing was sent yet" in page
    visit(cast.noor).post(PAGE, form(question_id=str(draft.pk)))
    assert Question.unscoped.get().pk == draft.pk
    assert not Draft.unscoped.exists()


def test_nobody_elses_draft_comes_along(cast: Any, visit: Any) -> None:
    draft = save_draft("Private to Kai.", participant=cast.kai, draft_id=uuid4(), topic="schedule", now=NOW)
    clinical = save_draft("To Ada.", participant=cast.noor, draft_id=uuid4(), topic="session", now=NOW)
    for key in (draft.pk, clinical.pk, "x", uuid4()):
        page = visit(cast.noor).get(PAGE, {"draft": str(key)}).content.decode()
        assert "Private to Kai" not in page
        assert "To Ada." not in page
    visit(cast.noor).post(PAGE, form(question_id=str(draft.pk)))
    assert Draft.unscoped.filter(pk=draft.pk).exists()


@pytest.mark.contract("D6")
def test_running_late_goes_to_the_desk_on_the_day(cast: Any, visit: Any, clock: Any) -> None:
    clock.set(datetime(2026, 5, 19, 8, 55, tzinfo=UTC))
    assert "One tap tells the front desk" in read(visit, cast.noor)
    assert "About how late will you be" in read(visit, cast.noor, f"{PAGE}?about=late")
    visit(cast.noor).post(PAGE, form("Ten minutes late.", topic="late", shown=""))
    assert Question.unscoped.get().topic == "late"


@pytest.mark.contract("D5")
def test_a_bill_can_be_asked_about(cast: Any, visit: Any) -> None:
    assert "Ask about a bill" in read(visit, cast.noor, f"{PAGE}?about=billing")
    visit(cast.noor).post(PAGE, form("The bill for April?", topic="billing"))
    assert Question.unscoped.get().topic == "billing"


def test_what_the_agreement_leaves_to_the_therapist_is_not_asked_here(cast: Any, visit: Any) -> None:
    text = '[topics]\nanswer = ["schedule"]\n'
    agreement = publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, text=text)
    accept_agreement(agreement=agreement, participant=cast.noor, name_typed="N", now=NOW)
    page = visit(cast.noor).get(PAGE).content.decode()
    assert "Ada takes care of this" in main_text(page)
    assert 'href="/my/write/schedule/"' in page
    assert visit(cast.noor).post(PAGE, form()).status_code == 404
    assert not Question.unscoped.exists()


@pytest.mark.contract("D8")
def test_a_guardian_sees_dates_and_may_ask_and_nothing_else(cast: Any, visit: Any, clock: Any) -> None:
    session = with_link(cast.mira)
    visit(cast.mira).post(PAGE, form("About my own time."))
    clock.set(session.starts_at)
    page = visit(cast.jonas).get(PAGE).content.decode()
    assert "Tue 19 May, 10:00" in page
    assert LINK not in page
    assert "A time or a date" not in main_text(page)
    clock.set(NOW)
    visit(cast.jonas).post(PAGE, form("Could Mira come later?"))
    asked = Question.unscoped.get(participant=cast.jonas)
    assert (asked.client, asked.reply_due) == (cast.mira.client, DESK_DUE)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_question_is_asked_for_a_line(cast: Any, visit: Any, text: str) -> None:
    answer = visit(cast.noor).post(PAGE, form(text))
    assert answer.status_code == 422
    assert "Write a line, so that the front desk knows what to do" in answer.content.decode()


@pytest.mark.parametrize("text", ["x" * 1_000_000, "a\0b", "\u202eturned", "<script>alert(1)</script>"])
def test_whatever_is_typed_arrives(cast: Any, visit: Any, text: str) -> None:
    assert visit(cast.noor).post(PAGE, form(text)).status_code == 302
    assert Question.unscoped.get().words(Sealer(cast.alder.id)) == text.replace("\0", "\ufffd")


def test_odd_topics_are_no_page_and_odd_keys_are_fresh_ones(cast: Any, visit: Any) -> None:
    for topic in ("session", "homework", "x", "crisis"):
        assert visit(cast.noor).get(PAGE, {"about": topic}).status_code == 404
        assert visit(cast.noor).post(PAGE, form(topic=topic)).status_code == 404
    assert visit(cast.noor).post(PAGE, form(question_id="x")).status_code == 302
    theirs = Question.unscoped.get()
    visit(cast.kai).post(PAGE, form("Kai's own.", question_id=str(theirs.pk)))
    assert Question.unscoped.filter(participant=cast.kai).count() == 1
    assert Question.unscoped.get(pk=theirs.pk).participant == cast.noor


def test_sessions_are_nobody_elses(cast: Any, visit: Any) -> None:
    with_link(cast.noor)
    visit(cast.noor).post(PAGE, form())
    for person in (cast.ada, cast.ben, cast.olu, cast.priya, cast.cleo):
        assert visit(person).get(PAGE).status_code == 404
        assert visit(person).post(PAGE, form()).status_code == 404
    for other in (cast.kai, cast.mira, cast.tove, cast.dov):
        assert "What you asked the front desk" not in read(visit, other)
    assert visit(None).get(PAGE).status_code == 302
    signed_out = visit(None).post(PAGE, form())
    assert signed_out.status_code == 401
    assert ASKED in signed_out.content.decode()


def test_a_partner_sees_the_couples_sessions_and_only_own_questions(cast: Any, visit: Any) -> None:
    visit(cast.tove).post(PAGE, form())
    page = read(visit, cast.imre)
    assert "Our next session is on Tuesday at 10:00" in page
    assert "What you asked" not in page


def test_the_page_reads_at_grade_six_and_costs_the_same_with_many_sessions(cast: Any, visit: Any) -> None:
    assert grade(read(visit, cast.noor)) <= 6
    before = queries(visit, cast.noor)
    for week in range(1, 9):
        plan_session(client=cast.noor.client, starts_at=NOW + week * 7 * DAY, by=None, now=NOW)
        plan_session(client=cast.noor.client, starts_at=NOW - week * 7 * DAY, by=None, now=NOW)
        visit(cast.noor).post(PAGE, form())
    assert queries(visit, cast.noor) == before <= 22


def queries(visit: Any, person: Any) -> int:
    browser = visit(person)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as ran:
        browser.get(PAGE)
    return len(ran)


def test_a_guardians_places_lead_nowhere_they_may_not_go(cast: Any, visit: Any) -> None:
    browser = visit(cast.jonas)
    page = browser.get(PAGE).content.decode()
    rail = page[page.index('<nav class="rail"') : page.index("</nav>")]
    for address in set(re.findall(r'href="([^"]+)"', rail)):
        assert browser.get(address).status_code == 200, address
