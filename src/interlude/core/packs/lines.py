"""Help lines by country: drafts, until a person called the number or read its official page.

The facts stand in lines.json, with their source and its date; the words about them are written here.
Nothing of this pack reaches a screen by itself: a practice brings lines in and confirms each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from interlude.core.errors import InterludeError
from interlude.core.line_hours import DailyHours
from interlude.core.packs.help_words import FIRST, in_language
from interlude.core.packs.places import COUNTRIES

FILE = Path(__file__).parent / "lines.json"

SUBJECTS = {
    "emergency": "",
    "suicide_crisis": "When you think of ending your life, or see no way on.",
    "emotional_support": "Someone who listens, whatever it is about.",
    "mental_health": "Someone who knows what helps when it gets too much.",
    "child_youth": "For children and young people.",
    "domestic_violence": "If somebody close hurts you or scares you. A call may show on the phone or bill.",
    "info": "Tells you where to find care. Not for a long talk.",
}
EVIDENCE = {
    "official": "a stored page of the service or of a public authority",
    "secondary": "a stored page of a newspaper or of another organisation",
    "general": "commonly published; we keep no page of it",
}


class BadLines(InterludeError):
    """A line of the pack that cannot be used: which one, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One way to reach somebody, not yet checked by anybody.

    Args:
        kind: "emergency" (danger to life) or "line".
        position: smaller stands first; danger to life is below 10.
        phone, dial: as a person reads it, and the digits for a `tel:` link.
        group: entries of one service have one name here, and stand together.
        hours: in words; empty where nobody knows. Never assumed.
        opens, closes, zone: the same by the clock, where the hours are the same each day.
        source, source_date, evidence, note: for whoever checks it.
    """

    id: str
    country: str
    kind: str
    group: str
    subject: str
    position: int
    name: str
    about: str
    phone: str
    dial: str
    text_number: str
    text_word: str
    url: str
    hours: str
    opens: str
    closes: str
    zone: str
    source: str
    source_date: str
    evidence: str
    note: str

    def daily(self) -> DailyHours | None:
        """Its hours by the clock; None for any hour, and where nobody knows them."""
        if not self.zone:
            return None
        return DailyHours(time.fromisoformat(self.opens), time.fromisoformat(self.closes), self.zone)


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of help lines that somebody else keeps, for places where nobody checked a line."""

    name: str
    url: str


def help_lines(country: str) -> tuple[HelpLine, ...]:
    """The drafts for a country (ISO 3166-1 alpha-2), danger to life first; none where we know none."""
    here = [line for line in _lines().values() if line.country == country.upper()]
    return tuple(sorted(here, key=lambda line: (line.position, line.id)))


def help_line(id: str) -> HelpLine | None:
    """The draft of that id, or None for one that is not, or no longer, in the pack."""
    return _lines().get(id)


def countries_with_lines() -> tuple[str, ...]:
    """Codes of the countries for which there are drafts, in the order of their names."""
    return tuple(sorted({line.country for line in _lines().values()}, key=lambda code: COUNTRIES[code]))


def directories() -> tuple[Directory, ...]:
    """Where to look up a line for any other place."""
    return tuple(Directory(each["name"], each["url"]) for each in _document()["directories"])


def collected_on() -> date:
    """The day on which the pack's facts were put together."""
    return date.fromisoformat(_document()["collected"])


def read_line(entry: Mapping[str, Any]) -> HelpLine:
    """One entry of the file as a value. Raises BadLines for a shape that no page could show."""
    _check(entry)
    plain = {name: entry.get(name, "") for name in HelpLine.__slots__}
    return HelpLine(**plain | {"position": entry.get("position", 0), "about": about(entry)})


def about(entry: Mapping[str, Any], language: str = FIRST) -> str:
    """Our sentences about a line: what it is for, for whom, other ways to it, languages, cost."""
    spoken = [in_language(each, language) for each in entry.get("languages", [])]
    said = [
        in_language(entry.get("about", "") or _subject(entry), language),
        in_language(entry.get("audience", ""), language),
        in_language("Also as a conversation on its page.", language) if entry.get("chat") else "",
        _whatsapp(entry, language),
        f"{_listed(spoken, language)}." if spoken and entry["languages"] != ["English"] else "",
        in_language("Free.", language) if entry.get("free") else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


def about_line(id: str, language: str) -> str:
    """The same for a line of the pack by its id; empty for one that is not, or no longer, in it."""
    entry = _entries().get(id)
    return about(entry, language) if entry else ""


def _whatsapp(entry: Mapping[str, Any], language: str) -> str:
    number = entry.get("whatsapp", "")
    return in_language("Also by WhatsApp: {number}.", language).format(number=number) if number else ""


def _subject(entry: Mapping[str, Any]) -> str:
    """The sentence of its subject; a youth line that says for whom it is says enough."""
    said = entry["subject"] == "child_youth" and entry.get("audience")
    return "" if said else SUBJECTS[entry["subject"]]


def _listed(names: list[str], language: str) -> str:
    return f" {in_language('and', language)} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _check(entry: Mapping[str, Any]) -> None:
    wrong = [
        ("country", entry.get("country") not in COUNTRIES, "give an ISO 3166-1 code such as GB"),
        ("kind", entry.get("kind") not in ("emergency", "line"), "say emergency or line"),
        ("subject", entry.get("subject") not in SUBJECTS, f"say one of {', '.join(SUBJECTS)}"),
        ("evidence", entry.get("evidence") not in EVIDENCE, f"say one of {', '.join(EVIDENCE)}"),
        ("name", not entry.get("name"), "name it as its own page does"),
        ("dial", not re.fullmatch(r"[*#+]?\d*", entry.get("dial", "")), "give digits alone"),
        ("phone", bool(entry.get("phone")) != bool(entry.get("dial")), "give phone and dial, or neither"),
        ("phone", not (entry.get("phone") or entry.get("text_number")), "give a phone or a text number"),
        ("url", not re.fullmatch(r"(https://\S+)?", entry.get("url", "")), "give an https address"),
        ("zone", bool(entry.get("zone")) != bool(entry.get("opens")), "give opens, closes and zone, or none"),
        ("opens", not _is_clock(entry.get("opens", "")), "give hours and minutes, such as 15:30"),
        ("closes", not _is_clock(entry.get("closes", "")), "give hours and minutes, such as 00:30"),
        ("display", entry.get("display") == "hold", "leave it out until a source is found"),
    ]
    for key, is_wrong, remedy in wrong:
        if is_wrong:
            raise BadLines(f"lines.json, {entry.get('id')}: {key} = {entry.get(key)!r}: {remedy}")


def _is_clock(text: str) -> bool:
    return re.fullmatch(r"(([01]\d|2[0-3]):[0-5]\d)?", text) is not None


@lru_cache(maxsize=1)
def _entries() -> dict[str, Mapping[str, Any]]:
    return {entry["id"]: entry for entry in _document()["lines"]}


@lru_cache(maxsize=1)
def _lines() -> dict[str, HelpLine]:
    lines = {id: read_line(entry) for id, entry in _entries().items()}
    if len(lines) != len(_document()["lines"]):
        raise BadLines("lines.json: an id stands twice; give each line an id of its own")
    return lines


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document
