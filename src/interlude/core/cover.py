"""Standing in for somebody: who is away at the same time, and who asks whom in a circle. Rule: R-245."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from interlude.core.hours import Absence


@dataclass(frozen=True, slots=True)
class StandsIn:
    """*by* stands in for *of* from a moment to a moment."""

    of: str
    by: str
    starts: datetime
    ends: datetime


def away_meanwhile(absences: Iterable[Absence], starts: datetime, ends: datetime) -> list[Absence]:
    """The stretches of somebody's time away that lie within a time in which they would stand in."""
    return sorted(
        (one for one in absences if one.starts < ends and one.ends > starts), key=lambda one: one.starts
    )


def circle(new: StandsIn, known: Iterable[StandsIn]) -> list[str]:
    """The people of a circle that *new* would close, from whom it stands in for; empty where there is none.

    Ada asks Ben while Ben is covered by Ada at the same time: ["Ada", "Ben"]. Only what overlaps counts.
    """
    rows = [one for one in known if one.starts < new.ends and one.ends > new.starts]
    path, seen = [new.of, new.by], {new.by}
    return _onwards(path, rows, seen)


def _onwards(path: list[str], rows: list[StandsIn], seen: set[str]) -> list[str]:
    for one in rows:
        if one.of != path[-1]:
            continue
        if one.by == path[0]:
            return path
        if one.by in seen:
            continue
        found = _onwards([*path, one.by], rows, seen | {one.by})
        if found:
            return found
    return []
