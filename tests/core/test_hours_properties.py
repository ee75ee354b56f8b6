"""What holds of open time for every calendar, in every zone, around every change of the clock."""

from datetime import UTC, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from interlude.core.hours import Absence, Calendar
from tests.core.calendars import (
    HOUR,
    MINUTE,
    Minutes,
    at,
    moments_in,
    settings_in_time,
    week,
    zones,
)

minutes = st.integers(0, 60 * 60).map(lambda n: n * MINUTE)
amounts = st.integers(1, 60 * 60 * 1_000_000 * 90).map(lambda n: timedelta(microseconds=n))
few = settings(max_examples=60)


@given(settings_in_time(), st.data())
@settings(max_examples=60)
def test_every_answer_is_the_one_of_asking_every_minute(setting, data):
    calendar, moment = setting
    naive = Minutes(calendar, moment - 36 * HOUR, days=4)
    start, end = sorted(data.draw(st.lists(st.sampled_from(naive.all), min_size=2, max_size=2)))
    amount = data.draw(st.integers(1, 2000)) * MINUTE
    assert calendar.is_open(start) is (start in naive.open)
    assert calendar.between(start, end) == naive.between(start, end)
    if (opens := naive.next_open(start)) is not None:
        assert calendar.next_open(start) == opens
    if (reached := naive.add(start, amount)) is not None:
        assert calendar.add(start, amount) == reached
    zone = calendar.hours.zone
    day = moment.astimezone(zone).date()
    assert calendar.last_close(day) == naive.last_close(day, zone)
    assert calendar.is_working_date(day) is (naive.last_close(day, zone) is not None)


@given(settings_in_time(), amounts, amounts)
@few
def test_adding_and_counting_undo_each_other(setting, amount, more):
    calendar, start = setting
    due = calendar.add(start, amount)
    assert due.tzinfo is UTC
    assert due >= start
    assert calendar.between(start, due) == amount
    assert calendar.between(start, due - timedelta(microseconds=1)) < amount
    assert calendar.add(due, more) == calendar.add(start, amount + more)


@given(settings_in_time(), minutes, minutes, amounts)
@few
def test_a_later_start_and_a_longer_amount_are_never_over_sooner(setting, wait, more, amount):
    calendar, start = setting
    assert calendar.add(start, amount) <= calendar.add(start + wait, amount)
    assert calendar.add(start, amount) <= calendar.add(start, amount + more)


@given(settings_in_time(), minutes, minutes)
@few
def test_open_time_of_two_stretches_adds_up(setting, one, two):
    calendar, start = setting
    middle, end = start + one, start + one + two
    assert calendar.between(start, middle) + calendar.between(middle, end) == calendar.between(start, end)
    assert timedelta(0) <= calendar.between(start, end) <= end - start


@given(settings_in_time())
@few
def test_the_next_open_moment_is_open_and_nothing_before_it_is(setting):
    calendar, start = setting
    opens = calendar.next_open(start)
    assert calendar.is_open(opens)
    assert calendar.next_open(opens) == opens
    assert calendar.between(start, opens) == timedelta(0)
    assert calendar.is_open(start) is (opens == start)


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), moments_in(zone))), minutes, amounts)
@few
def test_round_the_clock_open_time_is_time(where, length, amount):
    zone, start = where
    calendar = Calendar(week(zone, "0123456", "00:00-24:00"))
    assert calendar.between(start, start + length) == length
    assert calendar.add(start, amount) == start + amount


@given(settings_in_time(), zones, amounts)
@few
def test_the_zone_in_which_a_moment_is_given_makes_no_difference(setting, zone, amount):
    calendar, start = setting
    elsewhere = start.astimezone(zone)
    assert calendar.add(elsewhere, amount) == calendar.add(start, amount)
    assert calendar.working_day_close(elsewhere, 2) == calendar.working_day_close(start, 2)


@given(settings_in_time(), st.integers(1, 12))
@few
def test_working_dates_are_counted_one_by_one(setting, days):
    calendar, start = setting
    day = start.astimezone(calendar.hours.zone).date()
    for _ in range(days):
        following = calendar.next_working_date(day)
        between = (day + timedelta(days=n) for n in range(1, (following - day).days))
        assert not any(map(calendar.is_working_date, between))
        day = following
    close = calendar.last_close(day)
    assert close is not None
    assert calendar.working_day_close(start, days) == close
    assert calendar.is_open(close - timedelta(microseconds=1))
    assert (close - timedelta(microseconds=1)).astimezone(calendar.hours.zone).date() == day


@given(settings_in_time(), minutes, amounts)
@few
def test_time_away_never_brings_an_answer_forward(setting, length, amount):
    calendar, start = setting
    more = Calendar(calendar.hours, calendar.closed_on, (*calendar.absences, Absence(start, start + length)))
    assert more.add(start, amount) >= calendar.add(start, amount)
    assert more.next_open(start) >= max(start + length, calendar.next_open(start))


@given(st.sets(st.integers(0, 400), max_size=60))
@example(set(range(0, 400, 2)))
@few
def test_many_absences_are_as_good_as_the_minutes_they_leave(away):
    start = at("2026-03-27 12:00").astimezone(UTC)
    calendar = Calendar(
        week("Europe/Berlin", "0123456", "00:00-24:00"),
        absences=tuple(Absence(start + n * MINUTE, start + (n + 1) * MINUTE) for n in away),
    )
    assert calendar.between(start, start + 500 * MINUTE) == (500 - len(away)) * MINUTE
