"""What happened with one client, by date, as a file that a clinician makes by an act of their own.

It names acts, never who opened or read what (law 4); words are in it only where that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from interlude.agreements.models import Acceptance, Agreement
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.library.finding import answered
from interlude.library.models import Filled, Share
from interlude.messaging.models import Message, Reply
from interlude.plans.models import CoachingPause, ConsultNote, LookedAt, Plan
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Happened:
    """One line; *words* where they were asked for."""

    at: datetime
    what: str
    words: str = ""


@transaction.atomic
def export_timeline(client: Client, *, by: Clinician, now: datetime, with_words: bool) -> str:
    """The file's text, oldest first, in the clinician's own time; the record keeps that it was made. Rule: R-188."""
    record(
        "timeline.exported", by=by, on=client, practice_id=client.practice_id, at=now, with_words=with_words
    )
    sealer = Sealer(client.practice_id) if with_words else None
    zone = by.time_zone()
    found = sorted(_happened(client, by, now, sealer), key=lambda one: one.at)
    lines = [_line(one, zone) for one in found if one.at <= now]
    made = _("Made on %(day)s. All times: %(zone)s.") % {
        "day": f"{now.astimezone(zone):%Y-%m-%d %H:%M}",
        "zone": by.zone,
    }
    return "\n".join([made, "", *lines]) + "\n"


def _line(one: Happened, zone: object) -> str:
    said = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}  {one.what}"  # type: ignore[arg-type]  # a ZoneInfo
    return said + "".join(f"\n    {line}" for line in one.words.splitlines())


def _happened(client: Client, by: Clinician, now: datetime, sealer: Sealer | None) -> Iterator[Happened]:
    yield from _written(client, by, now, sealer)
    for session in Session.objects.filter(client=client):
        yield Happened(session.starts_at, _("session (%(state)s)") % {"state": session.state})
    for agreement in Agreement.objects.filter(client=client):
        what = _("version %(number)s of the agreement was offered")
        yield Happened(agreement.published_at, what % {"number": agreement.number})
    for yes in Acceptance.objects.filter(agreement__client=client).select_related("agreement", "participant"):
        said = {"who": yes.participant.name, "number": yes.agreement.number}
        yield Happened(yes.at, _("%(who)s accepted version %(number)s") % said)
    yield from _beside(client, by, sealer)
    yield from _of_the_library(client, by, sealer)


def _written(client: Client, by: Clinician, now: datetime, sealer: Sealer | None) -> Iterator[Happened]:
    rows = Message.objects.visible_to(by, at=now).filter(client=client).select_related("participant")
    for message in rows:
        what = _("message from %(who)s") % {"who": message.participant.name}
        yield Happened(message.sent_at, what, message.text(sealer) if sealer else "")
    for reply in Reply.objects.filter(message__in=rows, held_back_at=None, awaits_approval=False):
        words = reply.text(sealer, client.pk) if sealer else ""
        yield Happened(reply.leaves_at, _("answer (%(kind)s)") % {"kind": reply.kind}, words)


def _beside(client: Client, by: Clinician, sealer: Sealer | None) -> Iterator[Happened]:
    for note in ConsultNote.objects.visible_to(by).filter(client=client).select_related("clinician"):
        what = _("consultation note of %(who)s") % {"who": note.clinician.name}
        yield Happened(note.written_at, what, note.words(sealer) if sealer else "")
    for pause in CoachingPause.objects.visible_to(by).filter(client=client):
        yield Happened(pause.since, _("24-hour note for skills coaching set"))
    plans = Plan.objects.visible_to(by).filter(participant__client=client)
    for look in LookedAt.objects.filter(plan__in=plans):
        yield Happened(
            look.entered_at, _("plan looked at together on %(day)s") % {"day": look.on.isoformat()}
        )


def _of_the_library(client: Client, by: Clinician, sealer: Sealer | None) -> Iterator[Happened]:
    for row in Share.objects.visible_to(by).filter(client=client).select_related("version"):
        words = f"{row.version.title}\n{row.line(sealer)}" if sealer else ""
        yield Happened(row.shared_at, _("a piece of the library was shared"), words)
    pages = Filled.objects.visible_to(by).filter(participant__client=client)
    for page in pages.select_related("version", "participant"):
        what = _("page finished by %(who)s") % {"who": page.participant.name}
        said = answered(page, sealer) if sealer else []
        words = "\n".join(f"{asked}\n{answer}" for asked, answer in said)
        yield Happened(page.finished_at or page.saved_at, what, words)
