"""Who is offered a time that became free."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.waiting import LEAST, WITHIN, Part, Slot, Wish, answer_by, next_in_line, part_of, suits

NOW = datetime(2026, 5, 13, 10, tzinfo=UTC)
SLOT = Slot(datetime(2026, 5, 14, 9, tzinfo=UTC), 50)  # a Thursday morning in London
LONDON = ZoneInfo("Europe/London")
WAITS = Wish(UUID(int=1), NOW - timedelta(days=3), NOW + timedelta(days=6), LONDON)

wishes = st.builds(
    Wish,
    id=st.uuids(),
    asked_at=st.integers(0, 500).map(lambda hours: NOW - timedelta(hours=hours)),
    before=st.integers(-24, 240).map(lambda hours: NOW + timedelta(hours=hours)),
    zone=st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York"]).map(ZoneInfo),
    minutes=st.sampled_from([25, 50, 80]),
    weekdays=st.frozensets(st.integers(0, 6)),
    parts=st.frozensets(st.sampled_from(Part)),
    notice=st.integers(0, 72).map(lambda hours: timedelta(hours=hours)),
)
slots = st.builds(
    Slot,
    starts_at=st.integers(-10, 2000).map(lambda steps: NOW + timedelta(minutes=15 * steps)),
    minutes=st.sampled_from([25, 50, 80]),
)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"before": SLOT.starts_at}, False),
        ({"minutes": 80}, False),
        ({"weekdays": frozenset({3})}, True),
        ({"weekdays": frozenset({2})}, False),
        ({"parts": frozenset({Part.MORNING})}, True),
        ({"parts": frozenset({Part.EVENING})}, False),
        ({"zone": ZoneInfo("Asia/Tokyo"), "parts": frozenset({Part.EVENING})}, True),  # 18:00 there
        ({"notice": timedelta(hours=22)}, True),
        ({"notice": timedelta(hours=23)}, False),
    ],
)
def test_a_time_suits_by_day_hour_length_and_notice(change: dict[str, object], fits: bool) -> None:
    assert suits(replace(WAITS, **change), SLOT, now=NOW) is fits  # type: ignore[arg-type]


@given(slots, st.lists(wishes, max_size=8, unique_by=lambda one: one.id), st.randoms())
def test_the_longest_waiting_of_those_it_suits_is_next_in_any_order(
    slot: Slot, waiting: list[Wish], chance: Random
) -> None:
    found = next_in_line(slot, waiting, had_it=(), now=NOW)
    suited = [one for one in waiting if suits(one, slot, now=NOW)]
    assert (found is None) == (not suited)
    if found:
        assert found in suited
        assert found.asked_at == min(one.asked_at for one in suited)
    shuffled = list(waiting)
    chance.shuffle(shuffled)
    assert next_in_line(slot, shuffled, had_it=(), now=NOW) == found


@given(slots, st.lists(wishes, max_size=8, unique_by=lambda one: one.id))
def test_falling_from_one_to_the_next_asks_each_whom_it_suits_once_and_the_longest_waiting_first(
    slot: Slot, waiting: list[Wish]
) -> None:
    asked: list[Wish] = []
    while found := next_in_line(slot, waiting, had_it={one.id for one in asked}, now=NOW):
        asked.append(found)
    assert {one.id for one in asked} == {one.id for one in waiting if suits(one, slot, now=NOW)}
    assert [one.asked_at for one in asked] == sorted(one.asked_at for one in asked)


@given(slots, wishes)
def test_an_answer_has_time_and_never_runs_into_the_notice_they_need(slot: Slot, wish: Wish) -> None:
    if not suits(wish, slot, now=NOW):
        return
    until = answer_by(wish, slot, now=NOW)
    assert NOW + LEAST <= until <= slot.starts_at - wish.notice
    if until != slot.starts_at - wish.notice:
        assert until >= NOW + WITHIN
        assert 10 <= until.astimezone(wish.zone).hour <= 20


def test_what_is_offered_in_the_evening_is_held_until_the_morning() -> None:
    late = datetime(2026, 5, 13, 20, 30, tzinfo=UTC)
    far = replace(SLOT, starts_at=datetime(2026, 5, 15, 9, tzinfo=UTC))
    assert answer_by(WAITS, far, now=late) == datetime(2026, 5, 14, 9, tzinfo=UTC)  # ten in London


def test_the_parts_of_a_day_meet_without_a_gap() -> None:
    clocks = [(11, 59), (12, 0), (16, 59), (17, 0), (0, 0), (23, 59)]
    found = [part_of(datetime(2026, 1, 5, *each, tzinfo=UTC), ZoneInfo("UTC")) for each in clocks]
    assert found == ["morning", "afternoon", "afternoon", "evening", "morning", "evening"]
