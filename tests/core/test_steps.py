"""Dates that are looked up in place of being worked out, and lengths of time counted by quarters of an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core._spread import FURTHEST, QUARTER, Spread
from interlude.core._steps import Steps
from interlude.core.errors import NeverOpen

TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TWO_DAYS = 2 * DAY


class Asked:
    """The start of the hour, two days on; and how often it was worked out."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, at: datetime) -> datetime:
        self.times += 1
        return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + TWO_DAYS


def until_the_hour_is_over(at: datetime, found: datetime) -> datetime:
    return found - TWO_DAYS + timedelta(minutes=59)


@pytest.mark.parametrize("order", [1, -1])
def test_a_date_is_worked_out_for_the_ends_of_a_stretch_and_not_between(order):
    ask = Asked()
    steps = Steps(ask, until_the_hour_is_over)
    minutes = [datetime(2026, 3, 3, 10, tzinfo=UTC) + timedelta(minutes=number) for number in range(180)]
    found = {at: steps(at) for at in minutes[::order]}
    assert all(due == Asked()(at) for at, due in found.items())
    assert ask.times <= (9 if order > 0 else 2 * len(minutes))
    asked = ask.times
    assert [steps(at) for at in minutes] == [found[at] for at in minutes]
    assert ask.times == asked


@given(st.lists(st.integers(0, 20_000), max_size=60), st.integers(-500, 500))
def test_in_any_order_and_with_any_guess_the_answers_are_those_of_asking(minutes, guess):
    steps = Steps(Asked(), lambda at, found: at + timedelta(minutes=guess))
    for number in minutes:
        at = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(minutes=number)
        assert steps(at) == Asked()(at)
    assert steps._firsts == sorted(steps._firsts)
    assert all(first <= last for first, last in zip(steps._firsts, steps._lasts, strict=True))
    assert all(one < two for one, two in zip(steps._lasts, steps._firsts[1:], strict=False))


def test_where_there_is_no_answer_the_fault_is_passed_on_each_time():
    def never(at: datetime) -> datetime:
        raise NeverOpen("never")

    steps = Steps(never, lambda at, found: at)
    for _ in range(2):
        with pytest.raises(NeverOpen):
            steps(TUESDAY)


def test_a_guess_beyond_all_calendars_or_without_an_answer_costs_nothing():
    def until_eleven(at: datetime) -> int:
        if at.hour >= 11 or at.hour < 9:
            raise NeverOpen("closed")
        return at.hour

    ten = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
    for guess in (datetime(2300, 1, 1, tzinfo=UTC), ten + HOUR):
        steps = Steps(until_eleven, lambda at, found, guess=guess: guess)
        assert (steps(ten), steps(ten - HOUR), steps(ten)) == (10, 9, 10)
        assert steps(ten - timedelta(minutes=20)) == 10


def test_what_is_kept_of_dates_does_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr("interlude.core._steps._MOST", 8)
    steps = Steps(lambda at: at.year, lambda at, found: at)
    assert [steps(datetime(year, 6, 1, tzinfo=UTC)) for year in range(1990, 2020)] == list(range(1990, 2020))
    assert len(steps._lasts) <= 8


@settings(max_examples=100)
@given(st.lists(st.integers(-200_000, 200_000), min_size=1, max_size=60))
def test_a_median_is_the_one_that_sorting_would_give(minutes):
    spread = Spread()
    for each in minutes:
        spread.add(timedelta(minutes=each))
    kept = sorted(min(max((each * 60 + 450) // 900, -FURTHEST), FURTHEST) for each in minutes)
    for number in (1, 2, 3):
        place = -(-len(kept) * number // 4) - 1
        assert spread.quarter(number) == kept[place] * QUARTER


def test_of_nothing_there_is_no_median():
    assert Spread().quarter(2) is None
