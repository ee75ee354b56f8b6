"""When a notice may leave: after quiet hours, with the day's others, and only when it is safe. Rule: R-283."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from interlude.core.line_hours import DailyHours, state_at
from interlude.core.safe_contact import SafeContact, sending_moment
from interlude.core.zones import first_moment, zone

_TURNS = 8  # quiet hours and safe hours that meet at all have met by then


class Waits(Enum):
    """How long a kind of notice may be held for its person's comfort. What is safe holds for all of them."""

    NOT = "not"  # it is of use now or not at all
    NIGHT = "night"  # until quiet hours end
    DAY = "day"  # until the hour at which all of a day comes at once


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose. `quiet`: hours without notices; `daily_at`: one mail a day, then."""

    zone: str
    quiet: DailyHours | None = None
    daily_at: time | None = None


def leaving_moment(
    now: datetime,
    wish: Wish | None,
    *,
    waits: Waits,
    safe: SafeContact | None,
    is_gathered: bool = False,
) -> datetime | None:
    """The first moment at which it may leave: *now*, a later one, or None for never. Rules: R-283, R-284.

    *is_gathered*: it has waited for the hour of its day already. Safe hours win: where quiet hours cover all
    of them, the next safe hour it is.
    """
    begin = now
    if wish is not None and wish.daily_at is not None and waits is Waits.DAY and not is_gathered:
        begin = next_daily(now, wish.daily_at, wish.zone)
    quiet = None if wish is None or waits is Waits.NOT else wish.quiet
    found = begin
    for _ in range(_TURNS):
        later = sending_moment(_after(found, quiet), safe)
        if later is None or later == found:
            return later
        found = later
    return sending_moment(begin, safe)


def next_daily(now: datetime, at: time, zone_name: str) -> datetime:
    """The next moment at which the clock there first shows *at*; *now* itself counts."""
    place = zone(zone_name)
    day = now.astimezone(place).date()
    moments = (first_moment(day + timedelta(days=shift), at, place) for shift in (0, 1, 2))
    return next(moment for moment in moments if moment >= now)


def covers(quiet: DailyHours, safe: DailyHours) -> bool:
    """Do quiet hours leave no minute of the safe hours? Both by one clock. Rule: R-284."""
    return not _minutes(safe) - _minutes(quiet)


def is_quiet_at(quiet: DailyHours, at: time) -> bool:
    """Is that time of day within the quiet hours?"""
    return at.hour * 60 + at.minute in _minutes(quiet)


def _after(moment: datetime, quiet: DailyHours | None) -> datetime:
    if quiet is None:
        return moment
    state = state_at(moment, quiet)
    return state.until if state.is_open else moment


def _minutes(hours: DailyHours) -> set[int]:
    opens, closes = (clock.hour * 60 + clock.minute for clock in (hours.opens, hours.closes))
    return {minute % 1440 for minute in range(opens, closes if closes > opens else closes + 1440)}
