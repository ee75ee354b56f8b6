"""A sheet of text as a PDF to keep: tagged, with a title and a language, made by another process.

Typst keeps what it compiled in memory, so no server compiles (docs/dependencies.md). Words go in as data and
are never markup. Letters for which no font is there are an answer of their own, and never empty boxes.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
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
NO_LETTER = b""


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """There is no copy: *scripts* names whose letters are missing; none where the press itself failed."""

    scripts: tuple[str, ...]


def print_sheet(
    parts: tuple[Part, ...],
    *,
    title: str,
    facts: tuple[tuple[str, str], ...],
    language: str,
    on: date,
    dense: bool = False,
) -> bytes | NotPrinted:
    """The PDF; *facts* stand at its end; *dense*: for one page.

    Metadata are title, language and the day, and nothing else (law 10).
    """
    said = [title, *(part.text for part in parts), *(word for fact in facts for word in fact)]
    scripts = scripts_in("".join(said))
    fonts = files_for(scripts, also=settings.DATA / "fonts")
    missing = tuple(sorted(script for script in scripts if script not in fonts))
    if missing:
        return _told(missing)
    taken = [font for font in (*fonts.values(), *signs(also=settings.DATA / "fonts")) if font.family]
    data = {
        "title": title,
        "dense": dense,
        "language": language,
        "day": [on.year, on.month, on.day],
        "parts": [{"kind": one.kind, "texts": _lines(one)} for one in grouped(parts)],
        "facts": [list(fact) for fact in facts],
        "fonts": [font.family for font in taken],
    }
    files = [str(file) for font in taken for file in font.files]
    done = _pressed(json.dumps(data).encode(), files)
    if done is None:
        return NotPrinted(())
    return _told(tuple(sorted(scripts - {"LATIN"})) or ("SYMBOLS",)) if done == NO_LETTER else done


def _pressed(data: bytes, fonts: list[str]) -> bytes | None:
    """The PDF; NO_LETTER where a font lacks one; None where the press failed. It is given no secret of ours."""
    command = [sys.executable, "-I", str(HERE / "press.py"), str(HERE / "sheet.typ"), *fonts]
    place = {"TMPDIR": tempfile.gettempdir()}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, check=False, timeout=LONGEST, env=place
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.error("no copy was printed: the press did not answer (%s)", type(error).__name__)
        return None
    if done.returncode == NOT_PRINTED:
        return NO_LETTER
    if done.returncode or not done.stdout:
        log.error(
            "no copy was printed: the press ended with %s; is the package typst there?", done.returncode
        )
        return None
    return done.stdout


def _told(missing: tuple[str, ...]) -> NotPrinted:
    log.warning(
        "no copy was printed: no font for %s; install Noto fonts (Debian: fonts-noto-core), or put .ttf files into %s",
        ", ".join(missing),
        settings.DATA / "fonts",
    )
    return NotPrinted(missing)


def _lines(group: Group) -> list[str]:
    return list(group.texts) if group.kind == "item" else group.texts[0].split("\n")
