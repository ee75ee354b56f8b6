"""The course of one client's agreement: which version is in force at a moment, and which one comes next.

Read from the versions and the sessions each time, and stored nowhere: a session that moves or does not take
place moves the start with it, and no start can come too early by a number that was not kept up (ADR 24).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models

from interlude.agreements.models import Agreement
from interlude.appointments.models import Session
from interlude.core.notice import Effect, Meeting, Offer, Start, Waits, in_force, start_of, starts_of
from interlude.practice.models import Client
from interlude.practice.prepared import Prepared

Sessions = Mapping[UUID, Sequence[Meeting]]
_VERSIONS: Prepared[Agreement] = Prepared(
    lambda client, now: Agreement.unscoped.filter(client=client, published_at__lte=now).order_by("number"),
    client=models.UUIDField(),
    now=models.DateTimeField(),
)


@dataclass(frozen=True, slots=True)
class Course:
    """Every version of one client by *now*, the oldest first, each with its start."""

    versions: tuple[Agreement, ...]
    starts: tuple[Start, ...]
    now: datetime

    @property
    def in_force(self) -> Agreement | None:
        """The version that holds; None before the first yes."""
        place = in_force(self.starts, self.now)
        return None if place is None else self.versions[place]

    @property
    def newest(self) -> Agreement | None:
        return self.versions[-1] if self.versions else None

    @property
    def offered(self) -> Agreement | None:
        """The newest version, if it does not hold and was not withdrawn: somebody's yes or a day is missing."""
        newest = self.newest
        if newest is None or newest == self.in_force or self.starts[-1].waits_for is Waits.WITHDRAWN:
            return None
        return newest

    @property
    def coming(self) -> Agreement | None:
        """The version offered, if nothing is missing but its day."""
        return self.offered if self.starts and self.starts[-1].at is not None else None

    @property
    def last_stricter(self) -> datetime | None:
        """When something last got stricter."""
        pairs = zip(self.versions, self.starts, strict=True)
        begun = [start.at for one, start in pairs if one.effect == Effect.STRICTER and start.at]
        return max((at for at in begun if at <= self.now), default=None)

    def start_of(self, agreement: Agreement) -> Start:
        """When that version starts, or started."""
        return self.starts[self.versions.index(agreement)]

    def after(self, offer: Offer, *, sessions: Sequence[Meeting], zone: ZoneInfo) -> Start:
        """When a version that is shown now would start after all of these."""
        return start_of(offer, sessions=sessions, zone=zone, last_stricter=self.last_stricter)


def course_of(client: Client, now: datetime) -> Course:
    """One query for the versions, one for the sessions where one of them waits for a session."""
    return course_from(_VERSIONS(client=client.pk, now=now), client=client, now=now)


def course_from(versions: Iterable[Agreement], *, client: Client, now: datetime) -> Course:
    """The same from the versions at hand, all of one client."""
    known = sorted(versions, key=lambda one: one.number)
    return _course(client, known, sessions_between(known)[client.pk], now)


def courses_of(clients: Sequence[Client], now: datetime) -> dict[UUID, Course]:
    """The course of each, by the client's id; two queries for all of them."""
    rows = Agreement.unscoped.filter(client__in=clients, published_at__lte=now).order_by("number")
    versions: dict[UUID, list[Agreement]] = defaultdict(list)
    for row in rows:
        versions[row.client_id].append(row)
    sessions = sessions_between(one for each in versions.values() for one in each)
    return {one.pk: _course(one, versions[one.pk], sessions[one.pk], now) for one in clients}


def sessions_between(versions: Iterable[Agreement]) -> Sessions:
    """The sessions after each stricter version was shown, by client; no query where none waits for one."""
    waiting = [one for one in versions if _waits(one)]
    if not waiting:
        return defaultdict(list)
    since = min(one.published_at for one in waiting)
    return sessions_after(since, clients={one.client_id for one in waiting})


def sessions_after(moment: datetime, *, clients: Iterable[UUID]) -> Sessions:
    """The sessions of each client that begin later, with when they were cancelled or marked as missed; one query."""
    found: dict[UUID, list[Meeting]] = defaultdict(list)
    rows = Session.unscoped.filter(client__in=set(clients), starts_at__gt=moment)
    for row in rows.exclude(state=Session.State.CANCELLED, cancelled_at=None):
        missed = row.marked_at if row.attendance == Session.Attendance.MISSED else None
        found[row.client_id].append(Meeting(row.starts_at, row.ends_at, row.cancelled_at or missed))
    return found


def _waits(agreement: Agreement) -> bool:
    settled = agreement.started_at is not None or agreement.withdrawn_at is not None
    return agreement.effect == Effect.STRICTER and agreement.because == "ordinary" and not settled


def _course(
    client: Client, versions: Sequence[Agreement], sessions: Sequence[Meeting], now: datetime
) -> Course:
    offers = [one.offer() for one in versions]
    starts = starts_of(offers, sessions=sessions, zone=client.clinician.time_zone())
    for one, start in zip(versions, starts, strict=True):
        one.client, one.start = client, start  # the client at hand, so that it is not asked for again
    return Course(tuple(versions), tuple(starts), now)
