"""The agreement as the client reads it: plain words, real dates, who set what, and who may see it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agreements.actions import publish_agreement
from interlude.boundaries.actions import go_away, grant_exception, publish_rules
from interlude.messaging.actions import foresee
from interlude.practice.models import Clinician, Participant
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, LONG_AGO, NOW, agree_anew

PAGE = "/my/agreement/"


def read(visit: Any, person: Any, address: str = PAGE) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


@pytest.mark.contract("A20", "A21", "A22", "A24", "B2", "C1", "C22", "C29", "D20")
def test_the_rules_in_force_are_written_down_in_plain_words(cast: Any, visit: Any) -> None:
    page = read(visit, cast.noor)
    for said in (
        "Our agreement, version 1",
        "Ada answers here. Practice tasks",
        "Kept for our session; no answer comes before. Feelings and memories",
        "The front desk answers. Bills",
        "Ada reads messages on Monday, Tuesday and Thursday at 17:00",
        "Ada reads messages on Wednesday and Friday at 12:00",
        "Ada answers within 2 working days, by 17:00",
        "up to 3 messages a week, of about 150 words each",
        "Messages cost nothing",
        "Phone calls. Not used",
        "Ada Lindqvist, your therapist",
        "at least 14 days before",
    ):
        assert said in page, said


@pytest.mark.contract("A13", "A16", "B4", "C14")
def test_the_example_is_what_the_decision_would_say_now(cast: Any, visit: Any) -> None:
    page = read(visit, cast.noor)
    foreseen = foresee(participant=cast.noor, topic="homework", words=10, now=NOW)
    assert foreseen.due == datetime(2026, 5, 15, 16, tzinfo=UTC)
    assert "A message sent now is read on Thursday at 17:00. You hear by Fri 15 May, 17:00" in page
    assert "A message sent now: you hear by Fri 15 May, 17:00" in page
    assert "A question asked now is answered by Thu 14 May, 17:00" in page


@pytest.mark.contract("C16")
def test_time_away_is_said_and_counted(cast: Any, visit: Any) -> None:
    go_away(clinician=cast.ada, starts_at=NOW, ends_at=NOW + 7 * DAY, by=cast.ada, now=NOW)
    page = read(visit, cast.noor)
    assert "Ada is away from Wed 13 May, 14:41 until Wed 20 May, 14:41" in page
    assert "is read on Thu 21 May, 17:00. You hear by Thu 21 May, 18:00" in page
    foreseen = foresee(participant=cast.noor, topic="homework", words=10, now=NOW)
    assert foreseen.due == datetime(2026, 5, 21, 17, tzinfo=UTC)


def test_dates_are_in_the_readers_zone_and_clock_times_say_whose_they_are(cast: Any, visit: Any) -> None:
    Participant.unscoped.filter(pk=cast.noor.pk).update(zone="Asia/Kolkata")
    page = read(visit, cast.noor)
    assert "These times are in London" in page
    assert "You hear by Fri 15 May, 21:30" in page
    assert "These times are in London" not in read(visit, cast.mira)


@pytest.mark.contract("C13", "A31", "A30")
def test_what_cannot_wait_has_its_own_way(cast: Any, visit: Any) -> None:
    answer = visit(cast.noor).get(PAGE).content.decode()
    page = main_text(answer)
    assert "Nobody watches for messages" in page
    assert "if you cannot wait until Fri 15 May, 17:00" in page
    assert 'href="/help/alder/"' in answer


def test_every_part_says_who_set_it_and_since_when(cast: Any, visit: Any) -> None:
    page = visit(cast.noor).get(PAGE).content.decode()
    assert page.count("<summary>Why?</summary>") == 9
    plain = main_text(page)
    assert "Alder Street set this for everybody on Mon 2 March" in plain
    assert "Ada set this for all clients on Mon 2 March. The way of working would say: 330 words" in plain
    assert "It comes from the way of working that Ada chose for us" in plain


@pytest.mark.contract("C7", "C9", "C32")
def test_an_exception_shows_its_end_to_its_client_and_to_nobody_else(cast: Any, visit: Any) -> None:
    grant_exception(
        "[plan]\nmessages_per_week = 5\n",
        client=cast.mira.client,
        by=cast.ada,
        since=date(2026, 5, 4),
        until=date(2026, 6, 30),
        reason="While you move house.",
        now=LONG_AGO,
    )
    own = read(visit, cast.mira)
    assert "Only for you, until Tue 30 June. While you move house" in own
    assert "up to 5 messages a week" in own
    assert "It is only for you, from Mon 4 May until Tue 30 June" in own
    for other in (cast.noor, cast.jonas, cast.tove):
        page = read(visit, other)
        assert "move house" not in page
        assert "5 messages" not in page


@pytest.mark.contract("D8")
def test_a_guardian_reads_what_was_agreed_and_is_told_what_they_see(cast: Any, visit: Any) -> None:
    page = visit(cast.jonas).get(PAGE).content.decode()
    assert "the yes is not yours to give" in page
    assert "No messages, no list and no journal" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]
    assert "/my/whom-to-call/" not in page  # a page that is not theirs
    assert "/my/whom-to-call/" in visit(cast.mira).get(PAGE).content.decode()
    assert "Jonas cannot read messages, our list or your journal" in read(visit, cast.mira)


def test_a_couple_is_told_that_both_read_everything(cast: Any, visit: Any) -> None:
    assert "Imre reads all that you write here and all answers" in read(visit, cast.tove)
    assert "Tove reads all that you write here and all answers" in read(visit, cast.imre)
    assert "reads all that you write" not in read(visit, cast.noor)


def test_a_supervisor_who_may_read_is_named(cast: Any, visit: Any) -> None:
    Clinician.unscoped.filter(pk=cast.ada.pk).update(supervisor=cast.ben)
    offer(cast, preset="trainee_supervised")
    assert "Ben Okoro, who helps Ada as supervisor, may read it too" in read(
        visit, cast.noor, f"{PAGE}?version=2"
    )
    assert "supervisor" not in read(visit, cast.noor, f"{PAGE}?version=1").lower().replace(
        "a supervisor may read", ""
    )


@pytest.mark.contract("C23", "D17")
def test_a_care_without_messages_says_so_first(cast: Any, visit: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], preset="institution_prohibited")
    page = read(visit, cast.noor)
    assert "Ada does not read messages here. The front desk helps with times and bills" in page
    assert "Not here: please bring it when we meet" in page
    assert "you hear by" not in page


@pytest.mark.contract("A6", "C28")
def test_where_everything_is_kept_for_the_session_no_date_is_promised(cast: Any, visit: Any) -> None:
    text = 'promise = { kind = "session_only" }\n'
    agree_anew(cast.noor.client, [cast.noor], text=text)
    page = read(visit, cast.noor)
    assert "What you write is kept for our session" in page
    assert "There is no answer in writing" in page
    assert "you hear by" not in page


def test_a_starting_points_text_is_left_out_where_it_would_not_be_so(cast: Any, visit: Any) -> None:
    assert "I read on working days at noon" not in read(visit, cast.noor)
    publish_rules("", practice=cast.alder, clinician=cast.ada, by=None, since=LONG_AGO.date(), now=NOW)
    publish_rules("", practice=cast.alder, by=None, since=LONG_AGO.date(), now=NOW)
    agree_anew(cast.noor.client, [cast.noor])
    assert "I read on working days at noon" in read(visit, cast.noor)


def test_somebody_too_young_is_told_where_their_words_are_kept(cast: Any, visit: Any) -> None:
    agree_anew(cast.mira.client, [cast.mira], text="minimum_age = 16\n")
    assert "Messages here begin at the age of 16" in read(visit, cast.mira)
    assert foresee(participant=cast.mira, topic="homework", words=1, now=NOW).reason == "under_age"


def test_before_any_agreement_the_page_says_where_words_are_kept(cast: Any, visit: Any) -> None:
    from interlude.agreements.models import Acceptance, Agreement  # noqa: PLC0415  to take them away

    Acceptance.unscoped.filter(participant=cast.kai).delete()
    Agreement.unscoped.filter(client=cast.kai.client).delete()
    page = read(visit, cast.kai)
    assert "Nothing is agreed yet" in page
    assert "kept in your own journal" in page


def test_the_agreement_is_nobody_elses(cast: Any, visit: Any) -> None:
    for outsider in (cast.ada, cast.ben, cast.cleo, cast.olu, cast.priya):
        assert visit(outsider).get(PAGE).status_code == 404
    signed_out = visit(None).get(PAGE)
    assert signed_out.status_code == 302
    assert "/sign-in/" in signed_out["Location"]
    for other in (cast.kai, cast.dov):
        assert "Ada" not in read(visit, other)


@pytest.mark.contract("A48")
def test_the_page_reads_at_grade_six_or_lower(cast: Any, visit: Any) -> None:
    for person in (cast.noor, cast.mira, cast.tove):
        text = read(visit, person)
        assert grade(text) <= 6, f"{grade(text):.1f}"


def test_the_page_costs_the_same_however_many_versions_there_are(cast: Any, visit: Any) -> None:
    offer(cast, preset="paid_message_pack")
    before = queries(visit, cast.noor)
    for _ in range(4):
        offer(cast, preset="cbt_homework_support")
    assert queries(visit, cast.noor) == before <= 37


def offer(cast: Any, *, preset: str) -> Any:
    return publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, preset=preset)


def queries(visit: Any, person: Any) -> int:
    browser = visit(person)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as ran:
        browser.get(PAGE)
    return len(ran)
