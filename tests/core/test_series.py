"""Sessions that come again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.errors import InterludeError
from interlude.core.series import MOST, Around, LeftOut, dates, laid_around, overlap

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(4, 23),
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    st.integers(1, 4),
    st.integers(1, MOST),
)
def test_every_date_shows_the_same_clock_and_weekday_where_they_meet(
    first: date, hour: int, zone: str, every: int, times: int
) -> None:
    here = [
        at.astimezone(ZoneInfo(zone))
        for at in dates(first, time(hour), ZoneInfo(zone), every_weeks=every, times=times)
    ]
    assert len(here) == times
    assert {(at.time(), at.weekday()) for at in here} == {(time(hour), first.weekday())}
    assert {b.date() - a.date() for a, b in pairwise(here)} <= {timedelta(weeks=every)}


def test_ten_in_london_is_nine_by_utc_after_the_clocks_change() -> None:
    found = dates(date(2026, 3, 24), time(10), LONDON, every_weeks=1, times=2)
    assert found == [datetime(2026, 3, 24, 10, tzinfo=UTC), datetime(2026, 3, 31, 9, tzinfo=UTC)]


def test_what_is_left_out_says_why() -> None:
    starts = dates(date(2026, 2, 23), time(10), LONDON, every_weeks=1, times=6)
    hour = timedelta(hours=1)
    around = Around(
        closed_on={date(2026, 3, 9)},
        away=[(starts[3] - 50 * hour, starts[3] + timedelta(minutes=1))],
        taken=[(starts[4] + timedelta(minutes=49), starts[4] + hour), (starts[5] - hour, starts[5])],
    )
    found = laid_around(starts, around, minutes=50, zone=LONDON, now=NOW)
    assert [one.left_out for one in found] == [
        LeftOut.PAST, None, LeftOut.CLOSED, LeftOut.AWAY, LeftOut.TAKEN, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("times", "every"), [(0, 1), (MOST + 1, 1), (3, 0)])
def test_a_series_of_nothing_or_without_end_is_refused(times: int, every: int) -> None:
    with pytest.raises(InterludeError, match="1 to 52"):
        dates(date(2026, 3, 24), time(10), LONDON, every_weeks=every, times=times)


def test_one_may_begin_as_another_ends() -> None:
    hour = timedelta(hours=1)
    assert not overlap((NOW, NOW + hour), (NOW + hour, NOW + 2 * hour))
    assert overlap((NOW, NOW + hour), (NOW, NOW + hour))
