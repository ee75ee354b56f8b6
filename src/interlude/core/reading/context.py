"""What silences a hit: who is meant, when, in earnest or not. Only a rule that covers this very hit does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interlude.core.reading.grammar import STOP, Book, Pattern

_REACH = 14
"""Words before and after a hit that are looked at."""


class Silencers:
    """The rules of kind `quiet`, by where they look: before a hit, after it, around it, or anywhere."""

    def __init__(self, book: Book) -> None:
        quiet = [rule for rule in book.rules if rule.kind == "quiet"]
        self._by_place = {
            place: [
                (pattern, f"{pattern.regex}$")
                for rule in quiet
                if rule.level == place
                for pattern in rule.patterns
            ]
            for place in ("before", "after", "inside", "around", "message", "pseudo")
        }
        for pattern, regex in self._by_place["before"]:
            pattern.regex = regex

    def compile(self) -> None:
        """Compile all patterns."""
        for patterns in self._by_place.values():
            for pattern, _ in patterns:
                pattern.compiled  # noqa: B018 (kept once asked for)

    def of(self, codes: str, languages: frozenset[str]) -> Context:
        """What silences in this sentence, which is in one of *languages*."""
        present = frozenset(codes)
        found = {
            place: [
                pattern
                for pattern, _ in patterns
                if not pattern.needed.isdisjoint(present) and pattern.rule.language in languages
            ]
            for place, patterns in self._by_place.items()
        }
        return Context(codes, found)


@dataclass(slots=True)
class Context:
    """The silencers whose words are in one message."""

    codes: str
    patterns: dict[str, list[Pattern]]

    def silencer(self, hit: Pattern, first: int, last: int) -> str | None:
        """The name of what silences the hit of *hit*'s rule from *first* to *last*, if anything does."""
        begin = max(self.codes.rfind(STOP, 0, first) + 1, first - _REACH)
        head, tail = self.codes[begin:first], self.codes[last : last + _REACH]
        whole = self.codes[begin : last + 8].partition(STOP)[0]
        denied = any(pattern.compiled.search(whole) for pattern in self.patterns["pseudo"])
        looks: tuple[tuple[str, Callable[[Pattern], object]], ...] = (
            ("before", lambda pattern: pattern.compiled.search(head)),
            ("after", lambda pattern: pattern.compiled.match(tail)),
            ("inside", lambda pattern: pattern.compiled.search(self.codes[first:last])),
            ("message", lambda pattern: pattern.compiled.search(self.codes)),
        )
        for place, found in looks:
            for pattern in self.patterns[place]:
                if _applies(pattern, hit, denied) and found(pattern):
                    return pattern.rule.name
        return self._around(hit, first, last, begin)

    def _around(self, hit: Pattern, first: int, last: int, begin: int) -> str | None:
        for pattern in self.patterns["around"]:
            if not _applies(pattern, hit, False):
                continue
            for match in pattern.compiled.finditer(self.codes, begin, last + _REACH):
                if match.start() < last and first < match.end():
                    return pattern.rule.name
        return None


def _applies(quiet: Pattern, hit: Pattern, denied: bool) -> bool:
    """A rule of flag `x` is silenced by nothing but rules of flag `all`; `own` holds its negation itself."""
    flags, own = quiet.rule.flags, hit.rule.flags
    if "neg" in flags and (denied or "own" in own):
        return False
    if "fixed" in own:
        return "all" in flags
    wanted = {flag for flag in flags if flag.startswith("for:")}
    return not wanted or f"for:{hit.rule.kind}" in wanted or f"for:{hit.rule.name}" in wanted
