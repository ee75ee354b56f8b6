"""Layers, locks and explanations over random ones: every key, any order, and what two locks do to each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interlude.core.errors import BadPolicy
from interlude.core.keys import ALWAYS, DEFAULTS, KEYS
from interlude.core.layers import Layer, LayerKind, Resolved, diff, explain, resolve
from interlude.core.orders import Direction, Rhythm
from tests.core import policies as some

ON = date(2026, 5, 4)
ORDER = list(LayerKind)
LOCKING = (LayerKind.LAW, LayerKind.PRACTICE)
WEEK = Rhythm((), (), 0)
PLAIN = sorted(key for key in some.VALUES if "promise" not in key)
"""Rules whose order needs no calendar; promises have properties of their own in test_layers.py."""
FEW = {key: some.VALUES[key] for key in ("minimum_age", "plan.words", "zone", "messages", "extra", "charge")}


@st.composite
def stacks(draw: st.DrawFn, *, locked: bool = True) -> list[Layer]:
    """Some layers, one of each kind at most, all in force, with locks where they may be."""
    kinds = draw(st.lists(st.sampled_from(ORDER), unique=True, max_size=len(ORDER)))
    return [in_force(draw(some.layers(st.just(kind), FEW)), locked=locked) for kind in kinds]


def in_force(layer: Layer, *, locked: bool = True) -> Layer:
    bounds: dict[str, Any] = {"since": date(2026, 1, 1), "until": date(2027, 1, 1), "review_on": None}
    if layer.kind is not LayerKind.EXCEPTION:
        bounds = {"since": None, "until": None, "review_on": None}
    return replace(layer, locks=layer.locks if locked else frozenset(), **bounds)


def resolved(layers: list[Layer]) -> Resolved:
    """What they come to; those whose locks contradict are another test's."""
    try:
        return resolve(layers, ON)
    except BadPolicy as wrong:
        assume("contradicts" not in wrong.remedy)
        raise


def direction(key: str, before: object, after: object) -> Direction:
    return KEYS[key].lock(before, after, WEEK)


# --- locks


@settings(max_examples=150)
@given(stacks())
def test_what_is_locked_is_at_least_as_strict_for_every_rule(layers):
    found = resolved(layers)
    for layer in layers:
        for key in layer.locks:
            value = found.origins[key].value
            assert (
                value == layer.values[key] or direction(key, layer.values[key], value) is Direction.STRICTER
            )
            assert found.origins[key].locked_by is not None


@settings(max_examples=150)
@given(st.sampled_from(PLAIN), st.data())
def test_of_two_locks_the_stricter_holds_and_two_that_cannot_be_compared_are_refused(key, data):
    one, two = (data.draw(some.VALUES[key]) for _ in range(2))
    law = Layer(LayerKind.LAW, "the act", {key: one}, frozenset({key}))
    practice = Layer(LayerKind.PRACTICE, "the park", {key: two}, frozenset({key}))
    which = Direction.STRICTER if one == two else direction(key, one, two)
    if which is Direction.NEITHER:
        for order in ([law, practice], [practice, law]):
            with pytest.raises(BadPolicy) as refused:
                resolve(order, ON)
            assert (refused.value.file, refused.value.key) == ("the park", key)
            assert "contradicts" in refused.value.remedy
            assert "by the act" in refused.value.remedy
            assert "take one of the two locks out, or give both the same value" in refused.value.remedy
    elif not key.startswith(("hours.", "check.")):  # a week without hours is refused for another reason
        found = explain(resolve([law, practice], ON), key)
        assert found.value == (two if which is Direction.STRICTER else one)
        assert (found.wanted is None) == (which is Direction.STRICTER)


@settings(max_examples=100)
@given(st.sampled_from(PLAIN), st.sampled_from(ORDER[2:]), st.data())
def test_a_setting_under_a_lock_holds_if_it_is_stricter_and_is_remembered_if_not(key, kind, data):
    held, said = (data.draw(some.VALUES[key]) for _ in range(2))
    assume(not key.startswith(("hours.", "check.")))
    practice = Layer(LayerKind.PRACTICE, "the park", {key: held}, frozenset({key}))
    below = in_force(replace(data.draw(some.layers(st.just(kind), {})), values={key: said}))
    found = explain(resolve([practice, below], ON), key)
    passes = said == held or direction(key, held, said) is Direction.STRICTER
    assert found.locked_by is not None
    assert found.locked_by.kind is LayerKind.PRACTICE
    assert found.value == (said if passes else held)
    assert (found.wanted.value if found.wanted else None) == (None if passes else said)
    assert found.set_by.kind is (kind if passes else LayerKind.PRACTICE)


