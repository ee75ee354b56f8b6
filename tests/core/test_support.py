"""Extra support: its days, its steps, that it only gives more, and how its end may move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.layers import Layer, LayerKind, diff, resolve
from interlude.core.notice import loosened, takes_away
from interlude.core.policy import Handling
from interlude.core.promises import NextCheck
from interlude.core.support import (
    LONGEST,
    Fault,
    MovedEnd,
    Plan,
    Step,
    earliest_end,
    refusal_of_days,
    refusal_of_end,
    refusal_of_more,
    told_on,
)

TODAY = date(2026, 5, 13)
WEEKLY = "plan.messages_per_week"
DAY = timedelta(days=1)


def may(day: int) -> date:
    return date(2026, 5, day)


def june(day: int) -> date:
    return date(2026, 6, day)


def plan(
    since: date | None = None,
    until: date | None = None,
    review: date | None = None,
    *steps: tuple[date, int],
) -> Plan:
    """14 May until 11 June, looked at again on 28 May, unless said otherwise."""
    values = tuple(Step(day, {WEEKLY: messages}) for day, messages in steps)
    return Plan(since or may(14), until or june(11), review or may(28), {}, values)


@pytest.mark.parametrize(
    ("asked", "fault", "held"),
    [
        (plan(), None, None),
        (plan(TODAY, TODAY, TODAY), None, None),
        (plan(since=may(12)), Fault.PAST, TODAY),
        (plan(until=may(13), review=may(13)), Fault.BACKWARDS, may(14)),
        (plan(until=may(14) + LONGEST), None, None),
        (plan(until=may(14) + LONGEST + DAY), Fault.TOO_LONG, may(14) + LONGEST),
        (plan(review=may(13)), Fault.REVIEW, june(11)),
        (plan(review=june(12)), Fault.REVIEW, june(11)),
        (plan(may(14), june(11), may(28), (june(1), 5), (june(11), 4)), None, None),
        (plan(may(14), june(11), may(28), (june(12), 5)), Fault.STEP_OUTSIDE, june(11)),
        (plan(may(14), june(11), may(28), (may(13), 5)), Fault.STEP_OUTSIDE, june(11)),
        (plan(may(14), june(11), may(28), (june(8), 5), (june(1), 4)), Fault.STEP_ORDER, june(8)),
        (plan(may(14), june(11), may(28), (june(8), 5), (june(8), 4)), Fault.STEP_ORDER, june(8)),
    ],
)
def test_its_days_have_a_start_an_end_and_a_look_back_within(asked, fault, held) -> None:
    refused = refusal_of_days(asked, today=TODAY)
    assert (refused and refused.fault, refused and refused.held) == (fault, held)


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (may(1), may(13), False),
        (may(1), may(14), True),
        (june(11), june(30), True),
        (june(12), june(30), False),
    ],
)
def test_a_client_has_one_at_a_time(first, last, overlaps) -> None:
    refused = refusal_of_days(plan(), today=TODAY, taken=[(first, last)])
    assert (refused is not None and refused.fault is Fault.OVERLAP) is overlaps


def test_five_until_the_first_four_until_the_eighth_then_as_agreed() -> None:
    asked = Plan(
        may(14),
        june(11),
        may(28),
        {"plan.words": 400},
        (Step(june(1), {WEEKLY: 5}), Step(june(8), {WEEKLY: 4})),
    )
    found = [(one.since, one.until, dict(one.values)) for one in asked.stretches()]
    assert found == [
        (may(14), june(1), {"plan.words": 400, WEEKLY: 5}),
        (june(2), june(8), {"plan.words": 400, WEEKLY: 4}),
        (june(9), june(11), {"plan.words": 400}),
    ]


def test_a_last_step_on_the_last_day_leaves_nothing_behind_it() -> None:
    asked = plan(may(14), june(11), may(28), (june(1), 5), (june(11), 4))
    assert [(one.since, one.until) for one in asked.stretches()] == [(may(14), june(1)), (june(2), june(11))]


@given(
    length=st.integers(0, 200),
    cuts=st.lists(st.integers(0, 200), max_size=4, unique=True).map(sorted),
    messages=st.lists(st.integers(1, 20), min_size=4, max_size=4),
)
def test_every_day_of_it_belongs_to_exactly_one_stretch(length, cuts, messages) -> None:
    until = TODAY + length * DAY
    steps = [(TODAY + cut * DAY, number) for cut, number in zip(cuts, messages, strict=False)]
    asked = plan(TODAY, until, TODAY, *steps)
    if refusal_of_days(asked, today=TODAY) is not None:
        return
    days = [
        one.since + number * DAY
        for one in asked.stretches()
        for number in range((one.until - one.since).days + 1)
    ]
    assert days == [TODAY + number * DAY for number in range(length + 1)]


def practice(**values: object) -> Layer:
    """Rules that are agreed; keys with a double underscore for the dot."""
    named = {key.replace("__", "."): value for key, value in values.items()}
    return Layer(LayerKind.CLINICIAN, "Ada", {WEEKLY: 3, "plan.words": 150, **named})


def extra(values: dict[str, object]) -> Layer:
    return Layer(LayerKind.EXCEPTION, "exception", values, since=TODAY, until=june(11), reason="A move.")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({WEEKLY: 5}, None),
        ({WEEKLY: None}, None),
        ({"plan.words": 400}, None),
        ({"promise": NextCheck()}, None),
        ({"topics.session": Handling.ANSWER}, None),
        ({WEEKLY: 3}, Fault.NOTHING_MORE),
        ({}, Fault.NOTHING_MORE),
        ({WEEKLY: 2}, Fault.STRICTER),
        ({WEEKLY: 5, "plan.words": 100}, Fault.STRICTER),
        ({"topics.our_messaging": Handling.KEEP}, Fault.STRICTER),
        ({"topics.session": Handling.DESK}, Fault.STRICTER),
        ({WEEKLY: 5, "zone": "Asia/Tokyo"}, Fault.STRICTER),
    ],
)
def test_it_only_ever_gives_more(values, fault) -> None:
    before, after = resolve([practice()], TODAY), resolve([practice(), extra(values)], TODAY)
    refused = refusal_of_more(before, after, on=TODAY)
    assert (refused and refused.fault) == fault


@pytest.mark.contract("D17")
def test_a_lock_of_the_practice_stands_above_it() -> None:
    lock = Layer(LayerKind.PRACTICE, "Alder", {WEEKLY: 4}, locks=frozenset({WEEKLY}))
    before = resolve([lock, practice()], TODAY)
    within = resolve([lock, practice(), extra({WEEKLY: 4})], TODAY)
    assert refusal_of_more(before, within, on=TODAY) is None
    beyond = refusal_of_more(before, resolve([lock, practice(), extra({WEEKLY: 5})], TODAY), on=TODAY)
    assert beyond is not None
    assert (beyond.fault, beyond.value, beyond.key) == (Fault.LOCKED, 5, WEEKLY)


def test_a_wish_that_a_clinician_did_not_get_is_no_fault_of_the_extra_support() -> None:
    lock = Layer(LayerKind.PRACTICE, "Alder", {WEEKLY: 2}, locks=frozenset({WEEKLY}))
    after = resolve([lock, practice(), extra({"plan.words": 300})], TODAY)
    assert refusal_of_more(resolve([lock, practice()], TODAY), after, on=TODAY) is None


@given(
    weekly=st.one_of(st.none(), st.integers(1, 12)),
    words=st.one_of(st.none(), st.integers(10, 400)),
    topic=st.sampled_from([one for one in Handling if one is not Handling.SELF_SERVICE]),
)
def test_what_passes_takes_nothing_away(weekly, words, topic) -> None:
    """No silent tightening by an exception, whatever it holds (law 7)."""
    before = resolve([practice()], TODAY)
    after = resolve(
        [practice(), extra({WEEKLY: weekly, "plan.words": words, "topics.session": topic})], TODAY
    )
    if refusal_of_more(before, after, on=TODAY) is None:
        one, two = before.policy, after.policy
        assert two.messages_per_week is None or two.messages_per_week >= (one.messages_per_week or 0)
        assert two.words_per_message is None or two.words_per_message >= (one.words_per_message or 0)


@given(
    weekly=st.one_of(st.none(), st.integers(1, 12)),
    words=st.one_of(st.none(), st.integers(10, 400)),
    topic=st.sampled_from([one for one in Handling if one is not Handling.SELF_SERVICE]),
    grown=st.integers(1, 12),
)
def test_beside_an_agreement_that_grew_meanwhile_the_larger_holds(weekly, words, topic, grown) -> None:
    agreed = Layer(LayerKind.AGREEMENT, "version 2", {WEEKLY: grown})
    layer = extra({WEEKLY: weekly, "plan.words": words, "topics.session": topic})
    before = resolve([practice(), agreed], TODAY)
    after = loosened(before, [practice(), agreed], [layer], on=TODAY)
    assert not any(takes_away(change) for change in diff(before.policy, after.policy))
    assert (after.policy.messages_per_week or 99) == max(grown, weekly or 99)


@pytest.mark.parametrize(
    ("notice", "session", "agreed", "soonest"),
    [
        (14, may(19), None, may(27)),
        (3, may(19), None, may(19)),
        (0, may(19), None, may(19)),
        (14, None, None, None),
        (14, None, may(12), TODAY),
    ],
)
def test_a_sooner_end_goes_with_notice_and_a_session_or_as_both_agreed(
    notice, session, agreed, soonest
) -> None:
    assert earliest_end(today=TODAY, notice_days=notice, session_on=session, agreed_on=agreed) == soonest


@pytest.mark.parametrize(
    ("moved", "until", "soonest", "fault"),
    [
        (MovedEnd(may(27), may(20)), june(11), may(27), None),
        (MovedEnd(may(26), may(20)), june(11), may(27), Fault.TOO_SOON),
        (MovedEnd(may(27), may(20)), june(11), None, Fault.NO_SESSION),
        (MovedEnd(TODAY, TODAY, may(12)), june(11), TODAY, None),
        (MovedEnd(TODAY, TODAY, may(14)), june(11), TODAY, Fault.NOT_THAT_DAY),
        (MovedEnd(TODAY, TODAY, may(1)), june(11), TODAY, Fault.NOT_THAT_DAY),
        (MovedEnd(may(9), may(9), may(12)), june(11), TODAY, Fault.BACKWARDS),
        (MovedEnd(may(27), may(28)), june(11), may(27), Fault.REVIEW),
        (MovedEnd(june(11), may(28)), june(11), may(27), Fault.NOTHING_MORE),
        (MovedEnd(june(25), june(20)), june(11), may(27), None),
        (MovedEnd(june(25), june(26)), june(11), may(27), Fault.REVIEW),
        (MovedEnd(june(25), may(12)), june(11), may(27), Fault.REVIEW),
        (MovedEnd(may(10) + LONGEST + DAY, june(20)), june(11), may(27), Fault.TOO_LONG),
        (MovedEnd(june(30), june(20)), june(11), may(27), Fault.OVERLAP),
        (MovedEnd(june(25), june(20)), may(12), may(27), Fault.OVER),
    ],
)
def test_its_end_moves_openly(moved, until, soonest, fault) -> None:
    refused = refusal_of_end(
        moved,
        since=may(10),
        until=until,
        given_on=may(9),
        today=TODAY,
        soonest=soonest,
        taken=[(june(28), june(30))],
    )
    assert (refused and refused.fault) == fault


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (may(14), june(11), (may(14), june(4))),
        (may(14), may(18), (may(14), may(15))),
        (may(14), may(14), (may(14),)),
    ],
)
def test_the_client_is_told_as_it_begins_and_before_it_ends(since, until, days) -> None:
    assert told_on(since, until) == days
