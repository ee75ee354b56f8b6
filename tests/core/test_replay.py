"""Trying rules on the past: histories with known answers, then what is true of every history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.delivery import Decider, decide_delivery
from interlude.core.errors import BadMoment, BadPolicy
from interlude.core.hours import Absence
from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.outcomes import OverPlan
from interlude.core.packs import preset
from interlude.core.policy import Handling, Policy, Topic
from interlude.core.promises import FixedTurns, SessionOnly, WorkingDays
from interlude.core.replay import Past, Replay, ready, replay
from interlude.core.replay_words import length, plain, told
from interlude.core.replayed import End, Replayed, Shift
from tests.core import policies as some
from tests.core.histories import BERLIN, lived_through
from tests.core.test_delivery_properties import cases

WARM = replace(preset("warm_two_business_days").policy(), zone="Europe/Berlin")
STRICTER = replace(WARM, promise=WorkingDays(3, time(17)), messages_per_week=1)
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=BERLIN)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def sent(at: datetime, client: object = "noor", topic: Topic = Topic.HOMEWORK, **more: Any) -> dict[str, Any]:
    usual = {"words": 40, "no_answer": False, "keep": False, "choice": None, "age": None}
    return {"client": client, "sent_at": at, "topic": topic} | usual | more


def tried(history: list[Past], policy: Policy, *, zone: ZoneInfo = BERLIN, **more: Any) -> Replayed:
    return replay(history, under=ready(policy, policy.calendar(**more)), zone=zone)


# --- histories with known answers


def test_a_smaller_plan_keeps_what_is_beyond_it_week_by_week():
    """Two on Tuesday and Wednesday, one a week later: of each week the first is answered under a plan of one."""
    history = lived_through([sent(TUESDAY), sent(TUESDAY + DAY), sent(TUESDAY + 7 * DAY)], WARM)
    found = tried(history, replace(WARM, messages_per_week=1))
    assert found.all.before[End.ANSWERED] == 3
    assert (found.all.after[End.ANSWERED], found.all.after[End.KEPT]) == (2, 1)
    assert found.all.moved == {(End.ANSWERED, End.KEPT): 1}
    assert (found.all.over_before, found.all.over_after) == (0, 1)
    assert (found.all.differ, found.clients, found.unchanged, found.most) == (1, 1, 0, (1, 3))


def test_the_plan_is_counted_as_the_rules_tried_would_have_counted_it():
    """What was kept then fills no plan then; where it is answered now, it fills the plan of now."""
    told_then = replace(WARM, topics=_handled(WARM, Topic.HOMEWORK, Handling.KEEP))
    history = lived_through([sent(TUESDAY), sent(TUESDAY + DAY, topic=Topic.SKILL_HELP)], told_then)
    found = tried(history, replace(WARM, messages_per_week=1, topics=_handled(WARM, Topic.SKILL_HELP)))
    assert found.all.after[End.ANSWERED] == 1
    assert found.all.over_after == 1


def test_a_slower_promise_moves_every_date_and_keeps_none_back():
    """Sent Tuesday and Friday; two working days are Thursday and Tuesday, three are Friday and Wednesday."""
    history = lived_through([sent(TUESDAY), sent(TUESDAY + 3 * DAY)], WARM)
    found = tried(history, replace(WARM, promise=WorkingDays(3, time(17))))
    assert (found.all.dated, found.all.sooner, found.all.later) == (2, 0, 2)
    assert found.shift == Shift(DAY, DAY, DAY)
    assert found.lengths == ((DAY, 2),)
    assert not found.all.moved


def test_the_answers_that_were_given_are_held_against_the_new_dates():
    """Due Thursday 17:00, answered Thursday 12:00: in time. Under one working day it was due on Wednesday."""
    (one,) = lived_through([sent(TUESDAY)], WARM)
    found = tried([one._replace(answered_at=TUESDAY + 2 * DAY + 2 * HOUR)], _within(WARM, 1))
    assert (found.answers, found.late_before, found.late_after) == (1, 0, 1)
    assert tried([one], _within(WARM, 1)).answers == 0


def test_a_topic_for_the_desk_or_a_page_leaves_the_batch():
    history = lived_through([sent(TUESDAY, topic=Topic.SCHEDULE), sent(TUESDAY, topic=Topic.TECH)], WARM)
    topics = {Topic.SCHEDULE: Handling.SELF_SERVICE, Topic.TECH: Handling.DESK}
    found = tried(history, replace(WARM, topics=tuple({**dict(WARM.topics), **topics}.items())))
    assert found.all.after[End.DESK] == 2


def test_rules_without_messages_leave_the_words_in_the_journal():
    found = tried(lived_through([sent(TUESDAY)], WARM), replace(WARM, messages="none"))
    assert found.all.after[End.NOT_HERE] == 1
    assert found.shift is None


def test_a_youngest_age_holds_for_whoever_is_younger_on_that_day():
    history = lived_through([sent(TUESDAY, age=15), sent(TUESDAY + 60 * DAY, age=16)], _from_age(WARM, 13))
    found = tried(history, _from_age(WARM, 16))
    assert (found.all.after[End.NOT_HERE], found.all.after[End.ANSWERED]) == (1, 1)


def test_what_was_paid_for_is_paid_for_again_and_is_no_plans():
    paid = replace(preset("paid_message_pack").policy(), zone="Europe/Berlin", messages_per_week=1)
    history = lived_through(
        [sent(TUESDAY), sent(TUESDAY + DAY, choice=OverPlan.EXTRA), sent(TUESDAY + 2 * DAY)], paid
    )
    assert [past.end for past in history] == [End.ANSWERED, End.ANSWERED, End.KEPT]
    assert tried(history, paid).all.differ == 0


def test_topics_and_months_are_told_apart_in_their_own_order():
    history = lived_through(
        [
            sent(datetime(2026, 5, 31, 21, 59, tzinfo=UTC)),
            sent(datetime(2026, 5, 31, 22, 1, tzinfo=UTC)),
            sent(datetime(2026, 6, 2, 8, tzinfo=UTC), topic=Topic.SCHEDULE),
        ],
        WARM,
    )
    found = tried(history, STRICTER)
    assert {month: part.messages for month, part in found.by_month.items()} == {(2026, 5): 1, (2026, 6): 2}
    assert {topic: part.messages for topic, (part, _) in found.by_topic.items()} == {
        Topic.SCHEDULE: 1,
        Topic.HOMEWORK: 2,
    }
    assert (found.first, found.last) == (date(2026, 5, 31), date(2026, 6, 2))


def test_before_the_first_day_a_message_fills_the_plan_of_its_week_and_is_counted_nowhere():
    again = Replay(BERLIN, since=date(2026, 3, 4))
    under = ready(replace(WARM, messages_per_week=1), WARM.calendar())
    for past in lived_through([sent(TUESDAY), sent(TUESDAY + DAY)], WARM):
        again.take(past, under)
    found = again.result()
    assert (found.all.messages, found.all.after[End.KEPT]) == (1, 1)
    assert found.first == date(2026, 3, 4)


def test_a_client_of_whom_nothing_is_left_is_not_counted():
    again = Replay(BERLIN, since=date(2026, 4, 1))
    for past in lived_through([sent(TUESDAY)], WARM):
        again.take(past, ready(WARM, WARM.calendar()))
    assert (again.result().clients, again.result().all.messages) == (0, 0)


def test_the_week_begins_on_monday_by_the_clinicians_clock():
    """Sunday 23:30 and Monday 0:30 in Berlin are both Sunday in UTC."""
    sunday = datetime(2026, 3, 8, 22, 30, tzinfo=UTC)
    history = lived_through([sent(sunday), sent(sunday + HOUR)], WARM)
    one = replace(WARM, messages_per_week=1)
    assert tried(history, one).all.over_after == 0
    assert tried(history, one, zone=ZoneInfo("UTC")).all.over_after == 1


@pytest.mark.parametrize(
    ("first", "hours"),
    [
        (datetime(2026, 3, 27, 10, tzinfo=BERLIN), 23),  # the clock goes on in the night to Sunday the 29th
        (datetime(2026, 10, 23, 10, tzinfo=BERLIN), 25),
    ],
)
def test_a_day_later_over_a_change_of_the_clock_is_the_real_number_of_hours(first, hours):
    """Working on Saturday and Sunday too, so that one working day more crosses the change."""
    week = tuple((day, dict(WARM.hours)[0]) for day in range(7))
    daily = replace(WARM, hours=week, check_times=tuple((day, (time(12),)) for day in range(7)))
    history = lived_through([sent(first)], _within(daily, 1))
    assert tried(history, _within(daily, 2)).shift == Shift(*[timedelta(hours=hours)] * 3)


def test_a_policy_in_another_zone_moves_dates_by_the_distance_of_the_clocks():
    history = lived_through([sent(TUESDAY)], WARM)
    found = tried(history, replace(WARM, zone="Asia/Kolkata"))
    assert found.shift == Shift(*[-timedelta(hours=4, minutes=30)] * 3)


def test_an_empty_history_is_told_as_such():
    found = tried([], STRICTER)
    assert (found.all.messages, found.clients, found.shift, found.first) == (0, 0, None, None)
    assert list(told(found)) == ["No message was sent in that time: there is nothing to try these rules on."]
    assert plain(found)["by_month"] == {}


def test_a_calendar_that_never_opens_keeps_what_it_cannot_date():
    away = Absence(TUESDAY - DAY, datetime(2199, 1, 1, tzinfo=UTC))
    found = tried(lived_through([sent(TUESDAY)], WARM), WARM, absences=[away])
    assert found.all.moved == {(End.ANSWERED, End.KEPT): 1}


def test_rules_that_never_answer_are_refused_in_words_before_anything_is_tried():
    closed = Layer(
        LayerKind.CLINICIAN, "Ada", {f"hours.{day}": () for day in ("mon", "tue", "wed", "thu", "fri")}
    )
    with pytest.raises(BadPolicy, match="open on one day at least"):
        resolve([closed], date(2026, 3, 3))


@pytest.mark.parametrize(
    ("at", "what"),
    [
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "outside the years 1900 to 2199"),
        (TUESDAY.replace(tzinfo=None), "has no UTC offset"),
        (TUESDAY - DAY, "is before the message of the same client"),
    ],
)
def test_a_moment_that_cannot_be_meant_is_named_and_forgotten(at, what):
    again, under = Replay(BERLIN), ready(WARM, WARM.calendar())
    (one,) = lived_through([sent(TUESDAY)], WARM)
    again.take(one, under)
    with pytest.raises(BadMoment, match=what):
        again.take(one._replace(sent_at=at), under)
    again.take(one._replace(sent_at=TUESDAY + DAY), under)
    assert again.result().all.messages == 2


def test_dates_at_the_end_of_all_calendars_are_counted_as_a_hundred_days():
    (one,) = lived_through([sent(TUESDAY)], WARM)
    far = [
        one._replace(due=datetime(9999, 12, 31, tzinfo=UTC)),
        one._replace(due=datetime(1, 1, 1, tzinfo=UTC)),
    ]
    found = tried(far, WARM)
    assert [each for each, _ in found.lengths] == [-100 * DAY, 100 * DAY]


# --- what is true of every history

messages = st.fixed_dictionaries(
    {
        "client": st.integers(0, 3),
        "sent_at": some.moments,
        "topic": st.sampled_from(Topic),
        "words": st.integers(0, 1_200),
        "no_answer": st.booleans(),
        "keep": st.just(False) | st.booleans(),
        "choice": st.none() | st.sampled_from(OverPlan),
        "age": st.none() | st.integers(10, 70),
    }
)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Messages of up to four clients within some weeks, in the order of the clock."""
    start = draw(some.moments)
    near = st.integers(0, 40_000).map(lambda minutes: start + timedelta(minutes=minutes))
    drawn = draw(st.lists(messages, max_size=14))
    return sorted([one | {"sent_at": draw(near)} for one in drawn], key=lambda one: one["sent_at"])


