"""When a clinician cannot be booked, and the lock under which a time is taken: one time, one booking. Rule: R-274."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from interlude.appointments.models import Session
from interlude.boundaries.models import Absence
from interlude.practice.models import Clinician

LONGEST = timedelta(hours=12)  # a session
Stretch = tuple[datetime, datetime]


def hold_calendar(clinician_id: UUID) -> None:
    """From here to the end of the transaction nobody else books with this clinician.

    PostgreSQL holds the row; SQLite lets one transaction write at a time.
    """
    list(Clinician.unscoped.select_for_update(no_key=True).filter(pk=clinician_id).values("pk"))


def is_free_for(
    clinician: Clinician, starts_at: datetime, minutes: int, *, instead_of: Session | None = None
) -> bool:
    """Is nothing there? The session that it would replace does not count. Ask it while holding the calendar."""
    ends = starts_at + timedelta(minutes=minutes)
    taken = busy(clinician, since=starts_at, until=ends)
    if instead_of is not None:
        taken = without(taken, (instead_of.starts_at, instead_of.ends_at))
    return not meets((starts_at, ends), taken)


def busy(clinician: Clinician, *, since: datetime, until: datetime) -> list[Stretch]:
    """When this clinician has sessions or is away; two queries."""
    planned = Session.unscoped.filter(client__clinician=clinician, state=Session.State.PLANNED)
    near = planned.filter(starts_at__gt=since - LONGEST, starts_at__lt=until)
    stretches = [(one.starts_at, one.ends_at) for one in near]
    away = Absence.unscoped.filter(clinician=clinician, starts_at__lt=until, ends_at__gt=since)
    return stretches + [(one.starts_at, one.ends_at) for one in away]


def meets(one: Stretch, others: Iterable[Stretch]) -> bool:
    """Do two stretches of time overlap? One may begin as another ends."""
    return any(one[0] < ends and begins < one[1] for begins, ends in others)


def without(stretches: list[Stretch], one: Stretch) -> list[Stretch]:
    """The same less *one*, once: the session that another time is to replace."""
    place = stretches.index(one) if one in stretches else len(stretches)
    return stretches[:place] + stretches[place + 1 :]
