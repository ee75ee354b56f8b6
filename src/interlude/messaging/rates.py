"""How much is kept for sessions, and whether it is brought up there. For the clinician's own eyes, kept nowhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from interlude.agenda.for_session import seen_by
from interlude.appointments.models import Session
from interlude.boundaries.windows import window_of
from interlude.core.our_list import Kept, Share, brought_up, deferral
from interlude.messaging.models import Message, Reply
from interlude.practice.models import Clinician

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Rates:
    """Two shares of the last eight weeks."""

    deferral: Share
    brought_up: Share


def rates_of(clinician: Clinician, now: datetime) -> Rates:
    """Counted over what was handed over; four queries and those of the window. Rule: R-264."""
    since = now - timedelta(weeks=WEEKS)
    messages = Message.objects.visible_to(clinician, at=now).filter(sent_at__gte=since)
    kept = Reply.objects.closing().filter(message=OuterRef("pk"), kind=Reply.Kind.KEPT, awaits_approval=False)
    deferred = messages.filter(Q(outcome=Message.Outcome.KEEP) | Exists(kept)).count()
    return Rates(deferral(deferred, messages.count()), _brought_up(clinician, since, now))


def _brought_up(clinician: Clinician, since: datetime, now: datetime) -> Share:
    """Over all clients; each thing beside the sessions of its own."""
    sessions: dict[UUID, list[datetime]] = defaultdict(list)
    planned = (
        Session.objects.visible_to(clinician)
        .filter(starts_at__gte=since)
        .exclude(state=Session.State.CANCELLED)
    )
    for client_id, starts_at in planned.values_list("client_id", "starts_at"):
        sessions[client_id].append(starts_at)
    things: dict[UUID, list[Kept]] = defaultdict(list)
    seen = seen_by(clinician, until=window_of(clinician, now).opened_at).filter(added_at__gte=since)
    rows = seen.values_list("client_id", "added_at", "closed_at", "brought_up")
    for client_id, added_at, closed_at, was_brought_up in rows:
        things[client_id].append(Kept(added_at, closed_at, was_brought_up))
    shares = [brought_up(kept, sessions[client_id], now=now) for client_id, kept in things.items()]
    return Share(sum(one.part for one in shares), sum(one.whole for one in shares))
