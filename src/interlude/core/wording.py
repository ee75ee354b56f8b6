"""The shape of a template for replies: what is acknowledged, what was agreed, what comes next; and its variables.

The shape is held by three parts, in this order, each with words of its own. What a part says is nobody's to judge but
the writer's: everything beyond the shape is a glance, and holds nothing back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interlude.core.readability import Reading, reading

PARTS = ("validation", "agreement", "next_step")
VARIABLES = ("greeting", "name", "therapist", "next_window", "next_session", "agreement", "help_now")
FEWEST_WORDS = 2
GRADED = frozenset({"en"})
"""Languages for which the formula of the reading grade was made."""

_VARIABLE = re.compile(r"\{([^{}|\n]{0,80})(?:\|([^{}\n]{0,200}))?\}")
_BRACE = re.compile(r"[{}]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TURN = re.compile(r"\b(?:but|however|yet|although)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """A template in its three parts, in the order in which they are read. Rule: R-230."""

    validation: str
    agreement: str
    next_step: str

    @property
    def parts(self) -> tuple[str, str, str]:
        return self.validation, self.agreement, self.next_step

    @property
    def text(self) -> str:
        """The three parts as one text, each a paragraph."""
        return "\n\n".join(part.strip() for part in self.parts if part.strip())


@dataclass(frozen=True, slots=True)
class Amiss:
    """What keeps a template from being used as it is.

    Args:
        part: in which part.
        what: "missing", "unknown" (a variable that does not exist), "open" (a brace that is not closed) or
            "no_fallback" (a variable that needs words for when its value is not known).
        value: the variable or brace as it was typed.
    """

    part: str
    what: str
    value: str = ""


def amiss(words: Words) -> tuple[Amiss, ...]:
    """What is missing or cannot be filled, part by part; empty for a template in shape. Rules: R-230, R-231."""
    found: list[Amiss] = []
    for name, part in zip(PARTS, words.parts, strict=True):
        if len(_WORD.findall(_VARIABLE.sub("", part))) < FEWEST_WORDS:
            found.append(Amiss(name, "missing"))
        found += _variables_amiss(name, part)
    return tuple(found)


def _variables_amiss(name: str, part: str) -> list[Amiss]:
    found = []
    for match in _VARIABLE.finditer(part):
        variable, own = match[1].strip(), (match[2] or "").strip()
        if variable not in VARIABLES:
            found.append(Amiss(name, "unknown", match[0]))
        elif variable == "name" and not own:
            found.append(Amiss(name, "no_fallback", match[0]))
    rest = _BRACE.search(_VARIABLE.sub("", part))
    return [*found, Amiss(name, "open", rest[0])] if rest else found


def filled(text: str, values: Mapping[str, str], fallbacks: Mapping[str, str]) -> str:
    """*text* with each variable's value; without one, the words that stand in for it. Never a hole. Rule: R-231.

    Words of the template's own (`{next_session|when we meet}`) go before *fallbacks*. A variable that nobody knows
    leaves nothing behind: `amiss` says so before.
    """

    def value(match: re.Match[str]) -> str:
        name, own = match[1].strip(), (match[2] or "").strip()
        return values.get(name, "").strip() or own or fallbacks.get(name, "")

    return _VARIABLE.sub(value, text)


@dataclass(frozen=True, slots=True)
class Glance:
    """How a template reads with its variables filled: advice, and no gate.

    Args:
        turns: words in the first part that take it back, such as "but".
        is_graded: whether the formula of the grade was made for this language.
    """

    reading: Reading
    turns: tuple[str, ...]
    is_graded: bool

    @property
    def is_calm(self) -> bool:
        """Nothing to look at twice."""
        return not (self.reading.hard or self.turns) and (not self.is_graded or self.reading.is_plain)


def glance(words: Words, *, language: str, fallbacks: Mapping[str, str]) -> Glance:
    """Blame, turns and grade of a template. Rule: R-232."""
    read = reading(filled(words.text, {}, fallbacks))
    turns = tuple(match[0] for match in _TURN.finditer(words.validation)) if language in GRADED else ()
    return Glance(read, turns, language in GRADED)


def inserted(box: str, text: str, at: int | None) -> str:
    """*box* with *text* at the cursor, as a paragraph of its own; at the end where no place is known."""
    place = len(box) if at is None else min(max(at, 0), len(box))
    pieces: Sequence[str] = (box[:place].rstrip(), text.strip(), box[place:].lstrip())
    return "\n\n".join(piece for piece in pieces if piece)
