"""Public holidays by place and year, from the `holidays` package: a start that a practice then edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import metadata

import holidays

ENGLISH = ("en_US", "en_GB", "en")  # names as our pages speak; a country without them keeps its own language
YEARS = range(1950, 2100)  # what the package computes without guessing


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country with holidays of its own."""

    code: str
    name: str


def public_holidays(country: str, region: str, year: int) -> list[tuple[date, str]]:
    """The public holidays of that year with their names, in order; none for a place we do not know."""
    if year not in YEARS:
        return []
    return list(_holidays(country.upper(), region if _knows(country, region) else "", year))


def countries_with_holidays() -> frozenset[str]:
    """Codes of the countries that the package knows."""
    return frozenset(_supported())


def regions(country: str) -> list[Region]:
    """The regions with holidays of their own, by name; none for most countries."""
    names: dict[str, str] = {}
    for alias, code in _aliases(country.upper()).items():
        names.setdefault(code, alias)
    known = [Region(code, names.get(code, code)) for code in _supported().get(country.upper(), [])]
    return sorted(known, key=lambda region: region.name)


def version() -> str:
    """The release of the package, for operators."""
    return metadata.version("holidays")


@lru_cache(maxsize=256)
def _holidays(country: str, region: str, year: int) -> tuple[tuple[date, str], ...]:
    if country not in _supported():
        return ()
    spoken = holidays.list_localized_countries().get(country, [])
    language = next((each for each in ENGLISH if each in spoken), None)
    days = holidays.country_holidays(country, subdiv=region or None, years=year, language=language)
    return tuple(sorted(days.items()))


def _knows(country: str, region: str) -> bool:
    return region in _supported().get(country.upper(), [])


@lru_cache(maxsize=1)
def _supported() -> dict[str, list[str]]:
    return holidays.list_supported_countries()


def _aliases(country: str) -> dict[str, str]:
    """Names of regions as the package has them: `{"England": "ENG"}`."""
    if country not in _supported():
        return {}
    return dict(getattr(holidays.country_holidays(country), "subdivisions_aliases", {}))
