"""One week of a clinician, or of everybody for the front desk: sessions, time away, closed days. Times only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import models

from interlude.appointments.models import MoveRequest, Session
from interlude.boundaries.models import Absence, ClosedDay
from interlude.boundaries.windows import window_of
from interlude.core.zones import first_moment
from interlude.practice.models import Clinician, OfficeMember
from interlude.sealing.vault import Sealer

Worker = Clinician | OfficeMember
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what it is closed for, who is away, its sessions in order."""

    on: date
    closed: str
    away: list[Absence]
    sessions: list[Session]
    is_today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from Monday, and the Mondays beside it."""

    days: list[Day]
    before: date
    after: date

    def is_over(self, now: datetime) -> bool:
        """Is no session of it left?"""
        return not any(one.ends_at > now for day in self.days for one in day.sessions)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to move a session, ready to be answered."""

    row: MoveRequest
    words: str
    late: bool
    too_late: bool  # the session has begun


def week_of(person: Worker, day: date, now: datetime) -> Week:
    """The week with that day in it, by the person's own clock; three queries."""
    monday, zone = day - timedelta(days=day.weekday()), person.time_zone()
    edges = [first_moment(monday + timedelta(days=each), time(0), zone) for each in range(8)]
    sessions = Session.objects.visible_to(person).between(edges[0], edges[7]).filter(moved_to=None)
    rows = list(sessions.select_related("client__clinician"))
    away = list(
        _absences(person).filter(starts_at__lt=edges[7], ends_at__gt=edges[0]).select_related("clinician")
    )
    closed = dict(
        _closed(person).filter(on__gte=monday, on__lt=monday + timedelta(days=7)).values_list("on", "name")
    )
    today = now.astimezone(zone).date()
    days = []
    for number, (begins, ends) in enumerate(pairwise(edges)):
        on = monday + timedelta(days=number)
        days.append(
            Day(
                on,
                closed.get(on, ""),
                [one for one in away if one.starts_at < ends and one.ends_at > begins],
                [one for one in rows if begins <= one.starts_at < ends],
                on == today,
            )
        )
    return Week(days, monday - timedelta(days=7), monday + timedelta(days=7))


def requests_for(
    person: Worker, now: datetime, *, until: datetime | None = None
) -> models.QuerySet[MoveRequest]:
    """Requests without an answer, also where the session has begun: somebody waits for a line.

    A clinician meets those that were there *until* the check window opened (law 6).
    """
    rows = MoveRequest.objects.visible_to(person).waiting()
    if isinstance(person, Clinician):
        until = until or window_of(person, now).opened_at
        rows = rows.filter(asked_at__lte=until) if until else rows.none()
    return rows.select_related("session", "participant", "client__clinician").prefetch_related("times")


@dataclass(frozen=True, slots=True)
class Promised:
    """Requests that a clinician gave a date for, by how that date stands."""

    late: list[MoveRequest]
    before_next_window: list[MoveRequest]
    later: list[MoveRequest]


def promised_by(clinician: Clinician, now: datetime, *, next_window: datetime | None) -> Promised:
    """The same of requests as the promise watch has of messages. Without a next window all are due before it."""
    mine = requests_for(clinician, now).filter(to=Session.To.CLINICIAN, reply_due__isnull=False)
    rows = [(row, row.reply_due) for row in mine.defer("sealed")[:SHOWN] if row.reply_due is not None]
    ahead = [(row, due) for row, due in rows if due >= now]
    return Promised(
        [row for row, due in rows if due < now],
        [row for row, due in ahead if next_window is None or due <= next_window],
        [row for row, due in ahead if next_window is not None and due > next_window],
    )


def ready(rows: models.QuerySet[MoveRequest], now: datetime) -> list[Asked]:
    """With the words that came along."""
    found = list(rows)
    if not found:
        return []
    sealer = Sealer(found[0].practice_id)
    sealer.fetch({row.client_id for row in found})
    return [Asked(row, row.words(sealer), row.is_late(now), row.came_too_late(now)) for row in found]


def _absences(person: Worker) -> models.QuerySet[Absence]:
    everybody = Absence.objects.all()
    return everybody.filter(clinician=person) if isinstance(person, Clinician) else everybody


def _closed(person: Worker) -> models.QuerySet[ClosedDay]:
    house = models.Q(clinician=None)
    return ClosedDay.objects.filter(
        house | models.Q(clinician=person) if isinstance(person, Clinician) else house
    )
