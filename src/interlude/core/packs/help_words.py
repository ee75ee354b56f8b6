"""What a help page says, in each language that it can be read in. Our own sentences; numbers are in lines.json.

A practice's own words about a line of its own are shown as they were typed, in any language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from interlude.core.packs.places import COUNTRIES

FILE = Path(__file__).parent / "help_words.json"
FIRST = "en"
ANYWHERE = "any"  # in an address: no place, where a language follows


def languages() -> dict[str, str]:
    """Languages that a help page can be read in, by code, each named in itself."""
    return dict(_document()["languages"])


def help_words(language: str) -> Mapping[str, str]:
    """Every sentence of a help page by its name; English for a language that is not there."""
    return {name: said.get(language, said[FIRST]) for name, said in _document()["words"].items()}


def in_language(text: str, language: str) -> str:
    """A sentence of the pack of lines in another language; the sentence itself where nobody wrote that one."""
    known: dict[str, str] = _document()["about"].get(text, {})
    return known.get(language, text)


def place_in(country: str, language: str) -> str:
    """The name of a country in a language; English where we do not know it in that one."""
    known: dict[str, str] = _document()["places"].get(country, {})
    return known.get(language, COUNTRIES.get(country, country))


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document
