"""Which lines stand on a help page: one fixed query or two, nothing written, nobody asked who they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine


@dataclass(frozen=True, slots=True)
class Place:
    """A country and the lines there that a person has checked, danger to life first."""

    code: str
    lines: tuple[HelpLine, ...]

    @property
    def name(self) -> str:
        return COUNTRIES.get(self.code, self.code)

    @property
    def checked_on(self) -> date | None:
        """The oldest of the checks: what may be said of all lines."""
        return min((line.checked_on for line in self.lines if line.checked_on), default=None)


def places_of(slug: str) -> list[Place]:
    """The places of the practice with that slug; none for a slug that nobody has. One query."""
    return _places(HelpLine.unscoped.shown().filter(practice__slug=slug))


def places_of_all() -> list[Place]:
    """Every place in which anybody on this installation checked lines of the shipped list. One query.

    A practice's own additions stay on its own page.
    """
    shipped = HelpLine.unscoped.shown().exclude(source_id="").order_by("checked_on")
    newest = {line.source_id: line for line in shipped}
    return _places(sorted(newest.values(), key=lambda line: (line.country, line.position, line.name)))


def _places(lines: Iterable[HelpLine]) -> list[Place]:
    grouped = groupby(lines, key=lambda line: line.country)
    places = [Place(code, tuple(each)) for code, each in grouped]
    return sorted(places, key=lambda place: place.name)
