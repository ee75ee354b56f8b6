"""What stands beside our list before a session: what is owed, the last dates, what was written since the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interlude.agenda.models import Line
from interlude.agreements.actions import version_held
from interlude.appointments.models import Session
from interlude.messaging.answering import needs_approval_under
from interlude.messaging.kept import Promised, last_dates
from interlude.messaging.models import Message
from interlude.messaging.owed import owed_to
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer

LINES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class After:
    """A line after this session, opened; it can be undone until it leaves."""

    line: Line
    words: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Beside the list of one session.

    Args:
        owed: answers with a date that still stands; since: the session before, `topics` what was written since.
        may_write: has the session begun, and do words of this clinician's go without a supervisor?
    """

    owed: list[Message]
    dates: list[Promised]
    since: datetime | None
    topics: tuple[str, ...]
    lines: list[After]
    has_begun: bool
    may_write: bool


def brief_of(session: Session, *, clinician: Clinician, now: datetime) -> Brief:
    """Eight queries, whatever there is. What no window has handed over is not in it (law 6)."""
    client = session.client
    others = Session.objects.filter(client=client, starts_at__lt=session.starts_at)
    before = others.exclude(state=Session.State.CANCELLED).order_by("-starts_at").first()
    since = before.starts_at if before else None
    written = Message.objects.visible_to(clinician, at=now).filter(
        client=client, sent_at__lt=session.starts_at
    )
    newer = written.filter(sent_at__gte=since) if since else written
    topics = newer.order_by("sent_at").values_list("topic", flat=True)[:200]
    agreement = version_held(client, now)
    return Brief(
        owed=owed_to(client, by=clinician, now=now),
        dates=last_dates(client, clinician=clinician, now=now),
        since=since,
        topics=tuple(dict.fromkeys(topics)),
        lines=_lines(session, clinician, now),
        has_begun=session.starts_at <= now and session.state == Session.State.PLANNED,
        may_write=agreement is None or not needs_approval_under(agreement, by=clinician, now=now),
    )


def _lines(session: Session, clinician: Clinician, now: datetime) -> list[After]:
    rows = Line.objects.visible_to(clinician, at=now).filter(session=session, called_back_at=None)
    sealer = Sealer(clinician.practice_id)
    return [After(line, line.words(sealer)) for line in rows[:LINES_SHOWN]]
