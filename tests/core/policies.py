"""Policies, layers and standings for property tests: what can be written, and nothing that cannot."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from interlude.core.delivery import Draft, OverPlan, Standing
from interlude.core.hours import Opening
from interlude.core.layers import Layer, LayerKind
from interlude.core.money import Money
from interlude.core.policy import (
    PAGE_FOR,
    WEEKDAYS,
    Channel,
    ChannelUse,
    Extra,
    Handling,
    LateCancel,
    Policy,
    Topic,
)
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, Promise, SessionOnly, WorkingDays

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
moments = st.integers(0, 3_679_200).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
days = st.dates(date(2024, 1, 1), date(2031, 1, 1))
plain_text = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u202a\u202b\u202c\u202d\u202e"),
    max_size=60,
)
promises = st.one_of(
    st.builds(WorkingDays, st.integers(1, 10), clocks),
    st.builds(OpenHours, st.integers(1, 3_000).map(lambda minutes: timedelta(minutes=minutes))),
    st.just(NextCheck()),
    st.builds(FixedTurns, st.frozensets(st.integers(0, 6), min_size=1), clocks),
    st.just(SessionOnly()),
)
dated_promises = promises.filter(lambda promise: not isinstance(promise, SessionOnly))
extras = st.none() | st.builds(
    Extra, st.builds(Money, st.integers(1, 10_000), st.sampled_from(["EUR", "INR", "JPY"])), dated_promises
)

late_cancels = st.none() | st.builds(
    LateCancel,
    st.integers(1, 336),
    st.builds(Money, st.integers(1, 20_000), st.sampled_from(["EUR", "INR", "JPY"])),
)


@st.composite
def openings(draw: st.DrawFn, least: int = 0) -> tuple[Opening, ...]:
    """Some openings of one day that do not overlap."""
    edges = sorted(draw(st.sets(st.integers(0, 95), min_size=2 * least, max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Opening(_quarter(opens), _quarter(closes)) for opens, closes in pairs)


def _quarter(number: int) -> time:
    return time(number // 4, number % 4 * 15)


def handlings_of(topic: Topic) -> list[Handling]:
    return [each for each in Handling if each != Handling.SELF_SERVICE or topic in PAGE_FOR]


def _values() -> dict[str, st.SearchStrategy[Any]]:
    """For each key, what it may be."""
    return {
        "zone": st.sampled_from(ZONES),
        **{f"hours.{day}": openings() for day in WEEKDAYS},
        **{
            f"check.{day}": st.sets(clocks, max_size=3).map(lambda each: tuple(sorted(each)))
            for day in WEEKDAYS
        },
        "check.minutes": st.integers(5, 240),
        "promise": promises,
        "desk_promise": dated_promises,
        **{f"topics.{topic}": st.sampled_from(handlings_of(topic)) for topic in Topic},
        "messages": st.sampled_from(["open", "none"]),
        "minimum_age": st.integers(0, 25),
        "plan.words": st.none() | st.integers(10, 1_000),
        "plan.messages_per_week": st.none() | st.integers(1, 20),
        "plan.minutes_per_week": st.none() | st.integers(1, 100),
        "extra": extras,
        **{f"channels.{channel}": st.sampled_from(ChannelUse) for channel in Channel},
        "participants": st.sampled_from(["one_to_one", "couple", "group"]),
        "secrets": st.sampled_from(["not_chosen", "no_secrets", "limited_secrets"]),
        "charge": st.sampled_from(["none", "included", "flat", "per_answer"]),
        "late_cancel": late_cancels,
        "supervised": st.booleans(),
        "replies_leave": st.sampled_from(["office_hours", "at_once"]),
        "change_notice_days": st.integers(0, 365),
        "pause_days": st.integers(0, 2),
        "review.first_weeks": st.integers(1, 104),
        "review.every_weeks": st.integers(1, 104),
        "review.ends_weeks": st.none() | st.integers(1, 520),
        "client_text": plain_text,
    }


VALUES = _values()


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A whole policy that opens, and is read, on one weekday at least.

    What the decision weighs is drawn; the rest comes from one number, or drawing would take all the time.
    """
    chance = Random(draw(st.integers(0, 10**6)))
    week = {day: _opened(chance) for day in range(7) if chance.random() < 0.7} or {0: _opened(chance)}
    promise = draw(promises)
    read = {
        day: tuple({_quarter(chance.randrange(96)) for _ in range(2)})
        for day in range(7)
        if chance.random() < 0.5
    }
    return Policy(
        zone=chance.choice(ZONES),
        hours=tuple(week.items()),
        check_times=tuple((read or {6: (time(9),)}).items()),
        topics=tuple((topic, chance.choice(handlings_of(topic))) for topic in Topic),
        promise=NextCheck() if _turns_never(promise, week) else promise,
        desk_promise=draw(dated_promises),
        messages="none" if chance.random() < 0.1 else "open",
        minimum_age=chance.choice([0, 12, 18]),
        words_per_message=draw(st.none() | st.integers(10, 1_000)),
        messages_per_week=draw(st.none() | st.integers(1, 20)),
        extra=draw(extras),
    )


def _turns_never(promise: Promise, week: dict[int, tuple[Opening, ...]]) -> bool:
    return isinstance(promise, FixedTurns) and not promise.weekdays & week.keys()


def _opened(chance: Random) -> tuple[Opening, ...]:
    edges = sorted(chance.sample(range(96), chance.choice([2, 4])))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Opening(_quarter(opens), _quarter(closes)) for opens, closes in pairs)


_KINDS = st.sampled_from(LayerKind)


@st.composite
def layers(draw: st.DrawFn, kinds: Any = _KINDS, keys: Any = None) -> Layer:
    """Some rules of one party, some of them locked if that party may."""
    kind = draw(kinds)
    values = draw(st.fixed_dictionaries({}, optional=keys or VALUES))
    locks: set[str] = set()
    if values and kind in (LayerKind.LAW, LayerKind.PRACTICE):
        locks = draw(st.sets(st.sampled_from(sorted(values))))
    since, until = sorted([draw(days), draw(days)])
    bounded = kind is LayerKind.EXCEPTION or draw(st.booleans())
    return Layer(
        kind,
        draw(plain_text.filter(str.strip)),
        values,
        frozenset(locks),
        since if bounded else None,
        until if bounded else None,
        "for a while" if bounded else "",
        until if bounded and draw(st.booleans()) else None,
    )


drafts = st.builds(
    Draft,
    st.sampled_from(Topic),
    st.integers(0, 10**9),
    no_answer=st.booleans(),
    keep=st.booleans(),
    wish_by=st.none() | moments,
)
standings = st.builds(
    Standing,
    st.sampled_from([None, "1", "2"]),
    st.sampled_from([None, "1", "2"]),
    used_this_week=st.integers(0, 30),
    age=st.none() | st.integers(0, 100),
    ended=st.booleans(),
    choice=st.none() | st.sampled_from(OverPlan),
)
welcome = st.builds(
    Standing,
    st.just("1"),
    st.just("1"),
    used_this_week=st.integers(0, 5),
    choice=st.none() | st.sampled_from(OverPlan),
)
