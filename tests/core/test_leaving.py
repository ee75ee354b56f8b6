"""When a notice may leave, for any choice of quiet hours, a day's hour, safe hours, and any change of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from interlude.core.leaving import Waits, Wish, covers, is_quiet_at, leaving_moment, next_daily
from interlude.core.line_hours import DailyHours, state_at
from interlude.core.safe_contact import SafeContact

LONDON = "Europe/London"
NIGHT = DailyHours(time(22), time(7), LONDON)
EVENING = datetime(2026, 5, 13, 21, 30, tzinfo=UTC)  # 22:30 in London
PLACES = st.sampled_from(
    [LONDON, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tehran"]
)
MOMENTS = st.integers(0, 5 * 365 * 24 * 3600).map(
    lambda after: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=after)
)
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WAITS = st.sampled_from(Waits)


def safe_between(opens: time, closes: time, zone: str = LONDON) -> SafeContact:
    return SafeContact(False, DailyHours(opens, closes, zone), date(2026, 5, 1))


def leaves(now: datetime, wish: Wish | None, waits: Waits = Waits.DAY, **more: object) -> datetime | None:
    return leaving_moment(now, wish, waits=waits, **({"safe": None} | more))  # type: ignore[arg-type]


@st.composite
def hours(draw: st.DrawFn, zone: str) -> DailyHours:
    opens, closes = draw(CLOCKS), draw(CLOCKS)
    assume(opens != closes)
    return DailyHours(opens, closes, zone)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    zone = draw(PLACES)
    return Wish(zone, draw(st.none() | hours(zone)), draw(st.none() | CLOCKS))


def test_who_chose_nothing_is_told_at_once() -> None:
    assert leaves(EVENING, None) == EVENING
    assert leaves(EVENING, Wish(LONDON)) == EVENING


def test_in_quiet_hours_it_waits_for_their_end() -> None:
    assert leaves(EVENING, Wish(LONDON, NIGHT)) == datetime(2026, 5, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),  # forward in the night
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),  # and back
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall_when_it_changes(
    evening: datetime, morning: datetime
) -> None:
    assert leaves(evening, Wish(LONDON, NIGHT)) == morning
    assert morning.astimezone(ZoneInfo(LONDON)).time() == time(7)


def test_once_a_day_means_at_that_hour_and_no_other() -> None:
    wish = Wish(LONDON, daily_at=time(18))
    assert leaves(EVENING, wish) == datetime(2026, 5, 14, 17, tzinfo=UTC)
    assert leaves(datetime(2026, 5, 14, 17, tzinfo=UTC), wish) == datetime(2026, 5, 14, 17, tzinfo=UTC)
    a_little_late = datetime(2026, 5, 14, 17, 0, 2, tzinfo=UTC)  # the worker looks every two seconds
    assert leaves(a_little_late, wish, is_gathered=True) == a_little_late


def test_an_hour_that_a_change_of_the_clock_leaves_out_is_the_moment_of_the_change() -> None:
    found = next_daily(datetime(2026, 3, 28, 12, tzinfo=UTC), time(1, 30), LONDON)
    assert found == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_what_may_not_wait_waits_for_nothing_but_safety() -> None:
    wish = Wish(LONDON, NIGHT, time(18))
    assert leaves(EVENING, wish, Waits.NOT) == EVENING
    assert leaves(EVENING, wish, Waits.NIGHT) == datetime(2026, 5, 14, 6, tzinfo=UTC)
    safe = safe_between(time(9), time(12))
    assert leaves(EVENING, wish, Waits.NOT, safe=safe) == datetime(2026, 5, 14, 8, tzinfo=UTC)


def test_where_quiet_hours_cover_all_safe_hours_safety_decides() -> None:
    wish, safe = Wish(LONDON, NIGHT), safe_between(time(23), time(1))
    assert leaves(EVENING, wish, safe=safe) == datetime(2026, 5, 13, 22, tzinfo=UTC)
    assert covers(NIGHT, safe.hours)  # type: ignore[arg-type]
    assert not covers(NIGHT, DailyHours(time(6), time(7, 1), LONDON))


def test_a_time_of_day_lies_in_quiet_hours_or_not() -> None:
    assert is_quiet_at(NIGHT, time(22)) and is_quiet_at(NIGHT, time(6, 59))
    assert not is_quiet_at(NIGHT, time(7)) and not is_quiet_at(NIGHT, time(21, 59))


@given(now=MOMENTS, wish=wishes(), waits=WAITS)
def test_it_never_leaves_before_it_is_there_nor_after_three_days(
    now: datetime, wish: Wish, waits: Waits
) -> None:
    found = leaves(now, wish, waits)
    assert found is not None and now <= found <= now + timedelta(days=3)


@given(now=MOMENTS, wish=wishes(), waits=st.sampled_from([Waits.NIGHT, Waits.DAY]))
def test_nothing_that_may_wait_leaves_in_quiet_hours(now: datetime, wish: Wish, waits: Waits) -> None:
    found = leaves(now, wish, waits)
    assert found is not None
    assert wish.quiet is None or not state_at(found, wish.quiet).is_open


@given(now=MOMENTS, wish=wishes(), waits=WAITS, safe=PLACES.flatmap(hours))
def test_nothing_leaves_outside_safe_hours(now: datetime, wish: Wish, waits: Waits, safe: DailyHours) -> None:
    found = leaves(now, wish, waits, safe=SafeContact(False, safe, date(2026, 5, 1)))
    assert found is not None and found >= now
    assert state_at(found, safe).is_open


@given(now=MOMENTS, zone=PLACES, data=st.data())
def test_quiet_and_safe_hours_that_leave_a_minute_are_both_kept(
    now: datetime, zone: str, data: st.DataObject
) -> None:
    quiet, safe = data.draw(hours(zone)), data.draw(hours(zone))
    assume(not covers(quiet, safe))
    found = leaves(now, Wish(zone, quiet), safe=SafeContact(False, safe, date(2026, 5, 1)))
    assert found is not None and state_at(found, safe).is_open
    local = {(found + timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset() for day in (-4, -2, 0, 1)}
    if len(local) == 1:  # across a change of the clock the one free minute of a day may not exist
        assert not state_at(found, quiet).is_open


@given(now=MOMENTS, wish=wishes(), waits=WAITS)
def test_at_its_moment_it_leaves(now: datetime, wish: Wish, waits: Waits) -> None:
    found = leaves(now, wish, waits)
    assert found is not None and leaves(found, wish, waits, is_gathered=True) == found


@given(now=MOMENTS, wish=st.none() | wishes(), waits=WAITS)
def test_where_somebody_said_never_it_never_leaves(now: datetime, wish: Wish | None, waits: Waits) -> None:
    assert leaves(now, wish, waits, safe=SafeContact(True, None, date(2026, 5, 1))) is None


@given(now=MOMENTS, wish=wishes())
def test_all_of_a_day_leave_at_one_moment(now: datetime, wish: Wish) -> None:
    assume(wish.daily_at is not None)
    assert wish.daily_at is not None
    hour = next_daily(now, wish.daily_at, wish.zone)
    for later in (now + (hour - now) / 2, hour):
        assert leaves(later, wish) == leaves(now, wish)
