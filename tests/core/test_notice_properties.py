"""Nothing gets stricter silently, in any history: versions, answers, sessions, exceptions, and time that passes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.errors import BadPolicy
from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.notice import (
    Because,
    Effect,
    Meeting,
    Offer,
    Start,
    changes_between,
    effect_of,
    in_force,
    loosened,
    start_of,
    starts_of,
    takes_away,
)
from interlude.core.policy import Policy
from interlude.core.promises import SessionOnly, WorkingDays
from interlude.core.terms import Handling, Topic
from tests.core.policies import VALUES, clocks, layers

HISTORIES = 1_200
BEGAN = datetime(2026, 1, 5, 9, 17, tzinfo=UTC)
ZONES = ["Europe/London", "Asia/Kolkata", "America/New_York", "Pacific/Apia", "UTC"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Care:
    """One client's history, kept as the portal keeps it."""

    chance: Random
    zone: ZoneInfo
    now: datetime = BEGAN
    offers: list[Offer] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    sessions: list[Meeting] = field(default_factory=list)

    def starts(self) -> list[Start]:
        return starts_of(self.offers, sessions=self.sessions, zone=self.zone)

    def place(self) -> int | None:
        return in_force(self.starts(), self.now)

    # what people do

    def time_passes(self) -> None:
        self.now += self.chance.choice([HOUR, 7 * HOUR, DAY, 5 * DAY, 16 * DAY]) + timedelta(minutes=13)

    def plan(self) -> None:
        begins = self.now + timedelta(hours=self.chance.choice([-90, -3, 2, 40, 100, 200, 700]))
        self.sessions.append(Meeting(begins, begins + timedelta(minutes=50)))

    def cancel(self) -> None:
        """Also one that has been: nobody came."""
        if self.sessions:
            place = self.chance.randrange(len(self.sessions))
            if self.sessions[place].cancelled_at is None:
                self.sessions[place] = replace(self.sessions[place], cancelled_at=self.now)

    def move(self) -> None:
        self.cancel()
        self.plan()

    def publish(self) -> None:
        place = self.place()
        before = self.policies[place] if place is not None else None
        after = some_policy(self.chance)
        has_reason = self.chance.random() < 0.9
        because = self.chance.choice([Because.ORDINARY] * 6 + [Because.SAFETY, Because.LAW])
        starts_on = None
        if because is not Because.ORDINARY or self.chance.random() < 0.1:
            starts_on = (self.now + self.chance.randrange(-9, 40) * DAY).date()
        offer = Offer(
            self.now,
            effect_of(before, after),
            because,
            before.change_notice_days if before else 0,
            has_reason,
            starts_on=starts_on,
        )
        self.settle(place)
        begun = [
            one.at for one, made in zip(self.starts(), self.offers, strict=True) if stricter(made) and one.at
        ]
        last = max((at for at in begun if at <= self.now), default=None)
        told = start_of(offer, sessions=self.sessions, zone=self.zone, last_stricter=last).planned
        self.offers.append(replace(offer, told=told))
        self.policies.append(after)

    def settle(self, place: int | None) -> None:
        starts = self.starts()
        for number, offer in enumerate(self.offers):
            if number == place and offer.started_at is None:
                self.offers[number] = replace(offer, started_at=starts[number].at)
            elif place is None or number > place:
                self.offers[number] = replace(offer, withdrawn_at=offer.withdrawn_at or self.now)

    def accept(self) -> None:
        if self.offers and self.offers[-1].accepted_at is None and self.offers[-1].withdrawn_at is None:
            self.offers[-1] = replace(self.offers[-1], accepted_at=self.now)

    def withdraw(self) -> None:
        if self.offers and self.place() != len(self.offers) - 1:
            self.offers[-1] = replace(self.offers[-1], withdrawn_at=self.offers[-1].withdrawn_at or self.now)


def stricter(offer: Offer) -> bool:
    return offer.effect is Effect.STRICTER


def some_policy(chance: Random) -> Policy:
    topics = dict(Policy().topics) | {
        Topic.HOMEWORK: chance.choice([Handling.ANSWER, Handling.DESK, Handling.KEEP, Handling.ACKNOWLEDGE])
    }
    return Policy(
        messages_per_week=chance.choice([1, 2, 3, None]),
        words_per_message=chance.choice([100, 200]),
        promise=chance.choice([WorkingDays(1, END), WorkingDays(3, END), SessionOnly()]),
        topics=tuple(topics.items()),
        change_notice_days=chance.choice([0, 7, 14, 30]),
        client_text=chance.choice(["", "Some words."]),
    )


