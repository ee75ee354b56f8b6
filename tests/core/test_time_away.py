"""Time away in words becomes moments: once, each week, each year; across a change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.time_away import MOST, Repeat, TimeAway

LONDON = ZoneInfo("Europe/London")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


def test_whole_days_run_from_midnight_to_midnight_where_somebody_is():
    (one,) = TimeAway(date(2026, 6, 1), date(2026, 6, 5)).stretches(LONDON)
    assert (one.starts, one.ends) == (at(2026, 5, 31, 23), at(2026, 6, 5, 23))


def test_each_wednesday_afternoon_stays_an_afternoon_when_the_clock_changes():
    each = TimeAway(
        date(2026, 3, 18), date(2026, 3, 18), time(13), time(18), Repeat.WEEKLY, date(2026, 4, 1)
    ).stretches(LONDON)
    assert [one.starts for one in each] == [at(2026, 3, 18, 13), at(2026, 3, 25, 13), at(2026, 4, 1, 12)]


def test_each_year_on_the_last_of_february_finds_a_day_in_every_year():
    day = date(2028, 2, 29)
    each = TimeAway(day, day, repeat=Repeat.YEARLY, until=date(2030, 12, 31)).stretches(LONDON)
    assert [one.starts.date() for one in each] == [day, date(2029, 2, 28), date(2030, 2, 28)]


@pytest.mark.parametrize(("starts", "ends"), [(time(18), time(13)), (time(9), time(9))])
def test_what_ends_before_it_starts_is_nothing(starts, ends):
    assert TimeAway(date(2026, 6, 1), date(2026, 6, 1), starts, ends).stretches(LONDON) == ()


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 30),
    st.sampled_from(list(Repeat)),
    st.integers(0, 1500),
    st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York", "Pacific/Apia"]),
)
def test_stretches_come_in_order_are_as_long_as_said_and_begin_no_later_than_the_end(
    first, days, repeat, until, zone
):
    until_day = first + timedelta(days=until)
    each = TimeAway(first, first + timedelta(days=days), repeat=repeat, until=until_day).stretches(
        ZoneInfo(zone)
    )
    assert 1 <= len(each) <= MOST
    assert list(each) == sorted(each, key=lambda one: one.starts)
    hours = timedelta(hours=26)  # a clock change, or a day that a place left out
    for one in each:
        assert abs((one.ends - one.starts) - timedelta(days=days + 1)) <= hours
    assert each[-1].starts.astimezone(ZoneInfo(zone)).date() <= max(until_day, first) + timedelta(days=1)
