"""What a supervisor does with a trainee's reply: approve it, or give it back with a note. Rule: R-258."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from interlude.appointments.offering import end_offer
from interlude.audit.record import record
from interlude.messaging.answering import UNDO, close_with, leaves_at, withdraw
from interlude.messaging.models import Approval, Message, Reply
from interlude.messaging.storing import locked
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Laid:
    """A reply as it lies before its supervisor, with the message it answers."""

    approval: Approval
    question: str
    words: str

    @property
    def reply(self) -> Reply:
        return self.approval.reply

    @property
    def message(self) -> Message:
        return self.approval.reply.message


def waiting_for(supervisor: Clinician) -> list[Approval]:
    """What waits for this supervisor's word, the first date first. Dates and names; no words are opened."""
    rows = Approval.objects.visible_to(supervisor).open().select_related("reply__message", "reply__clinician")
    return list(rows.order_by("reply__message__reply_due", "asked_at", "id")[:SHOWN])


def laid_before(approval: Approval) -> Laid:
    """Opened, for the supervisor's eyes; opening leaves a line in the record like any reading."""
    reply, sealer = approval.reply, Sealer(approval.practice_id)
    client_id = reply.message.client_id
    return Laid(approval, reply.message.text(sealer), reply.text(sealer, client_id))


def can_be_undone(approval: Approval, now: datetime) -> bool:
    """Was it decided within the last minute, and has nothing left?"""
    at = approval.decided_at
    return at is not None and approval.approved and now < min(at + UNDO, approval.reply.leaves_at)


@transaction.atomic
def approve(approval: Approval, *, by: Clinician, now: datetime) -> bool:
    """Let a trainee's reply go, under the same hours as if it were written now. False if that was settled before."""
    message = locked(approval.reply.message)
    if not _settle(approval, by=by, now=now, approved=True):
        return False
    reply = Reply.unscoped.select_related("clinician", "message").get(pk=approval.reply_id)
    reply.awaits_approval = False
    reply.leaves_at = leaves_at(message, by=reply.clinician, now=now, at_once=approval.at_once)
    reply.save(update_fields=["awaits_approval", "leaves_at"])
    close_with(reply, message, now=now)
    record("reply.approved", by=by, on=message, practice_id=message.practice_id, at=now)
    return True


@transaction.atomic
def give_back(approval: Approval, note: str, *, by: Clinician, now: datetime) -> bool:
    """Back to the trainee, with a note; the message waits in their batch again, the words in its box."""
    message = locked(approval.reply.message)
    if not _settle(approval, by=by, now=now, approved=False, note=note):
        return False
    Reply.unscoped.filter(pk=approval.reply_id).update(held_back_at=now)
    end_offer(approval.reply.offer_id, now=now)
    Message.unscoped.filter(pk=message.pk).update(awaits_approval=False)
    record("reply.given_back", by=by, on=message, practice_id=message.practice_id, at=now)
    return True


def _settle(approval: Approval, *, by: Clinician, now: datetime, approved: bool, note: str = "") -> bool:
    """One word counts, and it is the first; none where the reply was called back meanwhile."""
    sealed = None
    if note.strip():
        client_id = approval.reply.message.client_id
        sealed = Sealer(approval.practice_id).seal(client_id, approval.place, note)
    waiting = Approval.unscoped.visible_to(by).filter(
        pk=approval.pk, decided_at=None, reply__held_back_at=None
    )
    done = {"decided_at": now, "approved": approved, "supervisor": by, "sealed_note": sealed}
    return Approval.unscoped.filter(pk__in=waiting.values("pk")).update(**done) == 1


@transaction.atomic
def undo_approval(approval: Approval, *, by: Clinician, now: datetime) -> bool:
    """Within the minute the reply waits again; False afterwards."""
    message = locked(approval.reply.message)
    fresh = Approval.unscoped.select_related("reply__clinician", "reply__message").get(pk=approval.pk)
    if fresh.supervisor_id != by.pk or fresh.reply.held_back_at or not can_be_undone(fresh, now):
        return False
    Approval.unscoped.filter(pk=fresh.pk).update(decided_at=None, approved=False)
    Reply.unscoped.filter(pk=fresh.reply_id).update(awaits_approval=True)
    if fresh.reply.corrects_id is None:
        Message.unscoped.filter(pk=message.pk).update(resolved_at=None, awaits_approval=True)
    withdraw(fresh.reply, message, by=by, now=now)
    record("reply.approval_undone", by=by, on=message, practice_id=message.practice_id, at=now)
    return True
