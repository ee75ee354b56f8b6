"""A help page as text: the same whether the portal answers or a copy on a disk does. It knows nobody who asks.

The page carries its own style and its own policy for it, and asks for one small script that it does not need.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from interlude.core.discretion import exit_address
from interlude.core.packs.help_words import ANYWHERE, FIRST, help_words, languages, place_in
from interlude.core.packs.lines import directories
from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine
from interlude.crisis.places import Place, Shelf
from interlude.ui.customs import written

KIT = Path(__file__).resolve().parents[1] / "ui" / "static" / "ui"
IMPORT = re.compile(r'@import "([\w./-]+)" layer\((\w+)\);\n?')
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'sha256-{}'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in the language of the page, and in the practice's second one."""

    first: str
    second: str = ""
    language: str = ""

    def __str__(self) -> str:
        """As a page shows it: escaped, the second one below the first."""
        if not self.second:
            return format_html("{}", self.first)
        return format_html(
            '{}<span class="help__second" lang="{}" dir="auto">{}</span>',
            self.first,
            self.language,
            self.second,
        )

    def filled(self, **facts: str) -> Said:
        """The same with its blanks filled in."""
        return Said(self.first.format(**facts), self.second.format(**facts), self.language)


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to reach a service, as it stands on the page."""

    line: HelpLine
    name: Said
    about: Said
    hours: Said
    word: Said
    by_text: bool


class HelpPage:
    """What one help page says: for a place or none, in a language and perhaps a second one."""

    def __init__(self, shelf: Shelf, *, country: str = "", language: str = FIRST) -> None:
        self.shelf = shelf
        self.language = language if language in languages() else FIRST
        wanted = shelf.practice.second_language if shelf.practice else ""
        self.second = wanted if wanted in languages() and wanted != self.language else ""
        self.here = _chosen(shelf, country)
        self.missing = country if self.here is None and country in COUNTRIES else ""

    def words(self) -> dict[str, Said]:
        """Every sentence by its name, with the place, the day and the like filled in."""
        first, second = self._filled(self.language), self._filled(self.second) if self.second else {}
        return {name: Said(first[name], second.get(name, ""), self.second) for name in first}

    def services(self) -> list[list[Entry]]:
        """The place's services, each with its ways: to call, to write."""
        together = self.here.services() if self.here else []
        return [[entry for line in lines for entry in self._entries(line)] for lines in together]

    @property
    def place_name(self) -> Said:
        code = self.here.code if self.here else ""
        return self._both(place_in(code, self.language), place_in(code, self.second or FIRST))

    def choices(self) -> list[tuple[str, str]]:
        """The other places: code and name."""
        return [
            (place.code, place_in(place.code, self.language))
            for place in self.shelf.places
            if place is not self.here
        ]

    def other_languages(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in languages().items() if code != self.language]

    @property
    def country(self) -> str:
        """As it stands in an address."""
        return self.here.code if self.here else self.missing or ANYWHERE

    def render(self) -> str:
        """The page, whole."""
        with translation.override(self.language):
            return render_to_string("public/crisis/help.html", self.context())

    def context(self) -> dict[str, Any]:
        return frame(self) | {
            "page": self,
            "words": self.words(),
            "directories": [self._directory(each.name, each.url) for each in directories()],
        }

    def _filled(self, language: str) -> dict[str, str]:
        facts = {
            "place": place_in(self.missing, language),
            "day": _day(self.here.checked_on if self.here else None, language),
        }
        return {
            name: said.format(**facts) if name in ("missing", "checked") else said
            for name, said in help_words(language).items()
        }

    def _entries(self, line: HelpLine) -> Iterator[Entry]:
        for number, by_text in ((line.dial, False), (line.text_number, True)):
            if number:
                yield Entry(
                    line,
                    name=self._both(line.named(self.language), line.named(self.second or FIRST)),
                    about=self._both(line.said(self.language), line.said(self.second or FIRST)),
                    hours=self._both(_hours(line, self.language), _hours(line, self.second or FIRST)),
                    word=self._word(line) if by_text and line.text_word else Said(""),
                    by_text=by_text,
                )

    def _word(self, line: HelpLine) -> Said:
        return self.words()["write_word"].filled(word=line.text_word)

    def _both(self, first: str, second: str) -> Said:
        return Said(first, second if self.second and second != first else "", self.second)

    def _directory(self, name: str, url: str) -> tuple[str, Said]:
        return url, self.words()["directory"].filled(name=name)


def frame(page: HelpPage) -> dict[str, Any]:
    """What stands around the words of every page under help: its style, its name, where leaving leads."""
    practice = page.shelf.practice
    return {
        "style": style(),
        "policy": POLICY.format(style_hash()),
        "slug": page.shelf.slug,
        "shown_name": practice.shown_name if practice else "",
        "exit_to": practice.exit_to if practice else "",
        "exit_address": exit_address(practice.exit_to) if practice else "",
        "is_demo": settings.DEMO,
    }


def _chosen(shelf: Shelf, country: str) -> Place | None:
    """The place that was asked for, or a practice's only one, named in its heading. Nothing is guessed."""
    only = shelf.practice is not None and country in ("", ANYWHERE.upper()) and len(shelf.places) == 1
    return shelf.places[0] if only else shelf.place(country)


def _hours(line: HelpLine, language: str) -> str:
    """Its hours in the reader's language; a practice's own as they were typed."""
    daily, said = line.daily(), help_words(language)
    if daily is not None:
        opens, closes = daily.opens.strftime("%H:%M"), daily.closes.strftime("%H:%M")
        city = daily.zone.rpartition("/")[2].replace("_", " ")
        return said["daily"].format(opens=opens, closes=closes, zone=city) + "."
    return f"{line.hours_in(language).removesuffix('.')}." if line.hours else ""


def _day(value: date | None, language: str) -> str:
    """A day with its year: a copy may be read long after it was written."""
    if value is None:
        return ""
    with translation.override(language):
        return written(value, "D j M Y")


@lru_cache(maxsize=1)
def _sheet() -> str:
    """Our sheet for these pages, in one piece."""

    def whole(match: re.Match[str]) -> str:
        return f"@layer {match[2]} {{\n{(KIT / match[1]).read_text(encoding='utf-8')}}}\n"

    sheet = IMPORT.sub(whole, (KIT / "help.css").read_text(encoding="utf-8"))
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).strip()


def style() -> SafeString:
    return mark_safe(f"<style>{_sheet()}</style>")  # safe: our own sheet, from our own files


def style_hash() -> str:
    """What a policy says of the style instead of letting any in."""
    return base64.b64encode(hashlib.sha256(_sheet().encode()).digest()).decode()


def script() -> str:
    """The small script of these pages: leaving fast, hours by the reader's clock, kept on the device."""
    names = ("leave", "line_hours", "keep_help", "held_store", "held_leaves")
    parts = [KIT / "behaviours" / f"{name}.js" for name in names]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def worker() -> str:
    """What keeps these pages, and nothing else, on a device that opened them."""
    return (KIT / "help_worker.js").read_text(encoding="utf-8")
