"""Words of a text as they are looked for: the same for every script and every database. Rule: R-223.

Latin letters lose their accents, so that "ejercicio" is found however it was typed. Devanagari keeps its vowel
signs and loses what only some keyboards write: the dot below (nukta) and joiners; a moon dot becomes a dot.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40  # characters of one term; what is longer is found by its beginning
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_APOSTROPHE = re.compile("['’ʼ]")
_NUKTA, _MOON_DOT, _DOT = "\u093c", "\u0901", "\u0902"
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_ENDINGS = ("ness", "ing", "es", "ed", "ly", "s", "e", "o", "a")


def terms_of(text: str) -> list[str]:
    """The terms of *text* in its order, each as often as it stands there."""
    found, term = list[str](), list[str]()
    for sign in _folded(text):
        if _is_part(sign):
            term.append(sign)
        elif term:
            found.append("".join(term)[:LONGEST])
            term = []
    return [*found, "".join(term)[:LONGEST]] if term else found


def stem(term: str) -> str:
    """*term* without a usual English or Spanish ending, if four letters are left; other scripts as they are."""
    if not term.isascii():
        return term
    if term.endswith("ies") and len(term) > 5:
        return term[:-3] + "y"
    for ending in _ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= 4:
            return term.removesuffix(ending)
    return term


def _folded(text: str) -> str:
    plain = _APOSTROPHE.sub("", _INVISIBLE.sub("", text)).casefold()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    whole = _LATIN_MARKS.sub("", apart).replace(_NUKTA, "").replace(_MOON_DOT, _DOT)
    return unicodedata.normalize("NFC", whole).replace(_NUKTA, "")


def _is_part(sign: str) -> bool:
    """Letters, figures, and the marks that a script writes its vowels with."""
    return unicodedata.category(sign)[0] in "LNM"
