"""A sheet of text as a PDF to keep: tagged, with a title and a language, made by another process.

Typst keeps what it compiled in memory, so no server compiles (docs/dependencies.md). Words go in as data and
are never markup. Letters for which no font is there are an answer of their own, and never empty boxes.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from interlude.core.sheet import Group, Part, grouped
from interlude.ui.paper.scripts import files_for, scripts_in, signs

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
LONGEST = 60  # seconds; a page takes half of one
NOT_PRINTED = 3  # how the press says that it has no letter for something


@dataclass(frozen=True, slots=True)
class NoLetters:
    """The copy cannot be printed here: *scripts* names, in English, whose letters are missing."""

    scripts: tuple[str, ...]


def print_sheet(
    parts: tuple[Part, ...], *, title: str, facts: tuple[tuple[str, str], ...], language: str, on: date
) -> bytes | NoLetters:
    """The PDF; *facts* stand at its end. Metadata are title, language and the day, and nothing else (law 10)."""
    said = [title, *(part.text for part in parts), *(word for fact in facts for word in fact)]
    scripts = scripts_in("".join(said))
    fonts = files_for(scripts, also=settings.DATA / "fonts")
    missing = tuple(sorted(script for script in scripts if script not in fonts))
    if missing:
        return _told(missing)
    taken = [font for font in (*fonts.values(), *signs(also=settings.DATA / "fonts")) if font.family]
    data = {
        "title": title,
        "language": language,
        "day": [on.year, on.month, on.day],
        "parts": [{"kind": one.kind, "texts": _lines(one)} for one in grouped(parts)],
        "facts": [list(fact) for fact in facts],
        "fonts": [font.family for font in taken],
    }
    files = [str(file) for font in taken for file in font.files]
    done = subprocess.run(
        [sys.executable, "-I", str(HERE / "press.py"), str(HERE / "sheet.typ"), *files],
        input=json.dumps(data).encode(),
        capture_output=True,
        check=False,
        timeout=LONGEST,
    )
    if done.returncode == NOT_PRINTED:
        return _told(tuple(sorted(scripts - {"LATIN"})) or ("SYMBOLS",))
    done.check_returncode()
    return done.stdout


def _told(missing: tuple[str, ...]) -> NoLetters:
    log.warning(
        "no copy was printed: no font for %s; install Noto fonts (Debian: fonts-noto-core), or put .ttf files into %s",
        ", ".join(missing),
        settings.DATA / "fonts",
    )
    return NoLetters(missing)


def _lines(group: Group) -> list[str]:
    return list(group.texts) if group.kind == "item" else group.texts[0].split("\n")
