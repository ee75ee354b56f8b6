"""A language that nobody speaks: every marked sentence longer by two fifths, accented, in brackets.

What a page shows without brackets was not marked for translation, or is somebody's own word.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import locale

from tests.house.catalogues import sentences

KEPT = re.compile(r"(%\(\w+\)[sdr]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
ACCENTS = str.maketrans("aeioucnsyAEIOUCNSY", "áéíóúçñšýÁÉÍÓÚÇÑŠÝ")
OPEN, CLOSE = "⟦", "⟧"
LETTERS_OF = {"en-xa": "~", "ar-xb": "ع"}  # what makes a sentence longer, by language
LONGER = 0.4


def pseudo(sentence: str, filler: str = "~") -> str:
    """*sentence* in the language that nobody speaks; placeholders, tags and edges as they were."""
    text = sentence.strip()
    start, end = sentence.partition(text)[::2] if text else ("", "")
    said = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in KEPT.split(text))
    return f"{start}{OPEN}{said}{_words_of(filler, round(len(text) * LONGER))}{CLOSE}{end}"


def write_pseudo(folder: Path) -> Path:
    """Compiled catalogues of both made-up languages below *folder*, as LOCALE_PATHS wants them."""
    for language, filler in LETTERS_OF.items():
        catalogue = Catalog(locale="en", charset="utf-8")
        for one in sentences():
            if one.id:
                ids = one.id if isinstance(one.id, tuple) else (one.id,)
                said = tuple(pseudo(each, filler) for each in ids)
                catalogue.add(one.id, said if len(said) > 1 else said[0], context=one.context)
        base, _, region = language.partition("-")
        home = folder / f"{base}_{region.upper()}" / "LC_MESSAGES"
        home.mkdir(parents=True)
        with (home / "django.mo").open("wb") as file:
            write_mo(file, catalogue)
    return folder


def speak(language: str, settings: Any, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """From now on pages of signed-in people are in *language*, one of the made-up two."""
    settings.LOCALE_PATHS = [write_pseudo(folder / "locale")]
    bidi = language.partition("-")[0] in settings.LANGUAGES_BIDI
    info = {"bidi": bidi, "code": language, "name": "Nobody's", "name_local": "Nobody's"}
    patch.setitem(locale.LANG_INFO, language, info)
    patch.setattr("interlude.practice.middleware.spoken_to", lambda person, code: language)
    return language


def unmarked(page: str) -> list[str]:
    """What a page shows outside of brackets, and that is neither a date, a number nor somebody's own word."""
    text = re.sub(
        r"(?s)<(script|style|bdi|time|textarea|option|title)\b.*?</\1>|<head>.*?</head>|<!--.*?-->", " ", page
    )
    text = re.sub(r"(?s)<(\w+)[^>]*\blang=\"(?!en-xa)[^>]*>.*?</\1>", " ", text)
    said = re.sub(r"<(?:br|/?(?:strong|em|a|span|b|i|code))\b[^>]*>", " ", text)
    while True:
        fewer = re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", said)
        if fewer == said:
            break
        said = fewer
    aloud = re.findall(r"\b(?:aria-label|placeholder|alt)=[\"']([^\"'<>]*)", text)
    rest = "\n".join([re.sub(r"<[^>]+>", "\n", said), *(one for one in aloud if OPEN not in one)])
    return [line.strip() for line in rest.split("\n") if re.search(r"[A-Za-z]{2,}", line)]


def _words_of(filler: str, length: int) -> str:
    return "".join(" " + filler * min(6, length - at) for at in range(0, length, 7))
