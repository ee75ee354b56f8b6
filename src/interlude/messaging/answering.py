"""What a clinician does with a message: answer, acknowledge, keep for the session, note a call, lay aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from interlude.agenda.actions import keep_message
from interlude.audit.record import record
from interlude.boundaries.calendars import calendar_of
from interlude.core.errors import NeverOpen
from interlude.messaging.models import EarlyOpening, Message, PutAway, Reply
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Clinician, Participant
from interlude.sealing.vault import Sealer

LONGEST_STRETCH = 30 * 60  # seconds; a single stretch counts at most half an hour (clinical.md 6.4, active minutes)


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply as stored. `again`: the same form was sent before. `too_late`: another tab answered first."""

    reply: Reply
    again: bool = False
    too_late: bool = False


@transaction.atomic
def reply_to(
    message: Message, text: str, *, by: Clinician, now: datetime, reply_id: UUID, kind: str = Reply.Kind.ANSWER,
    seconds: int = 0, at_once: bool = False,
) -> Answered:
    """Answer a message, or close it in one of the other ways that the client sees. One message, one closing.

    A reply leaves in open hours unless *at_once*, and never before the window has handed the message over.
    """
    known = Reply.unscoped.filter(pk=reply_id, clinician=by).first()
    if known is not None:
        return Answered(known, again=True)
    fresh = Message.unscoped.select_for_update().select_related("agreement", "client", "participant").get(pk=message.pk)
    standing = fresh.replies.filter(held_back_at=None).first()
    if standing is not None:
        return Answered(standing, too_late=True)
    reply = Reply(
        id=reply_id, practice_id=fresh.practice_id, message=fresh, clinician=by, kind=kind, written_at=now,
        leaves_at=leaves_at(fresh, by=by, now=now, at_once=at_once), seconds=min(max(seconds, 0), LONGEST_STRETCH),
    )
    if text.strip():
        reply.sealed = Sealer(fresh.practice_id).seal(fresh.client_id, reply.place, text)
    reply.save(force_insert=True)
    Message.unscoped.filter(pk=fresh.pk).update(resolved_at=now)
    if kind == Reply.Kind.KEPT:
        keep_message(client=fresh.client, message_id=fresh.pk, topic=fresh.topic, by=by, now=now)
    _tell(reply, fresh)
    record(f"message.{kind}", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return Answered(reply)


def leaves_at(message: Message, *, by: Clinician, now: datetime, at_once: bool = False) -> datetime:
    """When a reply written now goes out: at the next open moment; never after the promise because of waiting."""
    earliest = max(now, message.handed_at or now)
    policy = message.agreement.rules(now.astimezone(by.time_zone()).date()).policy
    if at_once or policy.replies_leave == "at_once":
        return earliest
    try:
        opens = calendar_of(by, policy).next_open(earliest)
    except NeverOpen:
        return earliest
    if message.reply_due is not None and opens > message.reply_due:
        return max(earliest, min(opens, message.reply_due))
    return opens


def _tell(reply: Reply, message: Message) -> None:
    writers = message.client.participants.exclude(role=Participant.Role.GUARDIAN).select_related("user")
    for participant in writers:
        leave_notice(
            "answer", to=participant.user, practice_id=reply.practice_id, once=f"reply:{reply.pk}",
            link="/my/conversation/", send_at=reply.leaves_at,
        )


@transaction.atomic
def call_back(reply: Reply, *, by: Clinician, now: datetime) -> bool:
    """Take a reply back that has not left yet; the message waits again."""
    mine = Reply.unscoped.filter(pk=reply.pk, clinician=by, leaves_at__gt=now, held_back_at=None)
    if mine.update(held_back_at=now) != 1:
        return False
    Message.unscoped.filter(pk=reply.message_id).update(resolved_at=None)
    record("reply.called_back", by=by, on=reply.message, practice_id=reply.practice_id, at=now)
    return True


@transaction.atomic
def lay_aside(message: Message, *, by: Clinician, now: datetime, seconds: int = 0) -> None:
    """Put a message that wants no answer away. The client sees nothing of it (law 4)."""
    waiting = Message.unscoped.filter(pk=message.pk, outcome=Message.Outcome.NO_ANSWER, resolved_at=None)
    if waiting.update(resolved_at=now) == 1:
        PutAway.objects.create(message=message, clinician=by, at=now, seconds=min(max(seconds, 0), LONGEST_STRETCH))
        record("message.laid_aside", by=by, on=message, practice_id=message.practice_id, at=now)


def open_early(*, clinician: Clinician, until: datetime, now: datetime) -> EarlyOpening:
    """Look before the window: deliberate, and written down for this clinician alone (law 6)."""
    return EarlyOpening.objects.create(clinician=clinician, opened_at=now, until=until)


def horizon(clinician: Clinician, now: datetime) -> datetime:
    """Up to which handing-over this clinician sees messages: now, or the next window after opening early."""
    early = EarlyOpening.objects.filter(
        clinician=clinician, opened_at__gt=now - timedelta(hours=1), until__gt=now
    ).first()
    return early.until if early else now


def note_reading(message: Message, *, by: Clinician, now: datetime) -> None:
    """Every reading of clinical content by staff leaves a line (security 36). Clients never see this record."""
    record("message.opened", by=by, on=message, practice_id=message.practice_id, at=now)


def seconds_spent(clinician: Clinician, *, since: datetime) -> int:
    """Measured seconds at messages since then; the clinician's own figure."""
    replies = Reply.unscoped.filter(clinician=clinician, written_at__gte=since).aggregate(models.Sum("seconds"))
    aside = PutAway.objects.filter(clinician=clinician, at__gte=since).aggregate(models.Sum("seconds"))
    return (replies["seconds__sum"] or 0) + (aside["seconds__sum"] or 0)
