"""A small linear model beside the rules: a net for help, and what a message is about.

Words, pairs of words and pieces of words are hashed to weights of one byte, learned by `bench/reading_training.py`
(docs/reference/reading.md says from what). It never puts help first: it may offer it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

HELP_SLOTS = 1 << 16
TOPIC_SLOTS = 1 << 14
LABELS = ("schedule", "billing", "tech", "homework", "brief_update", "other")
_HEADS = 1 + len(LABELS)
_JUNK = re.compile(r"[^\w]+")
_REACH = 4
"""How many words a denial reaches over."""
_NEAR = 6
"""How far apart two words may stand that are seen together."""
_REMEMBERED = 20_000
MOST_WORDS = 400
"""So many words from the beginning, and as many from the end, are weighed."""

_LOUD = 4.0
"""How much all words of a message count together, however many they are."""
MARKED = 0.5
"""What a mark that the rules made counts."""

Sums = tuple[int, ...]
"""The weights of each head, and how many features they are of."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the model thinks: how near to help, from 0 to 1, and how much speaks for each topic."""

    help: float
    topics: dict[str, float]


def plain(word: str) -> str:
    """A token as the model spells it: letters and digits, small."""
    return word if word.isalpha() else "0" if word.isdigit() else _JUNK.sub("", word)


def pieces(word: str) -> list[str]:
    """The features of one word: itself and its pieces of three to five letters."""
    found = [f"w:{word}"]
    if len(word) > 2:
        framed = f"<{word}>"
        found += [
            framed[place : place + size]
            for size in (3, 4, 5)
            for place in range(max(0, len(framed) - size + 1))
        ]
    return found


def links(words: list[str], senses: list[str]) -> Iterator[str]:
    """The features of words beside each other: pairs, and words after a denial. An empty word is a break."""
    before, reach = "", 0
    for word, sense in zip(words, senses, strict=True):
        if word and before:
            yield f"{before} {word}"
        if sense == "-":
            reach = _REACH
        elif not word:
            reach = 0
        elif reach:
            yield f"n:{word}"
            reach -= 1
        before = word


def meetings(senses: list[str]) -> Iterator[str]:
    """The features of kinds of words that stand near each other: `want>die`, `!want>die` after a denial.

    *senses* holds for each token the class it is of, if any; "-" is a denial and "." an end.
    """
    near: list[tuple[int, str]] = []
    denied = -_REACH
    for place, sense in enumerate(senses):
        if not sense:
            continue
        if sense == ".":
            near, denied = [], -_REACH
        elif sense == "-":
            denied = place
        else:
            said = f"!{sense}" if place - denied <= _REACH else sense
            yield said
            for before, other in near:
                if place - before <= _NEAR:
                    yield f"{other}>{said}"
            near = [*near[-3:], (place, said)]


def chosen(words: Sequence[str]) -> list[str]:
    """What is weighed of the words of a message: all, or the first and the last of very many."""
    return list(words) if len(words) <= 2 * MOST_WORDS else [*words[:MOST_WORDS], *words[-MOST_WORDS:]]


def slot(feature: str) -> int:
    """Where the weights of a feature are."""
    return crc32(feature.encode("utf-8", "surrogatepass"))


def share(features: int) -> float:
    """What each feature of the words counts in a message that has so many."""
    return _LOUD / math.sqrt(max(1, features))


class Model:
    """The learned weights, and how to weigh a message with them."""

    def __init__(self, packed: bytes) -> None:
        """*packed* holds a scale and a bias for each head as text, then the weights of help, then those of topics."""
        head, _, weights = packed.partition(b"\n")
        numbers = [float(number) for number in head.split()]
        self._scales, self._biases = numbers[:2], numbers[2 : 2 + _HEADS]
        signed = memoryview(weights).cast("b")
        topics = list(zip(*[iter(signed[HELP_SLOTS:].tolist())] * len(LABELS), strict=True))
        help_ = signed[:HELP_SLOTS].tolist()
        self._table = [(weight, *topics[place % TOPIC_SLOTS], 1) for place, weight in enumerate(help_)]
        self._known: dict[str, Sums] = {}
        self._met: dict[str, Sums] = {}

    def weigh(self, tokens: list[str], senses: list[str], marks: list[str]) -> Weighed:
        """Weigh the words of a message; *senses* and *marks* are what the rules know of them."""
        words = [plain(token) for token in chosen(tokens)]
        sums = [self._of_word(word) for word in words if word]
        sums += map(self._of_feature, links(words, senses))
        sums += map(self._of_meeting, meetings(senses))
        counted = [sum(column) for column in zip(*sums, strict=False)] if sums else [0] * (_HEADS + 1)
        among = share(counted[-1])
        totals = [total * among for total in counted]
        for mark in marks:
            totals = [
                total + MARKED * each for total, each in zip(totals, self._of_feature(mark), strict=True)
            ]
        help_ = self._biases[0] + totals[0] * self._scales[0]
        return Weighed(
            help=1 / (1 + math.exp(-max(-30.0, min(30.0, help_)))),
            topics={
                label: self._biases[place] + totals[place] * self._scales[1]
                for place, label in enumerate(LABELS, 1)
            },
        )

    def speaking(self, tokens: list[str]) -> list[tuple[int, int]]:
        """The words, or two words together, that speak most for help: first and behind the last."""
        words = [plain(token) for token in tokens[:MOST_WORDS]]
        found = [(self._of_word(word)[0], place, place + 1) for place, word in enumerate(words) if word]
        found += [
            (
                self._of_feature(f"{one} {two}")[0] + self._of_word(one)[0] + self._of_word(two)[0],
                place,
                place + 2,
            )
            for place, (one, two) in enumerate(pairwise(words))
            if one and two
        ]
        return [(first, last) for weight, first, last in sorted(found, reverse=True)[:3] if weight > 0]

    def _of_word(self, word: str) -> Sums:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            each = [self._of_feature(piece) for piece in pieces(word[:24])]
            known = self._known[word] = tuple(map(sum, zip(*each, strict=True)))
        return known

    def _of_meeting(self, feature: str) -> Sums:
        known = self._met.get(feature)
        if known is None:
            known = self._met[feature] = self._of_feature(feature)
        return known

    def _of_feature(self, feature: str) -> Sums:
        return self._table[crc32(feature.encode("utf-8", "surrogatepass")) % HELP_SLOTS]
