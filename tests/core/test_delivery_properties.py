"""The decision over random agreements, standings and moments: total, honest, and blind to the words."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.delivery import (
    Acknowledged,
    AnsweredHere,
    AskExtra,
    Decision,
    Desk,
    DoItYourself,
    Draft,
    KeptForSession,
    NoAnswerWanted,
    NotHereYet,
    decide_delivery,
)
from interlude.core.hours import Absence
from interlude.core.policy import Handling, Topic
from interlude.core.promises import OpenHours, WorkingDays
from tests.core import policies as some

PLACE = {
    AnsweredHere: "batch",
    Acknowledged: "batch",
    NoAnswerWanted: "batch",
    KeptForSession: "list",
    Desk: "queue",
    DoItYourself: "page",
    NotHereYet: "journal",
}


@st.composite
def cases(draw, standings=some.standings):
    """Arguments for one decision, with days closed and time away."""
    policy, desk, now = draw(some.policies()), draw(some.policies()), draw(some.moments)
    starts = now + timedelta(hours=draw(st.integers(-200, 200)))
    absences = [Absence(starts, starts + timedelta(hours=draw(st.integers(0, 2_000))))]
    return {
        "policy": policy,
        "standing": draw(standings),
        "calendar": policy.calendar(closed_on=draw(st.sets(some.days, max_size=2)), absences=absences),
        "desk_calendar": draw(st.sampled_from([None, desk.calendar()])),
        "next_session": draw(st.none() | some.moments),
        "now": now,
    }


def promised(decision):
    """Every moment that the clinician promises."""
    match decision:
        case AnsweredHere(reply_due=due) | Acknowledged(acknowledge_by=due):
            yield due
    if over := getattr(decision, "over", None):
        yield from (offer.reply_due for offer in over.choices if isinstance(offer, AskExtra))


@settings(max_examples=60)
@given(some.drafts, cases())
def test_every_message_has_one_place_and_a_rule_that_put_it_there(draft, case):
    decision = decide_delivery(draft, **case)
    assert PLACE[type(decision)]
    assert decision.rules
    assert set(PLACE) == set(get_args(Decision))


@pytest.mark.contract("C14")
@settings(max_examples=60)
@given(some.drafts, cases(some.welcome))
def test_every_promised_moment_is_ahead_and_within_the_hours_that_were_agreed(draft, case):
    decision, calendar = decide_delivery(draft, **case), case["calendar"]
    for due in promised(decision):
        assert due.tzinfo is UTC
        assert due > case["now"]
        assert calendar.is_open(due) or calendar.is_open(due - timedelta(microseconds=1))
        assert due >= getattr(decision, "read_at", due) > case["now"]


@settings(max_examples=60)
@given(some.drafts, cases())
def test_the_desk_promises_moments_of_its_own_hours(draft, case):
    decision, calendar = decide_delivery(draft, **case), case["desk_calendar"] or case["calendar"]
    due = getattr(decision, "reply_due" if isinstance(decision, Desk) else "desk_due", None)
    if due is not None:
        assert due > case["now"]
        assert calendar.is_open(due) or calendar.is_open(due - timedelta(microseconds=1))


@settings(max_examples=60)
@given(some.drafts, cases())
def test_the_composer_and_the_send_button_get_the_same_answer(draft, case):
    assert decide_delivery(draft, **case) == decide_delivery(draft, **case)


@settings(max_examples=60)
@given(cases(some.welcome), st.integers(0, 40_000))
def test_sending_later_is_never_answered_sooner(case, minutes):
    first = due(case, case["policy"].promise)
    second = due(case | {"now": case["now"] + timedelta(minutes=minutes)}, case["policy"].promise)
    assert first is None or second is None or first <= second


@settings(max_examples=60)
@given(cases(some.welcome), st.integers(1, 8), some.clocks, st.integers(1, 3_000))
def test_a_longer_promise_is_never_due_sooner(case, days, cut_off, minutes):
    for short, long in (
        (WorkingDays(days, cut_off), WorkingDays(days + 1, cut_off)),
        (OpenHours(timedelta(minutes=minutes)), OpenHours(timedelta(minutes=minutes + 30))),
    ):
        one, two = (due(case, promise) for promise in (short, long))
        assert one is None or two is None or one <= two


def due(case, promise):
    """When a message that is answered here would be, under *promise*; None if no calendar allows it."""
    policy = replace(
        case["policy"],
        promise=promise,
        topics=tuple((topic, Handling.ANSWER) for topic in Topic),
        messages="open",
        words_per_message=None,
        messages_per_week=None,
    )
    return getattr(decide_delivery(Draft(Topic.HOMEWORK, 1), **case | {"policy": policy}), "reply_due", None)


@settings(max_examples=60)
@given(some.drafts, cases(), some.moments)
def test_a_wish_moves_nothing(draft, case, wish):
    hoped = decide_delivery(replace(draft, wish_by=wish), **case)
    quiet = decide_delivery(replace(draft, wish_by=None), **case)
    if isinstance(hoped, AnsweredHere):
        hoped = replace(hoped, wish_met=None, rules=tuple(rule for rule in hoped.rules if rule != "R-45"))
    assert hoped == quiet


@settings(max_examples=60)
@given(some.drafts, cases())
def test_where_there_is_no_plan_length_and_number_change_nothing(draft, case):
    free = replace(case["policy"], words_per_message=None, messages_per_week=None)
    many = replace(case["standing"], used_this_week=10**6)
    usual = decide_delivery(draft, **case | {"policy": free})
    assert usual == decide_delivery(replace(draft, words=10**12), **case | {"policy": free, "standing": many})


@settings(max_examples=60)
@given(some.drafts, cases())
def test_nothing_has_a_price_that_the_client_did_not_choose(draft, case):
    decision = decide_delivery(draft, **case)
    if getattr(decision, "price", None) is not None:
        assert case["standing"].choice == "extra"
        assert decision.price == case["policy"].extra.price
