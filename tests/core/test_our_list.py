"""How much is kept, and whether it is brought up: two shares, exact."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.approval import leaves_time
from interlude.core.our_list import Kept, Share, brought_up, deferral
from interlude.core.policy import Policy
from interlude.core.promises import NextCheck, SessionOnly, WorkingDays
from tests.cast import NOW

DAY = timedelta(days=1)
TUESDAY, NEXT = NOW + 6 * DAY, NOW + 13 * DAY


def kept(closed: datetime | None, *, up: bool = True) -> Kept:
    return Kept(NOW, closed, up)


@pytest.mark.parametrize(
    ("item", "share"),
    [
        (kept(TUESDAY), Share(1, 1)),
        (kept(TUESDAY + DAY), Share(1, 1)),  # ticked the day after
        (kept(NEXT), Share(0, 1)),  # in the session that followed
        (kept(TUESDAY, up=False), Share(0, 1)),  # taken off the list
        (kept(None), Share(0, 1)),
        (kept(NOW + DAY), Share(0, 1)),  # before the session
    ],
)
def test_brought_up_is_what_was_ticked_in_its_next_session(item: Kept, share: Share) -> None:
    assert brought_up([item], [NEXT, TUESDAY], now=NEXT + DAY) == share


def test_what_has_no_session_yet_is_not_counted() -> None:
    assert brought_up([kept(None)], [TUESDAY], now=TUESDAY - DAY) == Share(0, 0)
    assert brought_up([kept(None)], [], now=NEXT) == Share(0, 0)


def test_a_percentage_is_said_from_twenty_on() -> None:
    assert deferral(5, 19).percent is None
    assert deferral(5, 20).percent == 25


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans())), st.lists(st.integers(0, 30))
)
def test_no_share_is_more_than_the_whole(rows: list[tuple[int, int, bool]], days: list[int]) -> None:
    items = [Kept(NOW + a * DAY, NOW + (a + c) * DAY, up) for a, c, up in rows]
    share = brought_up(items, [NOW + d * DAY for d in days], now=NOW + 15 * DAY)
    assert 0 <= share.part <= share.whole <= len(items)


@pytest.mark.parametrize(
    ("promise", "enough"),
    [
        (WorkingDays(1, Policy().promise.cut_off), False),  # type: ignore[union-attr]
        (WorkingDays(2, Policy().promise.cut_off), True),  # type: ignore[union-attr]
        (NextCheck(), False),
        (SessionOnly(), True),
    ],
)
def test_a_promise_leaves_time_for_a_supervisor_from_two_working_days_on(
    promise: object, enough: bool
) -> None:
    assert leaves_time(Policy(promise=promise)) == enough  # type: ignore[arg-type]
