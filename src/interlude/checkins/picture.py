"""Check-ins as a page shows them: answers side by side, two small drawings, and a table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as Later
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interlude.checkins.forms import AMOUNTS, WAITINGS
from interlude.checkins.models import Answers
from interlude.checkins.rounds import Entry, Round, Sides

LEFT, RIGHT = 78, 226  # of the drawing's 240: names of the levels stand before, half a mark after
HEIGHTS = (16, 38, 60)
APART = 9  # marks of one check-in, beside each other
SHAPES: tuple[tuple[str, str | Later], ...] = (
    ("dot", _("dot")),
    ("ring", _("ring")),
    ("square", _("square")),
    ("diamond", _("diamond")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer. *shape*: dot, ring, square, diamond: one for each side."""

    x: int
    y: int
    shape: str


@dataclass(frozen=True, slots=True)
class Level:
    """One possible answer, as a line across the drawing."""

    y: int
    words: str | Later


@dataclass(frozen=True, slots=True)
class Drawing:
    """What `ui/_levels.html` draws. *sentence* says the newest; *key* says whose mark is whose."""

    name: str
    sentence: str
    key: str
    levels: list[Level]
    marks: list[Mark]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Column:
    """One side's answers, as `ui/_side_by_side.html` shows them: what was asked and said, then own words."""

    name: str
    lines: list[tuple[str, str]]
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    on: date
    who: str
    amount: str
    waiting: str
    words: str


def columns(one: Round) -> list[Column]:
    """A check-in side by side, the reader first."""
    return [
        Column(
            who(entry),
            [
                (str(label), said)
                for label, said in (
                    (gettext("The amount"), _amount(entry.answers)),
                    (gettext("Was waiting hard?"), _waiting(entry.answers)),
                )
                if said
            ],
            entry.answers.words,
        )
        for entry in one.entries
    ]


def table(rounds: Sequence[Round]) -> list[Line]:
    """Every answer, the newest first."""
    return [
        Line(one.due_on, who(entry), _amount(entry.answers), _waiting(entry.answers), entry.answers.words)
        for one in rounds
        for entry in one.entries
    ]


def _amount(answers: Answers) -> str:
    return str(dict(AMOUNTS).get(answers.amount, ""))


def _waiting(answers: Answers) -> str:
    return str(dict(WAITINGS).get(answers.waiting, ""))


def drawings(rounds: Sequence[Round], sides: Sides) -> list[Drawing]:
    """None before there are two check-ins to set side by side. *rounds*: the newest first."""
    if len(rounds) < 2:
        return []
    return [
        _drawing(gettext("The amount"), rounds, sides, AMOUNTS[::-1], lambda one: one.amount),
        _drawing(gettext("Was waiting hard?"), rounds, sides, WAITINGS[::-1], lambda one: one.waiting),
    ]


def _drawing(
    name: str,
    rounds: Sequence[Round],
    sides: Sides,
    levels: Sequence[tuple[str, str | Later]],
    of: Callable[[Answers], str],
) -> Drawing:
    heights = {value: height for (value, _words), height in zip(levels, HEIGHTS, strict=True)}
    words = dict(levels)
    oldest_first = list(rounds)[::-1]
    places = {each.due_on: _place(number, len(rounds)) for number, each in enumerate(oldest_first)}
    marks = [
        Mark(places[each.due_on] + _beside(entry, sides), heights[of(entry.answers)], shape_of(entry.side)[0])
        for each in oldest_first
        for entry in each.entries
        if of(entry.answers)
    ]
    newest = [
        gettext("%(who)s: %(what)s") % {"who": who(entry), "what": str(words[of(entry.answers)]).lower()}
        for entry in rounds[0].entries
        if of(entry.answers)
    ]
    return Drawing(
        name,
        ". ".join(newest) + "." if newest else "",
        _key(sides),
        [Level(heights[value], label) for value, label in levels],
        marks,
        oldest_first[0].due_on,
        oldest_first[-1].due_on,
    )


def who(entry: Entry) -> str:
    """`You`, or a first name."""
    return gettext("You") if entry.is_mine else entry.name


def shape_of(side: int) -> tuple[str, str]:
    """The mark of one side, and its name."""
    shape, words = SHAPES[side % len(SHAPES)]
    return shape, str(words)


def _key(sides: Sides) -> str:
    """`A dot is you, a ring is Ada.`"""
    names = [gettext("you"), *sides.others]
    said = [
        gettext("a %(shape)s is %(name)s") % {"shape": shape_of(place)[1], "name": name}
        for place, name in enumerate(names)
    ]
    joined = get_text_list(said, gettext("and"))
    return f"{joined[:1].upper()}{joined[1:]}."


def _place(number: int, of: int) -> int:
    return round(LEFT + (RIGHT - LEFT) * (number + 0.5) / of)


def _beside(entry: Entry, sides: Sides) -> int:
    """Marks of one check-in never lie on top of each other."""
    return round((entry.side - (len(sides.names) - 1) / 2) * APART)
