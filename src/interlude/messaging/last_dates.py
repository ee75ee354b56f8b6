"""The last dates that a clinician gave one client, and what became of them. Honest to both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

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
    """The newest first; dates that lie ahead and wait are not among them. One query."""
    rows = Message.objects.visible_to(clinician, at=now).filter(client=client, reply_due__isnull=False)
    closing = Reply.objects.closing().filter(message=OuterRef("pk"), awaits_approval=False)
    moves = PromiseMove.objects.filter(message=OuterRef("pk"))
    facts = rows.annotate(
        left_at=Subquery(closing.order_by("leaves_at").values("leaves_at")[:1]),
        was_moved=Exists(moves),
        was_repaired=Exists(moves.filter(reason=PromiseMove.Reason.REPAIR)),
    )
    over = facts.filter(Q(left_at__isnull=False) | Q(reply_due__lt=now)).order_by("-reply_due", "-sent_at")
    found = over.values_list("reply_due", "left_at", "was_moved", "was_repaired")[:SHOWN]
    return [
        LastDate(due, left, _state(due, left, moved, repaired)) for due, left, moved, repaired in found if due
    ]


def _state(due: datetime, left: datetime | None, moved: bool, repaired: bool) -> str:
    if left is None or left > due or repaired:
        return "late"
    return "moved" if moved else "kept"
