"""Which pieces of the library fit to what somebody is writing: up to three, or none. Rules: R-224, R-225.

It adds help to a page and is asked by nothing that decides what happens to a message (law 12). It keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from interlude.core.search_terms import stem, terms_of
from interlude.core.terms import Topic

MOST = 3
ENOUGH = 3
FITTING = frozenset({Topic.HOMEWORK, Topic.SKILL_HELP, Topic.BRIEF_UPDATE, Topic.SESSION, Topic.RESOURCE})
"""Topics beside which something is shown. Beside what felt wrong between two people nothing is."""
LONGEST = 20_000  # characters that are looked at

_CUE, _LONG_CUE, _TOPIC, _SHARED = 3, 4, 2, 1
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "do",
        "for",
        "from",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "of",
        "on",
        "or",
        "so",
        "that",
        "the",
        "this",
        "to",
        "was",
        "what",
        "when",
        "with",
        "you",
        "your",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "de",
        "en",
        "y",
        "que",
        "me",
        "mi",
        "lo",
        "se",
        "por",
        "para",
        "con",
        "como",
        "cuando",
        "no",
        "es",
    ]
)
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of one piece.

    Args:
        title: its heading; its words count where no cues were put down.
        cues: words or short phrases beside which it helps, as its writer put them down.
        topics: purposes of a message beside which it fits from the start.
        is_shared: it was shared with this person, rather than being for everyone.
    """

    title: str
    cues: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    is_shared: bool = False


def matching(topic: str, words: str, offers: Sequence[tuple[K, Offer]]) -> list[K]:
    """The keys of the pieces that fit best, three at most; of equal ones those that came first."""
    if topic not in FITTING:
        return []
    text = _stems(words[:LONGEST])
    known = _runs(text)
    rated = [(fit(topic, known, offer), key) for key, offer in offers]
    best = sorted((one for one in rated if one[0] >= ENOUGH), key=lambda one: -one[0])
    return [key for _, key in best[:MOST]]


def fit(topic: str, known: frozenset[str], offer: Offer) -> int:
    """How well one piece fits. Words count most, the purpose next, that it was shared a little."""
    by_words = _by_cues(known, offer.cues) if offer.cues else len(known & set(_stems(offer.title)))
    return by_words + _TOPIC * (topic in offer.topics) + _SHARED * offer.is_shared


def _by_cues(known: frozenset[str], cues: Iterable[str]) -> int:
    found = 0
    for cue in cues:
        stems = _stems(cue)
        if stems and " ".join(stems) in known:
            found += _LONG_CUE if len(stems) > 1 else _CUE
    return found


def _stems(text: str) -> list[str]:
    return [stem(term) for term in terms_of(text) if term not in _SMALL]


def _runs(stems: list[str]) -> frozenset[str]:
    """Every run of one to four words: a phrase is looked for as it stands, small words left out."""
    return frozenset(
        " ".join(stems[start : start + size])
        for size in range(1, 5)
        for start in range(len(stems) - size + 1)
    )
