"""Looking at our messages together: when a check-in is due, and when the answers lie side by side.

Days count in the clinician's zone, for both sides alike, so that both are asked about the same weeks.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from interlude.core.terms import Review
from interlude.core.zones import first_moment

WEEK = timedelta(days=7)
BEFORE_SESSION = timedelta(minutes=10)


def due_on(review: Review, *, start: date, today: date, earlier: Collection[date] = ()) -> date | None:
    """The first day of the check-in that is due for somebody today; None while none is.

    Each week from *start*, the day the agreement began to hold, until the first look back; from then on at each
    look back; none after the end. It is due for seven days and is then let go. *earlier* are the first days of
    those that this person answered or laid aside. Rules: R-120, R-121, R-122.
    """
    week = (today - start) // WEEK
    day = start + week * WEEK
    return day if _is_turn(week, review) and day >= _clear(earlier) else None


def next_on(review: Review, *, start: date, today: date, earlier: Collection[date] = ()) -> date | None:
    """The first day after *today* on which a check-in becomes due; None if none does. Rules: R-120, R-122."""
    week = max((today - start) // WEEK, 0) + 1
    while review.ends_weeks is None or week <= review.ends_weeks:
        day = start + week * WEEK
        if _is_turn(week, review) and day >= _clear(earlier):
            return day
        week += 1
    return None


def _is_turn(week: int, review: Review) -> bool:
    """Is there a check-in so many whole weeks after the start?"""
    if week < 1 or (review.ends_weeks is not None and week > review.ends_weeks):
        return False
    return week <= review.first_weeks or (week - review.first_weeks) % review.every_weeks == 0


def _clear(earlier: Collection[date]) -> date:
    """From when the next may come: a week after the last, whatever was agreed anew meanwhile."""
    return max(earlier) + WEEK if earlier else date.min


@dataclass(frozen=True, slots=True)
class Given:
    """One side's answers, as the clock sees them: when they were given, and when they are handed over."""

    given_at: datetime
    handed_at: datetime


def comes_at(
    one: Given, *, others: Iterable[Given], complete: bool, session_at: datetime | None, zone: ZoneInfo
) -> datetime | None:
    """From when the others may read *one*; None while neither way is open.

    Either everybody has answered (*complete*) and all of it was handed over, or the day of the session has
    come, whichever is sooner. The same for both sides, and for everybody who asks. Rule: R-123.

    Args:
        others: what the other sides gave in the same check-in.
        session_at: when the first session after *one* was given begins; None if none is planned.
    """
    ways = []
    if complete:
        ways.append(max(each.handed_at for each in (one, *others)))
    if session_at is not None:
        opens = first_moment(session_at.astimezone(zone).date(), time(0), zone)
        ways.append(max(opens, min(one.handed_at, session_at - BEFORE_SESSION)))
    return max(min(ways), one.given_at) if ways else None
