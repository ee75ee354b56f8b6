"""Making one session or a series: first as it would be, then, on a yes, as rows. Rule: R-275."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import models, transaction

from interlude.appointments.actions import plan_session, usual_link
from interlude.appointments.busy import busy, hold_calendar
from interlude.appointments.models import Session
from interlude.appointments.telling import tell_booked
from interlude.boundaries.calendars import days_off
from interlude.core.series import Around, Planned, dates, laid_around
from interlude.practice.models import Client


@dataclass(frozen=True, slots=True)
class Series:
    """What was filled in: the first day and clock time where the clinician is, how often, how many times.

    *beside* lets it stand beside another session of that hour, as with a group.
    """

    client: Client
    first: date
    clock: time
    minutes: int = 50
    every_weeks: int = 1
    times: int = 1
    beside: bool = False


def laid(series: Series, *, now: datetime) -> list[Planned]:
    """Each date as it would be, with why it is left out; four queries."""
    clinician = series.client.clinician
    zone, length = clinician.time_zone(), timedelta(minutes=series.minutes)
    starts = dates(series.first, series.clock, zone, every_weeks=series.every_weeks, times=series.times)
    closed, absences = days_off(clinician)
    away = [(one.starts, one.ends) for one in absences]
    taken = busy(clinician, since=starts[0], until=starts[-1] + length)
    around = Around(closed, away, [] if series.beside else [one for one in taken if one not in away])
    return laid_around(starts, around, minutes=series.minutes, zone=zone, now=now)


@transaction.atomic
def make_series(series: Series, *, by: models.Model | None, now: datetime, series_id: UUID) -> list[Session]:
    """Plan every date that is not left out, as it stands now; the same id twice is one series. Tells once."""
    client = series.client
    hold_calendar(client.clinician_id)
    if Session.unscoped.filter(series=series_id).exists():
        return []
    link = usual_link(client)
    made = [
        plan_session(
            client=client,
            starts_at=one.starts_at,
            by=by,
            now=now,
            minutes=series.minutes,
            join_url=link,
            series=series_id,
        )
        for one in laid(series, now=now)
        if one.left_out is None
    ]
    if made:
        tell_booked(made[0], now=now)
    return made
