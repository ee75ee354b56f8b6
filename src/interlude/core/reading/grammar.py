"""The small language that the rules of the reader are written in, and how it becomes patterns over words.

Every known word is one character, so that a message is a short string and a rule is a pattern over it:

    @kill = kill~ end~           a class of words; ~ adds -s, -ed and -ing
    $soon = ( tonight | this evening )      a piece of patterns, used as {soon}
    [SELF-KILL | suicide | offer | own | what it means]     a rule; the lines below are its patterns
    i want/need to <kill> ..2 myself        a/b either; ..2 up to two words between; ,,2 the same
                                 within a clause, ::2 across sentences; x? maybe; !x not x; _ any word
    %language es                 the rules of this text are for Spanish
    %name these words            a list that the program asks for by its name
    ( a ) &8 ( b )                           both within eight words, in either order
    first: <kill> myself tonight            this line puts help first

`^` and `$` are the beginning and the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

STOP, PAUSE, UNKNOWN, NUMBER, CLOCK = "\x01", "\x02", "\x03", "\x04", "\x05"
"""An end of a sentence, a pause in it, a word that no rule knows, a number, a time of day."""

_FIRST_CODE = 0x3400

_BREAKS = ("but", "although", "though", "however", "except", "unless", "yet")


class Words(dict[str, str]):
    """The code of each word that some rule knows."""

    def code(self, word: str) -> str:
        """The character that stands for *word*, given to it now if it has none."""
        if word not in self:
            self[word] = chr(_FIRST_CODE + len(self))
        return self[word]


@dataclass(slots=True)
class Piece:
    """A part of a pattern: its regular expression, words of which one must be there, and others of which one must."""

    regex: str
    needed: frozenset[str] | None = None
    weight: int = 1_000_000
    also: frozenset[str] | None = None


@dataclass
class Pattern:
    """One line of a rule."""

    rule: Rule
    level: str
    regex: str
    needed: frozenset[str]
    also: frozenset[str] | None = None

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Compiled when first needed: most rules are not, for most messages."""
        return re.compile(self.regex, re.DOTALL)


@dataclass
class Rule:
    """A rule: its name, what it finds, how strong it is, and the words that say so."""

    name: str
    kind: str
    level: str
    flags: frozenset[str]
    why: str
    language: str = "en"
    patterns: list[Pattern] = field(default_factory=list)


