"""A set of rules as it is lived today: its words, and what a message sent now would meet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from interlude.agreements.wording import Facts, Section, facts, sections
from interlude.boundaries.calendars import calendar_of, desk_calendar_of
from interlude.boundaries.models import Absence
from interlude.core.errors import BadHours
from interlude.core.hours import Calendar
from interlude.core.layers import Resolved
from interlude.core.policy import Policy
from interlude.core.promises import read_at, reply_due
from interlude.practice.models import Clinician


@dataclass(frozen=True, slots=True)
class Example:
    """What a message sent at *sent* meets; None where nothing is promised, or the calendar never opens."""

    sent: datetime
    read_at: datetime | None
    reply_due: datetime | None
    desk_due: datetime | None


@dataclass(frozen=True, slots=True)
class Today:
    """Rules in words, with real dates in them."""

    facts: Facts
    sections: tuple[Section, ...]
    example: Example
    readings: list[datetime]
    away: list[Absence]


def today(rules: Resolved, *, clinician: Clinician, now: datetime) -> Today:
    """The rules with the dates of this moment, on the clinician's own calendar. Five queries."""
    on = clinician.date_at(now)
    calendar = calendar_of(clinician, rules.policy)
    _, desk_calendar = desk_calendar_of(clinician.practice, on)
    away = Absence.objects.filter(clinician=clinician, ends_at__gt=now)
    return Today(
        facts=facts(rules),
        sections=sections(rules),
        example=example(rules.policy, calendar=calendar, desk_calendar=desk_calendar, now=now),
        readings=next_readings(rules.policy, calendar=calendar, now=now),
        away=list(away[:4]),
    )


def example(policy: Policy, *, calendar: Calendar, desk_calendar: Calendar, now: datetime) -> Example:
    """What a message sent now meets under *policy*: the decision's own sums, with nothing decided."""
    read = due = desk = None
    with suppress(BadHours):
        read = read_at(now, calendar, policy.checks())
        due = reply_due(policy.promise, sent=now, calendar=calendar, checks=policy.checks())
    with suppress(BadHours):
        desk = reply_due(policy.desk_promise, sent=now, calendar=desk_calendar, checks=None)
    return Example(now, read, due, desk)


def next_readings(policy: Policy, *, calendar: Calendar, now: datetime, count: int = 3) -> list[datetime]:
    """The next times at which messages are read; fewer, or none, where the calendar never opens."""
    found: list[datetime] = []
    with suppress(BadHours):
        while len(found) < count:
            found.append(policy.checks().next_after(found[-1] if found else now, calendar))
    return found
