"""Rules of contact as facts that a page puts into words. Sentences stand in each room's own templates.

The one place that knows which rules belong together, which topics meet the same end, and who set what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext

from interlude.core.hours import Opening
from interlude.core.layers import Explanation, LayerKind, Resolved, Said, diff
from interlude.core.policy import Policy
from interlude.core.promises import (
    FixedTurns,
    NextCheck,
    OpenHours,
    Promise,
    SessionOnly,
    WorkingDays,
)
from interlude.core.terms import WEEKDAYS, Channel, Handling, Topic

CHECKS = tuple(f"check.{day}" for day in WEEKDAYS)
HOURS = tuple(f"hours.{day}" for day in WEEKDAYS)
TOPICS = tuple(f"topics.{topic}" for topic in Topic)
CHANNELS = tuple(f"channels.{channel}" for channel in Channel)
REVIEW = ("review.first_weeks", "review.every_weeks", "review.ends_weeks")

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "topics": ("messages", "minimum_age", *TOPICS),
    "reading": (*CHECKS, "check.minutes", "zone"),
    "answers": ("promise", "replies_leave", *HOURS),
    "desk": ("desk_promise",),
    "plan": ("plan.words", "plan.messages_per_week", "pause_days"),
    "cost": ("charge", "extra", "late_cancel"),
    "readers": ("participants", "secrets", "supervised"),
    "channels": CHANNELS,
    "changes": ("change_notice_days", *REVIEW),
}
"""What stands together on a page, and the rules it speaks of."""

ONLY_CLINICIAN: Mapping[str, tuple[str, ...]] = {
    "plan": ("plan.minutes_per_week",),
    "text": ("preset", "client_text"),
}
"""What a clinician's page shows beside it."""

WITH_GUARDIANS = ("family", "child_and_guardians", "minor_and_guardians")
SPOKEN_OF = (
    "hours.",
    "check.",
    "promise",
    "topics.",
    "plan.",
    "charge",
    "messages",
)  # by a starting point's own text


@dataclass(frozen=True, slots=True)
class Outcome:
    """Topics that meet the same end: a Handling, or "not_here" where no messages are used."""

    happens: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Weekdays (Monday is 0) with the same clock times, in the rules' own zone."""

    days: tuple[int, ...]
    times: tuple[time, ...] | tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """A promise by its kind, `working_days` to `session_only`, with what that kind needs to be said."""

    kind: str
    days: int = 0
    at: time | None = None
    minutes: int = 0
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """Rules with one value and one history: who set it, and who had said something else."""

    keys: tuple[str, ...]
    why: Explanation
    overrode: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: its name, and the history of its rules."""

    name: str
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One set of rules, ready to be put into words."""

    policy: Policy
    outcomes: tuple[Outcome, ...]
    reading: tuple[Times, ...]
    hours: tuple[Times, ...]
    promise: PromiseFacts
    desk_promise: PromiseFacts
    extra_promise: PromiseFacts | None
    own_words: str
    answers_here: bool

    @property
    def parts(self) -> list[str]:
        """The parts with something to say: no desk nobody is sent to, no plan nothing counts in."""
        at_the_desk = any(one.happens in (Handling.DESK, Handling.SELF_SERVICE) for one in self.outcomes)
        empty = {"desk": not at_the_desk, "plan": not self.answers_here}
        return [name for name in SECTIONS if not empty.get(name)]


def facts(rules: Resolved) -> Facts:
    """The rules as facts."""
    policy = rules.policy
    outcomes = _outcomes(policy)
    return Facts(
        policy=policy,
        outcomes=outcomes,
        reading=_by_times(policy.check_times),
        hours=_by_times(policy.hours),
        promise=promise_facts(policy.promise),
        desk_promise=promise_facts(policy.desk_promise),
        extra_promise=promise_facts(policy.extra.promise) if policy.extra else None,
        own_words=_own_words(policy.client_text) if holds_true(rules) else "",
        answers_here=any(outcome.happens == Handling.ANSWER for outcome in outcomes),
    )


def _own_words(text: str) -> str:
    """A starting point's text in the language of the moment; what somebody wrote themselves, as they wrote it."""
    return gettext(text) if text else ""


def sections(rules: Resolved) -> tuple[Section, ...]:
    """All parts of the client's page, each with who set its rules; what is not used stays out."""
    used = {name: [key for key in keys if _is_used(key, rules.policy)] for name, keys in SECTIONS.items()}
    return tuple(Section(name, settled(rules, keys, by_value=False)) for name, keys in used.items())


def explained(rules: Resolved) -> tuple[Section, ...]:
    """Every rule there is, for those who work with them, with each value's whole history."""
    return tuple(
        Section(name, settled(rules, [*keys, *ONLY_CLINICIAN.get(name, ())], start=True))
        for name, keys in {**SECTIONS, **dict.fromkeys(ONLY_CLINICIAN.keys() - SECTIONS.keys(), ())}.items()
    )


