"""A policy is one value, checks itself, and knows its week: docs/rules.md, R-60 and R-61."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from interlude.core.errors import BadPolicy
from interlude.core.hours import Absence, Opening
from interlude.core.keys import DEFAULTS, KEYS, in_words
from interlude.core.money import BadMoney, Money, decimals
from interlude.core.policy import Channel, ChannelUse, Extra, Handling, Policy, Review, Topic
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, SessionOnly, WorkingDays
from tests.core import policies as some

FIVE = time(17)
NINE_TO_FIVE = (Opening.parse("09:00-17:00"),)


def test_every_rule_has_one_key_one_name_and_one_starting_value():
    assert set(KEYS) == set(DEFAULTS) == set(Policy().values())
    assert all(key.label for key in KEYS.values())
    assert len({key.label for key in KEYS.values()}) == len(KEYS)


@settings(max_examples=60)
@given(some.policies())
def test_a_policy_and_its_values_are_the_same_thing(policy):
    assert Policy.of(policy.values()) == policy
    assert hash(Policy.of(policy.values())) == hash(policy)
    assert all(in_words(key, value) for key, value in policy.values().items())


def test_a_policy_cannot_change():
    with pytest.raises(FrozenInstanceError):
        Policy().zone = "Europe/Berlin"


def test_equal_rules_are_equal_however_they_were_written():
    one = Policy(hours=((1, NINE_TO_FIVE), (0, NINE_TO_FIVE), (6, ())), topics=Policy().topics[::-1])
    two = Policy(hours=((0, NINE_TO_FIVE), (1, NINE_TO_FIVE)), channels=Policy().channels[::-1])
    assert one == two
    assert one.handling(Topic.SESSION) is Handling.KEEP


@pytest.mark.contract("A38")
def test_a_plan_can_count_words_messages_and_the_clinicians_minutes():
    plan = Policy(words_per_message=200, messages_per_week=2, minutes_per_week=15).values()
    assert [plan[f"plan.{each}"] for each in ("words", "messages_per_week", "minutes_per_week")] == [
        200,
        2,
        15,
    ]
    free = Policy(words_per_message=None, messages_per_week=None, minutes_per_week=None).values()
    assert {in_words(key, free[key]) for key in free if key.startswith("plan.")} == {"no limit"}


def test_a_policy_knows_its_week_its_checks_and_its_calendar():
    policy = Policy(zone="Europe/Berlin")
    assert policy.weekly_hours().zone == ZoneInfo("Europe/Berlin")
    assert policy.checks().days == {day: (time(12),) for day in range(5)}
    noon = datetime(2026, 3, 3, 11, tzinfo=UTC)
    away = Absence(noon - timedelta(days=1), noon - timedelta(hours=1))
    calendar = policy.calendar(closed_on=[date(2026, 3, 4)], absences=[away])
    assert [calendar.is_open(noon + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (
            "zone",
            "Europe/Berln",
            r"zone = 'Europe/Berln': there is no time zone .* did you mean 'Europe/Berlin'\?",
        ),
        ("zone", "Mars/Olympus", "there is no time zone"),
        ("zone", 3, "there is no time zone"),
        ("hours", (), "hours = 'never open': open on one day"),
        ("hours", ((0, NINE_TO_FIVE), (0, NINE_TO_FIVE)), "each weekday once"),
        ("hours", ((7, NINE_TO_FIVE),), "0 .Monday. to 6 .Sunday."),
        (
            "hours",
            ((0, (Opening.parse("09:00-12:00"), Opening.parse("11:00-13:00"))),),
            "hours.mon = '09:00-12:00, 11:00-13:00': Monday: 09:00-12:00 and 11:00-13:00 overlap",
        ),
        ("hours", ((0, ("09:00-12:00",)),), "write openings such as"),
        ("check_times", (), "check = 'never': name one time"),
        ("check_times", ((0, ("12:00",)),), "write clock times"),
        ("check_times", ((0, (time(12, 0, 1),)),), "write clock times"),
        ("check_times", ((0, (time(12), time(12))),), "name each time once"),
        ("check_minutes", 0, "use a whole number from 5 to 240"),
        ("check_minutes", True, "use a whole number"),
        ("promise", WorkingDays(61, FIVE), "from 1 to 60 working days"),
        ("promise", OpenHours(timedelta(hours=501)), "at most 500 open hours"),
        ("promise", OpenHours(timedelta(seconds=90)), "whole minutes"),
        (
            "promise",
            FixedTurns(frozenset({5, 6}), FIVE),
            r"promise.weekdays = 'sat, sun': name a weekday that",
        ),
        ("promise", "tomorrow", "use one of the kinds"),
        ("desk_promise", SessionOnly(), "the desk has no sessions"),
        ("topics", ((Topic.SESSION, Handling.KEEP),), "name these too: schedule, billing"),
        ("channels", ((Channel.SMS, ChannelUse.NONE),), "name these too: portal"),
        ("messages", "closed", "use one of: open, none"),
        ("participants", ["couple"], "use one of: one_to_one"),
        ("charge", "a lot", "use one of: none"),
        ("replies_leave", "never", "use one of: office_hours"),
        ("minimum_age", -1, "whole number from 0 to 25"),
        ("minimum_age", None, "whole number"),
        ("words_per_message", 0, 'from 10 to 100000, or "no limit"'),
        ("messages_per_week", 1.5, 'or "no limit"'),
        ("minutes_per_week", 10**9, "whole number"),
        ("change_notice_days", 366, "from 0 to 365"),
        ("review", Review(0, 12), "review.first_weeks = 0"),
        ("review", Review(1, 12, 0), 'review.ends_weeks = 0: .* or "never"'),
        ("supervised", "yes", "use true or false"),
        ("extra", Extra(Money(0, "EUR"), NextCheck()), "a price above 0"),
        ("extra", Extra(Money(5, "EUR"), SessionOnly()), "extra support needs a date"),
        ("extra", Extra(Money(5, "EUR"), WorkingDays(99, FIVE)), "from 1 to 60"),
        ("extra", "15 EUR", "give a price above 0"),
        ("client_text", 3, "write a text"),
        ("client_text", "a\0b", "control characters"),
        ("client_text", "a\ud800b", "control characters"),
        ("client_text", "a\u202eb", "writing direction"),
        ("client_text", "a" * 1_000_000, "shorten it to 5000 characters; it has 1000000"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_with_key_value_and_remedy(field, value, said):
    with pytest.raises(BadPolicy, match=said) as refused:
        replace(Policy(), **{field: value})
    assert len(str(refused.value)) < 400
    assert refused.value.file == "policy"


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        ({Topic.SESSION: "keep"}, "use one of: answer, acknowledge, keep, desk, self_service"),
        ({Topic.SESSION: Handling.SELF_SERVICE}, "no page does this; self_service fits schedule"),
    ],
)
def test_a_topic_goes_only_where_something_is_done_with_it(topics, said):
    with pytest.raises(BadPolicy, match=said):
        Policy(topics=tuple({**dict(Policy().topics), **topics}.items()))


def test_a_channel_has_one_of_the_known_uses():
    with pytest.raises(BadPolicy, match="use one of: two_way"):
        Policy(channels=tuple({**dict(Policy().channels), Channel.SMS: "shout"}.items()))


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (WorkingDays(1, FIVE), "within 1 working day, by 17:00"),
        (WorkingDays(2, FIVE), "within 2 working days, by 17:00"),
        (OpenHours(timedelta(minutes=90)), "within 1:30 open hours"),
        (NextCheck(), "by the end of the working day after the next check"),
        (FixedTurns(frozenset({4, 1}), FIVE), "on tue and fri, by 17:00"),
        (SessionOnly(), "in the session only"),
    ],
)
def test_a_promise_reads_as_words(promise, words):
    assert in_words("promise", promise) == words


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("15.00 EUR", 1500),
        ("15 EUR", 1500),
        ("0.5 EUR", 50),
        ("-3.20 EUR", -320),
        ("500 JPY", 500),
        ("1.250 KWD", 1250),
    ],
)
def test_money_is_read_and_written_in_whole_minor_units(text, minor):
    money = Money.parse(text)
    assert money == Money(minor, text[-3:])
    assert Money.parse(str(money)) == money


def test_money_is_written_with_the_decimals_of_its_currency():
    assert [str(Money(1500, each)) for each in ("EUR", "JPY", "KWD")] == [
        "15.00 EUR",
        "1500 JPY",
        "1.500 KWD",
    ]
    assert [str(Money(minor, "EUR")) for minor in (5, -5)] == ["0.05 EUR", "-0.05 EUR"]
    assert decimals("INR") == 2


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Money(1.5, "EUR"), "whole number"),
        (lambda: Money(1, "euro"), "three capital letters"),
        (lambda: Money.parse("15,00 EUR"), "write it like 15.00 EUR"),
        (lambda: Money.parse("٣ EUR"), "write it like"),
        (lambda: Money.parse("1.5 JPY"), "1 decimals, but JPY has 0"),
        (lambda: Money(1, "EUR") + Money(1, "INR"), "convert one"),
    ],
)
def test_money_that_cannot_be_meant_is_refused(make, said):
    with pytest.raises(BadMoney, match=said):
        make()
    assert Money(1, "EUR") + Money(2, "EUR") == Money(3, "EUR")
