"""interlude replay: what would have differed had past messages met other rules.

With "-", the past comes from standing input, one message a line, and the portal is not needed. Without it, from the
portal's database: `interlude replay --policy FILE --practice NAME --clinician ADDRESS`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from interlude.cli.ask import add_rules, check_names, numbered_lines, object_in
from interlude.cli.given import Given, NotUnderstood
from interlude.cli.main import hand_over
from interlude.cli.output import complain, problem, show_json
from interlude.core.errors import InterludeError
from interlude.core.outcomes import KeptReason, OverPlan
from interlude.core.replay import Past, Replay, ready
from interlude.core.replay_words import plain, told
from interlude.core.replayed import End
from interlude.core.terms import Topic

OUTCOMES = {
    "AnsweredHere": End.ANSWERED,
    "Acknowledged": End.ACKNOWLEDGED,
    "KeptForSession": End.KEPT,
    "NoAnswerWanted": End.NO_ANSWER,
    "Desk": End.DESK,
    "DoItYourself": End.DESK,
    "NotHereYet": End.NOT_HERE,
}
KNOWN = (
    "id", "client", "sent", "topic", "words", "outcome", "reason", "reply_due", "answered_at", "no_answer", "keep",
    "choice", "age",
)  # fmt: skip
LONGEST_KEY = 100
NAMED = 20
"""Problems that are told one by one; of the others, how many there are."""


def run(words: list[str]) -> int:
    """Replay lines from standard input; everything else is the portal's to answer."""
    if "-" not in words and not {"-h", "--help"} & set(words):
        return hand_over(["replay", *words])
    parser = argparse.ArgumentParser(
        prog="interlude replay", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_rules(parser)
    parser.add_argument("--since", metavar="DATE", help="leave out what was sent before this day")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("many", choices=["-"], metavar="-", help="read messages, one JSON object a line")
    values = {name: each for name, each in vars(parser.parse_args(words)).items() if each is not None}
    try:
        return _answer(Given(values, datetime.now(UTC)), as_json=values.pop("json"))
    except InterludeError as wrong:
        complain(wrong)
        return 1


@dataclass
class _Problems:
    """What was wrong with which line."""

    as_json: bool
    named: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0

    def add(self, line: int, wrong: InterludeError) -> None:
        self.number += 1
        if self.number > NAMED:
            return
        self.named.append({"line": line, "error": problem(wrong)})
        if not self.as_json:
            print(f"interlude: line {line}: {wrong}", file=sys.stderr)

    def tell(self) -> None:
        if self.number > NAMED and not self.as_json:
            print(f"interlude: and {self.number - NAMED} lines more", file=sys.stderr)


def _answer(given: Given, *, as_json: bool) -> int:
    setting, problems = given.setting(), _Problems(as_json)
    under = ready(setting.policy, setting.calendar)
    again = Replay(ZoneInfo(setting.policy.zone), since=given.date("since"))
    for number, line in numbered_lines():
        try:
            again.take(past_in(object_in(line), setting.policy.zone), under)
        except InterludeError as wrong:
            problems.add(number, wrong)
    found = again.result()
    if as_json:
        show_json(plain(found) | {"left_out": problems.number, "problems": problems.named})
    else:
        problems.tell()
        for text in told(found):
            print(text)
    return 1 if problems.number else 0


def past_in(asked: dict[str, Any], zone_name: str) -> Past:
    """The message that one line tells of. Raises NotUnderstood, naming what is missing or cannot be read."""
    check_names(asked, KNOWN)
    given = Given(asked, _NO_CLOCK)
    end = _one_of(given, "outcome", OUTCOMES)
    sent, reason = given.moment("sent", zone_name), given.text("reason")
    if sent is None:
        raise NotUnderstood("sent: missing; say when it was sent, like 2026-03-03T10:00")
    choice = given.text("choice")
    return Past(
        client=_client(asked.get("client", "")),
        sent_at=sent,
        topic=_one_of(given, "topic", _TOPICS),
        words=given.whole("words", 1) or 0,
        end=end,
        due=given.moment("reply_due", zone_name),
        answered_at=given.moment("answered_at", zone_name),
        over_plan=reason == KeptReason.OVER_PLAN or choice in _BEYOND,
        no_answer=given.flag("no_answer") or end is End.NO_ANSWER,
        keep=given.flag("keep") or (end is End.KEPT and reason == KeptReason.ASKED),
        choice=_one_of(given, "choice", _CHOICES) if choice is not None else None,
        age=given.whole("age"),
    )


def _one_of(given: Given, name: str, known: Mapping[str, Any]) -> Any:
    text = given.text(name)
    if text is None:
        raise NotUnderstood(f"{name}: missing; one of: {', '.join(known)}")
    if text not in known:
        near = get_close_matches(text, known, n=1)
        meant = f"did you mean {near[0]}?" if near else f"one of: {', '.join(known)}"
        raise NotUnderstood(f"{name}: {text[:40]!r} is none; {meant}")
    return known[text]


def _client(key: object) -> str | int:
    if not isinstance(key, str | int) or len(str(key)) > LONGEST_KEY:
        raise NotUnderstood(
            f"client: {str(key)[:40]!r} is no key; give a number or a text of up to {LONGEST_KEY} signs"
        )
    return key


_NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
_TOPICS = {str(topic): topic for topic in Topic}
_CHOICES = {str(choice): choice for choice in OverPlan}
_BEYOND = (OverPlan.KEEP_REST, OverPlan.EXTRA)