@settings(max_examples=80)
@given(histories(), some.policies())
def test_history_under_its_own_rules_says_that_nothing_differs(sent_then, policy):
    zone = ZoneInfo(policy.zone)
    history = lived_through(sent_then, policy, zone=zone)
    found = tried(history, policy, zone=zone)
    assert found.all.differ == 0
    assert found.unchanged == found.clients == len({one["client"] for one in sent_then})
    assert found.all.before == found.all.after
    assert found.shift in (None, Shift(*[timedelta(0)] * 3))


@settings(max_examples=60)
@given(histories(), some.policies(), some.policies(), st.integers(0, 10**6))
def test_in_which_order_clients_come_makes_no_difference(sent_then, before, after, seed):
    history = lived_through(sent_then, before)
    mixed, chance = list[Past](), Random(seed)
    waiting = {one.client: [past for past in history if past.client == one.client] for one in history}
    while waiting:
        client = chance.choice(sorted(waiting))
        mixed.append(waiting[client].pop(0))
        waiting = {key: left for key, left in waiting.items() if left}
    assert tried(mixed, after) == tried(history, after)


@settings(max_examples=60)
@given(histories(), some.policies(), some.policies())
def test_every_message_is_counted_once_and_every_sum_agrees(sent_then, before, after):
    found = tried(lived_through(sent_then, before), after)
    every = found.all
    assert every.messages == len(sent_then) == sum(every.before.values()) == sum(every.after.values())
    for parts in ([part for part, _ in found.by_topic.values()], list(found.by_month.values())):
        for name in ("messages", "differ", "over_before", "over_after", "sooner", "later", "dated"):
            assert sum(getattr(part, name) for part in parts) == getattr(every, name)
    assert every.sooner + every.later <= every.dated == sum(number for _, number in found.lengths)
    assert every.differ <= every.messages
    assert found.most[0] <= every.differ
    assert (found.unchanged == found.clients) == (every.differ == 0)
    assert list(told(found))
    assert plain(found)["messages"] == every.messages


