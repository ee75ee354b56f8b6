"""Layers of rules, and the one policy they come to: each value with who set it, and what it overrode.

Law and safety, practice, starting point, clinician, agreement, exception: the later one wins, except that a
key locked by law or by the practice cannot be loosened below (R-62 to R-68).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from interlude.core import bounds
from interlude.core.errors import BadPolicy
from interlude.core.keys import ALWAYS, DEFAULTS, KEYS, in_words, suggestion
from interlude.core.orders import Direction, Rhythm
from interlude.core.policy import Policy

_FIRST_YEAR, _LAST_YEAR = 1970, 2199


class LayerKind(StrEnum):
    """Where a layer comes from, loosest to strictest right to win. Rule: R-62."""

    LAW = "law"
    PRACTICE = "practice"
    PRESET = "preset"
    CLINICIAN = "clinician"
    AGREEMENT = "agreement"
    EXCEPTION = "exception"


_ORDER = {kind: place for place, kind in enumerate(LayerKind)}
_WORDS = {
    LayerKind.LAW: "law and safety",
    LayerKind.PRACTICE: "the practice",
    LayerKind.PRESET: "the starting point",
    LayerKind.CLINICIAN: "the clinician",
    LayerKind.AGREEMENT: "the agreement",
    LayerKind.EXCEPTION: "an exception",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Some of the rules, as one party sets them. What it does not name, it leaves as it is.

    Args:
        values: by key, as in `Policy.values()`.
        locks: keys of *values* that nobody below may loosen; law and practice only.
        since, until: the first and the last day in force; None is open.
        reason: in plain words; an exception needs one, and both days.
        review_on: the day on which an exception is looked at again; its last day, if None.

    Raises:
        BadPolicy: names the layer, the key, the value and the remedy.

    Rules: R-61, R-64, R-65.
    """

    kind: LayerKind
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    locks: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    reason: str = ""
    review_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "locks", frozenset(self.locks))
        _check_header(self)
        for key, value in self.values.items():
            check_key(key, value, file=self.name)
            bounds.check(key, value, file=self.name)
        _check_locks(self)

    def __hash__(self) -> int:
        return hash((self.kind, self.name, tuple(sorted(self.values)), self.locks, self.since, self.until))

    def __reduce__(self) -> tuple[object, ...]:
        rest = (self.locks, self.since, self.until, self.reason, self.review_on)
        return type(self), (self.kind, self.name, dict(self.values), *rest)

    def in_force(self, on: date) -> bool:
        """Does this layer count on that day? Both its first and its last day do."""
        return (self.since or date.min) <= on <= (self.until or date.max)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who set a value, and since when; *kind* None is the product's own starting value."""

    kind: LayerKind | None
    name: str = ""
    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        who = _WORDS[self.kind] if self.kind else "nobody; this is the starting value"
        if self.kind is LayerKind.PRESET:
            return f"{who} {self.name}"
        since = f" on {_day(self.since)}" if self.since else ""
        until = f" until {_day(self.until)}" if self.until else ""
        return f"{who}{since}{until}"


