"""Ages and the days on which they are reached: pure, by the calendar where the young person is.

Nothing here depends on a program having run on the day. A page, a door and a notice ask the same functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interlude.core.zones import first_moment

TOLD_AHEAD = timedelta(days=14)
"""How long before a day the young person is told of it. Rule: R-133."""

MORNING = time(9)
LATER = timedelta(hours=1)


class AgeKind(StrEnum):
    """What an age changes."""

    OWN_ACCOUNT = "own_account"
    MESSAGES = "messages"
    OWN_CONSENT = "own_consent"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class AgeRules:
    """The ages that a practice goes by, in whole years; None: it has set none.

    Args:
        own_account: from when a young person signs in for themself.
        messages: the youngest age for messages, from the rules of contact.
        own_consent: from when they say yes to their care by themself.
        majority: when a guardian's access ends.
    """

    own_account: int | None = None
    messages: int | None = None
    own_consent: int | None = None
    majority: int = 18


@dataclass(frozen=True, slots=True)
class AgeEvent:
    """A birthday that changes something."""

    on: date
    kind: AgeKind
    age: int


def age_on(born_on: date, on: date) -> int:
    """Whole years on that day."""
    return on.year - born_on.year - (on < birthday(born_on, on.year - born_on.year))


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody turns *age*. Who was born on 29 February does so on 1 March in other years.

    Rule: R-130.
    """
    year = born_on.year + age
    try:
        return born_on.replace(year=year)
    except ValueError:  # 29 February in a year without one
        return date(year, 3, 1)


def age_events(born_on: date, rules: AgeRules) -> tuple[AgeEvent, ...]:
    """The birthdays on which something changes, the first first. An age of 0 changes nothing."""
    ages = {
        AgeKind.OWN_ACCOUNT: rules.own_account,
        AgeKind.MESSAGES: rules.messages,
        AgeKind.OWN_CONSENT: rules.own_consent,
        AgeKind.MAJORITY: rules.majority,
    }
    events = (AgeEvent(birthday(born_on, age), kind, age) for kind, age in ages.items() if age)
    return tuple(sorted(events, key=lambda event: (event.on, event.age)))


def begins(on: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day where the young person is; of a day that starts late, the moment of the change.

    Rule: R-130.
    """
    return first_moment(on, time(), zone)


def today_in(zone: ZoneInfo, now: datetime) -> date:
    """The day that the calendar there shows."""
    return now.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Telling:
    """When each hears of a change: the young person always before the guardian."""

    young_person: datetime
    guardian: datetime


def telling(on: date, zone: ZoneInfo, now: datetime) -> Telling:
    """Two weeks before the day, or now if that has passed; the guardian on the morning of the day.

    Rule: R-133.
    """
    first = max(now, first_moment(on - TOLD_AHEAD, MORNING, zone))
    return Telling(first, max(first + LATER, first_moment(on, MORNING, zone)))
