"""A text as words that rules can know: one pass, whatever the spelling, and back to the places in the text."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from interlude.core.reading.grammar import CLOCK, NUMBER, PAUSE, STOP, UNKNOWN, Book

_LETTER = r"[^\W_]|[\u0900-\u0963\u0970-\u097f\u200b-\u200d\u2060\ufeff\u00ad\u0300-\u036f]"
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
_TOKEN = re.compile(
    r"(?<![^\W_])(?:[^\W\d_][ .*-]){4,24}[^\W\d_](?![^\W_])"
    rf"|(?:{_LETTER})+(?:['’´`ʼ!*@$]{{1,3}}(?:{_LETTER})+)*(?: (?:t|m|ve|ll|re|s)(?![^\W_']| [^\W\d_](?![^\W_])))?"
    rf"|[{_PICTURE}]"
    r"|[.!?…।\n]+|[,;:()\u2013\u2014\"“”|/]|(?<= )-(?= )|[£$€₹]"
)
_JUNK = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad'’´`ʼ .*-]")
_REPEATED = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans("013457!@$", "oieastias")
_STOPS, _PAUSES = ".!?…।\n", ',;:()–—-"“”|/'
_SIGNS = frozenset(_STOPS + _PAUSES + "£$€₹")
_REMEMBERED = 20_000
_CLOSELY = 1_500
"""So many words from the beginning and from the end of a text are looked at closely, slips and all."""
_PICTURES = {
    "🔪": "knife", "🗡": "knife", "🔫": "gun", "💊": "pills", "🌉": "bridge", "🪢": "noose", "⚰": "coffin",
    "🪦": "grave", "🩸": "blood", "💀": "lol", "😂": "lol", "🤣": "lol", "😆": "lol", "😅": "lol", "😜": "lol",
    "🚶": "walking", "🕊": "dove", "👋": "goodbye", "😔": "sad", "😭": "crying", "😢": "crying", "💔": "sad",
    "🚂": "train", "🚆": "train",
}  # fmt: skip


def _deletions(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


class Vocabulary(dict[str, str]):
    """The code of a word as it is written; what is new is looked at once, and remembered for a while."""

    def __init__(self, book: Book) -> None:
        words = book.words
        super().__init__(words)
        self._own = words
        self._slang = dict(pair.split("=") for pair in book.lists["slang"])
        self._near: dict[str, str] = {}
        for word in book.lists["repaired"]:
            if word in words and len(word) > 5:
                for near in _deletions(word) | {word}:
                    self._near.setdefault(near, word)
        self._starts = {(near[:1], len(near)) for near in self._near}

    def __missing__(self, word: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
            self.update(self._own)
        code = self[word] = self._look(word)
        return code

    def _look(self, word: str) -> str:
        first = word[0]
        if first in _STOPS:
            return STOP
        if first in _PAUSES:
            return PAUSE
        if first in "£$€₹":
            return self._own.get("£", UNKNOWN)
        if first in _PICTURES:
            return self._own.get(_PICTURES[first], UNKNOWN)
        bare = _JUNK.sub("", word if word.isascii() else unicodedata.normalize("NFKC", word).lower())
        if bare.isdigit():
            return self._own.get(bare, NUMBER)
        if bare and bare[0].isdigit() and re.fullmatch(r"\d+(am|pm|h|hrs)", bare):
            return CLOCK
        return self._own.get(self._slang.get(bare, bare)) or self._repaired(bare)

    def at_a_glance(self, word: str) -> str:
        """The code of a word as it is spelled, for the middle of a very long text: slips stay as they are."""
        known = self.get(word)
        if known is not None:
            return known
        if word[0] in _SIGNS:
            return self[word]
        return self._own.get(_JUNK.sub("", word), UNKNOWN)

    def _repaired(self, word: str) -> str:
        """The code of a word that is written long, with other signs for letters, or with one slip."""
        if word.isalnum() and not word.isalpha() and len(word) > 12:
            return UNKNOWN
        tries = []
        if _REPEATED.search(word):
            tries += [_REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word)]
        if not word.isalpha():
            tries += [word.translate(_LEET), _REPEATED.sub(r"\1", word.translate(_LEET))]
        if not word.isascii() and word[0] < "\u0900":
            tries.append("".join(sign for sign in unicodedata.normalize("NFKD", word) if ord(sign) < 0x300))
        for each in tries:
            if each in self._own:
                return self._own[each]
        return self._near_one(tries[-1] if tries else word)

    def _near_one(self, word: str) -> str:
        size, first = len(word), word[:1]
        if not 5 <= size <= 13 or not ((first, size) in self._starts or (first, size - 1) in self._starts):
            return UNKNOWN
        found = self._near.get(word)
        if found is None:
            found = next((self._near[near] for near in sorted(_deletions(word)) if near in self._near), None)
        near = found is not None and found[0] == first and found[-1] == word[-1]
        return self._own.get(found or "", UNKNOWN) if near else UNKNOWN


class Text:
    """A message as codes, and the places of its words, which are looked for only if something was found."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self._lower = text.replace("İ", "I").lower()
        self.words = _TOKEN.findall(self._lower)
        if len(self.words) <= 2 * _CLOSELY:
            self.codes = "".join(map(vocabulary.__getitem__, self.words))
        else:
            closely, fast = vocabulary.__getitem__, vocabulary.at_a_glance
            parts = (self.words[:_CLOSELY], self.words[_CLOSELY:-_CLOSELY], self.words[-_CLOSELY:])
            self.codes = "".join(
                "".join(map(look, part)) for look, part in zip((closely, fast, closely), parts, strict=True)
            )

    def spans(self, wanted: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where in the text the words from each first up to, not including, each last stand."""
        behind = max((last for _, last in wanted), default=0)
        places = [found.span() for found in islice(_TOKEN.finditer(self._lower), behind)]
        return [(places[first][0], places[last - 1][1]) for first, last in wanted]
