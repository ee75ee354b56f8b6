"""The last dates that a clinician gave one client, and what became of them. Honest to both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from interlude.messaging.models import Message, PromiseMove, Reply
from interlude.practice.models import Client, Clinician

SHOWN = 5


@dataclass(frozen=True, slots=True)
class LastDate:
    """One date. *state*: kept, moved (openly, before it passed), late."""

    due: datetime
    left_at: datetime | None
    state: str


def last_dates(client: Client, *, clinician: Clinician, now: datetime) -> list[LastDate]:
    """The newest first; dates that lie ahead and wait are not among them. Three queries."""
    rows = Message.objects.visible_to(clinician, at=now).filter(client=client, reply_due__isnull=False)
    over = rows.filter(Q(resolved_at__isnull=False) | Q(reply_due__lt=now)).defer("sealed")
    closing = Prefetch("replies", Reply.objects.closing().defer("sealed"), to_attr="closed_by")
    found = over.prefetch_related(closing, "moves").order_by("-reply_due", "-sent_at")[:SHOWN]
    return [one for message in found if (one := _of(message, now))]


def _of(message: Message, now: datetime) -> LastDate | None:
    replies: list[Reply] = getattr(message, "closed_by", [])
    left = next((one.leaves_at for one in replies if not one.awaits_approval), None)
    assert message.reply_due is not None  # asked for
    if left is None and message.reply_due >= now:
        return None
    moves = list(message.moves.all())
    if left is None or left > message.reply_due or any(_repaired(one) for one in moves):
        return LastDate(message.reply_due, left, "late")
    return LastDate(message.reply_due, left, "moved" if moves else "kept")


def _repaired(move: PromiseMove) -> bool:
    return move.reason == PromiseMove.Reason.REPAIR