@settings(max_examples=60)
@given(some.drafts, cases(), st.lists(st.integers(-3_000, 3_000), max_size=12))
def test_what_is_made_ready_decides_as_the_decision_itself(draft, case, minutes):
    under = Decider(case["policy"], case["calendar"], case["desk_calendar"], often=True)
    for wait in (0, *minutes, 0):
        asked = case | {"now": case["now"] + timedelta(minutes=wait)}
        given_again = {key: asked[key] for key in ("standing", "next_session", "now")}
        assert under.decide(draft, **given_again) == decide_delivery(draft, **asked)


def test_a_desk_that_answers_at_the_very_moment_of_asking_is_no_fault():
    """A turn on Tuesday at 10:00, asked on Tuesday at 10:00: the desk reads while it is open."""
    policy = replace(
        WARM, topics=_handled(WARM, Topic.TECH, Handling.DESK), desk_promise=FixedTurns({1}, time(10))
    )
    found = tried([*lived_through([sent(TUESDAY, topic=Topic.TECH)], policy)], policy)
    assert (found.all.differ, found.all.after[End.DESK]) == (0, 1)


# --- in words


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (timedelta(0), "at the same time"),
        (9 * HOUR, "9 hours later"),
        (-HOUR, "1 hour sooner"),
        (DAY + 3 * HOUR, "1 day 3 hours later"),
        (-timedelta(minutes=45), "45 minutes sooner"),
        (timedelta(days=2, minutes=15), "2 days 15 minutes later"),
    ],
)
def test_a_length_is_said_in_its_two_largest_parts(shift, words):
    assert length(shift) == words


