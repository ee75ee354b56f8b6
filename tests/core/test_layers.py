"""Layers, locks, explanations, changes: docs/rules.md, R-62 to R-69."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.errors import BadPolicy, NeverOpen
from interlude.core.hours import Opening
from interlude.core.keys import ALWAYS, DEFAULTS, KEYS
from interlude.core.layers import Layer, LayerKind, diff, explain, resolve
from interlude.core.money import Money
from interlude.core.orders import Direction, Rhythm, never_slower, slower
from interlude.core.policy import ChannelUse, Extra, Handling, LateCancel, Policy
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, SessionOnly, WorkingDays, reply_due
from tests.core import policies as some

LAW, PRACTICE, PRESET, CLINICIAN, AGREEMENT, EXCEPTION = LayerKind
ON = date(2026, 5, 4)
FIVE = time(17)


def layer(kind: LayerKind, locks: tuple[str, ...] = (), since: date | None = None, **values: object) -> Layer:
    """`layer(PRACTICE, plan__words=300)`: keys with a point are written with two lines under."""
    named = {key.replace("__", "."): value for key, value in values.items()}
    bounds = {}
    if kind is EXCEPTION:
        bounds = {"reason": "a hard month", "until": date(2026, 6, 1)}
        since = since or date(2026, 5, 1)
    return Layer(kind, f"{kind} layer", named, frozenset(locks), since, **bounds)


def settled(key: str, *layers: Layer):
    return explain(resolve(layers, ON), key)


def openings(*texts: str) -> tuple[Opening, ...]:
    return tuple(map(Opening.parse, texts))


@pytest.mark.contract("D17")
def test_the_later_layer_wins_and_what_it_overrode_is_remembered():
    layers = [layer(kind, plan__words=100 + 10 * place) for place, kind in enumerate(LayerKind)]
    found = settled("plan.words", *reversed(layers))
    assert (found.value, found.set_by.kind) == (150, EXCEPTION)
    assert [said.value for said in found.overrode] == [330, 100, 110, 120, 130, 140]
    assert [said.origin.kind for said in found.overrode] == [None, *list(LayerKind)[:-1]]


def test_of_two_layers_of_one_kind_the_newer_wins():
    old = layer(AGREEMENT, since=date(2026, 1, 1), minimum_age=16)
    new = layer(AGREEMENT, since=date(2026, 4, 1), minimum_age=14)
    assert settled("minimum_age", new, old).value == 14


@pytest.mark.contract("C9")
def test_a_layer_counts_from_its_first_to_its_last_day():
    exception = layer(EXCEPTION, plan__words=1_000)
    found = [
        resolve([exception], day).policy.words_per_message
        for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1), date(2026, 6, 2))
    ]
    assert found == [330, 1_000, 1_000, 330]


def test_the_starting_point_is_named_by_its_layer():
    assert settled("preset").value == "none"
    assert settled("preset", layer(PRESET)).value == "preset layer"
    assert str(settled("preset", layer(PRESET)).set_by) == "the starting point preset layer"


@pytest.mark.contract("D13", "D17")
def test_what_the_practice_locks_may_become_stricter_but_not_looser():
    practice = layer(PRACTICE, locks=("minimum_age",), since=date(2026, 3, 3), minimum_age=16)
    stricter = settled("minimum_age", practice, layer(CLINICIAN, minimum_age=18))
    assert (stricter.value, stricter.set_by.kind, stricter.wanted) == (18, CLINICIAN, None)
    assert str(stricter) == "18: set by the clinician; locked by the practice on 3 March 2026"
    looser = settled("minimum_age", practice, layer(CLINICIAN, minimum_age=14))
    assert (looser.value, looser.locked_by, looser.wanted.value) == (16, looser.set_by, 14)
    assert looser.since == date(2026, 3, 3)
    assert str(looser) == (
        "16: set by the practice on 3 March 2026, and locked there; your own setting would be 14"
    )


def test_a_setting_below_a_stricter_one_may_go_back_to_the_lock_and_is_no_longer_wanted():
    practice = layer(PRACTICE, locks=("plan.words",), plan__words=300)
    clinician, agreement = layer(CLINICIAN, plan__words=400), layer(AGREEMENT, plan__words=300)
    found = settled("plan.words", practice, clinician, agreement)
    assert (found.value, found.set_by.kind, found.wanted) == (300, AGREEMENT, None)


@pytest.mark.parametrize(
    ("key", "locked", "allowed", "refused"),
    [
        ("zone", "Europe/Berlin", [], ["UTC"]),
        ("messages", "none", [], ["open"]),
        ("minimum_age", 16, [17], [15]),
        ("plan.words", 300, [200], [301, None]),
        ("plan.messages_per_week", None, [5], []),
        ("change_notice_days", 14, [30], [7]),
        ("supervised", True, [], [False]),
        ("replies_leave", "office_hours", [], ["at_once"]),
        ("replies_leave", "at_once", ["office_hours"], []),
        ("channels.phone", ChannelUse.NONE, [], [ChannelUse.TWO_WAY]),
        ("channels.phone", ChannelUse.COACHING, [ChannelUse.NONE], [ChannelUse.TWO_WAY]),
        ("topics.session", Handling.KEEP, [], [Handling.ANSWER, Handling.ACKNOWLEDGE, Handling.DESK]),
        ("topics.homework", Handling.ANSWER, [Handling.ACKNOWLEDGE, Handling.KEEP], [Handling.DESK]),
        ("hours.mon", openings("09:00-17:00"), [openings("10:00-12:00"), ()], [openings("08:00-17:00")]),
        ("hours.mon", openings("09:00-17:00"), [], [openings("10:00-18:00")]),
        (
            "promise",
            WorkingDays(2, FIVE),
            [WorkingDays(1, FIVE), NextCheck()],
            [WorkingDays(3, FIVE), FixedTurns({5}, FIVE)],
        ),
        ("promise", WorkingDays(2, FIVE), [OpenHours(timedelta(hours=3))], [SessionOnly()]),
        ("promise", WorkingDays(2, FIVE), [FixedTurns(frozenset(range(5)), FIVE)], [FixedTurns({4}, FIVE)]),
        ("desk_promise", WorkingDays(1, FIVE), [OpenHours(timedelta(hours=2))], [WorkingDays(1, time(12))]),
    ],
)
@pytest.mark.contract("D13")
def test_each_rule_knows_what_is_stricter(key, locked, allowed, refused):
    practice = Layer(PRACTICE, "practice", {key: locked}, frozenset({key}))
    for value in [*allowed, locked]:
        assert settled(key, practice, Layer(CLINICIAN, "Ada", {key: value})).value == value
    for value in refused:
        found = settled(key, practice, Layer(CLINICIAN, "Ada", {key: value}))
        assert (found.value, found.wanted.value) == (locked, value)


def test_a_lock_on_a_promise_is_judged_by_the_hours_that_hold_in_the_end():
    practice = layer(PRACTICE, locks=("promise",), promise=WorkingDays(1, FIVE))
    three_hours = layer(CLINICIAN, promise=OpenHours(timedelta(hours=3)))
    half_hours = {f"hours__{day}": openings("12:00-12:30") for day in ("mon", "tue", "wed", "thu", "fri")}
    assert settled("promise", practice, three_hours).wanted is None
    assert settled("promise", practice, three_hours, layer(AGREEMENT, **half_hours)).wanted is not None


def test_of_two_locks_the_stricter_holds():
    law = layer(LAW, locks=("minimum_age",), minimum_age=16)
    for age, held in ((14, 16), (18, 18)):
        practice = layer(PRACTICE, locks=("minimum_age",), minimum_age=age)
        assert settled("minimum_age", law, practice, layer(CLINICIAN, minimum_age=0)).value == held


def test_two_locks_that_contradict_each_other_are_refused_with_what_to_do():
    law = layer(LAW, locks=("zone",), zone="Europe/Berlin")
    practice = layer(PRACTICE, locks=("zone",), zone="UTC")
    with pytest.raises(
        BadPolicy, match=r"practice layer: zone = 'UTC': .*Europe/Berlin by law layer; take one"
    ):
        resolve([law, practice], ON)


@pytest.mark.parametrize("key", ALWAYS)
@pytest.mark.contract("A17")
def test_what_law_and_safety_ask_cannot_be_switched(key):
    found = settled(key, layer(PRACTICE))
    assert (found.set_by.kind, found.locked_by.kind) == (LAW, LAW)
    with pytest.raises(BadPolicy, match="always so"):
        Layer(LAW, "law", {key: not ALWAYS[key]})


@pytest.mark.contract("D13")
def test_every_rule_can_be_explained_even_if_nobody_set_it():
    resolved = resolve([], ON)
    for key in KEYS:
        found = explain(resolved, key)
        assert (found.value, found.set_by.kind, found.since, found.overrode) == (
            DEFAULTS[key],
            None,
            None,
            (),
        )
        assert str(found).endswith("set by nobody; this is the starting value")


def test_an_explanation_of_an_exception_says_until_when():
    found = str(settled("plan.words", layer(EXCEPTION, plan__words=None)))
    assert found == "no limit: set by an exception on 1 May 2026 until 1 June 2026"


def test_an_unknown_rule_is_answered_with_the_one_that_was_meant():
    with pytest.raises(BadPolicy, match=r"did you mean minimum_age\?"):
        explain(resolve([], ON), "minimum_agee")


def test_layers_that_together_never_answer_are_refused_and_named():
    closed = layer(CLINICIAN, **{f"hours__{day}": () for day in ("mon", "tue", "wed", "thu", "fri")})
    with pytest.raises(BadPolicy, match="clinician layer: hours = 'never open'"):
        resolve([closed], ON)
    unread = layer(CLINICIAN, **{f"check__{day}": () for day in ("mon", "tue", "wed", "thu", "fri")})
    with pytest.raises(BadPolicy, match="clinician layer: check = 'never'"):
        resolve([unread], ON)
    sundays = layer(AGREEMENT, promise=FixedTurns({6}, FIVE))
    with pytest.raises(BadPolicy, match=r"practice layer, agreement layer: promise\.weekdays = 'sun'"):
        resolve([sundays, layer(PRACTICE)], ON)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Layer(CLINICIAN, " "), "give the layer a name"),
        (lambda: Layer(CLINICIAN, "Ada\0"), "control characters"),
        (lambda: Layer(CLINICIAN, "Ada", {"minimum_agee": 3}), r"did you mean minimum_age\?"),
        (lambda: Layer(CLINICIAN, "Ada", {"qqq": 3}), "no such key"),
        (lambda: Layer(CLINICIAN, "Ada", {"preset": "warm"}), "a layer of its own"),
        (lambda: Layer(CLINICIAN, "Ada", {"minimum_age": 99}), "Ada: minimum_age = 99: use a whole number"),
        (lambda: Layer(CLINICIAN, "Ada", {"minimum_age": 9}, {"minimum_age"}), "only law and practice"),
        (lambda: Layer(PRACTICE, "P", {}, {"minimum_age"}), "set this key in the same layer"),
        (lambda: Layer(CLINICIAN, "Ada", since=date(9999, 1, 1)), "use a year from 1970 to 2199"),
        (lambda: Layer(CLINICIAN, "Ada", since=ON, until=date(2026, 1, 1)), "end on 2026-05-04 or later"),
        (lambda: Layer(EXCEPTION, "Noor", since=ON, until=ON), "reason = 'missing'"),
        (lambda: Layer(EXCEPTION, "Noor", reason="x", until=ON), "since = 'missing'"),
        (lambda: Layer(EXCEPTION, "Noor", reason="x", since=ON), "an exception has an end"),
        (lambda: Layer(AGREEMENT, "Noor", reason="x" * 501), "shorten it to 500"),
    ],
)
@pytest.mark.contract("C9", "C24")
def test_a_layer_that_cannot_be_meant_is_refused_with_what_to_do(make, said):
    with pytest.raises(BadPolicy, match=said):
        make()


def test_a_layer_is_a_value():
    one = layer(PRACTICE, locks=("zone",), zone="UTC")
    assert hash(one) == hash(replace(one))
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError):
        one.values["zone"] = "Europe/Berlin"


@pytest.mark.parametrize(
    ("field", "before", "after", "direction"),
    [
        ("words_per_message", 330, 170, "stricter"),
        ("words_per_message", 330, None, "looser"),
        ("words_per_message", None, 330, "stricter"),
        ("promise", WorkingDays(1, FIVE), WorkingDays(2, FIVE), "stricter"),
        ("promise", WorkingDays(2, FIVE), WorkingDays(1, FIVE), "looser"),
        ("promise", WorkingDays(2, FIVE), WorkingDays(2, time(12)), "stricter"),
        ("promise", WorkingDays(1, FIVE), FixedTurns(frozenset(range(5)), FIVE), "looser"),
        ("minutes_per_week", None, 30, "neither"),
        ("late_cancel", None, LateCancel(24, Money(6000, "GBP")), "stricter"),
        ("late_cancel", LateCancel(24, Money(6000, "GBP")), None, "looser"),
        ("late_cancel", LateCancel(24, Money(6000, "GBP")), LateCancel(48, Money(3000, "GBP")), "stricter"),
        ("late_cancel", LateCancel(24, Money(6000, "GBP")), LateCancel(12, Money(6000, "GBP")), "looser"),
        ("late_cancel", LateCancel(24, Money(6000, "GBP")), LateCancel(24, Money(6000, "EUR")), "neither"),
        ("change_notice_days", 14, 7, "stricter"),
        ("pause_days", 0, 2, "neither"),
        ("hours", ((0, openings("09:00-17:00")),), ((0, openings("10:00-18:00")),), "stricter"),
        ("hours", ((0, openings("09:00-12:00")),), ((0, openings("09:00-17:00")),), "looser"),
        ("hours", ((0, openings("09:00-12:00")),), ((0, openings("09:00-10:00", "10:00-12:00")),), "neither"),
        ("check_times", ((0, (time(12),)),), ((0, (time(12), time(16))),), "looser"),
        ("check_times", ((0, (time(12),)),), ((0, (time(13),)),), "stricter"),
        ("messages", "open", "none", "stricter"),
        ("charge", "none", "included", "neither"),
        ("charge", "included", "flat", "stricter"),
        ("charge", "per_answer", "none", "looser"),
        ("extra", None, Extra(Money(100, "EUR"), NextCheck()), "looser"),
        ("extra", Extra(Money(100, "EUR"), NextCheck()), None, "stricter"),
        ("extra", Extra(Money(100, "EUR"), NextCheck()), Extra(Money(200, "EUR"), NextCheck()), "stricter"),
        ("extra", Extra(Money(100, "EUR"), NextCheck()), Extra(Money(100, "INR"), NextCheck()), "neither"),
        (
            "extra",
            Extra(Money(100, "EUR"), WorkingDays(1, FIVE)),
            Extra(Money(100, "EUR"), WorkingDays(3, FIVE)),
            "stricter",
        ),
        ("client_text", "", "Hello.", "neither"),
    ],
)
@pytest.mark.contract("C3", "C17")
def test_a_change_says_whether_the_client_loses_by_it(field, before, after, direction):
    old, new = replace(Policy(), **{field: before}), replace(Policy(), **{field: after})
    changes = diff(old, new)
    assert changes
    assert {change.direction for change in changes} == {Direction(direction)}
    assert diff(old, old) == ()


def test_a_change_reads_as_words():
    new = replace(Policy(), words_per_message=None, extra=Extra(Money(1500, "EUR"), NextCheck()))
    assert [str(change) for change in diff(Policy(), new)] == [
        "words in one message: 330 until now, no limit from now on",
        "extra support: none until now, "
        "15.00 EUR, answered by the end of the working day after the next check from now on",
    ]


def some_of(*keys: str) -> st.SearchStrategy[list[Layer]]:
    return st.lists(some.layers(keys={key: some.VALUES[key] for key in keys}))


@settings(max_examples=60)
@given(some_of("minimum_age", "plan.words", "messages"))
def test_no_layer_ever_loosens_what_is_locked_above_it(layers):
    resolved = resolve(layers, ON)
    locks = [(each, key) for each in layers if each.in_force(ON) for key in each.locks]
    later = {kind: place for place, kind in enumerate(LayerKind)}
    for each, key in locks:
        others = [other for other in layers if key in other.values and other.in_force(ON)]
        if all(later[other.kind] >= later[each.kind] for other in others):
            assert at_least_as_strict(key, each.values[key], resolved.origins[key].value)


def at_least_as_strict(key: str, locked: object, value: object) -> bool:
    return {
        "minimum_age": lambda: value >= locked,
        "plan.words": lambda: locked is None or (value is not None and value <= locked),
        "messages": lambda: locked == "open" or value == "none",
    }[key]()


@settings(max_examples=60)
@given(some_of("minimum_age", "zone", "plan.words", "extra"))
def test_every_value_is_explained_by_a_layer_that_said_it(layers):
    unlocked = [replace(each, locks=frozenset()) for each in layers]
    resolved = resolve(unlocked, ON)
    for key, value in resolved.policy.values().items():
        found = explain(resolved, key)
        assert found.value == value
        sayers = [each for each in unlocked if each.in_force(ON) and key in each.values]
        assert len(found.overrode) == len(sayers) if key != "preset" else True
        assert found.set_by.kind in {each.kind for each in sayers} | {None} or key == "preset"
        assert not (sayers and key != "preset" and found.set_by.kind is None)


@settings(max_examples=20)
@given(some.policies(), some.policies())
def test_a_change_lists_exactly_what_differs(one, two):
    changes = diff(one, two)
    assert {change.key for change in changes} == {
        key for key in KEYS if one.values()[key] != two.values()[key]
    }
    patched = one.values() | {change.key: change.after for change in changes}
    assert Policy.of(patched) == two
    assert all(str(change) for change in changes)


@settings(max_examples=60)
@given(some.policies(), some.promises, some.promises, some.moments)
def test_a_promise_that_passes_a_lock_is_at_no_moment_slower(policy, one, two, sent):
    policy = replace(policy, zone="UTC")
    week = Rhythm(policy.hours, policy.check_times, policy.check_minutes)
    week = Rhythm(policy.hours, policy.check_times, policy.check_minutes)
    first, second = (due(promise, policy, sent) for promise in (one, two))
    if never_slower(one, two, week) is Direction.STRICTER:
        assert second <= first
    if slower(one, two, week) is not Direction.STRICTER:
        assert second <= first


def due(promise, policy, sent):
    try:
        found = reply_due(promise, sent=sent, calendar=policy.calendar(), checks=policy.checks())
    except NeverOpen:  # turns on days that never open
        found = None
    return found or datetime.max.replace(tzinfo=UTC)
