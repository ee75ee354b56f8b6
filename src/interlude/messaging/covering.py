"""Standing in: when a colleague reads what is written to somebody who is away, and what they see in their window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from interlude.cover.actions import answer_cover, end_cover, refuse_cover
from interlude.cover.models import Cover, CoverPart
from interlude.cover.sight import Part, parts_of
from interlude.messaging.handing import hand_to_who_stands_in
from interlude.messaging.models import Message, MessageQuerySet
from interlude.messaging.promises import next_reading
from interlude.practice.models import Clinician, Participant


@transaction.atomic
def accept_or_decline(cover: Cover, *, accepts: bool, by: Clinician, now: datetime) -> bool:
    """The colleague's answer. With a yes, what waits for a later window is read at theirs."""
    if not answer_cover(cover, accepts=accepts, by=by, now=now):
        return False
    if accepts:
        _hand_anew(cover, now=now)
    return True


@transaction.atomic
def end_standing_in(cover: Cover, *, by: models.Model | None, now: datetime) -> bool:
    """End it at once; what was not read yet goes back to the window of its own clinician."""
    ended = end_cover(cover, by=by, now=now)
    if ended:
        _hand_back(cover, _waiting(cover, now).filter(stands_in=cover.colleague), now=now)
    return ended


@transaction.atomic
def say_no(part: CoverPart, *, by: Participant, now: datetime, refuses: bool) -> None:
    """A client's word about who reads while their clinician is away. It holds at once."""
    refuse_cover(part, by=by, now=now, refuses=refuses)
    if not refuses:
        _hand_anew(part.cover, now=now)
        return
    mine = _waiting(part.cover, now).filter(client=part.client_id, stands_in=part.cover.colleague_id)
    _hand_back(part.cover, mine, now=now)


def _waiting(cover: Cover, now: datetime) -> MessageQuerySet:
    """Messages of the cover's clients that no window has handed over yet."""
    clients = cover.parts.values("client")
    rows = Message.unscoped.filter(
        clinician=cover.clinician_id, client__in=clients, resolved_at=None, taken_back_at=None
    )
    return rows.filter(models.Q(handed_at=None) | models.Q(handed_at__gt=now)).select_related(
        "client__clinician", "clinician", "agreement__client"
    )


def _hand_anew(cover: Cover, *, now: datetime) -> None:
    for message in _waiting(cover, now):
        hand_to_who_stands_in(message, after=now)
        message.save(update_fields=["handed_at", "stands_in"])


def _hand_back(cover: Cover, rows: MessageQuerySet, *, now: datetime) -> None:
    for message in rows:
        message.handed_at, message.stands_in = next_reading(message, now=now), None
        hand_to_who_stands_in(message, after=now)  # by somebody else who stands in
        message.save(update_fields=["handed_at", "stands_in"])


@dataclass(frozen=True, slots=True)
class Covered:
    """What waits in one part, in the order of the batch; the first fifty."""

    cover: Cover
    waiting: list[Message]


SHOWN = 50


def covered_batch(colleague: Clinician, *, now: datetime) -> list[Covered]:
    """For each person whom *colleague* stands in for, what waits; one query, and one for each of them."""
    found = []
    for part in parts_of(colleague, now):
        rows = Message.objects.covered_by(colleague, now=now, parts=[part]).filter(resolved_at=None)
        waiting = rows.select_related("participant").defer("sealed").order_by("reply_due", "sent_at", "id")
        found.append(Covered(part.cover, list(waiting[:SHOWN])))
    return found


def seen_by(
    colleague: Clinician, *, at: datetime, now: datetime, parts: list[Part] | None = None
) -> MessageQuerySet:
    """A clinician's own messages, and those of whom they stand in for at this moment."""
    mine = Message.objects.visible_to(colleague, at=at)
    parts = parts_of(colleague, now) if parts is None else parts
    return mine | Message.objects.covered_by(colleague, now=now, parts=parts) if parts else mine


def was_covered(colleague: Clinician, message_id: UUID, *, now: datetime) -> Cover | None:
    """The cover under which *colleague* could have opened this message, and cannot now. Rule: R-246.

    It ended, the client said no, or its own clinician closed the message meanwhile.
    """
    handed = Message.objects.filter(pk=message_id, handed_at__lte=now).exclude(outcome=Message.Outcome.KEEP)
    message = handed.only("clinician_id", "client_id", "topic", "handed_at").first()
    if message is None:
        return None
    covers = Cover.objects.filter(
        colleague=colleague,
        clinician=message.clinician_id,
        parts__client=message.client_id,
        accepted=True,
        starts_at__lte=now,
        ends_at__gt=message.handed_at,
    ).exclude(ended_at__lte=message.handed_at)
    rows = covers.select_related("clinician").order_by("-starts_at")
    return next((one for one in rows if message.topic in one.topics), None)
