"""Templates for replies that come with the project, one file for each language. Our own words.

A language marked as a draft is for reading only, until a person of the practice has reviewed a text of it (R-233).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from interlude.core.wording import Words

_FOLDER = Path(__file__).parent
_SPACE = UUID("6f1f2c1e-6a3d-5a53-9d2b-0b7a5f0c7a11")
FIRST = "en"
ORDER = ("en", "es", "hi", "hi-Latn")


@dataclass(frozen=True, slots=True)
class Language:
    """A language that templates are written in, with what fills their variables.

    Args:
        dates: the language whose names of days are used, and *days* how a day is written, in Django's letters.
        moment: a day and a clock time within a sentence.
        promise: "I answer {promise}"; empty where the portal has no words for promises in that language.
        help: how help now is named, with its lines.
        fallbacks: what stands for a variable without a value.
    """

    code: str
    name: str
    version: int
    is_draft: bool
    dates: str
    days: str
    moment: str
    greeting: str
    promise: str
    help: str
    fallbacks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shipped:
    """One template in one language."""

    id: UUID
    name: str
    situation: str
    title: str
    topics: tuple[str, ...]
    use: str
    avoid: str
    language: str
    version: int
    is_draft: bool
    words: Words


@lru_cache(maxsize=1)
def situations() -> Mapping[str, str]:
    """What templates are for: labels by id, in order."""
    return dict(_read("situations")["situations"])


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """By code, in order, each named in itself."""
    return {code: _language(_read(code)) for code in ORDER if (_FOLDER / f"{code}.json").exists()}


def language(code: str) -> Language:
    """The language with that code, or the one it is written nearest to; English where there is none."""
    known = languages()
    return known.get(code) or known.get(code.partition("-")[0]) or known[FIRST]


@lru_cache(maxsize=1)
def shipped() -> Mapping[UUID, Shipped]:
    """All templates in all languages, by id, in order."""
    about = _read("situations")["phrases"]
    found = [_shipped(name, about[name], code) for code in languages() for name in about]
    return {one.id: one for one in found if one is not None}


def id_of(name: str, code: str) -> UUID:
    """The same on every installation."""
    return uuid5(_SPACE, f"{name}/{code}")


def _shipped(name: str, about: Mapping[str, Any], code: str) -> Shipped | None:
    document = _read(code)
    said = document["phrases"].get(name)
    if said is None:
        return None
    return Shipped(
        id=id_of(name, code),
        name=name,
        situation=about["situation"],
        title=about["title"],
        topics=tuple(about["topics"]),
        use=about["use"],
        avoid=about["not"],
        language=code,
        version=document["version"],
        is_draft=document["draft"],
        words=Words(*said),
    )


def _language(document: Mapping[str, Any]) -> Language:
    named = {"language": "code", "draft": "is_draft"}
    return Language(**{named.get(key, key): value for key, value in document.items() if key != "phrases"})


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return document
