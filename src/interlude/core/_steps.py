"""A date that never goes back, looked up in place of being worked out again.

A message sent later is never due sooner (R-24 to R-27, held by property tests). So where the first and the last
moment of a stretch of time have one date, every moment between them has it too, and nobody need ask again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from interlude.core._moments import moment, ticks
from interlude.core.errors import InterludeError

Ask = Callable[[datetime], Any]

_BITS = (36, 34, 32, 30)  # stretches of 19 hours, of 5 hours, of 72 minutes, of 18 minutes
_MOST = 20_000  # stretches kept of each length; about forty years of the longest
_SEVERAL = object()


class Steps:
    """What *ask* answers for a moment, for an *ask* whose answers never go back.

    Where a stretch has several answers, or one of its ends has none, the moment itself is asked about; so are the
    errors that *ask* raises.
    """

    __slots__ = ("_ask", "_known")

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: tuple[tuple[int, dict[int, Any]], ...] = tuple((bits, {}) for bits in _BITS)

    def __call__(self, at: datetime) -> Any:
        since = ticks(at)
        for bits, known in self._known:
            stretch = since >> bits
            found = known.get(stretch)
            if found is None:
                found = self._learn(known, stretch, bits)
            if found is not _SEVERAL:
                return found
        return self._ask(at)

    def _learn(self, known: dict[int, Any], stretch: int, bits: int) -> Any:
        if len(known) >= _MOST:
            known.clear()  # memory stays as it is, however many years are asked about
        first, last = stretch << bits, ((stretch + 1) << bits) - 1
        try:
            at_first = self._ask(moment(first))
            one = at_first is not None and at_first == self._ask(moment(last))
        except InterludeError:
            one = False
        known[stretch] = found = at_first if one else _SEVERAL
        return found
