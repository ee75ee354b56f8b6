"""One question from the command line, or many from standard input: the same answers."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from interlude.cli.given import RULES, Given, NotUnderstood
from interlude.cli.output import complain, problem, show_json
from interlude.core.errors import InterludeError

LONGEST_LINE = 1_000_000
"""Bytes in one line of standard input."""


@dataclass(frozen=True, slots=True)
class Command:
    """A question that can be asked: its options, its answer for a program, and its words for a person."""

    parser: argparse.ArgumentParser
    answer: Callable[[Given], Any]
    tell: Callable[[Any], None]
    sound: Callable[[Any], bool] = lambda _found: True

    def run(self, words: list[str]) -> int:
        """Answer, and return 0; 1 if something that was given has a problem."""
        values = {
            name: each for name, each in vars(self.parser.parse_args(words)).items() if each is not None
        }
        as_json = values.pop("json")
        if many := [name for name, each in values.items() if each in ("-", ["-"])]:
            return self._answer_lines({name: each for name, each in values.items() if name not in many})
        try:
            found = self.answer(Given(values, datetime.now(UTC)))
        except InterludeError as wrong:
            complain(wrong)
            return 1
        show_json(found) if as_json else self.tell(found)
        return 0 if self.sound(found) else 1

    def _answer_lines(self, values: dict[str, Any]) -> int:
        """A line that cannot be answered is answered with its problem, and the others go on."""
        problems = 0
        for number, line in numbered_lines():
            asked: dict[str, Any] = {}
            try:
                asked = object_in(line)
                self._check_names(asked)
                found = self.answer(Given(values | asked, datetime.now(UTC)))
                problems += not self.sound(found)
                answer = {"answer": found}
            except InterludeError as wrong:
                problems += 1
                answer = {"line": number, "error": problem(wrong)}
            show_json({key: asked[key] for key in ("id",) if key in asked} | answer)
        return 1 if problems else 0

    def _check_names(self, asked: dict[str, Any]) -> None:
        actions = self.parser._actions
        known = [action.dest for action in actions if action.dest not in ("help", "json", "many")]
        check_names(asked, (*known, "id"))


def check_names(asked: dict[str, Any], known: tuple[str, ...]) -> None:
    """Raise NotUnderstood for a name that is not *known*, saying which was meant."""
    for name in sorted(asked.keys() - set(known)):
        near = get_close_matches(name, known, n=1)
        remedy = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known)}"
        raise NotUnderstood(f"{name[:40]!r} is not known here; {remedy}")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """The options that say under which rules, and on which calendar."""
    meanings = {
        "policy": ("RULES", "a starting point or a file of rules; several make layers"),
        "zone": ("ZONE", "the clinician's zone, in place of the one in the rules"),
        "client_zone": ("ZONE", "show moments by the clock of this zone"),
        "closed": ("DATE", "a day on which nothing is open"),
        "away": ("FROM/TO", "time away, from one moment to another"),
        "on": ("DATE", "the day on which the rules hold; today if left out"),
    }
    for name in RULES:
        metavar, what = meanings[name]
        several = "append" if name in ("policy", "closed", "away") else "store"
        parser.add_argument(f"--{name.replace('_', '-')}", action=several, metavar=metavar, help=what)


def add_form(parser: argparse.ArgumentParser, *, many: bool = True) -> None:
    """How the answer looks, and whether questions come from standard input."""
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    if many:
        what = "read questions from standard input, one JSON object a line, named like the options"
        parser.add_argument("many", nargs="?", choices=["-"], metavar="-", help=what)


def numbered_lines() -> Iterator[tuple[int, str]]:
    """Lines of standard input that are not blank, by number; an empty text for one that is too long."""
    number = 0
    while line := sys.stdin.buffer.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = sys.stdin.buffer.readline(LONGEST_LINE)
            yield number, ""
        elif line.strip():
            yield number, line.decode("utf-8", "replace")


def object_in(line: str) -> dict[str, Any]:
    """The object that a line is. Raises NotUnderstood."""
    if not line:
        raise NotUnderstood(f"this line is longer than {LONGEST_LINE} bytes; give one question a line")
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise NotUnderstood('this line is no JSON; give one object a line, such as {"id": 1}') from None
    if not isinstance(asked, dict):
        raise NotUnderstood('this line is no object; give one such as {"id": 1}')
    return asked
