"""A client takes one of the times that came with an answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from interlude.appointments.models import MoveRequest, OfferedTime
from interlude.appointments.offering import of_offers
from interlude.messaging.models import Message, Reply
from interlude.practice.models import Participant


def offered_to(
    participant: Participant, time_id: UUID, *, now: datetime
) -> tuple[OfferedTime, Message] | None:
    """The time with the message it belongs to, if this person can read the answer that it came with."""
    offered = of_offers(OfferedTime.objects.filter(pk=time_id)).first()
    if offered is None:
        return None
    mine = Message.objects.visible_to(participant, at=now).filter(taken_back_at=None)
    arrived = Reply.unscoped.arrived(now).filter(offer=offered.offer, message__in=mine)
    reply = arrived.select_related("message").first()
    return (offered, reply.message) if reply else None


def offered_for_a_move(participant: Participant, time_id: UUID) -> OfferedTime | None:
    """The time, if it was held out as the answer to a request of this person's own."""
    mine = MoveRequest.objects.visible_to(participant).exclude(offer=None)
    return of_offers(OfferedTime.objects.filter(pk=time_id, offer__move_request__in=mine)).first()
