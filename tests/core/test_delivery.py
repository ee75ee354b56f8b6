"""The decision, rule by rule: docs/rules.md, R-30 to R-49."""

import inspect
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from interlude.core.delivery import (
    Acknowledged,
    AnsweredHere,
    AskExtra,
    Desk,
    DoItYourself,
    Draft,
    KeepRest,
    KeptForSession,
    KeptReason,
    NoAnswerWanted,
    NotHereYet,
    OverPlan,
    Reason,
    Shorten,
    Standing,
    decide_delivery,
)
from interlude.core.errors import BadMoment, InterludeError
from interlude.core.hours import Absence
from interlude.core.money import Money
from interlude.core.packs import preset
from interlude.core.policy import Extra, Handling, Page, Policy, Topic
from interlude.core.promises import SessionOnly, WorkingDays

BERLIN = timedelta(hours=1)  # in March 2026, before the clocks change
WARM = replace(preset("warm_two_business_days").policy(), zone="Europe/Berlin")
PRICE = Money(1500, "EUR")
PAID = replace(WARM, extra=Extra(PRICE, WorkingDays(1, time(17))))
ACCEPTED = Standing("3", "3")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - BERLIN


TUESDAY, SESSION, DUE = berlin(3, 10), berlin(5, 15), berlin(5, 17)


def decide(draft: Draft, *, policy: Policy = WARM, standing: Standing = ACCEPTED, **given):
    given = {
        "calendar": policy.calendar(),
        "desk_calendar": None,
        "next_session": SESSION,
        "now": TUESDAY,
    } | given
    return decide_delivery(draft, policy=policy, standing=standing, **given)


def handled(topic: Topic, handling: Handling, policy: Policy = WARM) -> Policy:
    return replace(policy, topics=tuple({**dict(policy.topics), topic: handling}.items()))


@pytest.mark.contract("A13", "B2", "B4", "C13")
def test_a_topic_that_is_answered_here_gets_one_moment():
    assert decide(Draft(Topic.HOMEWORK, 40)) == AnsweredHere(berlin(3, 12), DUE, rules=("R-40",))


@pytest.mark.contract("A6", "A19", "D16", "D26")
def test_a_topic_that_the_agreement_keeps_waits_for_the_session():
    assert decide(Draft(Topic.SESSION, 40)) == KeptForSession(SESSION, KeptReason.TOPIC, rules=("R-38",))


@pytest.mark.contract("D6")
def test_running_late_is_acknowledged_whatever_the_plan():
    full = replace(ACCEPTED, used_this_week=9)
    expected = Acknowledged(berlin(3, 12), DUE, SESSION, rules=("R-39",))
    assert decide(Draft(Topic.LATE, 4_000), standing=full) == expected


@pytest.mark.parametrize("topic", Topic)
def test_keep_for_our_session_is_done_as_asked_whatever_the_topic(topic):
    kept = KeptForSession(SESSION, KeptReason.ASKED, rules=("R-36",))
    assert decide(Draft(topic, 10, keep=True)) == kept
    assert decide(Draft(topic, 10, keep=True), policy=handled(topic, Handling.DESK)) == kept


@pytest.mark.contract("A9", "E11")
def test_a_message_without_an_answer_is_read_and_gets_no_date():
    for topic in (Topic.BRIEF_UPDATE, Topic.SESSION, Topic.LATE):
        decision = decide(Draft(topic, 5_000, no_answer=True), standing=replace(ACCEPTED, used_this_week=9))
        assert decision == NoAnswerWanted(berlin(3, 12), rules=("R-37",))


@pytest.mark.contract("D5")
def test_the_desk_answers_in_its_own_hours():
    policy = handled(Topic.BILLING, Handling.DESK)
    desk = replace(Policy(), zone="Europe/Berlin", hours=((2, WARM.hours[2][1]),)).calendar()
    assert decide(Draft(Topic.BILLING, 40), policy=policy) == Desk(berlin(4, 17), rules=("R-31",))
    assert decide(Draft(Topic.BILLING, 40), policy=policy, desk_calendar=desk).reply_due == berlin(11, 17)
    assert decide(Draft(Topic.BILLING, 4, no_answer=True), policy=policy) == Desk(
        None, rules=("R-31", "R-37")
    )


