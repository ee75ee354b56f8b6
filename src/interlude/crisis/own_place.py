"""Whether a practice has confirmed the help lines of its own place (R-163), and what a place still lacks (R-321)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine
from interlude.practice.models import Practice


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """The practice's country, and what of it somebody has checked."""

    country: str
    has_emergency: bool
    has_other: bool

    @property
    def name(self) -> str:
        return COUNTRIES.get(self.country, self.country)

    @property
    def is_confirmed(self) -> bool:
        return self.has_emergency and self.has_other


def own_place(practice: Practice) -> OwnPlace:
    """A number for danger to life and one other way, both checked by a person. One query."""
    shown = HelpLine.unscoped.shown().filter(practice=practice, country=practice.country)
    kinds = {line.kind for line in shown}
    return OwnPlace(
        practice.country,
        has_emergency=HelpLine.Kind.EMERGENCY in kinds,
        has_other=HelpLine.Kind.LINE in kinds,
    )


OTHER_WAYS = 2  # beside the number for danger to life, one of them not a call


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a place lacks of a number for danger to life and two other ways, one of them without speaking."""

    emergency: bool
    others: bool
    no_call: bool


def lacking(lines: Iterable[HelpLine]) -> dict[str, Lacks]:
    """By country, of those of *lines* that are shown; a place with all of it, or with none shown, is not there."""
    places: dict[str, list[HelpLine]] = {}
    for line in lines:
        if line.checked_on is not None:
            places.setdefault(line.country, []).append(line)
    return {country: lacks for country, shown in places.items() if (lacks := _lacks(shown))}


def _lacks(shown: list[HelpLine]) -> Lacks | None:
    others = [line for line in shown if not line.is_emergency]
    services = {line.group or line.pk for line in others}
    found = Lacks(
        emergency=len(others) == len(shown),
        others=len(services) < OTHER_WAYS,
        no_call=not any(line.is_no_call for line in others),
    )
    return found if found.emergency or found.others or found.no_call else None
