"""What cancelling costs, and until when it is free."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.cancelling import cancelling
from interlude.core.errors import BadMoment
from interlude.core.money import Money
from interlude.core.terms import LateCancel

DAY_BEFORE = LateCancel(24, Money(6000, "GBP"))
START = datetime(2026, 5, 19, 9, tzinfo=UTC)


def test_the_last_free_moment_is_free_and_the_next_one_is_not() -> None:
    free_until = START - timedelta(hours=24)
    assert cancelling(DAY_BEFORE, starts_at=START, now=free_until).price is None
    late = cancelling(DAY_BEFORE, starts_at=START, now=free_until + timedelta(microseconds=1))
    assert (late.price, late.free_until, late.possible) == (Money(6000, "GBP"), free_until, True)


def test_where_nothing_was_agreed_nothing_is_ever_due() -> None:
    found = cancelling(None, starts_at=START, now=START - timedelta(seconds=1))
    assert (found.price, found.free_until, found.possible) == (None, None, True)


def test_a_session_that_has_begun_cannot_be_cancelled_and_costs_nothing_by_it() -> None:
    found = cancelling(DAY_BEFORE, starts_at=START, now=START)
    assert (found.possible, found.price) == (False, None)


def test_hours_are_real_ones_across_a_change_of_the_clock() -> None:
    begins = datetime(2026, 3, 29, 10, tzinfo=ZoneInfo("Europe/Berlin"))  # the night had 23 hours
    found = cancelling(DAY_BEFORE, starts_at=begins, now=START - timedelta(days=90))
    assert found.free_until is not None
    assert found.free_until.astimezone(UTC) == datetime(2026, 3, 28, 8, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(BadMoment, match="no UTC offset"):
        cancelling(None, starts_at=START, now=START.replace(tzinfo=None))


@given(st.integers(1, 336), st.integers(-400 * 60, 400 * 60))
def test_it_costs_exactly_between_the_last_free_moment_and_the_beginning(hours: int, minutes: int) -> None:
    now = START - timedelta(minutes=minutes)
    found = cancelling(LateCancel(hours, Money(1, "EUR")), starts_at=START, now=now)
    assert (found.price is not None) == (0 < minutes < hours * 60)
