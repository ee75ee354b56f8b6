"""Check-ins with what one reader may read of them by now: their own at any time, the others' once they meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID, uuid5

from interlude.agreements.actions import in_force_for
from interlude.appointments.models import Session
from interlude.checkins.models import Answers, CheckIn
from interlude.core.checkins import comes_at
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer

SHOWN = 12
YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Entry:
    """One side's answers, readable by now. *side*: its place among the sides, the reader first."""

    row: CheckIn
    answers: Answers
    name: str
    side: int

    @property
    def is_mine(self) -> bool:
        return self.side == 0


@dataclass(frozen=True, slots=True)
class Round:
    """One check-in. Only what may be read: whether somebody else answered shows nowhere before."""

    due_on: date
    entries: list[Entry]

    @property
    def have_met(self) -> bool:
        """Do answers of two sides lie here?"""
        return len(self.entries) > 1


@dataclass(frozen=True, slots=True)
class Sides:
    """Who answers in this care: everybody who writes, and the clinician; *reader* goes first."""

    reader: Participant | Clinician
    writers: list[Participant]
    clinician: Clinician

    @property
    def names(self) -> dict[UUID, str]:
        """Everybody's first name by id, in the order in which pages show them."""
        people: list[Participant | Clinician] = [*self.writers, self.clinician]
        first = [self.reader, *(one for one in people if one.pk != self.reader.pk)]
        return {one.pk: one.first_name for one in first}

    @property
    def others(self) -> list[str]:
        """Everybody else's first name."""
        return list(self.names.values())[1:]


def sides_of(client: Client, *, reader: Participant | Clinician, now: datetime) -> Sides:
    """One query; for one of several people another, which tells whether what they say is shared."""
    writers = [one for one in client.participants.open_at(now) if one.reads_messages]
    if isinstance(reader, Participant) and len(writers) > 1 and not _shares(client, now):
        writers = [reader]
    return Sides(reader, writers, client.clinician)


def _shares(client: Client, now: datetime) -> bool:
    agreement = in_force_for(client, now)
    return agreement is not None and agreement.shares


def rounds_of(client: Client, *, sides: Sides, now: datetime) -> list[Round]:
    """The last year's check-ins, the newest first, twelve at most; three queries. Rule: R-123."""
    reader, zone = sides.reader, client.clinician.time_zone()
    since = (now - YEAR).astimezone(zone).date()
    visible = CheckIn.objects.visible_to(reader).filter(client=client, due_on__gte=since)
    rows = [row for row in visible.select_related("participant", "clinician") if row.sealed is not None]
    if not rows:
        return []
    starts = _sessions(client, after=min(row.given_at for row in rows))
    sealer = Sealer(client.practice_id)
    sealer.fetch([client.pk])
    rounds = []
    for day, of_day in groupby(rows, key=lambda row: row.due_on):
        together = list(of_day)
        here = [row for row in together if _is_here(row, together, sides, starts, now)]
        if here:
            rounds.append(Round(day, _entries(here, sides, sealer)))
    return rounds[-SHOWN:][::-1]


def _sessions(client: Client, *, after: datetime) -> list[datetime]:
    planned = Session.unscoped.filter(client=client, state=Session.State.PLANNED, starts_at__gt=after)
    return list(planned.order_by("starts_at").values_list("starts_at", flat=True))


def _is_here(
    row: CheckIn, together: list[CheckIn], sides: Sides, starts: list[datetime], now: datetime
) -> bool:
    """One's own at once; the others' by the clock."""
    if row.writer_id == sides.reader.pk:
        return True
    expected = {sides.clinician.pk, *(one.pk for one in sides.writers)}
    comes = comes_at(
        row.given(),
        others=[one.given() for one in together if one is not row],
        complete=expected <= {one.writer_id for one in together},
        session_at=next((start for start in starts if start > row.given_at), None),
        zone=sides.clinician.time_zone(),
    )
    return comes is not None and comes <= now


def _entries(rows: Iterable[CheckIn], sides: Sides, sealer: Sealer) -> list[Entry]:
    names = sides.names
    places = {key: place for place, key in enumerate(names)}
    entries = []
    for row in rows:
        writer = row.participant or row.clinician
        answers = row.answers(sealer)
        if writer is not None and answers is not None:
            side = places.get(writer.pk, len(places))
            entries.append(Entry(row, answers, names.get(writer.pk, writer.first_name), side))
    return sorted(entries, key=lambda one: one.side)


def item_of(client_id: UUID, due: date) -> UUID:
    """The key of the line that stands for a check-in on our list: one line, whoever answers first."""
    return uuid5(client_id, f"check-in {due.isoformat()}")
