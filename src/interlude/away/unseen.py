"""What was accepted and whose own person cannot see it: found as it is asked, without a worker. R-250, R-251."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import models, transaction

from interlude.agenda.models import ListItem
from interlude.appointments.models import MoveRequest, Session
from interlude.audit.record import record
from interlude.away.models import SeenTo
from interlude.boundaries.models import Absence
from interlude.core.owner import MOVES, OWNERS, State, state_of
from interlude.cover.models import CoverPart
from interlude.desk.models import Question
from interlude.messaging.models import Message
from interlude.outbox.actions import leave_notice
from interlude.outbox.models import Notice
from interlude.practice.models import Client, Clinician, OfficeMember, Practice

WORKER_SILENT = timedelta(minutes=5)
SHOWN = 200


class Why(StrEnum):
    """Why its person cannot see it."""

    LEFT = "left"  # the clinician's place here has ended
    LOCKED_OUT = "locked_out"  # they have no sign-in, or it is switched off
    ENDED = "ended"  # the work together is over
    MOVED = "moved"  # the client has another clinician by now
    NO_WINDOW = "no_window"  # none is planned
    SUPERVISOR_GONE = "supervisor_gone"  # the answer waits for a supervisor, and none can see it
    COVER_GONE = "cover_gone"  # who stood in has left or given it back, and the clinician is away
    TOO_LONG = "too_long"
    NO_DESK = "no_desk"  # nobody is at the front desk


@dataclass(frozen=True, slots=True)
class Unseen:
    """One of them, without a word of it."""

    client: Client
    clinician: Clinician | None
    why: Why
    since: datetime
    message: Message | None = None
    taken: SeenTo | None = None
    move: MoveRequest | None = None  # what waits is a wish to have a session at another time


def unseen_in(practice: Practice, *, now: datetime) -> list[Unseen]:
    """Everything that waits for a person who cannot see it, the oldest first. Six queries."""
    eyes = _Eyes(_away(practice, now), _standing(practice, now))
    found = [one for message in _waiting(practice, now) if (one := _unseen(message, eyes, now))]
    found += _at_the_desk(practice, now=now)
    found += _moves(practice, staffed=_is_staffed(practice), now=now)
    return sorted(found, key=lambda one: one.since)[:SHOWN]


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Who is away now; who stands in for whom and which client."""

    away: frozenset[UUID]
    standing: frozenset[tuple[UUID, UUID, UUID]]

    def cover_is_gone(self, message: Message) -> bool:
        """It was to be read by who stands in; they cannot, and its own clinician is away."""
        if message.stands_in_id is None or message.clinician_id not in self.away:
            return False
        return (message.stands_in_id, message.clinician_id, message.client_id) not in self.standing


def _away(practice: Practice, now: datetime) -> frozenset[UUID]:
    on = Absence.unscoped.going_on(now).filter(practice=practice)
    return frozenset(on.values_list("clinician", flat=True))


def _standing(practice: Practice, now: datetime) -> frozenset[tuple[UUID, UUID, UUID]]:
    parts = CoverPart.objects.accepted(now).filter(cover__practice=practice, refused_at=None)
    return frozenset(parts.values_list("cover__colleague", "cover__clinician", "client"))


def _waiting(practice: Practice, now: datetime) -> Iterator[Message]:
    """Those that could be unseen; the database leaves out what its person plainly sees."""
    gone = models.Q(clinician__left_at__lte=now) | models.Q(clinician__user=None)
    gone |= models.Q(clinician__user__is_active=False)
    over = models.Q(client__ended_at__lte=now) | ~models.Q(client__clinician=models.F("clinician"))
    nowhere = models.Q(handed_at=None) & ~models.Q(outcome=Message.Outcome.KEEP)
    stood = models.Q(stands_in__isnull=False)
    old = models.Q(sent_at__lt=now - min(one.within for one in OWNERS.values()))
    supervised = models.Q(awaits_approval=True)
    rows = Message.unscoped.filter(gone | over | nowhere | stood | supervised | old, practice=practice)
    rows = rows.filter(resolved_at=None, taken_back_at=None).defer("sealed")
    open_items = ListItem.unscoped.filter(message_id=models.OuterRef("pk"), closed_at=None)
    rows = rows.exclude(models.Q(outcome=Message.Outcome.KEEP) & ~models.Exists(open_items))
    beside = ("client", "clinician__user", "clinician__supervisor__user", "stands_in", "seen_to__member")
    yield from rows.select_related(*beside).order_by("sent_at")[: 5 * SHOWN]


def _unseen(message: Message, eyes: _Eyes, now: datetime) -> Unseen | None:
    why = _why(message, eyes, now)
    if why is None:
        return None
    taken = getattr(message, "seen_to", None)
    return Unseen(message.client, message.clinician, why, message.sent_at, message, taken)


def _why(message: Message, eyes: _Eyes, now: datetime) -> Why | None:
    """The first reason, the plainest first."""
    clinician, client = message.clinician, message.client
    tests = {
        Why.LEFT: _has_left(clinician, now),
        Why.LOCKED_OUT: _is_locked_out(clinician),
        Why.ENDED: client.has_ended(now),
        Why.MOVED: client.clinician_id != clinician.pk,
        Why.NO_WINDOW: message.handed_at is None and message.outcome != Message.Outcome.KEEP,
        Why.SUPERVISOR_GONE: message.awaits_approval and not _can_see(clinician.supervisor, now),
        Why.COVER_GONE: eyes.cover_is_gone(message),
        Why.TOO_LONG: _waits_too_long(message, now),
    }
    return next((why for why, holds in tests.items() if holds), None)