@pytest.mark.parametrize(
    ("standing", "policy", "reason", "rule"),
    [
        (replace(ACCEPTED, ended=True), WARM, Reason.ENDED, "R-32"),
        (ACCEPTED, replace(WARM, messages="none"), Reason.NO_MESSAGES, "R-33"),
        (Standing(None, None), WARM, Reason.NO_AGREEMENT, "R-34"),
        (Standing("3", "2"), WARM, Reason.NOT_ACCEPTED, "R-34"),
        (Standing("3", None), WARM, Reason.NOT_ACCEPTED, "R-34"),
        (replace(ACCEPTED, age=17), WARM, Reason.UNDER_AGE, "R-35"),
    ],
)
@pytest.mark.contract("C23", "D9", "D17", "D20")
def test_what_cannot_go_to_the_clinician_yet_stays_in_the_journal_but_the_desk_and_the_pages_are_open(
    standing, policy, reason, rule
):
    desk = handled(Topic.BILLING, Handling.DESK, policy)
    page = handled(Topic.BILLING, Handling.SELF_SERVICE, policy)
    for marks in ({}, {"keep": True}, {"no_answer": True}):
        journal = decide(Draft(Topic.HOMEWORK, 40, **marks), standing=standing, policy=policy)
        assert journal == NotHereYet(reason, "journal", (rule,))
        assert isinstance(decide(Draft(Topic.BILLING, 40, **marks), standing=standing, policy=desk), Desk)
        assert isinstance(
            decide(Draft(Topic.BILLING, 40, **marks), standing=standing, policy=page), DoItYourself
        )


def test_an_age_that_nobody_knows_or_that_is_reached_is_not_below_the_youngest():
    for age in (None, 18):
        assert isinstance(decide(Draft(Topic.HOMEWORK, 4), standing=replace(ACCEPTED, age=age)), AnsweredHere)


@pytest.mark.contract("D4", "B8")
def test_moving_an_appointment_leads_to_its_page_and_the_request_gets_a_date():
    policy = handled(Topic.SCHEDULE, Handling.SELF_SERVICE)
    expected = DoItYourself(Page.APPOINTMENTS, berlin(4, 17), rules=("R-31", "R-48"))
    assert decide(Draft(Topic.SCHEDULE, 30), policy=policy) == expected
    assert isinstance(decide(Draft(Topic.SCHEDULE, 3, no_answer=True), policy=policy), NoAnswerWanted)


@pytest.mark.contract("D18")
def test_a_promise_of_the_session_only_keeps_what_would_be_answered_or_acknowledged():
    policy = replace(WARM, promise=SessionOnly())
    for topic in (Topic.HOMEWORK, Topic.LATE):
        assert decide(Draft(topic, 4), policy=policy).reason is KeptReason.SESSION_ONLY


@pytest.mark.contract("A37", "B34", "C5", "C6")
def test_too_many_words_are_kept_whole_and_the_offers_say_what_else_can_be_done():
    decision = decide(Draft(Topic.HOMEWORK, 400))
    assert decision.reason is KeptReason.OVER_PLAN
    assert (decision.session_at, decision.over.words_over, decision.over.messages_over) == (SESSION, 70, 0)
    assert decision.over.choices == (Shorten(330), KeepRest(330, SESSION))
    assert decide(Draft(Topic.HOMEWORK, 330)).rules == ("R-40",)


def test_one_message_too_many_is_kept_whole_and_shortening_is_not_offered():
    third, fourth = (replace(ACCEPTED, used_this_week=used) for used in (2, 3))
    assert isinstance(decide(Draft(Topic.HOMEWORK, 4), standing=third), AnsweredHere)
    decision = decide(Draft(Topic.HOMEWORK, 4), standing=fourth)
    assert (decision.reason, decision.over.messages_over, decision.over.choices) == (
        KeptReason.OVER_PLAN,
        1,
        (),
    )


@pytest.mark.parametrize("choice", [None, *OverPlan])
def test_a_choice_that_is_not_on_offer_keeps_the_message_whole(choice):
    standing = replace(ACCEPTED, used_this_week=3, choice=choice)
    assert decide(Draft(Topic.HOMEWORK, 400), standing=standing).reason is KeptReason.OVER_PLAN


def test_keeping_the_rest_answers_the_first_words():
    decision = decide(Draft(Topic.HOMEWORK, 400), standing=replace(ACCEPTED, choice=OverPlan.KEEP_REST))
    assert (decision.reply_due, decision.price, decision.rules) == (DUE, None, ("R-40", "R-43"))
    assert KeepRest(330, SESSION) in decision.over.choices


@pytest.mark.contract("A39", "A41")
def test_extra_support_shows_price_and_date_first_and_has_a_price_only_when_it_was_chosen():
    many = replace(ACCEPTED, used_this_week=3)
    before = decide(Draft(Topic.HOMEWORK, 400), standing=many, policy=PAID)
    offer = AskExtra(PRICE, berlin(4, 17))
    assert before.over.choices == (offer,)
    assert decide(Draft(Topic.HOMEWORK, 400), policy=PAID).over.choices[-1] == offer
    after = decide(Draft(Topic.HOMEWORK, 400), standing=replace(many, choice=OverPlan.EXTRA), policy=PAID)
    assert (after.reply_due, after.price, after.rules) == (berlin(4, 17), PRICE, ("R-44",))
    within = decide(Draft(Topic.HOMEWORK, 40), standing=replace(ACCEPTED, choice=OverPlan.EXTRA), policy=PAID)
    assert (within.reply_due, within.price) == (DUE, None)


