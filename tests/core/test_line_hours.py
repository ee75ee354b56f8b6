"""Hours of help lines and of safe contact: open until, closed until, never."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.line_hours import DailyHours, state_at
from interlude.core.safe_contact import SafeContact, sending_moment

LISBON = DailyHours(time(15, 30), time(0, 30), "Europe/Lisbon")
DAYTIME = DailyHours(time(9), time(17), "Europe/London")
SAID = date(2026, 5, 13)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "is_open", "until"),
    [
        ("2026-01-10T00:10", True, "2026-01-10T00:30"),
        ("2026-01-10T00:30", False, "2026-01-10T15:30"),
        ("2026-01-10T15:30", True, "2026-01-11T00:30"),
        ("2026-07-10T14:29", False, "2026-07-10T14:30"),  # summer time: an hour earlier in UTC
        ("2026-03-28T20:00", True, "2026-03-29T00:30"),
        ("2026-03-29T00:40", False, "2026-03-29T14:30"),  # the clock is changed that night
    ],
)
def test_a_line_is_open_until_or_closed_until(now: str, is_open: bool, until: str) -> None:
    state = state_at(at(now), LISBON)
    assert (state.is_open, state.until) == (is_open, at(until))


@given(
    st.integers(0, 60 * 24 * 365 * 10).map(
        lambda minutes: at("2020-01-01T00:00") + timedelta(minutes=minutes)
    ),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"]),
)
def test_the_change_lies_ahead_and_is_a_change(now: datetime, opens: time, closes: time, zone: str) -> None:
    state = state_at(now, DailyHours(opens, closes, zone))
    assert now < state.until <= now + timedelta(days=2, hours=2)


@pytest.mark.parametrize(
    ("contact", "now", "leaves"),
    [
        (None, "2026-05-13T23:00", "2026-05-13T23:00"),
        (SafeContact(never=True, hours=None, confirmed_on=SAID), "2026-05-13T10:00", None),
        (SafeContact(never=False, hours=None, confirmed_on=SAID), "2026-05-13T23:00", "2026-05-13T23:00"),
        (SafeContact(never=False, hours=DAYTIME, confirmed_on=SAID), "2026-05-13T08:00", "2026-05-13T08:00"),
        (SafeContact(never=False, hours=DAYTIME, confirmed_on=SAID), "2026-05-13T16:00", "2026-05-14T08:00"),
        (SafeContact(never=False, hours=DAYTIME, confirmed_on=SAID), "2026-05-13T07:59", "2026-05-13T08:00"),
    ],
)
def test_what_may_leave_leaves_now_later_or_never(
    contact: SafeContact | None, now: str, leaves: str | None
) -> None:
    assert sending_moment(at(now), contact) == (at(leaves) if leaves else None)


def test_after_a_year_it_is_asked_again() -> None:
    contact = SafeContact(never=True, hours=None, confirmed_on=SAID)
    assert not contact.wants_asking(date(2027, 5, 12))
    assert contact.wants_asking(date(2027, 5, 13))
