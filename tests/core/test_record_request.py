"""By when a copy of a record is due: thirty days or a month, whichever is sooner."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interlude.core.record_request import record_due


def test_examples() -> None:
    assert record_due(date(2026, 5, 13)) == date(2026, 6, 12)  # thirty days, where a month has thirty-one
    assert record_due(date(2026, 1, 31)) == date(2026, 2, 28)  # a month, where it is shorter
    assert record_due(date(2028, 1, 31)) == date(2028, 2, 29)
    assert record_due(date(2026, 2, 10)) == date(2026, 3, 10)
    assert record_due(date(2026, 12, 5)) == date(2027, 1, 4)


@given(st.dates(date(1950, 1, 1), date(2190, 1, 1)))
def test_never_later_than_either_law_and_never_much_sooner(asked: date) -> None:
    due = record_due(asked)
    assert asked + timedelta(days=28) <= due <= asked + timedelta(days=30)
    assert (due.year * 12 + due.month) - (asked.year * 12 + asked.month) <= 1
