"""How plainly a text for clients reads: its grade, words that blame, places that nobody filled in.

Advice for whoever writes it. Nothing here is asked about a client's words, and nothing here decides anything
(law 12).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

GOOD_GRADE = 6
"""Health advice aims at grades 4 to 6; source: clinical notes 4.4 (AMA, NIH)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;]+(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouyáéíóúäöüàèìòùâêîôûåæø]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_SILENT = re.compile(r"(?<![aeiouyl])e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscxzgh])es$")
_PLACES = re.compile(
    r"\[[^\[\]\n]{0,80}\]|\{[^{}\n]{0,80}\}|<[^<>\n]{1,80}>|_{3,}|\b[Xx]{3,}\b|\b(?:TODO|TBD|FIXME)\b"
)

BLAME: Mapping[str, str] = {
    r"unfortunately|sadly|regret\w*": "say what will happen",
    r"as per (?:our|my|the) \w+|(?:our|my) policy": "it is your rhythm, not a law over them",
    r"do not reply|don['’]t reply": "say where an answer is read",
    r"not monitored|unmonitored": "say who looks, and when",
    r"don['’]t worry|do not worry": "say what there is to rely on",
    r"always here for you|always available|any time you need me": "promise what you can keep",
    r"emergenc(?:y|ies) only|only (?:for|in) (?:an )?emergenc(?:y|ies)": (
        "name the signs; nobody knows if theirs counts"
    ),
    r"excessive(?:ly)?|too (?:many|much|often)|overus\w+": "say what is planned, not what is too much",
    r"abus(?:e|ing) (?:this|the|our|my)|misus\w+": "say what this is for",
    r"inappropriate(?:ly)?|unacceptable|unreasonable": "say what fits instead",
    r"you (?:must|have to|are required|are expected|should have|failed|forgot|need to understand)": (
        "say what you do, or ask"
    ),
    r"you are not (?:allowed|permitted|supposed)|forbidden|prohibited": "say where it belongs instead",
    r"violat\w+|breach\w*|complian\w+|comply": "an agreement is kept by two; say what it says",
    r"demanding|needy|dependent on me|attention[- ]seeking|manipul\w+": "no labels on people",
    r"bother(?:s|ed|ing)? me|disturb(?:s|ed|ing)? me|interrupt\w* me": "writing is welcome; say when you read",
    r"your (?:own )?(?:fault|responsibility)|at your own risk": "say what each of you does",
    r"no exceptions|without exception|under no circumstances": "say the rule; it is the same each time",
    r"will be (?:ignored|deleted|blocked|refused)": "nothing is refused here; say what happens to it",
    r"punish\w*|penali[sz]\w*|consequences": "nobody is punished here; say what happens next",
}
"""Words that harden or blame, and what to do instead. Source: clinical notes 4.1 and 4.2; this project."""

_BLAME = {re.compile(rf"\b(?:{words})\b", re.IGNORECASE): instead for words, instead in BLAME.items()}


@dataclass(frozen=True, slots=True)
class Hard:
    """Words in a text that may be read as blame, as they stand there, and what to do instead."""

    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads.

    Args:
        grade: the school grade in the United States at which it is easy to read; None for no words, and for
            a script that the formula was not made for.
        longest: its longest sentence, and *longest_words* how many words that has.
        hard: words that may be read as blame, in order.
        places: what was meant to be filled in, such as "[name]", in order.
    """

    grade: float | None
    longest: str
    longest_words: int
    hard: tuple[Hard, ...]
    places: tuple[str, ...]

    @property
    def whole_grade(self) -> int | None:
        """The grade as a person says it; the formula goes below the first."""
        return None if self.grade is None else max(1, round(self.grade))

    @property
    def is_plain(self) -> bool:
        """At the grade that health advice aims for, or below; or nobody can say."""
        return self.grade is None or round(self.grade) <= GOOD_GRADE


def reading(text: str) -> Reading:
    """How *text* reads. Rules: R-90 to R-92."""
    longest = max(_sentences(text), key=_size, default="")
    return Reading(grade(text), longest, _size(longest), hard_words(text), places_to_fill(text))


def grade(text: str) -> float | None:
    """The grade by Flesch and Kincaid (1975), for English: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    Syllables are groups of vowels without a silent e at the end. It knows words by their length, not by
    whether anybody knows them: advice, and no measure. Rule: R-90.
    """
    words = _WORD.findall(text)
    if not words or len(_LATIN.findall(text)) * 2 < sum(map(len, words)):
        return None
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / max(1, len(_sentences(text))) + 11.8 * syllables / len(words) - 15.59


def hard_words(text: str) -> tuple[Hard, ...]:
    """Words of the house's list that may be read as blame, in the order of the text. Rule: R-91."""
    found = (
        (match.start(), match[0], instead)
        for word, instead in _BLAME.items()
        for match in word.finditer(text)
    )
    return tuple(Hard(words, instead) for _, words, instead in sorted(found))


def places_to_fill(text: str) -> tuple[str, ...]:
    """What a draft leaves for somebody to fill in: brackets, braces, lines of underscores. Rule: R-92."""
    return tuple(dict.fromkeys(match[0] for match in _PLACES.finditer(text)))


def _sentences(text: str) -> list[str]:
    return [piece for piece in map(str.strip, _SENTENCE_END.split(text)) if _WORD.search(piece)]


def _size(sentence: str) -> int:
    return len(_WORD.findall(sentence))


def _syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))
