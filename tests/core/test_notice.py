"""When a changed version starts: the notice, a session between, eight weeks, the yes; safety and law in writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from interlude.core.layers import Change, Layer, LayerKind, resolve
from interlude.core.money import Money
from interlude.core.notice import (
    Because,
    Effect,
    Meeting,
    Offer,
    Waits,
    changes_between,
    effect_of,
    in_force,
    loosened,
    start_of,
    starts_of,
    takes_away,
)
from interlude.core.orders import Direction
from interlude.core.policy import Policy
from interlude.core.promises import SessionOnly, WorkingDays
from interlude.core.terms import Channel, ChannelUse, Extra, Handling, Topic

LONDON = ZoneInfo("Europe/London")
SHOWN = datetime(2026, 5, 13, 13, 41, tzinfo=UTC)  # Wednesday, 14:41 in London


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def meeting(month: int, day: int, hour: int = 10) -> Meeting:
    return Meeting(at(month, day, hour), at(month, day, hour, 50))


STRICTER = Offer(SHOWN, Effect.STRICTER, notice_days=14, has_reason=True)
YES = replace(STRICTER, accepted_at=SHOWN)


def start(offer: Offer, *sessions: Meeting, last: datetime | None = None):
    return start_of(offer, sessions=sessions, zone=LONDON, last_stricter=last)


# what counts as stricter

PLAIN = Policy()


def topics(topic: Topic, handling: Handling) -> Policy:
    return replace(PLAIN, topics=tuple((one, handling if one is topic else how) for one, how in PLAIN.topics))


def channels(channel: Channel, use: ChannelUse) -> Policy:
    changed = dict(PLAIN.channels) | {channel: use}
    return replace(PLAIN, channels=tuple(changed.items()))


@pytest.mark.parametrize(
    ("after", "effect"),
    [
        (replace(PLAIN, messages_per_week=5), Effect.LOOSER),
        (replace(PLAIN, messages_per_week=2), Effect.STRICTER),
        (replace(PLAIN, messages_per_week=5, words_per_message=100), Effect.STRICTER),
        (replace(PLAIN, messages_per_week=5, client_text="New words."), Effect.LEVEL),
        (replace(PLAIN, client_text="New words."), Effect.LEVEL),
        (replace(PLAIN, preset="another"), Effect.LEVEL),
        (replace(PLAIN, promise=WorkingDays(3, time(17))), Effect.STRICTER),
        (replace(PLAIN, promise=SessionOnly()), Effect.STRICTER),
        (replace(PLAIN, change_notice_days=7), Effect.STRICTER),
        (replace(PLAIN, zone="Europe/Madrid"), Effect.STRICTER),
        (replace(PLAIN, participants="couple"), Effect.STRICTER),
        (replace(PLAIN, supervised=True), Effect.STRICTER),
        (replace(PLAIN, messages="none"), Effect.STRICTER),
        (replace(PLAIN, extra=Extra(Money(100, "EUR"), WorkingDays(1, time(17)))), Effect.LOOSER),
        (topics(Topic.OUR_MESSAGING, Handling.DESK), Effect.STRICTER),
        (topics(Topic.BILLING, Handling.ANSWER), Effect.LEVEL),
        (topics(Topic.BILLING, Handling.KEEP), Effect.STRICTER),
        (channels(Channel.PORTAL, ChannelUse.ALERTS), Effect.STRICTER),
        (channels(Channel.SMS, ChannelUse.TWO_WAY), Effect.LEVEL),
        (channels(Channel.SMS, ChannelUse.ALERTS_IF_ASKED), Effect.STRICTER),
        (channels(Channel.PHONE, ChannelUse.COACHING), Effect.LOOSER),
        (PLAIN, Effect.LEVEL),
    ],
)
def test_what_could_take_something_away_counts_as_stricter(after: Policy, effect: Effect) -> None:
    assert effect_of(PLAIN, after) is effect


def test_the_first_version_is_beside_nothing() -> None:
    assert effect_of(None, PLAIN) is Effect.FIRST


def test_two_currencies_cannot_be_compared_and_so_count_as_stricter() -> None:
    before = replace(PLAIN, extra=Extra(Money(1500, "EUR"), WorkingDays(1, time(17))))
    (change,) = changes_between(
        before, replace(PLAIN, extra=Extra(Money(100, "GBP"), WorkingDays(1, time(17))))
    )
    assert change.direction is Direction.STRICTER


def test_a_way_of_paying_that_cannot_be_compared_counts_as_stricter() -> None:
    assert takes_away(Change("charge", "flat", "per_answer", Direction.NEITHER))
    assert not takes_away(Change("charge", "flat", "none", Direction.LOOSER))


# what starts without waiting


@pytest.mark.parametrize("effect", [Effect.FIRST, Effect.LEVEL])
def test_what_takes_nothing_away_starts_with_the_yes(effect: Effect) -> None:
    offer = Offer(SHOWN, effect)
    assert (start(offer).at, start(offer).waits_for) == (None, Waits.YES)
    later = SHOWN + timedelta(days=3)
    assert start(replace(offer, accepted_at=later)).at == later


def test_what_only_gives_starts_as_it_is_shown() -> None:
    assert start(Offer(SHOWN, Effect.LOOSER)).at == SHOWN


# notice and a session between


@pytest.mark.parametrize(
    ("sessions", "starts"),
    [
        ([meeting(5, 19)], at(5, 28)),  # fourteen days end on Wed 27 May, 14:41: the next midnight
        ([meeting(6, 2)], at(6, 3)),  # the first session is after the notice: the day after it
        ([meeting(5, 19), meeting(5, 26)], at(5, 28)),
        ([meeting(6, 2), meeting(5, 19)], at(5, 28)),
        ([meeting(5, 12)], None),  # before it was shown: not between
        ([meeting(5, 13, 14)], None),  # began before it was shown
        ([], None),
    ],
)
def test_a_stricter_change_waits_for_its_notice_and_for_a_session(
    sessions: list[Meeting], starts: datetime | None
) -> None:
    assert start(YES, *sessions).at == starts


def test_without_a_session_it_says_what_it_waits_for() -> None:
    waiting = start(YES)
    assert (waiting.at, waiting.waits_for, waiting.notice_ends) == (None, Waits.SESSION, at(5, 28))
    assert (waiting.session_at, start(YES, meeting(5, 19)).session_at) == (None, at(5, 19, 10))


def test_when_the_session_does_not_take_place_the_start_moves() -> None:
    assert start(YES, meeting(5, 26), meeting(6, 9)).at == at(5, 28)
    assert start(YES, meeting(6, 9)).at == at(6, 10)


def test_a_session_cancelled_before_the_start_does_not_lie_between() -> None:
    gone = replace(meeting(5, 19), cancelled_at=at(5, 19, 8))
    assert start(YES, gone).waits_for is Waits.SESSION
    assert start(YES, gone, meeting(6, 9)).at == at(6, 10)
    missed = replace(meeting(5, 26), cancelled_at=at(5, 26, 18))  # said in the evening: nobody was there
    assert start(YES, missed, meeting(6, 9)).at == at(6, 10)


def test_what_has_started_stays_whatever_is_said_of_the_session_later() -> None:
    later = replace(meeting(5, 19), cancelled_at=at(5, 28))
    assert start(YES, later, meeting(6, 9)).at == at(5, 28)
    assert start(STRICTER, later).waits_for is Waits.SESSION  # without a yes nothing has started


def test_it_never_starts_sooner_than_was_told() -> None:
    told = replace(YES, told=at(6, 10))
    assert start(told, meeting(5, 19)).at == at(6, 10)
    assert start(told, meeting(6, 16)).at == at(6, 17)


def test_a_yes_that_comes_late_starts_it_then() -> None:
    late = at(7, 1, 18, 30)
    assert start(replace(YES, accepted_at=late), meeting(5, 19)).at == late


def test_without_a_yes_the_old_version_stays() -> None:
    waiting = start(STRICTER, meeting(5, 19))
    assert (waiting.at, waiting.waits_for, waiting.planned) == (None, Waits.YES, at(5, 28))


def test_without_a_reason_it_never_starts() -> None:
    assert start(replace(YES, has_reason=False), meeting(5, 19)).waits_for is Waits.REASON


def test_a_notice_that_ends_at_midnight_needs_no_day_more() -> None:
    midnight = replace(YES, shown_at=at(5, 13))
    assert start(midnight, meeting(5, 19)).at == at(5, 27)


def test_without_any_notice_agreed_the_session_is_still_needed() -> None:
    at_once = replace(YES, notice_days=0)
    assert start(at_once).waits_for is Waits.SESSION
    assert start(at_once, meeting(5, 14)).at == at(5, 15)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York", "Pacific/Apia", "Africa/Cairo"])
def test_in_any_zone_the_notice_is_whole_and_a_day_begins(zone: str) -> None:
    here = ZoneInfo(zone)
    for days in range(0, 200, 7):
        shown = SHOWN + timedelta(days=days)
        offer = replace(YES, shown_at=shown, accepted_at=shown)
        held = Meeting(shown + timedelta(days=2), shown + timedelta(days=2, hours=1))
        begins = start_of(offer, sessions=[held], zone=here, last_stricter=None).at
        assert begins is not None and begins >= shown + timedelta(days=14)
        assert begins - shown < timedelta(days=15, hours=2)
        before = (begins - timedelta(microseconds=1)).astimezone(here)
        assert before.date() < begins.astimezone(here).date()


def test_a_day_that_was_written_down_is_waited_for() -> None:
    written = date(2026, 7, 1)
    assert start(replace(YES, starts_on=written), meeting(5, 19)).at == at(7, 1)
    assert start(Offer(SHOWN, Effect.LOOSER, starts_on=written)).at == at(7, 1)
    level = Offer(SHOWN, Effect.LEVEL, starts_on=written, accepted_at=SHOWN)
    assert start(level).at == at(7, 1)


# eight weeks


def test_a_second_stricter_change_waits_for_eight_weeks() -> None:
    held = start(YES, meeting(5, 19), last=at(4, 28))
    assert (held.at, held.held_until) == (at(6, 23), at(6, 23))
    free = start(YES, meeting(5, 19), last=at(3, 1))
    assert (free.at, free.held_until) == (at(5, 28), None)


def test_eight_weeks_are_counted_from_start_to_start() -> None:
    first = replace(YES, shown_at=at(3, 2), accepted_at=at(3, 2))
    looser = Offer(at(4, 1), Effect.LOOSER)
    starts = starts_of([first, looser, YES], sessions=[meeting(3, 10), meeting(5, 19)], zone=LONDON)
    assert [one.at for one in starts] == [at(3, 16), at(4, 1), at(5, 28)]
    soon = starts_of(
        [replace(first, shown_at=at(4, 1), accepted_at=at(4, 1)), YES],
        sessions=[meeting(4, 10), meeting(5, 19)],
        zone=LONDON,
    )
    assert [one.at for one in soon] == [at(4, 15), at(6, 10)]
    assert in_force(soon, at(6, 9)) == 0
    assert in_force(soon, at(6, 10)) == 1
    assert in_force(soon, at(4, 14)) is None


# safety and law


@pytest.mark.parametrize("because", [Because.SAFETY, Because.LAW])
def test_safety_and_law_start_on_their_written_day_without_a_yes_but_told_first(because: Because) -> None:
    written = replace(STRICTER, because=because, starts_on=date(2026, 5, 20))
    assert start(written).at == at(5, 20)
    assert start(written, last=at(5, 12)).at == at(5, 20)
    for too_soon in (date(2026, 5, 13), date(2026, 1, 1), date(1999, 1, 1)):
        assert start(replace(written, starts_on=too_soon)).at == at(5, 14)


def test_safety_and_law_without_words_or_without_a_day_are_nothing_special() -> None:
    assert start(replace(STRICTER, because=Because.LAW, has_reason=False)).waits_for is Waits.REASON
    assert start(replace(STRICTER, because=Because.LAW)).waits_for is Waits.SESSION


# withdrawn, settled


def test_what_was_withdrawn_never_starts() -> None:
    gone = replace(YES, withdrawn_at=SHOWN)
    assert (start(gone, meeting(5, 19)).at, start(gone).waits_for) == (None, Waits.WITHDRAWN)


def test_what_has_started_and_been_built_on_keeps_its_day() -> None:
    settled = replace(YES, started_at=at(5, 28))
    assert start(settled).at == at(5, 28)


# exceptions give and never take


def test_an_exception_gives_for_a_time_and_takes_nothing_away() -> None:
    agreed = [Layer(LayerKind.AGREEMENT, "ours", {"plan.words": 200, "plan.messages_per_week": 3})]
    on = date(2026, 5, 13)
    wish = Layer(
        LayerKind.EXCEPTION,
        "May",
        {"plan.words": 50, "plan.messages_per_week": 5},
        since=on,
        until=on,
        reason="A move.",
    )
    laid_over = loosened(resolve(agreed, on), agreed, [wish], on=on).policy
    assert (laid_over.words_per_message, laid_over.messages_per_week) == (200, 5)
    giving = replace(wish, values={"plan.messages_per_week": 5})
    assert loosened(resolve(agreed, on), agreed, [giving], on=on).policy.messages_per_week == 5
