"""The dates that were given to one client, and what became of them: one record, the same for both. Rule: R-252."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from interlude.messaging.models import Message, PromiseMove, Reply
from interlude.practice.models import Client, Clinician, Participant

LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Promised:
    """One date that was given. *heard_at*: when an answer arrived, or None; *state*: kept, moved, late, waiting."""

    message: Message
    due: datetime
    heard_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Three months of dates, the newest first."""

    since: datetime
    rows: list[Promised]

    def of(self, state: str) -> int:
        return sum(1 for one in self.rows if one.state == state)

    @property
    def kept(self) -> int:
        """Heard by the date, whether it had moved openly before or not."""
        return self.of("kept") + self.of("moved")

    @property
    def moved(self) -> int:
        return self.of("moved")

    @property
    def late(self) -> int:
        return self.of("late")

    @property
    def waiting(self) -> int:
        return self.of("waiting")

    @property
    def settled(self) -> int:
        return self.kept + self.late


def kept_record(client: Client, person: Participant | Clinician, *, now: datetime) -> KeptRecord:
    """By what arrived and by the clock: nothing that somebody did on a screen is in it (law 4). Three queries.

    Of several people each reads the dates of what they can read.
    """
    since = now - LOOKED_BACK
    rows = Message.objects.visible_to(person, at=now).filter(client=client, sent_at__gte=since)
    rows = rows.filter(reply_due__isnull=False, taken_back_at=None, reply_due__gte=since)
    messages = list(rows.defer("sealed").prefetch_related("moves", "replies").order_by("-sent_at")[:200])
    return KeptRecord(since, [_promised(one, now) for one in messages])


def _promised(message: Message, now: datetime) -> Promised:
    assert message.reply_due is not None
    heard = _heard_at(message, now)
    moves = list(message.moves.all())
    given_late = any(move.reason == PromiseMove.Reason.REPAIR for move in moves)
    missed = given_late or (heard or now) > message.reply_due
    if missed:
        state = "late"
    elif heard is None:
        state = "waiting"
    else:
        state = "moved" if moves else "kept"
    return Promised(message, message.reply_due, heard, state)


def _heard_at(message: Message, now: datetime) -> datetime | None:
    arrived = [
        one.leaves_at
        for one in message.replies.all()
        if one.held_back_at is None and one.kind != Reply.Kind.REPAIR and one.leaves_at <= now
    ]
    return min(arrived, default=None)
