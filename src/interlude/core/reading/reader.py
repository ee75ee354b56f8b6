"""Reads a message on its writer's own page: what it is about, and whether help should come first.

Nothing is stored, told or decided by it (product, law 12). It finds what is said, not what will happen; that it finds
nothing means nothing. The families of rules are R-200 to R-215.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from interlude.core.reading.context import Silencers
from interlude.core.reading.grammar import STOP, Book, Pattern
from interlude.core.reading.model import MOST_WORDS, Model, chosen
from interlude.core.reading.tokens import Text, Vocabulary

KINDS = ("suicide", "self_harm", "harm_to_others", "abuse", "medical")
TOPICS = ("schedule", "billing", "tech", "homework", "brief_update")
OTHER = "other"
"""No topic is suggested."""

LEVELS = ("none", "offer", "first")
LANGUAGES = ("en", "es", "hi", "hi-Latn")
MOST_SIGNALS = 40
WEIGHTS = Path(__file__).with_name("weights.bin")
MODEL = "MODEL"
ENOUGH, MORE, FOREIGN = 0.973, 0.982, 0.989
"""From the first on the model alone offers help, where no rule found anything and somebody writes of themselves; from
the second where nobody says "I", or where all that was found is silenced; from the third in another language."""
DOUBTED, UNLIKELY = 0.119, 0.047
"""Below the first the model has an offer of help taken back whose rule (flag `weighed`) also finds everyday words,
below the second one of any rule in English. All five were chosen by cross-validation (docs/reference/reading.md)."""
_NEVER = 2.0
_LONGEST = 160
_OVERLAP = 40
"""A sentence of more words than the first is read in pieces, which share as many words as the second."""
_MOST_HITS = 300
"""After so many hits the rest is not read, if help is first by then."""
_MOST_SENTENCES = 60
"""What a message is about is looked for in so many sentences from its beginning; danger in all of them."""
_HINDI, _BEYOND = "\u0900", "\u0980"
_SCORES = {"offer": 0.7, "first": 0.9}


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

    def doubted(self, weighed: float, foreign: bool) -> bool:
        """Whether it only offers help, and the model makes so little of the message that it takes that back."""
        unlikely = DOUBTED if "weighed" in self.pattern.rule.flags else 0.0 if foreign else UNLIKELY
        return self.pattern.level == "offer" and weighed < unlikely


class Reader:
    """The rules and the model, ready to read with."""

    def __init__(self, weights: bytes | None = None) -> None:
        folder = files("interlude.core.reading") / "rules"
        parts = sorted(
            (each for each in folder.iterdir() if each.name.endswith(".rules")), key=lambda e: e.name
        )
        book = Book(part.read_text("utf-8") for part in parts)
        self.model = Model(WEIGHTS.read_bytes() if weights is None else weights)
        self._vocabulary = Vocabulary(book)
        self._signs = {language: frozenset(book.lists[f"said-{language}"]) for language in ("es", "hi")}
        self._oneself = frozenset(book.lists["oneself"])
        self._english_too = frozenset(book.lists["english-too"])
        self._senses = {STOP: "."} | dict.fromkeys(book.members("deny"), "-")
        for sense in book.lists["senses"]:
            for code in sorted(book.members(sense)):
                self._senses.setdefault(code, sense)
        self._silencers = Silencers(book)
        self._of_help = _index(book, lambda kind: kind in KINDS)
        self._of_topics = _index(book, lambda kind: kind == "topic")

    def read(self, text: str, lang: str | None = None) -> Reading:
        """Read *text*. Any text is read; the same text always gives the same answer."""
        words = Text(text, self._vocabulary)
        languages = self.languages(words, lang)
        hits, votes = self._search(words, languages)
        weighed = self.model.weigh(words.words, self.senses(words), _marks(hits, votes))
        foreign = self._foreign(words)
        hits = _doubted(hits, weighed.help, foreign)
        live = [hit for hit in hits if not hit.silenced]
        shown = sorted(hits, key=_place)[:MOST_SIGNALS]
        spans = words.spans([(hit.first, hit.last) for hit in shown])
        signals = [_signal(hit, span, words.text) for hit, span in zip(shown, spans, strict=True)]
        help_ = _help(live)
        kinds = {hit.pattern.rule.kind for hit in live}
        enough = self._enough(words, languages, silenced=bool(hits), foreign=foreign)
        if not live and weighed.help >= enough:
            help_, kinds = "offer", {"suicide"}
            spans = words.spans(self.model.speaking(words.words))
            signals = [_learned(span, words.text) for span in spans] + signals
        return Reading(
            topic=_topic(weighed.topics, help_),
            help=help_,
            kinds=tuple(kind for kind in KINDS if kind in kinds),
            score=_score(help_, live, weighed.help),
            signals=tuple(signals),
        )

    def _enough(self, words: Text, languages: frozenset[str], *, silenced: bool, foreign: bool) -> float:
        """How sure the model must be to offer help alone."""
        if foreign:
            return FOREIGN if len(languages) > 1 else _NEVER
        return MORE if silenced or self._oneself.isdisjoint(words.words) else ENOUGH

    def _foreign(self, words: Text) -> bool:
        """Whether a text is in another language than English: two words say so that English does not have."""
        said = set(words.words[: 2 * MOST_WORDS]) - self._english_too
        return _hindi(said) or any(len(signs & said) > 1 for signs in self._signs.values())

    def compile(self) -> None:
        """Compile all patterns, which is otherwise done as each is first needed."""
        for index in (self._of_help, self._of_topics):
            for patterns in index.values():
                for pattern in patterns:
                    pattern.compiled  # noqa: B018 (kept once asked for)
        self._silencers.compile()

    def senses(self, words: Text) -> list[str]:
        """The class that each weighed word is of, if the model is told of it."""
        return [self._senses.get(code, "") for code in chosen(words.codes)]

    def marks(self, text: str) -> tuple[list[str], list[str], list[str]]:
        """The words of *text*, and what the rules tell the model of them."""
        words = Text(text, self._vocabulary)
        return words.words, self.senses(words), _marks(*self._search(words, self.languages(words, None)))

    def _search(self, words: Text, languages: frozenset[str]) -> tuple[list[_Hit], dict[str, int]]:
        hits: list[_Hit] = []
        read: dict[str, list[_Hit]] = {}
        sentences = list(_sentences(words.codes))
        best = 0
        for begin, sentence in sentences:
            if len(hits) >= _MOST_HITS and LEVELS[best] == "first":
                break
            found = read.get(sentence)
            if found is None:
                found = read[sentence] = self._in_sentence(sentence, languages)
            if found and (len(hits) < _MOST_HITS or max(map(_rank, found)) > best):
                best = max(best, *map(_rank, found))
                hits += [replace(hit, first=begin + hit.first, last=begin + hit.last) for hit in found]
        return hits, self._votes([sentence for _, sentence in sentences[:_MOST_SENTENCES]])

    def _in_sentence(self, codes: str, languages: frozenset[str]) -> list[_Hit]:
        hits: dict[tuple[str, int, int], _Hit] = {}
        silencers = None
        for pattern in _candidates(self._of_help, frozenset(codes)):
            if pattern.rule.language not in languages:
                continue
            for match in pattern.compiled.finditer(codes):
                if match.end() == match.start():
                    break
                silencers = silencers or self._silencers.of(codes, languages)
                hit = _Hit(pattern, *match.span(), silencers.silencer(pattern, *match.span()))
                key = (pattern.rule.name, hit.first, hit.last)
                if key not in hits or _rank(hit) > _rank(hits[key]):
                    hits[key] = hit
        return list(hits.values())

    def languages(self, words: Text, given: str | None) -> frozenset[str]:
        """The languages whose rules are asked: English always, others if given or if it seems so."""
        if given is not None:
            return frozenset({"en", given.partition("-")[0]})
        said = set(words.words[: 2 * MOST_WORDS])
        seeming = {language for language, signs in self._signs.items() if not signs.isdisjoint(said)}
        return frozenset({"en"} | seeming | ({"hi"} if _hindi(said) else set()))

    def _votes(self, sentences: list[str]) -> dict[str, int]:
        voted: dict[int, Pattern] = {}
        for codes in sentences:
            for pattern in _candidates(self._of_topics, frozenset(codes)):
                if id(pattern) not in voted and pattern.compiled.search(codes):
                    voted[id(pattern)] = pattern
        votes: dict[str, int] = {}
        for pattern in voted.values():
            votes[pattern.rule.name] = votes.get(pattern.rule.name, 0) + int(pattern.level)
        return votes


def _index(book: Book, wanted: Callable[[str], bool]) -> dict[str, list[Pattern]]:
    """The patterns of some rules by the words of which each needs one."""
    index: dict[str, list[Pattern]] = {}
    for rule in book.rules:
        for pattern in rule.patterns if wanted(rule.kind) else ():
            for code in pattern.needed:
                index.setdefault(code, []).append(pattern)
    return index


def _candidates(index: dict[str, list[Pattern]], present: frozenset[str]) -> list[Pattern]:
    """The patterns that can be found where these words are."""
    seen: dict[int, Pattern] = {}
    for code in present & index.keys():
        for pattern in index[code]:
            if pattern.also is None or not pattern.also.isdisjoint(present):
                seen[id(pattern)] = pattern
    return list(seen.values())


def _sentences(codes: str) -> Iterator[tuple[int, str]]:
    """The sentences of a message, with the place of each; a very long one in pieces that overlap."""
    begin = 0
    for sentence in codes.split(STOP):
        if len(sentence) <= _LONGEST:
            if sentence:
                yield begin, sentence
        else:
            for place in range(0, len(sentence) - _OVERLAP, _LONGEST - _OVERLAP):
                yield begin + place, sentence[place : place + _LONGEST]
        begin += len(sentence) + 1


def _marks(hits: list[_Hit], votes: dict[str, int]) -> list[str]:
    silenced = {f"s:{hit.silenced}" for hit in hits if hit.silenced}
    return sorted(silenced) + [f"v:{topic}:{min(3, weight // 4)}" for topic, weight in sorted(votes.items())]


def _doubted(hits: list[_Hit], weighed: float, foreign: bool) -> list[_Hit]:
    """The hits of a message that sounds like an everyday one: what a rule is not sure of is silenced by the model."""
    if any(not hit.silenced and not hit.doubted(weighed, foreign) for hit in hits):
        return hits
    return [replace(hit, silenced=hit.silenced or MODEL) for hit in hits]


def _hindi(said: set[str]) -> bool:
    return any(_HINDI <= word[0] < _BEYOND for word in said)


def _help(hits: list[_Hit]) -> str:
    return LEVELS[max((_rank(hit) for hit in hits), default=0)]


def _rank(hit: _Hit) -> int:
    return 0 if hit.silenced else LEVELS.index(hit.pattern.level)


def _topic(topics: dict[str, float], help_: str) -> str:
    best = max((*TOPICS, OTHER), key=lambda topic: topics[topic])
    return "brief_update" if best == OTHER and help_ != "none" else best


def _score(help_: str, live: list[_Hit], weighed: float) -> float:
    if not live:
        return round(0.7 * weighed, 3)
    many = len({hit.pattern.rule.name for hit in live})
    return round(min(0.99, _SCORES[help_] + 0.03 * many), 3)


def _place(hit: _Hit) -> tuple[bool, int, int, str]:
    return (hit.silenced is not None, hit.first, hit.last, hit.pattern.rule.name)


def _signal(hit: _Hit, span: tuple[int, int], text: str) -> Signal:
    rule = hit.pattern.rule
    return Signal(*span, text[slice(*span)], rule.name, rule.why, hit.silenced)


def _learned(span: tuple[int, int], text: str) -> Signal:
    return Signal(*span, text[slice(*span)], MODEL, "words that are often said in danger")


@cache
def _reader() -> Reader:
    return Reader()


def get_ready() -> None:
    """Load and compile everything now (half a second), so that the first messages are read as fast as the others."""
    _reader().compile()


def read(text: str, lang: str | None = None) -> Reading:
    """Read one message. Pure: nothing is kept of it, and the same text gives the same answer."""
    return _reader().read(text, lang)


def marks_of(text: str) -> tuple[list[str], list[str], list[str]]:
    """What the model is given of a text, to learn from."""
    return _reader().marks(text)