@settings(max_examples=100)
@given(stacks())
def test_taking_the_locks_away_changes_only_what_a_lock_held_back(layers):
    held = resolved(layers)
    free = resolve([replace(layer, locks=frozenset()) for layer in layers], ON)
    for key in KEYS:
        wanted = held.origins[key].wanted
        if held.origins[key].value != free.origins[key].value:
            assert wanted is not None
        if wanted is not None:
            assert free.origins[key].value == wanted.value
        assert free.origins[key].locked_by is None


# --- explanations


@settings(max_examples=150)
@given(stacks())
def test_an_explanation_says_the_value_who_said_it_and_all_that_gave_way(layers):
    found = resolved(layers)
    said = {(layer.kind, key): value for layer in layers for key, value in layer.values.items()}
    for key, value in found.policy.values().items():
        if key == "preset":
            continue
        why = explain(found, key)
        assert why.value == value
        assert value == said.get((why.set_by.kind, key), DEFAULTS[key])
        history = [*why.overrode, type(why.overrode[0])(why.set_by, value)] if why.overrode else []
        kinds = [each.origin.kind for each in history]
        assert kinds == sorted(kinds, key=lambda kind: -1 if kind is None else ORDER.index(kind))
        for each in history:
            assert each.value == said.get((each.origin.kind, key), DEFAULTS[key])
        heard = {each.origin.kind for each in history} - {None}
        left = {kind for kind, name in said if name == key} - heard
        assert not left or why.locked_by is not None
        assert str(why)


@settings(max_examples=60)
@given(stacks())
def test_a_lock_is_told_where_there_is_one_and_nowhere_else(layers):
    found = resolved(layers)
    locked = {key for layer in layers for key in layer.locks}
    for key in KEYS:
        why = explain(found, key)
        assert (why.locked_by is not None) == (key in locked)
        assert why.wanted is None or key in locked
    for key in ALWAYS:
        assert explain(found, key).locked_by == explain(found, key).set_by


# --- order, days, versions


@settings(max_examples=80)
@given(stacks(), st.randoms())
def test_in_which_order_layers_are_given_makes_no_difference(layers, chance):
    mixed = list(layers)
    chance.shuffle(mixed)
    assert resolved(mixed) == resolved(layers)


@settings(max_examples=80)
@given(stacks(), some.layers(st.just(LayerKind.EXCEPTION), FEW), st.integers(1, 400))
def test_an_exception_that_is_over_or_has_not_begun_changes_nothing(layers, exception, days):
    without = [layer for layer in layers if layer.kind is not LayerKind.EXCEPTION]
    over = (ON - timedelta(days=days), ON - timedelta(days=1))
    to_come = (ON + timedelta(days=1), ON + timedelta(days=days))
    for since, until in (over, to_come):
        dated = replace(exception, since=since, until=until, review_on=None)
        assert resolved([*without, dated]) == resolved(without)


@settings(max_examples=80)
@given(stacks(locked=False))
def test_what_layers_come_to_is_a_layer_that_comes_to_the_same(layers):
    policy = resolved(layers).policy
    values = {key: value for key, value in policy.values().items() if key != "preset"}
    again = resolve([Layer(LayerKind.CLINICIAN, "all of it", values)], ON).policy
    assert replace(again, preset=policy.preset) == policy


@settings(max_examples=60)
@given(st.lists(some.policies(), min_size=2, max_size=4))
def test_no_version_gets_stricter_without_a_change_that_says_so(versions):
    """From version to version, what a client loses stands in the list of changes; going back gives it again."""
    for one, two in combinations(versions, 2):
        there = {change.key: change for change in diff(one, two) if "promise" not in change.key}
        back = {change.key: change for change in diff(two, one) if "promise" not in change.key}
        assert there.keys() == back.keys()
        for key, change in there.items():
            assert (change.before, change.after) == (back[key].after, back[key].before)
            if change.direction is Direction.LOOSER:
                assert back[key].direction is Direction.STRICTER
            if change.direction is Direction.NEITHER:
                assert back[key].direction is Direction.NEITHER
        assert not diff(one, one)