def test_what_differs_is_said_in_sentences_without_a_name():
    history = lived_through(
        [sent(TUESDAY), sent(TUESDAY + DAY), sent(TUESDAY + DAY, "kai", Topic.SESSION)], WARM
    )
    history = [past._replace(answered_at=past.due and past.due - HOUR) for past in history]
    text = list(told(tried(history, STRICTER)))
    assert text[:7] == [
        "3 messages of 2 clients, 3 March 2026 to 4 March 2026.",
        "2 of 3 messages would have gone another way.",
        "  1, answered here, would have been kept for the session.",
        "Beyond the plan for the week: 0 as it was, 1 under these rules.",
        "Of 1 date, 0 would have been sooner and 1 later.",
        "At the median: 1 day later.",
        "Of 1 answer that left, 0 came late; by the new dates, 0 would have.",
    ]
    assert "For 1 of 2 clients nothing differs." in text
    assert "Where most differs, it is 2 of 2 messages." in text
    assert not [line for line in text if "noor" in line or "kai" in line]


def test_where_nothing_differs_that_is_the_sentence():
    text = list(told(tried(lived_through([sent(TUESDAY)], WARM), WARM)))
    assert text[1] == "Nothing would have differed."


def test_session_only_keeps_what_had_a_date():
    found = tried(lived_through([sent(TUESDAY)], WARM), replace(WARM, promise=SessionOnly()))
    assert found.all.moved == {(End.ANSWERED, End.KEPT): 1}
    assert "no date both times" in "\n".join(told(found))


def _handled(policy: Policy, topic: Topic, handling: Handling = Handling.ANSWER) -> Any:
    return tuple({**dict(policy.topics), topic: handling}.items())


def _within(policy: Policy, days: int) -> Policy:
    return replace(policy, promise=WorkingDays(days, time(17)))


def _from_age(policy: Policy, years: int) -> Policy:
    return replace(policy, minimum_age=years)
