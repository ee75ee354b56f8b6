"""When messages are read: check times apart from office hours."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.errors import BadHours, BadMoment, NeverOpen
from interlude.core.hours import Absence, Calendar
from interlude.core.windows import CheckTimes
from tests.core.calendars import BERLIN, NINE_TO_FIVE, at, away, settings_in_time, week

FIVE = time(17)
DAILY = CheckTimes(BERLIN, {day: (FIVE,) for day in range(5)})
TWICE = CheckTimes(BERLIN, {1: (time(17), time(9, 30)), 3: (time(9, 30),)}, minutes=30)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-03-03 16:59", "2026-03-03 17:00"),
        ("2026-03-03 17:00", "2026-03-04 17:00"),  # strictly after
        ("2026-03-03 17:20", "2026-03-04 17:00"),  # one that is open does not count
        ("2026-03-06 18:00", "2026-03-09 17:00"),  # the weekend
    ],
)
@pytest.mark.contract("B15")
def test_messages_are_next_read_at_the_set_time_of_the_next_working_day(asked, opens):
    assert DAILY.next_after(at(asked), NINE_TO_FIVE) == at(opens)


def test_days_may_have_several_check_times_or_none():
    asked, found = at("2026-03-02 12:00"), []
    for _ in range(4):
        asked = TWICE.next_after(asked, NINE_TO_FIVE)
        found.append(asked)
    assert found == [
        at("2026-03-03 09:30"),
        at("2026-03-03 17:00"),
        at("2026-03-05 09:30"),
        at("2026-03-10 09:30"),
    ]


def test_a_check_needs_no_office_hours():
    sunday = CheckTimes(BERLIN, {6: (time(19),)})
    assert sunday.next_after(at("2026-03-03 10:00"), NINE_TO_FIVE) == at("2026-03-08 19:00")


def test_nothing_is_read_on_closed_dates_or_while_away():
    calendar = Calendar(
        NINE_TO_FIVE.hours,
        frozenset({date(2026, 3, 4)}),
        (away("2026-03-03 16:00", "2026-03-03 18:00"), away("2026-03-05 17:00", "2026-03-05 17:01")),
    )
    assert DAILY.next_after(at("2026-03-02 17:00"), calendar) == at("2026-03-06 17:00")
    assert DAILY.latest_until(at("2026-03-06 16:59"), calendar) == at("2026-03-02 17:00")


def test_leave_that_ends_as_a_window_opens_leaves_that_window():
    calendar = Calendar(NINE_TO_FIVE.hours, absences=(away("2026-03-03 08:00", "2026-03-05 17:00"),))
    assert DAILY.next_after(at("2026-03-03 10:00"), calendar) == at("2026-03-05 17:00")


def test_a_window_is_open_for_its_minutes():
    assert DAILY.open_until(at("2026-03-03 16:59"), NINE_TO_FIVE) is None
    assert DAILY.open_until(at("2026-03-03 17:00"), NINE_TO_FIVE) == at("2026-03-03 17:45")
    assert DAILY.open_until(at("2026-03-03 17:44"), NINE_TO_FIVE) == at("2026-03-03 17:45")
    assert DAILY.open_until(at("2026-03-03 17:45"), NINE_TO_FIVE) is None


def test_the_latest_window_is_the_one_that_has_opened():
    assert DAILY.latest_until(at("2026-03-03 16:59"), NINE_TO_FIVE) == at("2026-03-02 17:00")
    assert DAILY.latest_until(at("2026-03-03 17:00"), NINE_TO_FIVE) == at("2026-03-03 17:00")
    assert DAILY.latest_until(at("2026-03-08 12:00"), NINE_TO_FIVE) == at("2026-03-06 17:00")


@pytest.mark.parametrize(
    ("zone", "clock", "asked", "opens"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29 00:00", "2026-03-29 03:00"),  # skipped: right after
        ("Europe/Berlin", "02:30", "2026-10-25 00:00", "2026-10-25 02:30"),  # twice: the first
        ("Pacific/Apia", "17:00", "2011-12-29 17:00", "2011-12-31 17:00"),  # no 30 December there
        ("America/Nuuk", "23:30", "2026-03-28 00:00", "2026-03-29 00:00"),
    ],
)
def test_a_check_time_that_the_clock_skips_or_repeats_happens_once(zone, clock, asked, opens):
    place = ZoneInfo(zone)
    always = Calendar(week(place, "0123456", "00:00-24:00"))
    checks = CheckTimes(place, {day: (time.fromisoformat(clock),) for day in range(7)})
    first = checks.next_after(at(asked, place), always)
    assert first == at(opens, place)
    assert checks.next_after(first, always) - first > timedelta(hours=12)


def test_a_long_leave_is_crossed_both_ways():
    calendar = Calendar(NINE_TO_FIVE.hours, absences=(away("2022-03-04 12:00", "2030-03-05 16:00"),))
    now = at("2026-03-03 10:00")
    assert DAILY.next_after(now, calendar) == at("2030-03-05 17:00")
    assert DAILY.latest_until(now, calendar) == at("2022-03-03 17:00")
    assert DAILY.open_until(now, calendar) is None


def test_without_any_check_time_that_is_said():
    never = CheckTimes(BERLIN, {0: ()})
    now = at("2026-03-03 10:00")
    with pytest.raises(NeverOpen, match="no check of messages within ten years of 2026-03-03T09:00:00"):
        never.next_after(now, NINE_TO_FIVE)
    assert never.latest_until(now, NINE_TO_FIVE) is None
    assert never.open_until(now, NINE_TO_FIVE) is None


def test_away_for_good_means_no_check():
    gone = Calendar(NINE_TO_FIVE.hours, absences=(away("2000-01-01 00:00", "2199-01-01 00:00"),))
    with pytest.raises(NeverOpen):
        DAILY.next_after(at("2026-03-03 10:00"), gone)
    assert DAILY.latest_until(at("2026-03-03 10:00"), gone) is None


def test_a_moment_without_an_offset_is_refused():
    for ask in (DAILY.next_after, DAILY.latest_until, DAILY.open_until):
        with pytest.raises(BadMoment, match="has no UTC offset"):
            ask(datetime(2026, 3, 3), NINE_TO_FIVE)  # noqa: DTZ001
        with pytest.raises(BadMoment, match="outside the years"):
            ask(datetime(9999, 3, 3, tzinfo=UTC), NINE_TO_FIVE)


@pytest.mark.parametrize(
    ("days", "minutes", "says"),
    [
        ({7: (FIVE,)}, 45, "7 is not a weekday"),
        ({0: (time(17, tzinfo=UTC),)}, 45, "Monday: 17:00:00.* carries a zone"),
        ({0: (FIVE,)}, 0, "a check window of 0 minutes; use 1 to 1440"),
        ({0: (FIVE,)}, 1441, "a check window of 1441 minutes"),
    ],
)
def test_check_times_that_cannot_be_meant_are_refused(days, minutes, says):
    with pytest.raises(BadHours, match=says):
        CheckTimes(BERLIN, days, minutes)


def test_check_times_are_values():
    same = CheckTimes(BERLIN, {4: (FIVE,), 3: (FIVE, FIVE), 2: (FIVE,), 1: (FIVE,), 0: (FIVE,), 6: ()})
    assert same == DAILY == pickle.loads(pickle.dumps(same))
    assert hash(same) == hash(DAILY)
    assert same != TWICE


times = st.sets(st.integers(0, 95), min_size=1, max_size=3).map(
    lambda found: tuple(time(n // 4, n % 4 * 15) for n in found)
)
rhythms = st.dictionaries(st.integers(0, 6), times, min_size=1, max_size=7)


def naive_windows(checks: CheckTimes, calendar: Calendar, around: date) -> list[datetime]:
    """Windows of five days, found by going through the minutes of each day."""
    found = set()
    for day in (around + timedelta(days=n) for n in range(-2, 3)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=checks.zone).astimezone(UTC)
        minutes = [midnight + timedelta(minutes=n) for n in range(-180, 1700)]
        walls = [minute.astimezone(checks.zone).replace(tzinfo=None) for minute in minutes]
        if day in calendar.closed_on or not any(wall.date() == day for wall in walls):
            continue
        for clock in checks.days.get(day.weekday(), ()):
            target = datetime.combine(day, clock)
            opens = next(minute for minute, wall in zip(minutes, walls, strict=True) if wall >= target)
            if not any(each.starts <= opens < each.ends for each in calendar.absences):
                found.add(opens)
    return sorted(found)


@given(settings_in_time(), rhythms)
@settings(max_examples=40)
def test_windows_are_those_of_going_through_the_days(setting, days):
    calendar, now = setting
    checks = CheckTimes(calendar.hours.zone, days)
    expected = naive_windows(checks, calendar, now.astimezone(checks.zone).date())
    for one, two in pairwise(expected):
        assert checks.next_after(one, calendar) == two
        assert checks.latest_until(two, calendar) == two
        assert checks.latest_until(two - timedelta(seconds=1), calendar) == one


@given(settings_in_time(), rhythms, st.integers(0, 10_000))
@settings(max_examples=60)
def test_windows_come_after_in_order_and_never_while_away(setting, days, wait):
    calendar, now = setting
    checks = CheckTimes(calendar.hours.zone, days)
    opens = checks.next_after(now, calendar)
    assert opens > now
    assert opens.tzinfo is UTC
    assert calendar.away(opens) is None
    assert checks.latest_until(opens, calendar) == opens
    assert checks.next_after(now + timedelta(minutes=wait), calendar) >= opens
    gone = Calendar(calendar.hours, calendar.closed_on, (Absence(opens, opens + timedelta(minutes=1)),))
    assert checks.next_after(opens - timedelta(seconds=1), gone) > opens
