"""How plainly a text reads in Spanish and in Hindi, where the school grade of English says nothing.

Advice, like the grade: nothing is asked about a client's words, and nothing here decides anything (law 12).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NORMAL, EASY = 55, 65
"""From here on the INFLESZ scale calls a Spanish text normal, and rather easy."""

WORDS_A_SENTENCE, LONGEST_SENTENCE, LONG_WORDS, AKSHARAS = 14, 26, 0.05, 5
"""Hindi: at most so many words a sentence on average, so many in one, and such a share of words that are long,
which is: of so many aksharas or more."""

_SENTENCE_END = re.compile(r"[.!?…:;।॥]+(?=\s|$)|\n+")
_LATIN = r"[^\W\d_\u0900-\u097f]+"
_DEVANAGARI = r"[\u0900-\u0963\u0970-\u097f][\u0900-\u0963\u0970-\u097f\u200c\u200d]*"
_WORD = re.compile(rf"{_DEVANAGARI}|{_LATIN}")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")
_NUCLEUS = re.compile(r"[iuü]?[aeoáéó](?:[iuü](?![aeoáéóíú]))?|[íú]|[iuü]{1,2}")
_CONSONANT = r"[\u0915-\u0939\u0958-\u095f\u0978-\u097f]\u093c?"
_AKSHARA = re.compile(rf"(?:{_CONSONANT}\u094d[\u200c\u200d]?)*(?:{_CONSONANT}|[\u0904-\u0914\u0960\u0961])")


def perspicuity(text: str) -> float | None:
    """How easy a Spanish text is, by Szigriszt Pazos: 206.835 - 62.3 syllables a word - words a sentence.

    From 0, hard, to 100, easy; the INFLESZ scale names the steps: below 40 very hard, 40 to 55 rather hard,
    55 to 65 normal, 65 to 80 rather easy, above very easy. None for no words. Rule: R-314.

    Source: F. Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito, Madrid 1993; the scale:
    I. M. Barrio-Cantalejo and others, Anales del Sistema Sanitario de Navarra 31 (2008), 135 to 152.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    syllables = sum(map(spanish_syllables, words))
    return 206.835 - 62.3 * syllables / len(words) - len(words) / len(_sentences(text))


def spanish_syllables(word: str) -> int:
    """Vowels that are heard apart: a weak one beside a strong one is one with it, unless it has the accent."""
    return max(1, len(_NUCLEUS.findall(_SILENT_U.sub("", word.lower()))))


@dataclass(frozen=True, slots=True)
class HindiMeasure:
    """How a Hindi text reads: no formula for it is settled, so three plain figures, each with a limit of ours.

    Args:
        words_a_sentence: on average.
        longest: words of the longest sentence.
        long_words: the share of words that have five aksharas or more.
    """

    words_a_sentence: float
    longest: int
    long_words: float

    @property
    def is_plain(self) -> bool:
        short = self.words_a_sentence <= WORDS_A_SENTENCE and self.longest <= LONGEST_SENTENCE
        return short and self.long_words <= LONG_WORDS


def hindi_measure(text: str) -> HindiMeasure | None:
    """The figures of a Hindi text; a name in Latin letters is a word, and not a long one. None for no words.

    Rule: R-315.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    sizes = [len(_WORD.findall(sentence)) for sentence in _sentences(text)]
    long = sum(aksharas(word) >= AKSHARAS for word in words)
    return HindiMeasure(len(words) / len(sizes), max(sizes), long / len(words))


def aksharas(word: str) -> int:
    """The units in which Devanagari is written: a vowel, or consonants up to one that is not cut short."""
    return len(_AKSHARA.findall(word))


def _sentences(text: str) -> list[str]:
    return [piece for piece in _SENTENCE_END.split(text) if _WORD.search(piece)]
