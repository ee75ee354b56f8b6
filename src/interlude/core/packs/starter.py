"""Pieces of our own to begin a library with, one file each: exercises, pages to fill in, short readings, prompts.

Each is written for this project. Where one states a fact, its source stands beside it with the day it was read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent / "pieces"


@dataclass(frozen=True, slots=True)
class Fact:
    """Where a fact in a piece was read, and on which day."""

    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Starter:
    """One piece to begin with; a clinician takes it over and changes it as they like.

    Args:
        kind: exercise, worksheet, reading, prompt or link.
        link: where it leads, for a link. It was not opened by the project: its clinician looks first.
        fields: what is asked in it, where it can be filled in.
        cues: words beside which it is offered while somebody writes.
        topics: purposes of a message beside which it fits.
        for_now: it belongs to "what can I do now".
    """

    id: str
    title: str
    kind: str
    language: str
    text: str
    fields: tuple[str, ...]
    cues: tuple[str, ...]
    topics: tuple[str, ...]
    for_now: bool
    written_on: date
    facts: tuple[Fact, ...]
    link: str = ""


@lru_cache(maxsize=1)
def starters() -> Mapping[str, Starter]:
    """All of them by id, in the order of their titles."""
    found = (_read(file) for file in _FOLDER.glob("*.toml"))
    return MappingProxyType({one.id: one for one in sorted(found, key=lambda one: one.title)})


def _read(file: Path) -> Starter:
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    return Starter(
        id=file.stem,
        title=said["title"],
        kind=said["kind"],
        language=said["language"],
        text=said["text"].strip(),
        fields=tuple(said.get("fields", ())),
        cues=tuple(said["cues"]),
        topics=tuple(said["topics"]),
        for_now=said["for_now"],
        written_on=said["written_on"],
        facts=tuple(Fact(**fact) for fact in said.get("facts", ())),
        link=said.get("link", ""),
    )
