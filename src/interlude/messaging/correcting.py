"""Putting other words in the place of a reply that has left. Both are kept. Rule: R-257."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from interlude.audit.record import record
from interlude.messaging.answering import (
    Unsupervised,
    ask_supervisor,
    close_with,
    free_id,
    has_supervisor,
    leaves_at,
    needs_approval,
    store_reply,
)
from interlude.messaging.models import Message, Reply
from interlude.messaging.storing import locked
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Corrected:
    """The correction as stored. `again`: it stood already. `too_late`: another correction is on its way."""

    reply: Reply
    again: bool = False
    too_late: bool = False


@dataclass(frozen=True, slots=True)
class NotLeft:
    """It has not left yet, or was held back: it can be called back, and nothing is to be corrected."""

    reply: Reply


@transaction.atomic
def correct(
    reply: Reply, text: str, *, by: Clinician, now: datetime, reply_id: UUID, at_once: bool = False
) -> Corrected | NotLeft | Unsupervised:
    """Take a reply's words back and put others there. The client reads the new ones from the moment they leave;
    the earlier ones stay, folded away, as they were readable.

    The newest that left is the one corrected. A trainee's correction waits for the supervisor like any words.
    """
    message = locked(reply.message)
    first = Reply.unscoped.get(pk=reply.corrects_id or reply.pk)
    chain = Reply.unscoped.filter(corrects=first, held_back_at=None)
    known = chain.filter(pk=reply_id).first() or chain.filter(leaves_at__gt=now).first()
    known = known or chain.filter(awaits_approval=True).first()
    if known is not None:
        same = known.text(Sealer(message.practice_id), message.client_id).strip() == text.strip()
        return Corrected(known, again=same, too_late=not same)
    if first.clinician_id != by.pk or first.held_back_at or first.awaits_approval or first.leaves_at > now:
        return NotLeft(first)
    asks = needs_approval(message, by=by, now=now)
    if asks and not has_supervisor(by, now):
        return Unsupervised(message)
    fresh = Reply(id=free_id(reply_id), message=message, clinician=by, kind=Reply.Kind.ANSWER, corrects=first)
    fresh.written_at, fresh.awaits_approval = now, asks
    fresh.leaves_at = _leaves_at(message, by=by, now=now, at_once=at_once)
    store_reply(fresh, text, seconds=0)
    if asks:
        ask_supervisor(fresh, at_once=at_once, now=now)
    else:
        close_with(fresh, message, now=now)
    record("reply.corrected", by=by, on=message, practice_id=message.practice_id, at=now)
    return Corrected(fresh)


def _leaves_at(message: Message, *, by: Clinician, now: datetime, at_once: bool) -> datetime:
    """As an answer, but without its date: the promise was kept by what is corrected now."""
    message.reply_due = None
    return leaves_at(message, by=by, now=now, at_once=at_once)
