"""Answers beside what was agreed: sooner, later, longer, at other hours. Facts that add up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.drift import Answered, Contact, Habit, Sums, contact, summed

SENT = datetime(2026, 3, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ON_TIME = Answered(
    sent_at=SENT,
    due_at=SENT + 48 * HOUR,
    left_at=SENT + 30 * HOUR,
    missed=False,
    words=60,
    planned_words=150,
    own_hours=True,
    beyond_plan=False,
)


def sums(*rows: Answered) -> Sums:
    return summed(("one", row) for row in rows)[0]


@pytest.mark.parametrize(
    ("changed", "habit"),
    [
        ({"left_at": SENT + 23 * HOUR}, Habit.SOONER),
        ({"left_at": SENT + 49 * HOUR}, Habit.LATE),
        ({"missed": True}, Habit.LATE),  # a date given anew does not undo the one that was missed
        ({"words": 151}, Habit.LONGER),
        ({"own_hours": False}, Habit.OTHER_HOURS),
        ({"beyond_plan": True}, Habit.BEYOND_PLAN),
    ],
)
def test_each_way_of_differing_is_counted_where_it_belongs(changed, habit):
    found = sums(ON_TIME, replace(ON_TIME, **changed))
    assert {one: found.count(one) for one in Habit} == dict.fromkeys(Habit, 0) | {habit: 1}


@pytest.mark.parametrize(
    "same",
    [
        {"left_at": SENT + 24 * HOUR},  # half of the time is not sooner than half
        {"left_at": SENT + 48 * HOUR},
        {"due_at": None, "left_at": SENT},
        {"words": 150},
        {"words": 9000, "planned_words": None},
    ],
)
def test_as_agreed_is_nothing_to_speak_of(same):
    assert not any(sums(replace(ON_TIME, **same)).count(one) for one in Habit)


def test_nine_of_fourteen_within_an_hour_with_a_typical_lead():
    quick = replace(ON_TIME, left_at=SENT + timedelta(minutes=40))
    found = sums(*[quick] * 9, *[ON_TIME] * 5)
    assert (found.within_hour, found.dated) == (9, 14)
    assert found.typical_lead == 48 * HOUR - timedelta(minutes=40)
    assert found.habits == [Habit.SOONER]


def test_few_answers_make_no_habit():
    assert sums(*[replace(ON_TIME, missed=True)] * 3).habits == []


@pytest.mark.contract("A10", "D35")
@pytest.mark.parametrize(
    ("last", "before", "change"),
    [
        (6, 4, Contact.MORE),
        (3, 0, Contact.MORE),
        (1, 0, Contact.AS_BEFORE),
        (4, 6, Contact.AS_BEFORE),
        (3, 6, Contact.AS_BEFORE),
        (2, 8, Contact.LESS),
        (0, 4, Contact.LESS),
        (0, 2, Contact.AS_BEFORE),
        (0, 0, Contact.AS_BEFORE),
    ],
)
def test_more_or_less_than_before_by_ones_own_weeks(last, before, change):
    assert contact(last_four=last, eight_before=before) is change


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 50))
def test_writing_more_is_never_less(last, before, more):
    order = [Contact.LESS, Contact.AS_BEFORE, Contact.MORE]
    one = contact(last_four=last, eight_before=before)
    two = contact(last_four=last + more, eight_before=before)
    assert order.index(one) <= order.index(two)


minutes = st.integers(0, 20_000).map(lambda n: timedelta(minutes=n))
answered = st.builds(
    lambda due, left, **rest: Answered(
        sent_at=SENT, due_at=None if due is None else SENT + due, left_at=SENT + left, **rest
    ),
    st.none() | minutes,
    minutes,
    missed=st.booleans(),
    words=st.integers(0, 400),
    planned_words=st.none() | st.integers(1, 400),
    own_hours=st.booleans(),
    beyond_plan=st.booleans(),
)


@given(st.lists(st.tuples(st.sampled_from("abc"), answered), max_size=40))
def test_the_parts_add_up_to_the_whole(rows):
    whole, each = summed(rows)
    assert whole.answers == len(rows)
    for name in ("answers", "dated", "sooner", "within_hour", "late", "longer", "other_hours", "beyond_plan"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in each.values())
    assert sorted(whole.leads) == sorted(lead for part in each.values() for lead in part.leads)
    for habit in Habit:
        assert 0 <= whole.count(habit) <= whole.out_of(habit)
    assert whole.within_hour <= whole.sooner
    assert whole.sooner + whole.late <= whole.dated


@given(st.lists(st.tuples(st.sampled_from("abc"), answered), max_size=20), st.randoms())
def test_the_order_of_answers_makes_no_difference(rows, chance):
    mixed = rows.copy()
    chance.shuffle(mixed)
    one, two = summed(rows)[0], summed(mixed)[0]
    assert (one.habits, one.typical_lead, one.answers) == (two.habits, two.typical_lead, two.answers)
