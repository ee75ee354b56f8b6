"""Whether a practice has confirmed the help lines of its own place. Rule: R-163."""

from __future__ import annotations

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
