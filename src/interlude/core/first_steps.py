"""The first steps of a client: which pages there are, which comes next, and what the three questions teach."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Literal

from interlude.core.policy import Policy
from interlude.core.promises import SessionOnly
from interlude.core.terms import Handling, Topic


class Step(StrEnum):
    """One page with one idea, in the order in which they are offered; any other order is as good."""

    TOPICS = "topics"
    READING = "reading"
    PLAN = "plan"
    HELP = "help"
    READERS = "readers"
    DEVICE = "device"
    RECORD = "record"
    COST = "cost"
    AWAY = "away"
    CHANGES = "changes"
    ENDING = "ending"
    ASK_WHEN = "ask-when"
    ASK_HELP = "ask-help"
    ASK_LONG = "ask-long"
    QUESTIONS = "questions"
    YES = "yes"


ASKING = (Step.ASK_WHEN, Step.ASK_HELP, Step.ASK_LONG)
Answer = Literal["date", "session", "help", "answer", "acknowledge", "keep", "bring"]


def steps_for(policy: Policy) -> tuple[Step, ...]:
    """The pages that have something to say: no plan for the week where nothing is answered in writing. R-99."""
    return tuple(step for step in Step if step is not Step.PLAN or answers_in_writing(policy))


def next_step(after: Step, passed: Collection[str], policy: Policy) -> Step:
    """The page to offer next: what is open further on, else what was passed over, else the yes. Rule: R-99."""
    steps = [step for step in steps_for(policy) if step is not Step.YES]
    place = steps.index(after) + 1 if after in steps else 0
    open_ones = (
        step for step in (*steps[place:], *steps[:place]) if step not in passed and step is not after
    )
    return next(open_ones, Step.YES)


def answers_in_writing(policy: Policy) -> bool:
    """Is there anything that the clinician answers here between sessions?"""
    open_ = policy.messages != "none" and not isinstance(policy.promise, SessionOnly)
    return open_ and any(handling is Handling.ANSWER for _, handling in policy.topics)


def right_answer(step: Step, policy: Policy) -> Answer:
    """What the person's own agreement says to one of the three questions. Nothing is kept of what they chose."""
    match step:
        case Step.ASK_WHEN:
            return "date" if answers_in_writing(policy) else "session"
        case Step.ASK_LONG:
            return _of_a_memory(policy)
        case _:
            return "help"


def _of_a_memory(policy: Policy) -> Answer:
    """What happens to feelings and memories that somebody writes down."""
    if policy.messages == "none":
        return "bring"
    if isinstance(policy.promise, SessionOnly):
        return "keep"
    match policy.handling(Topic.SESSION):
        case Handling.ANSWER:
            return "answer"
        case Handling.ACKNOWLEDGE:
            return "acknowledge"
        case _:
            return "keep"
