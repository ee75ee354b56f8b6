"""What the front desk sees beside its queue: open hours, the next closed day, who is away. Times only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interlude.boundaries.calendars import desk_calendar_of
from interlude.boundaries.models import Absence, ClosedDay
from interlude.core.hours import Opening
from interlude.crisis.models import HelpLine, WrongNumber
from interlude.crisis.own_place import OwnPlace, own_place
from interlude.practice.models import OfficeMember


@dataclass(frozen=True, slots=True)
class Today:
    """The day at the desk. `openings` is empty on a closed day."""

    day: date
    openings: tuple[Opening, ...]
    next_closed: ClosedDay | None
    away: list[Absence]
    lines_to_check: int
    lines_shown: int
    lines_told_wrong: int
    own_place: OwnPlace


def today_at_the_desk(office: OfficeMember, now: datetime) -> Today:
    """Eight queries, whatever the size of the practice."""
    day = office.date_at(now)
    policy, _ = desk_calendar_of(office.practice, day)
    closed = list(ClosedDay.objects.filter(clinician=None, on__gte=day)[:1])
    is_closed = bool(closed) and closed[0].on == day
    openings = () if is_closed else dict(policy.hours).get(day.weekday(), ())
    soon = Absence.objects.filter(ends_at__gt=now, starts_at__lt=now + timedelta(days=1))
    lines = HelpLine.objects.visible_to(office)
    return Today(
        day=day,
        openings=tuple(openings),
        next_closed=closed[0] if closed else None,
        away=list(soon.select_related("clinician")),
        lines_to_check=lines.to_check_again(day).count(),
        lines_shown=lines.shown().count(),
        lines_told_wrong=WrongNumber.objects.visible_to(office).open().values("line").distinct().count(),
        own_place=own_place(office.practice),
    )
