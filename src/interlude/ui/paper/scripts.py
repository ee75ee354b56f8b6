"""Which scripts a text is written in, and the font files that hold their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

BUNDLED = {"LATIN", "GREEK", "CYRILLIC"}  # the press brings a font for these
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
)
SIGNS = (
    "Noto Sans",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
)  # taken along where they are
LETTERS = ("Lo", "Ll", "Lu", "Lt", "Lm")


@dataclass(frozen=True, slots=True)
class Font:
    """One family and its files; empty where the press brings its own."""

    family: str = ""
    files: tuple[Path, ...] = ()


def scripts_in(text: str) -> set[str]:
    """The scripts of its letters, by their first word in Unicode: LATIN, DEVANAGARI, ARABIC."""
    names = (unicodedata.name(sign, "") for sign in set(text) if unicodedata.category(sign) in LETTERS)
    return {name.split()[0].split("-")[0] for name in names if name} | {"LATIN"}


def files_for(scripts: Collection[str], *, also: Path) -> Mapping[str, Font]:
    """A font for each script that has one, from the system's folders or from *also*."""
    found = {script: _font(script, (*FOLDERS, str(also))) for script in sorted(scripts)}
    return {script: font for script, font in found.items() if font is not None}


def signs(*, also: Path) -> list[Font]:
    """Fonts for signs that are no letters, such as arrows, as far as they are here."""
    files = _files((*FOLDERS, str(also)))
    found = [
        (name, tuple(file for file in files if file.stem == f"{name.replace(' ', '')}-Regular"))
        for name in SIGNS
    ]
    return [Font(name, own[:1]) for name, own in found if own]


def _font(script: str, folders: tuple[str, ...]) -> Font | None:
    if script in BUNDLED:
        return Font()
    name = script.capitalize()
    files = tuple(
        file for file in _files(folders) if file.stem in (f"NotoSans{name}-Regular", f"NotoSans{name}-Bold")
    )
    return Font(f"Noto Sans {name}", files) if files else None


@lru_cache(maxsize=4)
def _files(folders: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(sorted(_walk(folders)))


def _walk(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from Path(folder).rglob("NotoSans*.ttf")
