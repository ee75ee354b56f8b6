"""Which lines stand on a help page: one fixed query or two, nothing written, nobody asked who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine
from interlude.practice.models import Practice

GENERAL = "-"  # in an address: the page of no practice; no practice can have this name


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

    @property
    def has_emergency(self) -> bool:
        return any(line.is_emergency for line in self.lines)

    def services(self) -> list[tuple[HelpLine, ...]]:
        """The lines, with entries of one service together where the first of them stands. Rule: R-165."""
        together: dict[object, list[HelpLine]] = {}
        for line in self.lines:
            together.setdefault(line.group or line.pk, []).append(line)
        return [tuple(entries) for entries in together.values()]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every place of one help page, and the practice whose page it is; None for the general one."""

    practice: Practice | None
    places: tuple[Place, ...]

    @property
    def slug(self) -> str:
        return self.practice.slug if self.practice else GENERAL

    def place(self, country: str) -> Place | None:
        return next((place for place in self.places if place.code == country), None)


def shelf_of(slug: str) -> Shelf:
    """The places of the practice with that slug; the general ones for a slug that nobody has. One or two queries."""
    lines = list(HelpLine.unscoped.shown().filter(practice__slug=slug).select_related("practice"))
    if not lines:
        return general_shelf()
    return Shelf(lines[0].practice, tuple(_places(lines)))


def general_shelf() -> Shelf:
    return Shelf(None, tuple(places_of_all()))


def places_of(slug: str) -> list[Place]:
    """The places of the practice with that slug; none for a slug that nobody has. One query."""
    return list(_places(HelpLine.unscoped.shown().filter(practice__slug=slug)))


def places_of_all() -> list[Place]:
    """Every place in which anybody on this installation checked lines of the shipped list. One query.

    A practice's own additions stay on its own page.
    """
    shipped = HelpLine.unscoped.shown().exclude(source_id="").order_by("checked_on")
    newest = {line.source_id: line for line in shipped}
    return list(_places(sorted(newest.values(), key=lambda line: (line.country, line.position, line.name))))


def _places(lines: Iterable[HelpLine]) -> Iterator[Place]:
    grouped = groupby(lines, key=lambda line: line.country)
    yield from sorted((Place(code, tuple(each)) for code, each in grouped), key=lambda place: place.name)
