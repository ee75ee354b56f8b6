"""When a check-in is due, and when the answers lie side by side: by the agreement and the clock alone."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.checkins import WEEK, Given, comes_at, due_on, next_on
from interlude.core.terms import Review
from tests.core.calendars import BERLIN, at

START = date(2026, 3, 2)  # a Monday
REVIEW = Review(first_weeks=4, every_weeks=12)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.contract("C10", "C26", "A43")
@pytest.mark.parametrize(
    ("today", "due", "following"),
    [
        ("03-02", None, "03-09"),  # the day of the yes
        ("03-08", None, "03-09"),
        ("03-09", "03-09", "03-16"),  # each week at first
        ("03-15", "03-09", "03-16"),
        ("03-16", "03-16", "03-23"),
        ("03-30", "03-30", "06-22"),  # the fourth week: the first look back
        ("04-05", "03-30", "06-22"),
        ("04-06", None, "06-22"),  # let go, and nothing is counted
        ("06-21", None, "06-22"),  # then every twelve weeks
        ("06-22", "06-22", "09-14"),
    ],
)
def test_weekly_at_first_and_then_as_agreed(today, due, following):
    found = due_on(REVIEW, start=START, today=day(today)), next_on(REVIEW, start=START, today=day(today))
    assert found == (due and day(due), following and day(following))


def test_nothing_is_due_after_the_end():
    bridge = Review(first_weeks=1, every_weeks=2, ends_weeks=6)
    days = [START + timedelta(days=n) for n in range(400)]
    due = {found for today in days if (found := due_on(bridge, start=START, today=today))}
    assert due == {START + n * WEEK for n in (1, 3, 5)}
    assert next_on(bridge, start=START, today=day("04-06")) is None


def test_what_was_answered_or_laid_aside_is_not_asked_again():
    assert due_on(REVIEW, start=START, today=day("03-10"), earlier=[day("03-09")]) is None
    assert due_on(REVIEW, start=START, today=day("03-16"), earlier=[day("03-09")]) == day("03-16")


def test_a_new_version_does_not_ask_again_in_the_same_days():
    assert due_on(REVIEW, start=START, today=day("03-09"), earlier=[day("03-05")]) is None
    assert next_on(REVIEW, start=START, today=day("03-09"), earlier=[day("03-05")]) == day("03-16")


reviews = st.builds(Review, st.integers(1, 104), st.integers(1, 104), st.none() | st.integers(1, 520))
starts = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ahead = st.integers(-60, 3000).map(lambda n: timedelta(days=n))


@given(reviews, starts, ahead)
def test_a_check_in_is_due_for_seven_days_and_never_before_a_week_of_the_agreement(review, start, later):
    today = start + later
    due = due_on(review, start=start, today=today)
    if due is not None:
        assert start + WEEK <= due <= today < due + WEEK
        assert due_on(review, start=start, today=due) == due


@given(reviews, starts, ahead)
def test_the_next_one_lies_ahead_and_is_due_on_its_day(review, start, later):
    today = start + later
    following = next_on(review, start=start, today=today)
    if following is not None:
        assert following > today
        assert following >= start + WEEK
        assert due_on(review, start=start, today=following) == following


@given(reviews, starts, ahead, st.integers(0, 200).map(lambda n: timedelta(days=n)))
def test_the_next_one_never_comes_sooner_on_a_later_day(review, start, later, more):
    today = start + later
    sooner = next_on(review, start=start, today=today)
    assert sooner is None or (next_on(review, start=start, today=today + more) or date.max) >= sooner


@given(starts, st.lists(st.tuples(reviews, st.integers(0, 60)), min_size=1, max_size=6), st.randoms())
def test_whatever_is_agreed_anew_two_never_come_within_a_week(start, versions, chance):
    """A life of changing agreements, some answered, some laid aside: what is asked never bunches."""
    asked: list[date] = []
    begins = start
    for review, days in versions:
        for number in range(days):
            today = begins + timedelta(days=number)
            due = due_on(review, start=begins, today=today, earlier=asked)
            if due is not None and chance.random() < 0.5:
                asked.append(due)
        begins += timedelta(days=days)
    assert all(two - one >= WEEK for one, two in itertools.pairwise(asked))


# The answers meet

MONDAY = Given(at("2026-03-02 10:00"), at("2026-03-02 17:00"))
TUESDAY = Given(at("2026-03-03 21:00"), at("2026-03-04 09:00"))
SESSION = at("2026-03-05 15:00")


def comes(one: Given, *others: Given, complete: bool = False, session_at: datetime | None = None) -> object:
    return comes_at(one, others=others, complete=complete, session_at=session_at, zone=BERLIN)


def test_alone_and_without_a_session_an_answer_waits():
    assert comes(MONDAY) is None


def test_once_everybody_answered_both_come_as_the_later_one_is_handed_over():
    assert comes(MONDAY, TUESDAY, complete=True, session_at=SESSION) == at("2026-03-04 09:00")
    assert comes(TUESDAY, MONDAY, complete=True, session_at=SESSION) == at("2026-03-04 09:00")


def test_else_they_come_as_the_day_of_the_session_begins():
    assert comes(MONDAY, session_at=SESSION) == at("2026-03-05 00:00")


@pytest.mark.parametrize(
    ("given_at", "handed_at", "shown"),
    [
        ("2026-03-05 09:00", "2026-03-05 12:00", "2026-03-05 12:00"),  # the window still opens before it
        ("2026-03-05 09:00", "2026-03-05 17:00", "2026-03-05 14:50"),  # it would not: ten minutes before
        ("2026-03-05 14:55", "2026-03-05 17:00", "2026-03-05 14:55"),
    ],
)
def test_what_is_given_on_the_day_itself_is_there_before_the_session(given_at, handed_at, shown):
    assert comes(Given(at(given_at), at(handed_at)), session_at=SESSION) == at(shown)


moments = st.integers(0, 5_000_000).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
waits = st.integers(0, 6 * 1440).map(lambda n: timedelta(minutes=n))
answers = st.builds(lambda one, wait: Given(one, one + wait), moments, waits)


@given(answers, st.lists(answers, max_size=3), st.none() | waits, st.sampled_from(["UTC", "Asia/Kolkata"]))
def test_nothing_comes_before_it_was_given_and_answering_never_hides(one, others, until, zone):
    session = one.given_at + until + timedelta(minutes=1) if until is not None else None
    alone, whole = (
        comes_at(one, others=others, complete=complete, session_at=session, zone=ZoneInfo(zone))
        for complete in (False, True)
    )
    assert whole is not None
    assert whole >= one.given_at
    assert alone is None or whole <= alone


@given(answers, answers)
def test_both_sides_see_both_at_the_same_moment(one, two):
    assert comes(one, two, complete=True) == comes(two, one, complete=True)
