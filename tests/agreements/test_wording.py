"""Rules as facts and short words: everything is said, once, and nothing is said that is not so."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.agreements.actions import would_be_agreed
from interlude.agreements.as_read_by import words_for
from interlude.agreements.templatetags.rules import (
    clock_series,
    rule_names,
    rule_value,
    topic_words,
    weekdays_series,
)
from interlude.agreements.wording import SECTIONS, changed_sections, explained, facts, sections
from interlude.core.bounds import CHOICES
from interlude.core.hours import Opening
from interlude.core.keys import KEYS
from interlude.core.layers import Layer, LayerKind, diff, resolve
from interlude.core.packs.load import preset, preset_ids
from interlude.core.terms import Channel, ChannelUse, Handling, Topic
from interlude.practice.scope import in_practice
from tests.agreements.reading import grade, main_text
from tests.cast import NOW

ON = date(2026, 5, 13)
HANDLINGS = st.dictionaries(
    st.sampled_from([f"topics.{topic}" for topic in Topic]),
    st.sampled_from([Handling.ANSWER, Handling.ACKNOWLEDGE, Handling.KEEP, Handling.DESK]),
)
NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "plan.words": st.one_of(st.none(), st.integers(10, 5000)),
        "plan.messages_per_week": st.one_of(st.none(), st.integers(1, 20)),
        "change_notice_days": st.integers(0, 60),
        "minimum_age": st.integers(0, 25),
        "messages": st.sampled_from(["open", "none"]),
    },
)


@st.composite
def layers(draw: st.DrawFn) -> list[Layer]:
    kinds = [LayerKind.PRACTICE, LayerKind.PRESET, LayerKind.CLINICIAN, LayerKind.AGREEMENT]
    return [
        Layer(kind, f"{kind} layer", draw(HANDLINGS) | draw(NUMBERS), since=ON)
        for kind in draw(st.sets(st.sampled_from(kinds)))
    ]


@given(layers())
def test_every_rule_is_explained_exactly_once(drawn: list[Layer]) -> None:
    rules = resolve(drawn, ON)
    said = [key for part in explained(rules) for one in part.settled for key in one.keys]
    assert sorted(said) == sorted(KEYS)
    for part in explained(rules):
        for one in part.settled:
            for key in one.keys:
                assert rules.origins[key].value == one.why.value
                assert rules.origins[key].set_by == one.why.set_by


@given(layers())
def test_every_topic_that_is_offered_meets_one_end(drawn: list[Layer]) -> None:
    rules = resolve(drawn, ON)
    said = [topic for outcome in facts(rules).outcomes for topic in outcome.topics]
    assert len(said) == len(set(said))
    assert set(Topic) - set(said) <= {Topic.PARENT_LOGISTICS, Topic.ASYNC_SESSION}
    if rules.policy.messages == "none":
        assert not facts(rules).answers_here


@given(layers(), layers())
def test_a_change_that_a_client_would_lose_by_is_in_a_part_of_the_page(
    before: list[Layer], after: list[Layer]
) -> None:
    one, two = resolve(before, ON).policy, resolve(after, ON).policy
    parts = changed_sections(one, two)
    for change in diff(one, two):
        if change.direction == "stricter":
            assert any(change.key in SECTIONS[part] for part in parts)


@given(layers())
def test_the_clients_page_names_who_set_each_rule_it_speaks_of(drawn: list[Layer]) -> None:
    rules = resolve(drawn, ON)
    for part in sections(rules):
        for one in part.settled:
            assert rule_names(one.keys)
            assert {str(rules.origins[key].set_by) for key in one.keys} == {str(one.why.set_by)}
            for said in one.overrode:
                assert said.origin.kind is not None
                assert said.value != one.why.value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[(f"channels.{Channel.SMS}", use) for use in ChannelUse],
        *[("topics.homework", handling) for handling in Handling],
        *[(key, value) for key, choices in CHOICES.items() for value in choices],
        *[("preset", id) for id in preset_ids()],
    ],
)
def test_no_value_reaches_a_page_as_code(key: str, value: Any) -> None:
    assert "_" not in rule_value(value, key)
    assert rule_value(value, key)


@pytest.mark.parametrize("id", preset_ids())
def test_every_value_of_a_starting_point_has_words(id: str) -> None:
    policy = preset(id).policy()
    for key, value in policy.values().items():
        if key not in ("client_text", "zone"):
            assert rule_value(value, key), key
            assert "_" not in rule_value(value, key), key


def test_days_and_times_are_said_as_people_say_them() -> None:
    assert weekdays_series([0, 1, 2, 3, 4]) == "Monday to Friday"
    assert weekdays_series([0, 1, 3]) == "Monday, Tuesday and Thursday"
    assert weekdays_series([5, 6]) == "Saturday and Sunday"
    assert weekdays_series([2]) == "Wednesday"
    assert weekdays_series([]) == ""
    assert clock_series([time(9, 5), time(17)]) == "9:05 and 17:00"
    assert clock_series([Opening(time(20), time(0))]) == "20:00 to 24:00"
    assert {topic_words(topic) for topic in Topic} == {topic_words(topic) for topic in set(Topic)}
    assert len({topic_words(topic) for topic in Topic}) == len(Topic)


@pytest.mark.contract("A48", "B14")
@pytest.mark.parametrize("id", preset_ids())
def test_each_starting_point_reads_at_grade_six_or_lower_for_a_client(cast: Any, id: str) -> None:
    with in_practice(cast.alder.id):
        rules = would_be_agreed(by=cast.ada, now=NOW, preset=id)
        words = words_for(cast.noor.client, rules, clinician=cast.ada, now=NOW)
    text = main_text(f"<main>{words}</main>")
    assert grade(text) <= 6, f"{grade(text):.1f}"


@pytest.mark.parametrize("id", preset_ids())
def test_no_starting_point_promises_a_date_it_does_not_keep(cast: Any, id: str) -> None:
    with in_practice(cast.alder.id):
        rules = would_be_agreed(by=cast.ada, now=NOW, preset=id)
        words = words_for(cast.noor.client, rules, clinician=cast.ada, now=NOW)
    assert ("would be answered by" in words) is facts(rules).answers_here
