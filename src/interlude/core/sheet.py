"""A text that somebody said yes to, kept as plain lines that stay the same: headings, names, items, paragraphs.

What was shown can be printed again from the lines alone, and a fingerprint says whether two texts are one (R-98).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["heading", "name", "item", "words"]
MARKS: dict[Kind, str] = {"heading": "# ", "name": "## ", "item": "- "}
_KINDS = {mark: kind for kind, mark in MARKS.items()}
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Part:
    """One heading, name, item or paragraph. Only a paragraph has more than one line, and none of them is empty."""

    kind: Kind
    text: str

    def tidy(self) -> Part:
        """The same words with single spaces; lines are kept in a paragraph alone."""
        lines = [" ".join(line.split()) for line in self.text.split("\n")]
        return Part(self.kind, ("\n" if self.kind == "words" else " ").join(line for line in lines if line))


def written(parts: Iterable[Part]) -> str:
    """*parts* as text that `parts_of` reads back to the same; what is empty is left out. Rule: R-98."""
    kept = [part for part in (each.tidy() for each in parts) if part.text]
    blocks = []
    for kind, group in groupby(kept, key=lambda part: part.kind):
        lines = [_line(part) for part in group]
        blocks += ["\n".join(lines)] if kind == "item" else lines
    return "\n\n".join(blocks) + "\n" if blocks else ""


def parts_of(text: str) -> tuple[Part, ...]:
    """What `written` wrote down, in parts again."""
    return tuple(part for block in text.strip("\n").split("\n\n") if block for part in _parts(block))


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that a page shows as one: a list with its items, or one of the others with its lines."""

    kind: Kind
    texts: tuple[str, ...]


def grouped(parts: Iterable[Part]) -> tuple[Group, ...]:
    """Items that follow one another are one list, which a screen reader counts."""
    found: list[Group] = []
    for kind, group in groupby(parts, key=lambda part: part.kind):
        texts = [part.text for part in group]
        found += [Group(kind, tuple(texts))] if kind == "item" else [Group(kind, (text,)) for text in texts]
    return tuple(found)


def fingerprint(text: str) -> str:
    """The SHA-256 of *text*, in hexadecimal: two texts with one fingerprint are the same. Rule: R-98."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(part: Part) -> str:
    if part.kind == "words":
        mistaken = part.text.startswith((*MARKS.values(), _ESCAPE))
        return f"{_ESCAPE if mistaken else ''}{part.text}"
    return f"{MARKS[part.kind]}{part.text}"


def _parts(block: str) -> Iterator[Part]:
    mark = next((mark for mark in _KINDS if block.startswith(mark)), None)
    if mark is None:
        yield Part("words", block.removeprefix(_ESCAPE))
        return
    lines = block.split("\n") if mark == MARKS["item"] else [block]
    yield from (Part(_KINDS[mark], line.removeprefix(mark)) for line in lines)