def _has_left(clinician: Clinician, now: datetime) -> bool:
    return clinician.left_at is not None and clinician.left_at <= now


def _is_locked_out(clinician: Clinician) -> bool:
    return clinician.user is None or not clinician.user.is_active


def _can_see(clinician: Clinician | None, now: datetime) -> bool:
    return clinician is not None and not _has_left(clinician, now) and not _is_locked_out(clinician)


def _waits_too_long(message: Message, now: datetime) -> bool:
    """The limit of its state has passed. Rule: R-250."""
    is_handed = message.handed_at is not None and message.handed_at <= now
    state = state_of(
        message.outcome,
        is_handed=is_handed,
        for_cover=message.stands_in_id is not None,
        awaits_approval=message.awaits_approval,
    )
    promised = message.reply_due or message.handed_at or message.sent_at
    begins = message.sent_at if state in (State.HELD, State.HELD_FOR_COVER, State.KEPT) else promised
    return now > begins + OWNERS[state].within


def _at_the_desk(practice: Practice, *, now: datetime) -> list[Unseen]:
    """Questions that nobody at the desk can see, or that are late beyond the limit."""
    staffed = _is_staffed(practice)
    waiting = (
        Question.unscoped.filter(practice=practice, answered_at=None).defer("sealed").select_related("client")
    )
    late = models.Q(reply_due__lt=now - OWNERS[State.AT_DESK].within)
    why = Why.TOO_LONG if staffed else Why.NO_DESK
    rows = waiting.filter(late) if staffed else waiting
    return [Unseen(one.client, None, why, one.asked_at) for one in rows.order_by("asked_at")[:SHOWN]]


def _is_staffed(practice: Practice) -> bool:
    here = OfficeMember.unscoped.filter(practice=practice, left_at=None, user__is_active=True)
    return here.exclude(role=OfficeMember.Role.CUSTODIAN).exists()


def _moves(practice: Practice, *, staffed: bool, now: datetime) -> Iterator[Unseen]:
    """Wishes to move a session that is still to come, whose person cannot see them or has let them wait too long."""
    rows = (
        MoveRequest.unscoped.filter(practice=practice, session__starts_at__gt=now).waiting().defer("sealed")
    )
    for one in rows.select_related("client__clinician__user", "session")[:SHOWN]:
        clinician = one.client.clinician if one.to == Session.To.CLINICIAN else None
        why = _why_no_answer(one, clinician, staffed, now)
        if why is not None:
            yield Unseen(one.client, clinician, why, one.asked_at, move=one)


def _why_no_answer(one: MoveRequest, clinician: Clinician | None, staffed: bool, now: datetime) -> Why | None:
    if clinician is None and not staffed:
        return Why.NO_DESK
    if clinician is not None and _has_left(clinician, now):
        return Why.LEFT
    if clinician is not None and _is_locked_out(clinician):
        return Why.LOCKED_OUT
    return Why.TOO_LONG if now > (one.reply_due or one.asked_at) + OWNERS[MOVES[one.to]].within else None


def worker_is_silent(now: datetime) -> datetime | None:
    """Since when notices wait that the worker should have sent; None while it keeps up. One query."""
    late = Notice.objects.due(now).filter(send_at__lt=now - WORKER_SILENT)
    return late.values_list("send_at", flat=True).first()


@transaction.atomic
def see_to(message: Message, *, by: OfficeMember, now: datetime) -> SeenTo:
    """Somebody takes it on; the same message twice is one. They call the client, or hand it to a colleague."""
    mine = {"practice_id": message.practice_id, "member": by, "at": now}
    taken, new = SeenTo.unscoped.get_or_create(message=message, defaults=mine)
    if new:
        record("unseen.taken", by=by, on=message, practice_id=message.practice_id, at=now)
    return taken


def tell_of_unseen(*, now: datetime) -> int:
    """Have each practice's lead told, once a day, that something waits which nobody has taken on; each minute."""
    told = 0
    for practice in Practice.objects.all():
        if not any(one.taken is None for one in unseen_in(practice, now=now)):
            continue
        for owner in leads_of(practice, now=now):
            told += _tell(owner, practice, now)
    return told


def _tell(owner: OfficeMember, practice: Practice, now: datetime) -> bool:
    once = f"unseen:{practice.pk}:{owner.date_at(now).isoformat()}"
    known = Notice.objects.filter(once__startswith=once).exists()
    leave_notice(
        "unseen", to=owner.user, practice_id=practice.pk, once=once, link="/office/unseen/", send_at=now
    )
    return not known


def leads_of(practice: Practice, *, now: datetime) -> list[OfficeMember]:
    """The owners who can be told: those who are not away themselves; all of them, if all are."""
    owners = OfficeMember.unscoped.filter(practice=practice, role=OfficeMember.Role.OWNER, left_at=None)
    rows = list(owners.exclude(user=None).select_related("user", "practice"))
    here = Clinician.unscoped.filter(pk__in=_away(practice, now))
    away = set(here.values_list("user", flat=True))
    return [one for one in rows if one.user_id not in away] or rows
