"""Reads a message on its writer's own page: what it is about, and whether help should come first.

Nothing is stored, told or decided by it (product, law 12). It finds what is said, not what will happen; that it finds
nothing means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from interlude.core.reading.context import Silencers
from interlude.core.reading.grammar import Book, Pattern
from interlude.core.reading.tokens import Text, Vocabulary

KINDS = ("suicide", "self_harm", "harm_to_others", "abuse", "medical")
TOPICS = ("schedule", "billing", "tech", "homework", "brief_update")
OTHER = "other"
"""No topic is suggested."""

LEVELS = ("none", "offer", "first")
MOST_SIGNALS = 40
_SCORES = {"offer": 0.7, "first": 0.9}
_ENOUGH = 6
"""Soft signs that together are worth an offer."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that a rule found: where they stand, why they matter, and what silenced them, if anything did."""

    start: int
    end: int
    text: str
    rule: str
    why: str
    silenced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a message. *help* is for the page of its writer, and for nobody else."""

    topic: str
    help: str
    kinds: tuple[str, ...]
    score: float
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    pattern: Pattern
    first: int
    last: int
    silenced: str | None


class Reader:
    """The rules, ready to read with."""

    def __init__(self) -> None:
        folder = files("interlude.core.reading") / "rules"
        parts = sorted(
            (each for each in folder.iterdir() if each.name.endswith(".rules")), key=lambda e: e.name
        )
        book = Book(part.read_text("utf-8") for part in parts)
        self._vocabulary = Vocabulary(book.words)
        self._silencers = Silencers(book)
        self._index: dict[str, list[Pattern]] = {}
        for rule in book.rules:
            for pattern in rule.patterns if rule.kind != "quiet" else ():
                for code in pattern.needed:
                    self._index.setdefault(code, []).append(pattern)

    def read(self, text: str) -> Reading:
        """Read *text*. Any text is read; the same text always gives the same answer."""
        words = Text(text, self._vocabulary)
        hits, votes, soft = self._search(words)
        live = [hit for hit in hits if not hit.silenced]
        weight = sum(_strength(hit) for hit in soft if not hit.silenced)
        if live or weight >= _ENOUGH:
            hits = hits + soft
        help_ = _help(live, weight)
        kinds = {hit.pattern.rule.kind for hit in live} or ({"suicide"} if help_ != "none" else set())
        return Reading(
            topic=_topic(votes, help_),
            help=help_,
            kinds=tuple(kind for kind in KINDS if kind in kinds),
            score=_score(help_, live, weight),
            signals=tuple(_signal(hit, words) for hit in sorted(hits, key=_place)[:MOST_SIGNALS]),
        )

    def _search(self, words: Text) -> tuple[list[_Hit], dict[str, int], list[_Hit]]:
        hits: list[_Hit] = []
        soft: list[_Hit] = []
        votes: dict[str, int] = {}
        found = self._silencers.of(words.codes)
        for pattern in self._candidates(words.codes):
            rule = pattern.rule
            if rule.kind == "topic":
                if pattern.compiled.search(words.codes):
                    votes[rule.name] = votes.get(rule.name, 0) + int(pattern.level)
                continue
            for count, match in enumerate(pattern.compiled.finditer(words.codes)):
                if count >= MOST_SIGNALS or match.end() == match.start():
                    break
                silenced = found.silencer(pattern, match.start(), match.end())
                kept = soft if rule.kind == "soft" else hits
                kept.append(_Hit(pattern, match.start(), match.end(), silenced))
        return hits, votes, _first_of_each(soft)

    def _candidates(self, codes: str) -> list[Pattern]:
        seen: dict[int, Pattern] = {}
        for code in sorted(set(codes)):
            for pattern in self._index.get(code, ()):
                seen[id(pattern)] = pattern
        return list(seen.values())


def _first_of_each(soft: list[_Hit]) -> list[_Hit]:
    """A soft sign counts once, however often it is said."""
    kept: dict[str, _Hit] = {}
    for hit in soft:
        before = kept.get(hit.pattern.rule.name)
        if before is None or (before.silenced and not hit.silenced):
            kept[hit.pattern.rule.name] = hit
    return list(kept.values())


def _strength(hit: _Hit) -> int:
    return int(hit.pattern.level)


def _help(live: list[_Hit], weight: int) -> str:
    if any(hit.pattern.level == "first" for hit in live):
        return "first"
    return "offer" if live or weight >= _ENOUGH else "none"


def _topic(votes: dict[str, int], help_: str) -> str:
    best = max((*TOPICS, OTHER), key=lambda topic: votes.get(topic, 0))
    if votes.get(best, 0) > 0:
        return best
    return "brief_update" if help_ != "none" else OTHER


def _score(help_: str, live: list[_Hit], weight: int) -> float:
    if help_ == "none":
        return round(min(0.45, 0.06 * weight), 3)
    many = len({hit.pattern.rule.name for hit in live})
    return round(min(0.99, _SCORES[help_] + 0.03 * many), 3)


def _place(hit: _Hit) -> tuple[bool, int, int, str]:
    return (hit.silenced is not None, hit.first, hit.last, hit.pattern.rule.name)


def _signal(hit: _Hit, words: Text) -> Signal:
    start, end = words.span(hit.first, hit.last)
    rule = hit.pattern.rule
    return Signal(start, end, words.text[start:end], rule.name, rule.why, hit.silenced)


@cache
def _reader() -> Reader:
    return Reader()


def read(text: str) -> Reading:
    """Read one message. Pure: nothing is kept of it, and the same text gives the same answer."""
    return _reader().read(text)
