"""When an answer is due: each kind of promise by examples that can be checked by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from interlude.core.errors import BadHours, BadMoment, NeverOpen
from interlude.core.hours import Calendar, WeeklyHours
from interlude.core.promises import (
    FixedTurns,
    NextCheck,
    OpenHours,
    SessionOnly,
    State,
    WorkingDays,
    arrival_date,
    read_at,
    reply_due,
    state,
)
from interlude.core.windows import CheckTimes
from tests.core.calendars import BERLIN, HOUR, NINE_TO_FIVE, SPLIT, at, away, week

FIVE = time(17)
DAILY = CheckTimes(BERLIN, {day: (FIVE,) for day in range(5)})
TWO_DAYS = WorkingDays(2, FIVE)
KINDS = [TWO_DAYS, OpenHours(16 * HOUR), NextCheck(), FixedTurns(frozenset({1, 4}), time(12))]


def due(promise, sent, calendar=NINE_TO_FIVE, checks=DAILY):
    moment = at(sent) if isinstance(sent, str) else sent
    return reply_due(promise, sent=moment, calendar=calendar, checks=checks)


@pytest.mark.contract("A13")
@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("2026-03-03 10:00", "2026-03-05 17:00"),  # Tuesday to Thursday
        ("2026-03-03 17:00", "2026-03-05 17:00"),  # at the cut-off is in time
        ("2026-03-03 17:01", "2026-03-06 17:00"),  # after it counts from Wednesday
        ("2026-03-05 10:00", "2026-03-09 17:00"),  # over the weekend
        ("2026-03-06 17:01", "2026-03-11 17:00"),  # Friday night counts from Monday
        ("2026-03-07 12:00", "2026-03-11 17:00"),  # and so does Saturday
        ("2026-03-27 10:00", "2026-03-31 17:00"),  # the clocks change in between
    ],
)
def test_two_working_days_are_not_forty_eight_hours(sent, answer):
    assert due(TWO_DAYS, sent) == at(answer)


def test_holidays_and_leave_are_no_working_days():
    calendar = Calendar(
        NINE_TO_FIVE.hours,
        frozenset({date(2026, 3, 4)}),
        (away("2026-03-05 00:00", "2026-03-09 00:00"),),
    )
    assert due(TWO_DAYS, "2026-03-03 10:00", calendar) == at("2026-03-10 17:00")
    assert due(TWO_DAYS, "2026-03-04 10:00", calendar) == at("2026-03-11 17:00")  # arrives on Monday


def test_the_cut_off_is_moved_into_open_time():
    assert due(WorkingDays(1, time(12, 30)), "2026-03-03 10:00", SPLIT) == at("2026-03-04 12:00")
    assert due(WorkingDays(2, time(20)), "2026-03-03 19:00", SPLIT) == at("2026-03-05 17:00")


def test_arrival_counts_from_the_first_working_date_whose_cut_off_is_ahead():
    assert arrival_date(at("2026-03-03 10:00"), NINE_TO_FIVE, FIVE) == date(2026, 3, 3)
    assert arrival_date(at("2026-03-06 17:01"), NINE_TO_FIVE, FIVE) == date(2026, 3, 9)
    assert arrival_date(at("2026-03-03 18:00"), NINE_TO_FIVE, time(20)) == date(2026, 3, 3)


def test_no_answer_is_due_before_it_is_read():
    mondays = CheckTimes(BERLIN, {0: (FIVE,)})
    assert due(WorkingDays(1, FIVE), "2026-03-03 10:00", checks=mondays) == at("2026-03-09 17:00")
    evenings = CheckTimes(BERLIN, {day: (time(20),) for day in range(5)})
    assert due(OpenHours(HOUR), "2026-03-03 10:00", checks=evenings) == at("2026-03-04 17:00")
    sundays = CheckTimes(BERLIN, {6: (time(19),)})
    assert due(OpenHours(HOUR), "2026-03-03 10:00", checks=sundays) == at("2026-03-09 17:00")


@pytest.mark.parametrize(
    ("hours", "sent", "answer"),
    [
        (12, "2026-03-03 15:00", "2026-03-05 11:00"),
        (2, "2026-03-03 10:00", "2026-03-03 17:00"),  # read at 17:00, so not at noon
        (8, "2026-03-06 20:00", "2026-03-09 17:00"),
    ],
)
def test_open_hours_pass_only_while_open(hours, sent, answer):
    assert due(OpenHours(hours * HOUR), sent) == at(answer)


@pytest.mark.contract("B15")
@pytest.mark.parametrize(
    ("sent", "read", "answer"),
    [
        ("2026-03-03 10:00", "2026-03-03 17:00", "2026-03-04 17:00"),
        ("2026-03-03 17:10", "2026-03-04 17:00", "2026-03-05 17:00"),  # into an open window
        ("2026-03-06 10:00", "2026-03-06 17:00", "2026-03-09 17:00"),
    ],
)
def test_checked_once_a_working_day_and_answered_by_the_next(sent, read, answer):
    assert read_at(at(sent), NINE_TO_FIVE, DAILY) == at(read)
    assert due(NextCheck(), sent) == at(answer)


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("2026-03-02 10:00", "2026-03-03 12:00"),  # read on Monday, turn on Tuesday
        ("2026-03-03 10:00", "2026-03-06 12:00"),  # read after Tuesday's turn
        ("2026-03-06 10:00", "2026-03-10 12:00"),
    ],
)
def test_fixed_turns_come_on_their_days(sent, answer):
    assert due(FixedTurns(frozenset({1, 4}), time(12)), sent) == at(answer)


def test_a_turn_on_a_holiday_falls_to_the_next_turn_and_into_open_time():
    closed = Calendar(SPLIT.hours, frozenset({date(2026, 3, 3)}))
    turns = FixedTurns(frozenset({1, 4}), time(12, 45))
    assert due(turns, "2026-03-02 10:00", closed) == at("2026-03-06 12:00")


def test_session_only_promises_no_moment():
    assert due(SessionOnly(), "2026-03-03 10:00") is None


def test_a_desk_reads_whenever_it_is_open():
    assert read_at(at("2026-03-03 10:00"), NINE_TO_FIVE, None) == at("2026-03-03 10:00")
    assert due(OpenHours(HOUR), "2026-03-06 18:00", checks=None) == at("2026-03-09 17:00")
    assert due(WorkingDays(1, FIVE), "2026-03-03 10:00", checks=None) == at("2026-03-04 17:00")


@pytest.mark.parametrize("promise", KINDS)
def test_the_clients_zone_changes_no_promise(promise):
    sent = at("2026-03-03 10:00")
    for zone in ("Asia/Kolkata", "America/Los_Angeles", "Pacific/Kiritimati"):
        assert due(promise, sent.astimezone(ZoneInfo(zone))) == due(promise, sent)


@pytest.mark.parametrize("promise", KINDS)
def test_a_practice_that_never_opens_cannot_promise(promise):
    shut = Calendar(WeeklyHours(BERLIN, {}))
    with pytest.raises(NeverOpen):
        due(promise, "2026-03-03 10:00", shut)


def test_turns_on_days_without_hours_cannot_be_promised():
    with pytest.raises(NeverOpen, match=r"no turn on weekdays \[5, 6\] within ten years .*; choose weekdays"):
        due(FixedTurns(frozenset({5, 6}), time(12)), "2026-03-03 10:00")


@pytest.mark.parametrize("promise", KINDS)
@pytest.mark.parametrize("sent", [datetime(2026, 3, 3), datetime(9999, 1, 1, tzinfo=UTC)])  # noqa: DTZ001
def test_a_moment_that_nobody_meant_is_refused(promise, sent):
    for checks in (DAILY, None):
        with pytest.raises(BadMoment):
            due(promise, sent, checks=checks)


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: WorkingDays(0, FIVE), "a promise of 0 working days; use 1 or more"),
        (lambda: WorkingDays(2, time(17, tzinfo=UTC)), "carries a zone"),
        (lambda: OpenHours(timedelta(0)), "use more than none"),
        (lambda: OpenHours(-HOUR), "use more than none"),
        (lambda: FixedTurns(frozenset(), FIVE), r"turns on \[\]; give one or more"),
        (lambda: FixedTurns(frozenset({7}), FIVE), r"turns on \[7\]"),
        (lambda: FixedTurns(frozenset({1}), time(17, tzinfo=UTC)), "carries a zone"),
    ],
)
def test_a_promise_that_cannot_be_meant_is_refused(build, says):
    with pytest.raises(BadHours, match=says):
        build()


@pytest.mark.parametrize("promise", [WorkingDays(99_999, FIVE), OpenHours(timedelta.max)])
def test_a_promise_beyond_ten_years_is_refused(promise):
    with pytest.raises(BadHours, match="ten years"):
        due(promise, "2026-03-03 10:00")


@pytest.mark.parametrize(
    ("now", "answered", "found"),
    [
        ("2026-03-05 16:59", None, State.WAITING),
        ("2026-03-05 17:00", None, State.WAITING),
        ("2026-03-05 17:01", None, State.LATE),
        ("2026-03-09 10:00", "2026-03-05 17:00", State.KEPT),
        ("2026-03-09 10:00", "2026-03-05 17:01", State.LATE),
        ("2026-03-04 23:00", "2026-03-05 09:00", State.WAITING),  # written at night, leaves in the morning
        ("2026-03-05 23:00", "2026-03-06 09:00", State.LATE),
    ],
)
def test_a_promise_is_kept_or_late_or_waiting(now, answered, found):
    answered_at = at(answered) if answered else None
    assert state(at("2026-03-05 17:00"), now=at(now), answered_at=answered_at) is found


def test_each_kind_works_where_night_and_day_are_elsewhere():
    kolkata = ZoneInfo("Asia/Kolkata")
    calendar = Calendar(week(kolkata, "012345", "10:00-14:00", "16:00-20:00"))
    checks = CheckTimes(kolkata, {day: (time(19, 15),) for day in range(6)})
    sent = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)  # Friday 20:30 in Kolkata
    assert due(WorkingDays(1, time(19)), sent, calendar, checks) == at("2026-03-09 19:00", kolkata)
    assert due(NextCheck(), sent, calendar, checks) == at("2026-03-09 20:00", kolkata)
    assert due(OpenHours(3 * HOUR), sent, calendar, checks) == at("2026-03-07 20:00", kolkata)