class Book:
    """All rules of some texts, with their words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = Words()
        self.rules: list[Rule] = []
        self._classes: dict[str, frozenset[str]] = {}
        self._macros: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        for text in texts:
            self._language = "en"
            for line in _joined(text):
                self._take(line)

    def members(self, name: str) -> frozenset[str]:
        """The codes of the words of a class."""
        return self._classes[name]

    def _take(self, line: str) -> None:
        if line[0] == "@":
            name, _, members = line[1:].partition("=")
            found = frozenset(code for each in members.split() for code in self._members(each))
            self._classes[name.strip()] = self._classes.get(name.strip(), frozenset()) | found
        elif line[0] == "$" and "=" in line:
            name, _, body = line[1:].partition("=")
            self._macros[name.strip()] = self._spread(body)
        elif line[0] == "%":
            heading, *listed = line[1:].split()
            self._list(heading, listed)
        elif line[0] == "[":
            name, kind, level, flags, why = (part.strip() for part in line.strip("[]").split("|", 4))
            self.rules.append(Rule(name, kind, level, frozenset(flags.split()), why, self._language))
        else:
            self._pattern(line)

    def _list(self, name: str, members: list[str]) -> None:
        if name == "language":
            self._language = members[0]
        else:
            self.lists.setdefault(name, []).extend(members)

    def _pattern(self, line: str) -> None:
        rule = self.rules[-1]
        level = rule.level
        for other in ("first", "offer"):
            if line.startswith(f"{other}:"):
                level, line = other, line.removeprefix(f"{other}:")
        for order in _orders(self._spread(line)):
            piece = self._sequence(iter(order.replace("(", " ( ").split()))
            if piece.needed is None:
                raise ValueError(f"{rule.name}: no word is needed by {line!r}")
            rule.patterns.append(Pattern(rule, level, piece.regex, piece.needed, piece.also))

    def _spread(self, line: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self._macros[found[1]], line)

    def _members(self, word: str) -> Iterator[str]:
        if word.startswith("<"):
            yield from self._classes[word.strip("<>")]
        elif word.startswith("#"):
            yield {"#num": NUMBER, "#time": CLOCK, "#any": UNKNOWN, "#stop": STOP, "#pause": PAUSE}[word]
        elif word.endswith("~"):
            yield from (self.words.code(form) for form in _forms(word[:-1]))
        else:
            yield self.words.code(word)

    def _sequence(self, parts: Iterator[str]) -> Piece:
        """Parts up to a closing bracket or the end: alternatives of sequences."""
        branches: list[list[Piece]] = [[]]
        maybe = False
        for part in parts:
            if part in (")", ")?"):
                maybe = part == ")?"
                break
            if part == "|":
                branches.append([])
            else:
                branches[-1].append(self._sequence(parts) if part == "(" else self._element(part))
        regex = "|".join("".join(piece.regex for piece in branch) for branch in branches)
        if len(branches) == 1:
            asked = sorted((piece for piece in branches[0] if piece.needed), key=lambda piece: piece.weight)
            also = asked[1].needed if len(asked) > 1 else None
        else:
            also = None
        best = [min(branch, key=lambda piece: piece.weight, default=Piece("")) for branch in branches]
        whole = Piece(f"(?:{regex})" + "?" * maybe)
        if not maybe and all(piece.needed for piece in best):
            whole.needed = frozenset().union(*(piece.needed or () for piece in best))
            whole.weight = sum(piece.weight for piece in best)
            whole.also = also
        return whole

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(self.words.code(word) for word in self.lists["common"])

    def _element(self, part: str) -> Piece:
        if part in _FIXED:
            return Piece(_FIXED[part])
        if part.startswith("::"):
            return Piece(f".{{0,{part[2:]}}}?")
        if part.startswith(",,"):
            barred = "".join(sorted(self.words.code(word) for word in _BREAKS))
            return Piece(f"[^{STOP}{PAUSE}{barred}]{{0,{part[2:] or 3}}}?")
        if part.startswith(".."):
            return Piece(f"[^{STOP}]{{0,{part[2:] or 3}}}?")
        refused, maybe = part.startswith("!"), part.endswith("?")
        names = part.removeprefix("!").removesuffix("?").split("/")
        codes = frozenset(code for name in names for code in self._members(name))
        regex = f"[{''.join(sorted(codes))}]"
        if refused:
            return Piece(f"(?!{regex})")
        if maybe:
            return Piece(f"{regex}?")
        return Piece(regex, codes, sum(40 if code in self._common else 1 for code in codes))


def _orders(line: str) -> list[str]:
    """A line as it is, or, where two parts may stand in either order, both ways."""
    pair = re.split(r" &(\d+) ", line)
    if len(pair) != 3:
        return [line]
    one, reach, other = pair
    return [f"( {one} ) ..{reach} ( {other} )", f"( {other} ) ..{reach} ( {one} )"]


_FIXED = {"^": f"(?<![^{STOP}])", "$": f"(?![^{STOP}])", "_": f"[^{STOP}{PAUSE}]"}


def _joined(text: str) -> Iterator[str]:
    """Lines without remarks and blanks; a line that begins with a blank goes on from the one before."""
    whole = ""
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line[0] == " ":
            whole += line
            continue
        if whole:
            yield whole.strip()
        whole = line
    if whole:
        yield whole.strip()


def _forms(stem: str) -> Iterator[str]:
    """The regular forms of a verb."""
    yield stem
    root = stem.removesuffix("e")
    if stem.endswith("y") and stem[-2] not in "aeiou":
        yield from (f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing")
        return
    yield stem + ("es" if stem.endswith(("s", "sh", "ch", "x")) else "s")
    yield from (f"{root}ed", f"{root}ing", f"{root}in")
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", stem):
        yield from (f"{stem}{stem[-1]}ed", f"{stem}{stem[-1]}ing")