END = time(17)
ACTS = (
    ["time_passes"] * 8
    + ["plan"] * 3
    + ["publish", "publish", "accept", "accept", "accept", "cancel", "move", "withdraw"]
)


def moments_of(start: datetime, end: datetime) -> list[datetime]:
    """Every few hours between two moments, so that no start is stepped over."""
    return [start + number * 3 * HOUR for number in range(1, max(1, (end - start) // (3 * HOUR)))] + [end]


def openly(care: Care, place: int, before: Policy) -> bool:
    """Was this version's tightening told as the law asks? Written from the law's words, not from the code."""
    offer = care.offers[place]
    if not offer.has_reason:
        return False
    if offer.because is not Because.ORDINARY and offer.starts_on is not None:
        return care.now > offer.shown_at
    noticed = care.now >= offer.shown_at + timedelta(days=before.change_notice_days)
    met = any(
        offer.shown_at < one.starts_at
        and one.ends_at <= care.now
        and (one.cancelled_at is None or one.cancelled_at == care.now)
        for one in care.sessions
    )
    said_yes = offer.accepted_at is not None and offer.accepted_at <= care.now
    return noticed and met and said_yes and offer.withdrawn_at is None


def live(seed: int, *, acts: int = 60) -> int:
    """A history; returns how often something got stricter."""
    chance = Random(seed)
    care = Care(chance, ZoneInfo(chance.choice(ZONES)))
    tightened, stricter_at = 0, list[datetime]()
    held = care.place()
    for _ in range(acts):
        act = chance.choice(ACTS)
        began = care.now
        getattr(care, act)()
        for moment in moments_of(began, care.now):
            care.now = moment
            place = care.place()
            if place == held:
                continue
            assert place is not None, "what holds is never taken away"
            if held is not None:
                assert place > held, "an older version never comes back"
                before, after = care.policies[held], care.policies[place]
                if any(takes_away(one) for one in changes_between(before, after)):
                    assert openly(care, place, before), (seed, care.offers[place], care.now)
                    tightened += 1
                    begins = care.starts()[
                        place
                    ].at  # a session may be written down after it was held
                    assert begins is not None
                    if care.offers[place].because is Because.ORDINARY or care.offers[place].starts_on is None:
                        assert all(begins - at >= timedelta(weeks=8) for at in stricter_at), seed
                    stricter_at.append(begins)
            held = place
    return tightened


def test_in_no_history_does_anything_get_stricter_silently() -> None:
    tightened = sum(live(seed) for seed in range(HISTORIES))
    assert tightened > HISTORIES / 10, "too few histories got stricter at all"


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(10**6, 10**9), acts=st.integers(1, 120))
def test_nor_in_any_that_a_machine_looks_for(seed: int, acts: int) -> None:
    live(seed, acts=acts)


@settings(max_examples=150, deadline=None)
@given(wanted=layers(kinds=st.just(LayerKind.EXCEPTION)), ours=layers(kinds=st.just(LayerKind.AGREEMENT)))
def test_an_exception_never_takes_anything_away(wanted: Layer, ours: Layer) -> None:
    on = wanted.since or date(2026, 1, 1)
    agreed_layers = [replace(ours, since=None, until=None)]
    try:
        agreed = resolve(agreed_layers, on)
        resolve([*agreed_layers, wanted], on)
    except BadPolicy:
        return
    laid_over = loosened(agreed, agreed_layers, [wanted], on=on)
    taken = [one.key for one in changes_between(agreed.policy, laid_over.policy) if takes_away(one)]
    assert not taken


@pytest.mark.parametrize("key", sorted(VALUES))
def test_there_and_back_is_never_looser_both_ways(key: str) -> None:
    """What is a gain in one direction is no gain in the other, or a client could be worn down in small steps."""
    default = Policy().values()

    @settings(max_examples=25, deadline=None)
    @given(value=VALUES[key], clock=clocks)
    def ask(value: object, clock: object) -> None:
        try:
            other = Policy.of(default | {key: value})
        except BadPolicy:
            return
        there = effect_of(Policy(), other)
        back = effect_of(other, Policy())
        assert {there, back} != {Effect.LOOSER} or other == Policy()

    ask()
