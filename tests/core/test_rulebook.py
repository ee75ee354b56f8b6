"""What is a clinician's own, and what gives way under a practice's lock."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.errors import BadPolicy
from interlude.core.keys import KEYS
from interlude.core.layers import Layer, LayerKind, resolve, settle
from interlude.core.packs.load import preset
from interlude.core.rulebook import ALWAYS_OWN, giving_way, held_back, own_values, with_another_start
from interlude.core.terms import Handling
from tests.core.policies import VALUES, policies

ON = date(2026, 5, 13)
START = preset("warm_two_business_days").layer
FREE = [key for key in VALUES if not key.startswith(("hours.", "check.", "promise", "desk_promise"))]


def house(values: dict[str, Any], *locks: str) -> Layer:
    return Layer(LayerKind.PRACTICE, "House", values, locks=frozenset(locks))


def mine(values: dict[str, Any]) -> Layer:
    return Layer(LayerKind.CLINICIAN, "Ada", values)


TABLE = [
    # what is chosen, what is the clinician's own of it
    ({"change_notice_days": 14}, {}),  # as the starting point has it
    ({"change_notice_days": 28}, {"change_notice_days": 28}),
    ({"client_text": START.values["client_text"]}, {"client_text": START.values["client_text"]}),
    ({"check.mon": START.values["check.mon"]}, {"check.mon": START.values["check.mon"]}),
    ({"topics.homework": Handling.KEEP}, {"topics.homework": Handling.KEEP}),
    ({"no_such_key": 1}, {}),
]


@pytest.mark.contract("D15", "D16")
@pytest.mark.parametrize(("chosen", "own"), TABLE)
def test_own_is_what_differs_and_times_and_words(chosen: dict[str, Any], own: dict[str, Any]) -> None:
    assert own_values(chosen, settle([START], ON)) == own


def test_what_is_held_and_left_as_it_is_is_nobodys_own() -> None:
    ground = settle([house({"client_text": "Ours."}, "client_text"), START], ON)
    assert own_values({"client_text": "Ours."}, ground) == {}


@given(policies(), st.sampled_from(["warm_two_business_days", "dbt_skills_coaching", "psychodynamic_frame"]))
def test_own_values_over_their_ground_come_to_exactly_what_was_chosen(chosen: Any, start: str) -> None:
    layer, values = preset(start).layer, chosen.values()
    own = own_values(values, settle([layer], ON))
    both = resolve([layer, mine(own)], ON).policy.values()
    assert both | {"preset": "none"} == values | {"preset": "none"}
    assert all(key in own for key in KEYS if key.startswith(ALWAYS_OWN))


def test_over_another_starting_point_the_words_stay_behind() -> None:
    other = with_another_start(mine({"client_text": "Mine.", "change_notice_days": 28}))
    assert dict(other.values) == {"change_notice_days": 28}


GIVING = [
    # practice before, after, the clinician's own, what gives way
    ({}, ({"change_notice_days": 28}, "change_notice_days"), {"change_notice_days": 14}, ["change_notice_days"]),
    ({}, ({"change_notice_days": 28}, "change_notice_days"), {"change_notice_days": 30}, []),
    ({}, ({"change_notice_days": 28},), {"change_notice_days": 14}, []),
    ({}, ({"messages": "none"}, "messages"), {"messages": "open"}, ["messages"]),
    ({}, ({"minimum_age": 16}, "minimum_age"), {"minimum_age": 13}, ["minimum_age"]),
    ({}, ({"minimum_age": 16}, "minimum_age"), {}, []),
]  # fmt: skip


@pytest.mark.contract("D13", "D17")
@pytest.mark.parametrize(("before", "after", "own", "keys"), GIVING)
def test_whose_setting_gives_way_under_new_rules(
    before: dict[str, Any], after: tuple[Any, ...], own: dict[str, Any], keys: list[str]
) -> None:
    found = giving_way([house(before)], [house(after[0], *after[1:])], own=[mine(own)], on=ON)
    assert [one.key for one in found] == keys
    for one in found:
        assert (one.wanted, one.holds) == (own[one.key], after[0][one.key])


def test_what_gave_way_before_is_no_news() -> None:
    lock = house({"minimum_age": 16}, "minimum_age")
    again = house({"minimum_age": 16, "change_notice_days": 20}, "minimum_age")
    assert giving_way([lock], [again], own=[mine({"minimum_age": 13})], on=ON) == ()


@given(st.sampled_from(FREE).flatmap(lambda key: st.tuples(st.just(key), VALUES[key], VALUES[key])))
def test_a_setting_that_is_held_back_never_holds_and_is_always_named(case: tuple[str, Any, Any]) -> None:
    key, locked, own = case
    rules = resolve([house({key: locked}, key), mine({key: own})], ON)
    held = [one.key for one in held_back(rules)]
    assert (held == [key]) is (rules.origins[key].value != own)
    if held:
        assert rules.origins[key].value == locked


def test_two_locks_that_contradict_name_key_value_and_remedy() -> None:
    law = Layer(LayerKind.LAW, "law", {"client_text": "One."}, locks=frozenset({"client_text"}))
    with pytest.raises(BadPolicy) as wrong:
        giving_way([law], [law, house({"client_text": "Two."}, "client_text")], own=[], on=ON)
    assert (wrong.value.key, wrong.value.value) == ("client_text", "Two.")
    assert "contradicts" in wrong.value.remedy and "take one of the two locks out" in wrong.value.remedy
