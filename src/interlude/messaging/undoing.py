"""A minute in which every gesture can be undone. Nothing leaves within it. Rule: R-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from interlude.audit.record import record
from interlude.messaging.answering import UNDO, call_back
from interlude.messaging.batch import Entry
from interlude.messaging.models import Message, PutAway, Reply, Split
from interlude.messaging.splitting import unsplit
from interlude.messaging.storing import locked
from interlude.practice.models import Clinician


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last gesture, until when it can be undone, and how many seconds that is."""

    entry: Entry
    until: datetime
    seconds: int


def undoable(done: list[Entry], now: datetime) -> Undoable | None:
    """Of what was done in this sitting, the last, while its minute runs."""
    if not done or done[-1].done_at is None:
        return None
    last, until = done[-1], done[-1].done_at + UNDO
    if last.leaves_at is not None and not last.awaits_approval:
        until = min(until, last.leaves_at)
    return Undoable(last, until, round((until - now).total_seconds())) if now < until else None


@transaction.atomic
def undo(message: Message, *, by: Clinician, now: datetime) -> bool:
    """Undo the last gesture at this message; False once its minute is over, or where there was none."""
    locked(message)
    since = now - UNDO
    written = Reply.unscoped.filter(message=message, clinician=by, written_at__gt=since, held_back_at=None)
    last = written.exclude(kind=Reply.Kind.REPAIR).order_by("-written_at").first()
    if last is not None and call_back(last, by=by, now=now):
        return True
    return _take_up_again(message, by=by, now=now) or _join(message, by=by, now=now)


def _take_up_again(message: Message, *, by: Clinician, now: datetime) -> bool:
    """What was laid aside waits again."""
    laid = PutAway.objects.filter(message=message, clinician=by, at__gt=now - UNDO)
    if not laid.exists():
        return False
    laid.delete()
    Message.unscoped.filter(pk=message.pk).update(resolved_at=None)
    record("message.taken_up_again", by=by, on=message, practice_id=message.practice_id, at=now)
    return True


def _join(message: Message, *, by: Clinician, now: datetime) -> bool:
    fresh = Split.objects.filter(message=message, clinician=by, at__gt=now - UNDO)
    return fresh.exists() and unsplit(message, by=by, now=now)
