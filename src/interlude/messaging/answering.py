"""What a clinician does with a message: answer, acknowledge, keep for the session, note a call, lay aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.agenda.actions import keep_message, take_off_list
from interlude.agreements.models import Agreement
from interlude.appointments.models import Offer
from interlude.appointments.offering import end_offer
from interlude.audit.record import record
from interlude.boundaries.calendars import calendar_of
from interlude.core.approval import asks_supervisor
from interlude.core.errors import NeverOpen
from interlude.messaging.models import Approval, EarlyOpening, Message, PutAway, Reply
from interlude.messaging.splitting import unsplit
from interlude.messaging.storing import locked
from interlude.outbox.actions import leave_notice, withdraw_notice
from interlude.practice.models import Clinician, Participant
from interlude.sealing.vault import Sealer

UNDO = timedelta(minutes=1)  # nothing leaves sooner, so that every gesture can be undone
LONGEST_STRETCH = (
    30 * 60
)  # seconds; a single stretch counts at most half an hour (clinical.md 6.4, active minutes)


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply as stored. `again`: the same form was sent before. `too_late`: another tab answered first."""

    reply: Reply
    again: bool = False
    too_late: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The writer took the message back before the window opened; nothing was stored."""

    message: Message


@dataclass(frozen=True, slots=True)
class Unsupervised:
    """Words of a trainee wait for a supervisor, and nobody is one: nothing was stored."""

    message: Message


@dataclass(frozen=True, slots=True)
class Gesture:
    """One way to close a message: which, with which words, and what goes with them.

    Args:
        at_once: not to wait for working hours.
        note: of a call; for the record alone, no client reads it.
        offer: times that come with the words.
    """

    text: str
    kind: str = Reply.Kind.ANSWER
    seconds: int = 0
    at_once: bool = False
    note: str = ""
    offer: Offer | None = None


def reply_to(
    message: Message,
    text: str,
    *,
    by: Clinician,
    now: datetime,
    reply_id: UUID,
    kind: str = Reply.Kind.ANSWER,
    seconds: int = 0,
    at_once: bool = False,
) -> Answered | TakenBack | Unsupervised:
    """Answer a message, or close it in one of the other ways that the client sees; see `close_message`."""
    gesture = Gesture(text, kind, seconds, at_once)
    return close_message(message, gesture, by=by, now=now, reply_id=reply_id)


@transaction.atomic
def close_message(
    message: Message, gesture: Gesture, *, by: Clinician, now: datetime, reply_id: UUID
) -> Answered | TakenBack | Unsupervised:
    """One message, one closing. It leaves in open hours unless at once, never within the minute in which it can
    be undone, and never before the window has handed the message over.

    The same *reply_id* with the same words is the same reply; other words are not stored: `too_late`. A
    trainee's words wait for their supervisor (R-258).
    """
    fresh, kind, text = locked(message), gesture.kind, gesture.text
    standing = stands_already(fresh, text, kind=kind, reply_id=reply_id)
    if standing is not None:
        return standing
    asks = bool(text.strip()) and needs_approval(fresh, by=by, now=now)
    if asks and not has_supervisor(by, now):
        return Unsupervised(fresh)
    leaves = leaves_at(fresh, by=by, now=now, at_once=gesture.at_once)
    reply = Reply(id=free_id(reply_id), message=fresh, clinician=by, kind=kind)
    reply.written_at, reply.leaves_at, reply.awaits_approval, reply.offer = now, leaves, asks, gesture.offer
    store_reply(reply, text, seconds=gesture.seconds, note=gesture.note)
    if asks:
        ask_supervisor(reply, at_once=gesture.at_once, now=now)
        Message.unscoped.filter(pk=fresh.pk).update(awaits_approval=True)
    else:
        close_with(reply, fresh, now=now)
    record(f"message.{kind}", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return Answered(reply)


def close_with(reply: Reply, message: Message, *, now: datetime) -> None:
    """The reply is on its way: its message is seen to, and its readers are told once it has left."""
    if reply.corrects_id is None:
        Message.unscoped.filter(pk=message.pk).update(resolved_at=now, awaits_approval=False)
    if reply.kind == Reply.Kind.KEPT:
        keep_message(
            message_id=message.pk,
            topic=message.topic,
            by=reply.clinician,
            now=now,
            added_at=reply.leaves_at,
            writer=message.participant,
            agreement=message.agreement,
        )
    _tell(reply, message)


def needs_approval(message: Message, *, by: Clinician, now: datetime) -> bool:
    """Do words of *by* wait for a supervisor? As agreed with this client: their therapist is in training.

    Who stands in is not: the supervisor that the client was told of reads what their own therapist writes.
    """
    return message.clinician_id == by.pk and needs_approval_under(message.agreement, by=by, now=now)


def needs_approval_under(agreement: Agreement, *, by: Clinician, now: datetime) -> bool:
    """The same for whatever is written under a version."""
    return asks_supervisor(agreement.rules(by.date_at(now)).policy)


def has_supervisor(clinician: Clinician, now: datetime) -> bool:
    """Is somebody named who still works here?"""
    named = clinician.supervisor
    return named is not None and (named.left_at is None or named.left_at > now)


def ask_supervisor(reply: Reply, *, at_once: bool, now: datetime) -> Approval:
    """Lay a reply before the supervisor of its writer. They find it; nothing is sent to them (law 6)."""
    assert reply.clinician.supervisor is not None  # see has_supervisor
    return Approval.unscoped.create(
        practice_id=reply.practice_id,
        reply=reply,
        supervisor=reply.clinician.supervisor,
        asked_at=now,
        at_once=at_once,
    )


def stands_already(message: Message, text: str, *, kind: str, reply_id: UUID) -> Answered | TakenBack | None:
    """Why nothing new is stored: this form was sent before, another reply stands, or the message is gone."""
    replies = Reply.unscoped.filter(message=message, held_back_at=None)
    standing = replies.filter(pk=reply_id).first() or replies.closing().first()
    if standing is not None:
        words = standing.text(Sealer(message.practice_id), message.client_id)
        same = standing.kind == kind and words.strip() == text.strip()
        return Answered(standing, again=same, too_late=not same)
    return TakenBack(message) if message.taken_back_at is not None else None


def free_id(reply_id: UUID) -> UUID:
    """The form's own id; another, if somebody else's reply bears it."""
    return uuid4() if Reply.unscoped.filter(pk=reply_id).exists() else reply_id


def store_reply(reply: Reply, text: str, *, seconds: int, note: str = "") -> Reply:
    """Seal the words, count the seconds that were measured, and keep the row."""
    reply.practice_id = reply.message.practice_id
    reply.seconds = counted(seconds)
    sealer, client_id = Sealer(reply.practice_id), reply.message.client_id
    if text.strip():
        reply.sealed = sealer.seal(client_id, reply.place, text)
    if note.strip():
        reply.sealed_note = sealer.seal(client_id, reply.note_place, note)
    reply.save(force_insert=True)
    return reply


def counted(seconds: int) -> int:
    return min(max(seconds, 0), LONGEST_STRETCH)


def leaves_at(message: Message, *, by: Clinician, now: datetime, at_once: bool = False) -> datetime:
    """When a reply written now goes out: at the next open moment, but never late for waiting.

    The minute for undoing comes first; a date that falls into it is kept, and the minute is the shorter for it.
    """
    soonest = now + UNDO
    if message.reply_due is not None and now <= message.reply_due < soonest:
        soonest = message.reply_due
    earliest = max(soonest, message.handed_at or soonest)
    policy = message.agreement.rules(by.date_at(now)).policy
    if at_once or policy.replies_leave == "at_once":
        return earliest
    try:  # what is written in the last minute of a day still leaves on that day
        opens = max(earliest, calendar_of(by, policy).next_open(max(now, message.handed_at or now)))
    except NeverOpen:
        return earliest
    if message.reply_due is not None and opens > message.reply_due:
        return max(earliest, min(opens, message.reply_due))
    return opens


def _tell(reply: Reply, message: Message) -> None:
    for participant in readers(message, at=reply.leaves_at):
        leave_notice(
            "answer",
            to=participant.user,
            practice_id=reply.practice_id,
            once=_once(reply),
            link="/my/conversation/",
            send_at=reply.leaves_at,
        )


def readers(message: Message, *, at: datetime) -> models.QuerySet[Participant]:
    """Who reads a message and what comes back, beside the clinician: its writer, and those it is shared with.

    The same people as `Message.visible_to` lets in; told of nothing are those whose access has ended
    by *at*.
    """
    who = models.Q(pk=message.participant_id)
    if message.agreement.shares:
        who |= models.Q(pk__in=message.agreement.acceptances.values("participant"))
    people = message.client.participants.writers().filter(who).open_at(at)
    return people.select_related("user").order_by("name")


def _once(reply: Reply) -> str:
    return f"reply:{reply.pk}"


@transaction.atomic
def call_back(reply: Reply, *, by: Clinician, now: datetime) -> bool:
    """Take a reply back that has not left yet; the message waits again, and nobody is told of an answer."""
    message = locked(reply.message)
    mine = Reply.unscoped.filter(pk=reply.pk, clinician=by).filter(_not_gone(now))
    if mine.update(held_back_at=now) != 1:
        return False
    if reply.corrects_id is None:
        Message.unscoped.filter(pk=message.pk).update(resolved_at=None, awaits_approval=False)
    end_offer(reply.offer_id, now=now)
    withdraw(reply, message, by=by, now=now)
    record("reply.called_back", by=by, on=message, practice_id=reply.practice_id, at=now)
    return True


def _not_gone(now: datetime) -> models.Q:
    """For replies: on their way or with a supervisor, and not held back."""
    return (models.Q(leaves_at__gt=now) | models.Q(awaits_approval=True)) & models.Q(held_back_at=None)


def hold_back(message: Message, *, now: datetime) -> None:
    """The writer changed the message or took it back: what was written to the old words does not leave.

    The clinician finds it as a draft, and nobody is told of an answer. Part of the writer's own act.
    """
    on_its_way = Reply.unscoped.filter(message=message).filter(_not_gone(now))
    for reply in on_its_way:
        end_offer(reply.offer_id, now=now)
        withdraw(reply, message, by=message.participant, now=now)
    on_its_way.update(held_back_at=now)
    Message.unscoped.filter(pk=message.pk).update(awaits_approval=False)
    unsplit(message, by=message.participant, now=now)


def withdraw(reply: Reply, message: Message, *, by: models.Model, now: datetime) -> None:
    """Undo what a reply on its way has brought about: its line on our list, and its notices."""
    if reply.kind == Reply.Kind.KEPT and message.outcome != Message.Outcome.KEEP:
        take_off_list(message.pk, by=by, now=now)
    for participant in readers(message, at=reply.leaves_at):
        withdraw_notice(_once(reply), to=participant.user)


@transaction.atomic
def lay_aside(message: Message, *, by: Clinician, now: datetime, seconds: int = 0) -> bool:
    """Put a message that wants no answer away; False for any other. The client sees nothing of it (law 4)."""
    waiting = Message.unscoped.filter(
        pk=message.pk,
        outcome=Message.Outcome.NO_ANSWER,
        resolved_at=None,
        taken_back_at=None,
        awaits_approval=False,
    )
    if waiting.update(resolved_at=now) != 1:
        return False
    laid = {"clinician": by, "at": now, "seconds": counted(seconds)}
    PutAway.objects.update_or_create(message=message, defaults=laid)  # again, if its writer changed it since
    record("message.laid_aside", by=by, on=message, practice_id=message.practice_id, at=now)
    return True


def open_early(*, clinician: Clinician, until: datetime, now: datetime) -> EarlyOpening:
    """Look before the window: deliberate, and written down for this clinician alone (law 6)."""
    return EarlyOpening.objects.create(clinician=clinician, opened_at=now, until=until)


def note_reading(message: Message, *, by: Clinician, now: datetime) -> None:
    """Every reading of clinical content by staff leaves a line (security 36). No client ever sees it."""
    record("message.opened", by=by, on=message, practice_id=message.practice_id, at=now)


def note_list_reading(
    on: models.Model, opened: Sequence[models.Model], *, by: Clinician, now: datetime
) -> None:
    """The same for a page that opens several: one line with their ids. None where no words were shown."""
    if opened:
        ids = ",".join(str(one.pk) for one in opened)
        record("messages.opened", by=by, on=on, practice_id=by.practice_id, at=now, ids=ids)