@dataclass(frozen=True, slots=True)
class Said:
    """A value that some layer set."""

    origin: Origin
    value: Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where the value of *key* came from.

    *overrode* holds the values that gave way, oldest first. *locked_by* is who holds the value so that nobody
    below may loosen it; *wanted* is the setting that this lock did not let through. Rule: R-68.
    """

    key: str
    value: Any
    set_by: Origin
    overrode: tuple[Said, ...] = ()
    locked_by: Origin | None = None
    wanted: Said | None = None

    @property
    def since(self) -> date | None:
        """Since when the value holds; None for ever."""
        return self.set_by.since

    def __str__(self) -> str:
        locked = ", and locked there" if self.locked_by == self.set_by else ""
        if self.locked_by and not locked:
            locked = f"; locked by {self.locked_by}"
        wanted = f"; your own setting would be {in_words(self.key, self.wanted.value)}" if self.wanted else ""
        return f"{in_words(self.key, self.value)}: set by {self.set_by}{locked}{wanted}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The policy that layers come to, and an explanation for each of its keys."""

    policy: Policy
    origins: Mapping[str, Explanation]


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that differs between two policies, and whether the client loses by it. Rule: R-69."""

    key: str
    before: Any
    after: Any
    direction: Direction

    def __str__(self) -> str:
        before, after = in_words(self.key, self.before), in_words(self.key, self.after)
        return f"{KEYS[self.key].label}: {before} until now, {after} from now on"


def resolve(layers: Iterable[Layer], on: date) -> Resolved:
    """The policy in force on that day, each value with its origin.

    Raises:
        BadPolicy: two locks contradict each other, or the layers together never open.

    Rules: R-62 to R-67.
    """
    in_force = _in_order(layers, on)
    origins = settle(in_force, on)
    try:
        return Resolved(Policy.of({key: why.value for key, why in origins.items()}), origins)
    except BadPolicy as wrong:  # each layer is sound, but not all of them together
        together = ", ".join(layer.name for layer in in_force)
        raise BadPolicy(together, wrong.key, wrong.value, wrong.remedy) from None


def settle(layers: Iterable[Layer], on: date) -> Mapping[str, Explanation]:
    """Each value with its origin, also where all together would be no policy yet: for whoever lays more on top.

    Raises BadPolicy for two locks that contradict each other.
    """
    in_force = _in_order(layers, on)
    values: dict[str, Any] = {}
    origins: dict[str, Explanation] = {}
    for key in KEYS:
        origins[key] = _settle(key, in_force, values)
        values[key] = origins[key].value
    return MappingProxyType(origins)


def _in_order(layers: Iterable[Layer], on: date) -> list[Layer]:
    return sorted(
        (layer for layer in layers if layer.in_force(on)),
        key=lambda layer: (_ORDER[layer.kind], layer.since or date.min),
    )


def explain(resolved: Resolved, key: str) -> Explanation:
    """Where the value of *key* came from, also if nobody ever set it. Rule: R-68.

    Raises:
        BadPolicy: there is no such key; it says which one was meant.
    """
    if key in ALWAYS:
        law = Origin(LayerKind.LAW, "law and safety")
        return Explanation(key, ALWAYS[key], law, locked_by=law)
    if key not in resolved.origins:
        raise BadPolicy("explain", key, "unknown", suggestion(key, {**KEYS, **ALWAYS}))
    return resolved.origins[key]


def diff(before: Policy, after: Policy) -> tuple[Change, ...]:
    """What would change, rule by rule; "stricter" means that the client gets less, or later. R-69."""
    old, new = before.values(), after.values()
    week = Rhythm(after.hours, after.check_times, after.check_minutes)
    return tuple(
        Change(key, old[key], new[key], KEYS[key].client(old[key], new[key], _rhythm_of(key, week)))
        for key in KEYS
        if old[key] != new[key]
    )


def check_key(key: str, value: object, *, file: str) -> None:
    """Raise BadPolicy for a key that no layer can set, saying which was meant. Rule: R-67."""
    if key in ALWAYS or key.startswith("law."):
        raise BadPolicy(file, key, value, "this is always so, for everybody; take the line out")
    if key == "preset":
        raise BadPolicy(file, key, value, 'the starting point is a layer of its own; use layer = "preset"')
    if key not in KEYS:
        raise BadPolicy(file, key, bounds.shown(value), suggestion(key))


def _settle(key: str, layers: list[Layer], values: Mapping[str, Any]) -> Explanation:
    """One key through all layers: the later wins, unless a lock above it would be loosened. R-63 to R-65."""
    now, overrode = Said(Origin(None), DEFAULTS[key]), list[Said]()
    lock: Said | None = None
    wanted: Said | None = None
    for layer in layers:
        value = (
            layer.name if key == "preset" and layer.kind is LayerKind.PRESET else layer.values.get(key, ...)
        )
        if value is ...:
            continue
        said = Said(Origin(layer.kind, layer.name, layer.since, layer.until), value)
        if lock and _loosens(key, lock, said, values):
            if key in layer.locks:
                _check_no_contradiction(key, lock, said, values)
            wanted = said
            continue
        overrode.append(now)
        now, wanted = said, None
        lock = said if key in layer.locks else lock
    locked_by = lock.origin if lock else None
    return Explanation(key, now.value, now.origin, tuple(overrode), locked_by, wanted)


def _loosens(key: str, lock: Said, said: Said, values: Mapping[str, Any]) -> bool:
    if said.value == lock.value:
        return False
    return KEYS[key].lock(lock.value, said.value, _rhythm(key, values)) is not Direction.STRICTER


def _check_no_contradiction(key: str, lock: Said, other: Said, values: Mapping[str, Any]) -> None:
    """Of two locks the stricter holds; where neither is the stricter, somebody has to choose. Rule: R-65."""
    if KEYS[key].lock(lock.value, other.value, _rhythm(key, values)) is Direction.NEITHER:
        held = f"{in_words(key, lock.value)} by {lock.origin.name}"
        remedy = f"this lock contradicts {held}; take one of the two locks out, or give both the same value"
        raise BadPolicy(other.origin.name, key, in_words(key, other.value), remedy)


def _rhythm(key: str, values: Mapping[str, Any]) -> Rhythm:
    if "promise" not in key:
        return _NO_RHYTHM
    hours, check_times = _week(values)
    return _rhythm_of(key, Rhythm(hours, check_times, values["check.minutes"]))


def _rhythm_of(key: str, week: Rhythm) -> Rhythm:
    """The desk has no check times."""
    return replace(week, check_times=()) if key == "desk_promise" else week


_NO_RHYTHM = Rhythm((), (), 0)


def _week(values: Mapping[str, Any]) -> tuple[Any, Any]:
    hours, checks = (
        tuple(
            (day, values[key])
            for day, key in enumerate(key for key in KEYS if key.startswith(group) and key != "check.minutes")
            if values[key]
        )
        for group in ("hours.", "check.")
    )
    return hours, checks


def _check_header(layer: Layer) -> None:
    for key, text in (("name", layer.name), ("reason", layer.reason)):
        if fault := bounds.text_fault(text, longest=500):
            raise BadPolicy(str(bounds.shown(layer.name)), key, bounds.shown(text), fault)
    if not layer.name.strip():
        raise BadPolicy(
            f"{layer.kind} layer", "name", layer.name, "give the layer a name, so that it can be explained"
        )
    for key, day in (("since", layer.since), ("until", layer.until), ("review_on", layer.review_on)):
        if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise BadPolicy(
                layer.name, key, day.isoformat(), f"use a year from {_FIRST_YEAR} to {_LAST_YEAR}"
            )
    if layer.since and layer.until and layer.until < layer.since:
        raise BadPolicy(layer.name, "until", layer.until.isoformat(), f"end on {layer.since} or later")
    if layer.kind is LayerKind.EXCEPTION:
        _check_exception(layer)


def _check_exception(layer: Layer) -> None:
    """An exception has a reason, a start, an end, and a day on which both look at it again. Rule: R-64."""
    for key, remedy in (
        ("reason", "say in plain words what it is for"),
        ("since", "give its first day"),
        ("until", "give its last day; an exception has an end"),
    ):
        if not getattr(layer, key):
            raise BadPolicy(layer.name, key, "missing", remedy)


def _check_locks(layer: Layer) -> None:
    if layer.locks and layer.kind not in (LayerKind.LAW, LayerKind.PRACTICE):
        raise BadPolicy(
            layer.name, "locks", sorted(layer.locks)[0], "only law and practice can lock; take it out"
        )
    for key in sorted(layer.locks - layer.values.keys()):
        raise BadPolicy(layer.name, "locks", key, "a lock holds a value: set this key in the same layer")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