@pytest.mark.parametrize("topic", ["schedule", "billing", "tech", "relationship_repair", "our_messaging"])
def test_arranging_and_repair_never_have_a_price(topic):
    policy = handled(Topic(topic), Handling.ANSWER, PAID)
    standing = replace(ACCEPTED, used_this_week=3, choice=OverPlan.EXTRA)
    decision = decide(Draft(Topic(topic), 400), standing=standing, policy=policy)
    assert decision.reason is KeptReason.OVER_PLAN
    assert decision.over.choices == ()


def test_a_wish_changes_no_date_and_gets_an_honest_answer():
    early, late = (decide(Draft(Topic.HOMEWORK, 4, wish_by=wish)) for wish in (berlin(4, 9), DUE))
    assert early.reply_due == late.reply_due == DUE
    assert (early.wish_met, late.wish_met) == (False, True)
    assert early.rules == ("R-40", "R-45")


@pytest.mark.parametrize("session", [None, TUESDAY, TUESDAY - timedelta(days=7)])
def test_a_session_that_has_begun_or_is_not_set_leaves_the_message_for_the_next_one(session):
    assert decide(Draft(Topic.SESSION, 4), next_session=session).session_at is None


@pytest.mark.parametrize("topic", [Topic.HOMEWORK, Topic.LATE, Topic.BILLING])
def test_away_without_an_end_promises_nothing_and_keeps_everything(topic):
    away = WARM.calendar(absences=[Absence(TUESDAY, datetime(2199, 1, 1, tzinfo=UTC))])
    policy = handled(Topic.BILLING, Handling.DESK, PAID)
    for marks in ({}, {"no_answer": topic is not Topic.BILLING}):
        decision = decide(Draft(topic, 4_000, **marks), policy=policy, calendar=away)
        assert decision == KeptForSession(SESSION, KeptReason.NEVER_OPEN, rules=("R-47",))


def test_a_page_stays_open_when_nobody_can_say_when_its_request_is_answered():
    away = WARM.calendar(absences=[Absence(TUESDAY, datetime(2199, 1, 1, tzinfo=UTC))])
    policy = handled(Topic.SCHEDULE, Handling.SELF_SERVICE)
    decision = decide(Draft(Topic.SCHEDULE, 4), policy=policy, calendar=away)
    assert decision == DoItYourself(Page.APPOINTMENTS, None, rules=("R-31", "R-48"))


def test_extra_support_that_no_calendar_can_date_is_not_offered():
    soon_away = WARM.calendar(absences=[Absence(berlin(4, 17), datetime(2199, 1, 1, tzinfo=UTC))])
    policy = replace(WARM, promise=WorkingDays(1, time(17)), extra=Extra(PRICE, WorkingDays(5, time(17))))
    assert AskExtra not in map(
        type, decide(Draft(Topic.HOMEWORK, 400), policy=policy, calendar=soon_away).over.choices
    )


def test_the_decision_cannot_be_told_what_the_words_are():
    assert inspect.signature(decide_delivery).parameters.keys() == {
        "draft", "policy", "standing", "calendar", "desk_calendar", "next_session", "now",
    }  # fmt: skip
    assert Draft.__slots__ == ("topic", "words", "no_answer", "keep", "wish_by")
    assert Draft.__annotations__["words"] == "int"
    assert Standing.__slots__ == ("agreement", "accepted", "used_this_week", "age", "ended", "choice")


def test_what_is_no_moment_or_no_number_is_said_before_anything_is_decided():
    naive = TUESDAY.replace(tzinfo=None)
    for wrong in ({"now": naive}, {"next_session": naive}, {"now": datetime(9999, 1, 1, tzinfo=UTC)}):
        with pytest.raises(BadMoment):
            decide(Draft(Topic.HOMEWORK, 4), **wrong)
    with pytest.raises(BadMoment, match="no UTC offset"):
        Draft(Topic.HOMEWORK, 4, wish_by=naive)
    for words in (-1, True, 1.5):
        with pytest.raises(InterludeError, match="whole number"):
            Draft(Topic.HOMEWORK, words)
    with pytest.raises(InterludeError, match="used_this_week"):
        Standing("1", "1", used_this_week=-1)


def test_a_wish_for_the_year_9999_is_a_wish():
    wish = datetime(9999, 12, 31, 23, tzinfo=UTC)
    assert decide(Draft(Topic.HOMEWORK, 4, wish_by=wish)).wish_met
