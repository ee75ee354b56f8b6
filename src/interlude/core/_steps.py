"""A date that never goes back, looked up in place of being worked out again.

A message sent later is never due sooner (R-24 to R-27, held by property tests). So where the first and the last
moment of a stretch of time have one date, every moment between them has it too, and nobody need ask again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from interlude.core._moments import moment, ticks
from interlude.core.errors import InterludeError

Ask = Callable[[datetime], Any]
Until = Callable[[datetime, Any], datetime]

_MOST = 50_000  # stretches kept; a working day has two or three
_NEAR = timedelta(days=3) // timedelta(microseconds=1)


class Steps:
    """What *ask* answers for a moment, for an *ask* whose answers never go back.

    Args:
        until: for a moment and its answer, a later moment that may well have the same. It is asked about before
            it is believed, so that a bad guess costs time and nothing else.

    Errors that *ask* raises are passed on, and nothing is kept of them.
    """

    __slots__ = ("_answers", "_ask", "_firsts", "_lasts", "_until")

    def __init__(self, ask: Ask, until: Until) -> None:
        self._ask, self._until = ask, until
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._answers: list[Any] = []

    def __call__(self, at: datetime) -> Any:
        since = ticks(at)
        place = bisect_left(self._lasts, since)
        if place < len(self._lasts) and self._firsts[place] <= since:
            return self._answers[place]
        return self._learn(at, since, place)

    def _learn(self, at: datetime, since: int, place: int) -> Any:
        """Ask, and put the moment into the stretch after it, or into one of its own."""
        answer = self._ask(at)
        if place < len(self._lasts) and self._answers[place] == answer:
            self._firsts[place] = self._first(since, place, answer)
            return answer
        if len(self._lasts) >= _MOST:
            place = 0  # memory stays as it is, however many years are asked about
            for kept in (self._firsts, self._lasts, self._answers):
                kept.clear()
        self._firsts.insert(place, since)
        self._lasts.insert(place, self._last(at, since, answer))
        self._answers.insert(place, answer)
        return answer

    def _last(self, at: datetime, since: int, answer: Any) -> int:
        try:
            until = ticks(self._until(at, answer))
            return until if until > since and self._ask(moment(until)) == answer else since
        except InterludeError:
            return since

    def _first(self, since: int, place: int, answer: Any) -> int:
        """Back to where the stretch before it ends, if that is near and nothing lies between."""
        before = self._lasts[place - 1] + 1 if place else since
        if since - before > _NEAR:
            return since
        try:
            return before if self._ask(moment(before)) == answer else since
        except InterludeError:
            return since
