"""How it ends: days told ahead, time to read, and no promise left behind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.closing import (
    FARTHEST,
    READ_AT_LEAST,
    ClosingDays,
    ClosingFault,
    end_of_day,
    refusal_of_days,
    refusal_of_promises,
)

TODAY = date(2026, 5, 13)
DAY = timedelta(days=1)
LONG_TOLD = ClosingDays(date(2026, 6, 12), date(2026, 8, 1))
TOLD = ClosingDays(date(2026, 6, 12), date(2026, 7, 12))


def days(answers: date, reading: date | None = None) -> ClosingDays:
    return ClosingDays(answers, reading or answers + READ_AT_LEAST)


@pytest.mark.parametrize(
    ("asked", "agreed_on", "before", "fault"),
    [
        (days(date(2026, 5, 27)), None, None, None),
        (days(date(2026, 5, 26)), None, None, ClosingFault.TOO_SOON),
        (days(TODAY), date(2026, 5, 12), None, None),
        (days(TODAY), date(2026, 5, 14), None, ClosingFault.NOT_THAT_DAY),
        (days(TODAY - DAY), date(2026, 5, 12), None, ClosingFault.PAST),
        (days(date(2026, 6, 12), date(2026, 7, 11)), None, None, ClosingFault.READ_TOO_SHORT),
        (days(TODAY + FARTHEST), None, None, ClosingFault.TOO_FAR),
        (days(date(2026, 6, 19), date(2026, 7, 19)), None, TOLD, None),
        (days(date(2026, 6, 12), date(2026, 8, 1)), None, TOLD, None),
        (days(date(2026, 6, 5), date(2026, 7, 12)), None, TOLD, ClosingFault.EARLIER),
        (days(date(2026, 6, 12), date(2026, 7, 12)), None, TOLD, ClosingFault.UNCHANGED),
        (TOLD, None, LONG_TOLD, ClosingFault.READ_EARLIER),
    ],
)  # fmt: skip
def test_the_last_days_are_told_ahead_and_only_move_later(asked, agreed_on, before, fault) -> None:
    refused = refusal_of_days(asked, today=TODAY, notice_days=14, agreed_on=agreed_on, before=before)
    assert (refused and refused.fault) == fault


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 90),
)
def test_no_accepted_end_is_sudden(answers, reading, notice) -> None:
    asked = ClosingDays(answers, reading)
    if refusal_of_days(asked, today=TODAY, notice_days=notice) is None:
        assert answers >= TODAY + notice * DAY
        assert reading >= answers + READ_AT_LEAST


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(30, 400)), min_size=1, max_size=8))
def test_however_often_it_is_moved_it_never_comes_sooner_than_told(asked) -> None:
    told: ClosingDays | None = None
    for offset, more in asked:
        wanted = days(TODAY + offset * DAY, TODAY + (offset + more) * DAY)
        if refusal_of_days(wanted, today=TODAY, notice_days=14, before=told) is None:
            assert told is None or wanted.last_answer_on >= told.last_answer_on
            assert told is None or wanted.last_read_on >= told.last_read_on
            told = wanted


NOW = datetime(2026, 5, 13, 13, 41, tzinfo=UTC)
END = datetime(2026, 6, 12, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("promised", "fault"),
    [
        ([], None),
        ([NOW + DAY, END], None),
        ([NOW + DAY, END + DAY], ClosingFault.PROMISED),
        ([NOW - DAY, NOW + DAY], ClosingFault.LATE),
    ],
)
def test_a_promise_is_kept_before_anything_ends(promised, fault) -> None:
    refused = refusal_of_promises(promised, last_answers_end=END, now=NOW)
    assert (refused and refused.fault) == fault


def test_a_day_is_over_when_it_is_over_on_everybodys_clock() -> None:
    on = date(2026, 6, 12)
    assert end_of_day(on, ["Europe/London"]) == datetime(2026, 6, 12, 23, tzinfo=UTC)
    assert end_of_day(on, ["Europe/London", "America/Mexico_City"]) == datetime(2026, 6, 13, 6, tzinfo=UTC)
    assert end_of_day(on, ["Europe/London", "Asia/Tokyo"]) == datetime(2026, 6, 12, 23, tzinfo=UTC)
