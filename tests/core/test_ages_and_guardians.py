"""Birthdays, zones, what a guardian sees on a day: docs/rules.md, R-130 to R-133."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.ages import (
    AgeEvent,
    AgeKind,
    AgeRules,
    age_events,
    age_on,
    begins,
    birthday,
    telling,
    today_in,
)
from interlude.core.guardians import (
    BASIC,
    Because,
    Change,
    Scope,
    Turns,
    coming,
    earliest,
    may_be_granted,
    needs_a_document,
    reach,
)
from interlude.core.packs import ages as pack

LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
MAY = date(2026, 5, 1)


def may(day: int, scope: Scope | None, yes: bool, number: int = 0) -> Change:
    return Change(date(2026, 5, day), scope, yes, number)


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2008, 5, 14), 18, date(2026, 5, 14)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 12, 31), 18, date(2026, 12, 31)),
    ],
)
def test_an_age_is_reached_on_the_birthday_and_in_a_year_without_it_on_1_march(born, age, day):
    assert birthday(born, age) == day
    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        (LONDON, datetime(2026, 5, 13, 23, tzinfo=UTC)),
        (AUCKLAND, datetime(2026, 5, 13, 12, tzinfo=UTC)),
        (ZoneInfo("Pacific/Kiritimati"), datetime(2026, 5, 13, 10, tzinfo=UTC)),
    ],
)
def test_a_day_begins_where_the_young_person_is(zone, moment):
    assert begins(date(2026, 5, 14), zone) == moment
    assert today_in(zone, moment) == date(2026, 5, 14)
    assert today_in(zone, moment - timedelta(seconds=1)) == date(2026, 5, 13)


def test_a_day_whose_midnight_is_left_out_begins_with_the_change():
    zone = ZoneInfo("Africa/Cairo")  # the clock goes from 0:00 to 1:00
    assert begins(date(2026, 4, 24), zone).astimezone(zone).hour == 1


def test_the_birthdays_that_change_something_come_in_their_order():
    rules = AgeRules(own_account=12, messages=13, own_consent=16, majority=18)
    assert [(one.kind, one.age) for one in age_events(date(2010, 2, 28), rules)] == [
        (AgeKind.OWN_ACCOUNT, 12), (AgeKind.MESSAGES, 13), (AgeKind.OWN_CONSENT, 16), (AgeKind.MAJORITY, 18),
    ]  # fmt: skip
    assert age_events(date(2010, 2, 28), AgeRules(messages=0)) == (
        AgeEvent(date(2028, 2, 28), AgeKind.MAJORITY, 18),
    )


@pytest.mark.parametrize(
    ("changes", "day", "scopes"),
    [
        ([], 3, BASIC),
        ([may(3, Scope.AGREEMENT, True)], 2, BASIC),
        ([may(3, Scope.AGREEMENT, True)], 3, BASIC | {Scope.AGREEMENT}),
        ([may(3, Scope.AGREEMENT, True), may(3, Scope.AGREEMENT, False, 1)], 3, BASIC),
        ([may(3, Scope.BILLS, False)], 3, {Scope.TIMES}),
        ([may(3, Scope.BILLS, False), may(5, Scope.BILLS, True)], 5, BASIC),
        ([may(3, Scope.AGREEMENT, True), may(9, Scope.AGREEMENT, True)], 9, BASIC | {Scope.AGREEMENT}),
        ([may(3, None, False)], 3, set()),
        ([may(3, None, False), may(8, None, True)], 8, BASIC),
    ],
)
@pytest.mark.contract("D8")
def test_a_guardian_sees_times_and_bills_and_what_was_opened_from_its_day_on(changes, day, scopes):
    for order in permutations(changes):
        assert reach(order, date(2026, 5, day), Turns()).scopes == scopes


def test_full_age_ends_everything_whatever_was_opened():
    turns = Turns(majority=date(2026, 5, 14))
    opened = [may(1, scope, True) for scope in Scope] + [may(20, None, True)]
    assert reach(opened, date(2026, 5, 13), turns).is_open
    assert not reach(opened, date(2026, 5, 14), turns).is_open
    assert not reach(opened, date(2040, 1, 1), turns).is_open


def test_own_consent_ends_what_was_opened_before_and_leaves_what_is_opened_after():
    turns = Turns(consent=date(2026, 5, 14))
    before, after = may(1, Scope.SUMMARY_TALKS, True), may(20, Scope.AGREEMENT, True)
    assert Scope.SUMMARY_TALKS in reach([before], date(2026, 5, 13), turns).scopes
    assert reach([before], date(2026, 5, 14), turns).scopes == BASIC
    assert reach([before, after], date(2026, 5, 20), turns).scopes == BASIC | {Scope.AGREEMENT}
    by_law = may(1, Scope.COPY, True)
    assert Scope.COPY in reach([by_law], date(2026, 5, 20), turns).scopes


def test_what_is_coming_names_each_day_on_which_the_answer_becomes_another():
    turns = Turns(majority=date(2026, 6, 1))
    days = coming([may(3, Scope.BILLS, False), may(9, Scope.BILLS, False, 1)], date(2026, 5, 2), turns)
    assert [(day, now.is_open, now.scopes) for day, now in days] == [
        (date(2026, 5, 3), True, {Scope.TIMES}),
        (date(2026, 6, 1), False, frozenset()),
    ]


def test_less_may_begin_today_and_more_tomorrow():
    assert earliest(False, MAY) == MAY
    assert earliest(True, MAY) == date(2026, 5, 2)


def test_a_copy_of_the_record_is_never_a_matter_of_agreement():
    granted = {because for because in Because if may_be_granted(Scope.COPY, because)}
    assert granted == {Because.COURT, Because.LAW}
    assert all(needs_a_document(Scope.COPY, because) for because in Because)
    assert not needs_a_document(Scope.AGREEMENT, Because.TOGETHER)


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
changes = st.lists(
    st.builds(Change, days, st.none() | st.sampled_from(list(Scope)), st.booleans(), st.integers(0, 9)),
    max_size=8,
    unique_by=lambda change: (change.on, change.number),
)
turns = st.builds(Turns, st.none() | days, st.none() | days)


@given(changes, days, turns)
def test_nothing_entered_for_later_changes_today(known, day, birthdays):
    until = [change for change in known if change.on <= day]
    assert reach(known, day, birthdays) == reach(until, day, birthdays)


@given(changes, days, days, turns)
def test_between_two_days_the_answer_changes_only_on_the_days_that_are_named(known, one, other, birthdays):
    first, last = sorted((one, other))
    named = [day for day, _ in coming(known, first, birthdays) if day <= last]
    if not named:
        assert reach(known, first, birthdays) == reach(known, last, birthdays)


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.sampled_from([LONDON, AUCKLAND, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")]),
    st.integers(0, 3_000_000),
)
def test_the_young_person_always_hears_first(day, zone, minutes):
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    told = telling(day, zone, now)
    assert now <= told.young_person < told.guardian
    assert told.guardian >= begins(day, zone)


def test_our_papers_name_their_source_and_say_nothing_where_they_differ_or_are_silent():
    assert pack.own_consent("GB").ages == (16,)
    assert "fra.europa.eu" in pack.own_consent("GB").source
    assert not pack.own_consent("BG").is_clear
    assert not pack.own_consent("US").is_clear
    assert pack.own_consent("IN") is None and pack.majority("IN") is None
    assert pack.majority("GB").is_clear