def changed_sections(before: Policy, after: Policy) -> list[str]:
    """The parts of the page that would read otherwise, in their order."""
    keys = {change.key for change in diff(before, after)}
    return [name for name, part in SECTIONS.items() if keys & set(part)]


def settled(
    rules: Resolved, keys: Iterable[str], *, start: bool = False, by_value: bool = True
) -> tuple[Settled, ...]:
    """The rules named by *keys*, those with one history (and one value) together, in order of appearance.

    With *start*, the product's own starting value counts as something that gave way.
    """
    together: dict[object, list[Settled]] = {}
    for key in keys:
        why = rules.origins[key]
        one = Settled((key,), why, _overrode(why, start=start))
        together.setdefault(_history(one, by_value=by_value), []).append(one)
    return tuple(
        Settled(tuple(key for one in group for key in one.keys), group[0].why, group[0].overrode)
        for group in together.values()
    )


def holds_true(rules: Resolved) -> bool:
    """May the text for the client be shown?

    A starting point's text speaks of its own rules; where somebody set others, it would not be so.
    """
    if rules.origins["client_text"].set_by.kind is not LayerKind.PRESET:
        return True
    return not any(
        said.origin.kind is LayerKind.PRESET and said.value != why.value
        for key, why in rules.origins.items()
        if key.startswith(SPOKEN_OF)
        for said in why.overrode
    )


def promise_facts(promise: Promise) -> PromiseFacts:
    """A promise by its kind."""
    match promise:
        case WorkingDays(days=days, cut_off=at):
            return PromiseFacts("working_days", days=days, at=at)
        case OpenHours(amount=amount):
            return PromiseFacts("open_hours", minutes=round(amount.total_seconds() / 60))
        case FixedTurns(weekdays=weekdays, at=at):
            return PromiseFacts("fixed_turns", weekdays=tuple(sorted(weekdays)), at=at)
        case NextCheck():
            return PromiseFacts("next_check")
        case SessionOnly():
            return PromiseFacts("session_only")


def _outcomes(policy: Policy) -> tuple[Outcome, ...]:
    order = [
        Handling.ANSWER,
        Handling.ACKNOWLEDGE,
        Handling.KEEP,
        Handling.DESK,
        Handling.SELF_SERVICE,
        "not_here",
    ]
    topics = [topic for topic, _ in policy.topics if _is_offered(topic, policy)]
    ends = {topic: _happens(topic, policy) for topic in topics}
    grouped = (Outcome(end, tuple(topic for topic in topics if ends[topic] == end)) for end in order)
    return tuple(outcome for outcome in grouped if outcome.topics)


def _happens(topic: Topic, policy: Policy) -> str:
    handling = policy.handling(topic)
    if handling in (Handling.DESK, Handling.SELF_SERVICE):
        return handling
    if policy.messages == "none":
        return "not_here"
    return Handling.KEEP if isinstance(policy.promise, SessionOnly) else handling


def _is_offered(topic: Topic, policy: Policy) -> bool:
    """Parents' rides are spoken of where there are parents, the written session where there is one."""
    if topic is Topic.PARENT_LOGISTICS:
        return policy.participants in WITH_GUARDIANS
    return topic is not Topic.ASYNC_SESSION or policy.handling(topic) is Handling.ANSWER


def _by_times(days: Iterable[tuple[int, tuple[time, ...] | tuple[Opening, ...]]]) -> tuple[Times, ...]:
    together: dict[tuple[time, ...] | tuple[Opening, ...], list[int]] = {}
    for day, times in days:
        together.setdefault(times, []).append(day)
    return tuple(Times(tuple(group), times) for times, group in together.items())


def _overrode(why: Explanation, *, start: bool) -> tuple[Said, ...]:
    """Who had said something else, newest first."""
    others = [said for said in why.overrode if said.value != why.value]
    return tuple(said for said in reversed(others) if start or said.origin.kind is not None)


def _history(one: Settled, *, by_value: bool) -> object:
    """What two rules must share to be told in one sentence."""
    why, before = one.why, tuple((str(said.origin), said.value) for said in one.overrode)
    wanted = (str(why.wanted.origin), why.wanted.value) if why.wanted else None
    plain = not by_value and not before and not wanted
    kind = why.key.partition(".")[0] if why.key in (*CHECKS, *HOURS, *TOPICS, *CHANNELS) else why.key
    value = None if plain else (kind, why.value)
    return (value, str(why.set_by), before, str(why.locked_by), wanted)


def _is_used(key: str, policy: Policy) -> bool:
    """Does the client's page speak of this rule? Not of days without times, nor of topics not offered."""
    group, _, name = key.partition(".")
    if group == "topics":
        return _is_offered(Topic(name), policy)
    if key in (*CHECKS, *HOURS):
        return bool(policy.values()[key])
    return True
