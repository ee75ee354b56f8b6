"""What holds of every promise, in every zone: a moment ahead, in open time, in order."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.hours import Calendar
from interlude.core.promises import (
    FixedTurns,
    NextCheck,
    OpenHours,
    Promise,
    State,
    WorkingDays,
    read_at,
    reply_due,
    state,
)
from interlude.core.windows import CheckTimes
from tests.core.calendars import HOUR, MINUTE, settings_in_time, zones
from tests.core.test_windows import rhythms

many = settings(max_examples=80)
cut_offs = st.integers(8 * 4, 20 * 4).map(lambda n: time(n // 4, n % 4 * 15))
hours = st.integers(1, 24 * 60).map(lambda n: n * MINUTE)
working_days = st.builds(WorkingDays, st.integers(1, 10), cut_offs)
open_hours = st.builds(OpenHours, hours)


@st.composite
def kept_by(draw: st.DrawFn) -> tuple[Promise, Calendar, CheckTimes | None, datetime]:
    """A promise of any kind that the drawn calendar can keep, and a moment of sending."""
    calendar, sent = draw(settings_in_time())
    turns = st.builds(
        FixedTurns, st.sets(st.integers(0, 6)).map(lambda days: days | {min(calendar.hours.days)}), cut_offs
    )
    promise = draw(st.one_of(working_days, open_hours, st.just(NextCheck()), turns))
    checks = draw(st.none() | rhythms.map(lambda days: CheckTimes(calendar.hours.zone, days)))
    return promise, calendar, checks, sent


def due(promise: Promise, calendar: Calendar, checks: CheckTimes | None, sent: datetime) -> datetime:
    found = reply_due(promise, sent=sent, calendar=calendar, checks=checks)
    assert found is not None
    return found


@pytest.mark.contract("C13")
@given(kept_by())
@many
def test_every_answer_has_a_moment_ahead_after_reading_in_open_time_or_at_its_close(given_word):
    promise, calendar, checks, sent = given_word
    moment = due(promise, calendar, checks, sent)
    assert moment.tzinfo is UTC
    assert moment >= read_at(sent, calendar, checks) >= sent
    assert calendar.is_open(moment) or calendar.is_open(moment - timedelta(microseconds=1))


@given(kept_by(), st.integers(0, 6000))
@many
def test_a_message_sent_later_is_never_due_sooner(given_word, wait):
    promise, calendar, checks, sent = given_word
    assert due(promise, calendar, checks, sent) <= due(promise, calendar, checks, sent + wait * MINUTE)


@given(kept_by(), st.integers(1, 5))
@many
def test_a_longer_promise_is_never_due_sooner(given_word, more):
    promise, calendar, checks, sent = given_word
    longer: Promise
    match promise:
        case WorkingDays(days, cut_off):
            longer = WorkingDays(days + more, cut_off)
        case OpenHours(amount):
            longer = OpenHours(amount + more * HOUR)
        case FixedTurns(weekdays, clock):
            longer = FixedTurns(frozenset({min(calendar.hours.days)}), clock)
            assert longer.weekdays <= weekdays  # fewer turns
        case _:
            longer = promise
    assert due(promise, calendar, checks, sent) <= due(longer, calendar, checks, sent)


@given(kept_by(), zones)
@many
def test_where_the_client_is_changes_nothing(given_word, zone):
    promise, calendar, checks, sent = given_word
    elsewhere = sent.astimezone(zone)
    assert due(promise, calendar, checks, elsewhere) == due(promise, calendar, checks, sent)


@given(kept_by(), st.integers(-5000, 5000), st.none() | st.integers(-5000, 5000))
@many
def test_a_promise_has_one_state_and_late_stays_late(given_word, asked, answered):
    moment = due(*given_word)
    now = moment + asked * MINUTE
    answered_at = None if answered is None else moment + answered * MINUTE
    found = state(moment, now=now, answered_at=answered_at)
    later = state(moment, now=now + HOUR, answered_at=answered_at)
    assert (found, later) in {
        (State.WAITING, State.WAITING),
        (State.WAITING, State.KEPT),
        (State.WAITING, State.LATE),
        (State.KEPT, State.KEPT),
        (State.LATE, State.LATE),
    }
