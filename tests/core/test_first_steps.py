"""Which first steps there are, which comes next, and what the three questions teach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.first_steps import ASKING, Step, next_step, right_answer, steps_for
from interlude.core.packs.load import preset, preset_ids
from interlude.core.policy import Policy
from interlude.core.promises import SessionOnly
from interlude.core.terms import Handling, Topic

WARM = preset("warm_two_business_days").policy()
PLAIN = [step for step in Step if step is not Step.YES]


def handling(policy: Policy, what: Handling) -> Policy:
    return replace(
        policy, topics=tuple((topic, what if topic is Topic.SESSION else old) for topic, old in policy.topics)
    )


def test_every_step_is_offered_once_and_the_yes_comes_last() -> None:
    assert steps_for(WARM) == tuple(Step)
    assert steps_for(WARM)[-1] is Step.YES


def test_where_nothing_is_answered_in_writing_no_plan_is_spoken_of() -> None:
    for policy in (replace(WARM, messages="none"), replace(WARM, promise=SessionOnly())):
        assert Step.PLAN not in steps_for(policy)


@given(st.sampled_from(list(Step)), st.sets(st.sampled_from(PLAIN)))
def test_the_next_step_is_open_and_the_yes_comes_only_after_all(here: Step, passed: set[Step]) -> None:
    following = next_step(here, passed, WARM)
    left = [step for step in PLAIN if step not in passed and step is not here]
    assert following in (left or [Step.YES])
    further = [step for step in left if list(Step).index(step) > list(Step).index(here)]
    if further and here is not Step.YES:
        assert following is further[0]
    elif left:
        assert following is left[0]


@given(st.permutations(PLAIN))
def test_any_order_comes_to_an_end(order: list[Step]) -> None:
    passed: set[Step] = set()
    here = order[0]
    for _ in PLAIN:
        passed.add(here)
        here = next_step(here, passed, WARM)
    assert here is Step.YES
    assert passed == set(PLAIN)


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        (handling(WARM, Handling.KEEP), "keep"),
        (handling(WARM, Handling.ANSWER), "answer"),
        (handling(WARM, Handling.ACKNOWLEDGE), "acknowledge"),
        (handling(replace(WARM, promise=SessionOnly()), Handling.ANSWER), "keep"),
        (replace(WARM, messages="none"), "bring"),
    ],
)
def test_the_question_about_a_memory_follows_the_agreement(policy: Policy, answer: str) -> None:
    assert right_answer(Step.ASK_LONG, policy) == answer


@pytest.mark.parametrize("id", preset_ids())
def test_each_starting_point_has_an_answer_to_each_question(id: str) -> None:
    policy = preset(id).policy()
    assert all(right_answer(step, policy) for step in ASKING)
    assert right_answer(Step.ASK_HELP, policy) == "help"
    assert (right_answer(Step.ASK_WHEN, policy) == "date") is (Step.PLAN in steps_for(policy))
