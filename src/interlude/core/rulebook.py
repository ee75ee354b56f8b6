"""What belongs to whoever writes rules: what is a clinician's own, and what gives way under a practice's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from interlude.core.keys import KEYS
from interlude.core.layers import Explanation, Layer, LayerKind, Resolved, Said, resolve

ALWAYS_OWN = ("check.", "hours.", "client_text")
"""What a clinician says alone, even where a starting point says the same: times, and words to read as one's own."""


@dataclass(frozen=True, slots=True)
class GivingWay:
    """A setting that a lock would not let through, and what would hold instead. Rule: R-94."""

    key: str
    wanted: Any
    holds: Any


def own_values(chosen: Mapping[str, Any], ground: Mapping[str, Explanation]) -> dict[str, Any]:
    """Of all that was *chosen*, what is the clinician's own over *ground*, the practice and a starting point.

    Times and words are always their own; of the rest, what differs. So a client may be offered another
    starting point, and it still counts for something. Rule: R-93.
    """
    return {
        key: chosen[key]
        for key in KEYS
        if key in chosen
        and key != "preset"
        and (chosen[key] != ground[key].value or _is_always_own(key, ground))
    }


def with_another_start(own: Layer) -> Layer:
    """A clinician's rules laid over a starting point that they were not written for: the words stay behind. R-93."""
    values = {key: value for key, value in own.values.items() if key != "client_text"}
    return Layer(own.kind, own.name, values, since=own.since)


def giving_way(
    before: Iterable[Layer], after: Iterable[Layer], *, own: Iterable[Layer], on: date
) -> tuple[GivingWay, ...]:
    """Which of *own* settings would no longer hold if a practice went from the rules *before* to those *after*.

    Raises BadPolicy where all together come to no set of rules. Rule: R-94.
    """
    mine = list(own)
    old, new = resolve([*before, *mine], on), resolve([*after, *mine], on)
    return tuple(
        GivingWay(key, wanted.value, why.value)
        for key, why in new.origins.items()
        if (wanted := why.wanted) and is_own(wanted) and wanted != old.origins[key].wanted
    )


def held_back(rules: Resolved) -> tuple[GivingWay, ...]:
    """The clinician's own settings that a lock does not let through. Rules: R-65, R-94."""
    return tuple(
        GivingWay(key, why.wanted.value, why.value)
        for key, why in rules.origins.items()
        if why.wanted and is_own(why.wanted)
    )


def is_own(said: Said) -> bool:
    """Did a clinician say so, and not the starting point?"""
    return said.origin.kind is LayerKind.CLINICIAN


def _is_always_own(key: str, ground: Mapping[str, Explanation]) -> bool:
    return key.startswith(ALWAYS_OWN) and ground[key].locked_by is None
