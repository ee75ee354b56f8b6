"""Writing the record and proving it whole.

Each event carries a keyed hash over itself and the event before it; the key lies outside the database
(INTERLUDE_AUDIT_KEY). A cut tail shows against the chain's end, a rewritten whole shows against an anchor that was
written down elsewhere (`interlude audit head`). Security R7. Rules: R-80, R-81.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from interlude.audit.models import ChainHead, Event

Fact = str | int | bool | None


@transaction.atomic(savepoint=False)
def record(
    verb: str, *, by: models.Model | None, on: models.Model, practice_id: UUID, at: datetime, **facts: Fact
) -> Event:
    """Add one event, inside the act's own transaction. *facts* are ids, numbers and fixed words; never content."""
    head, _ = ChainHead.objects.select_for_update().get_or_create(
        practice_id=practice_id, defaults={"mac": b""}
    )
    event = Event(
        practice_id=practice_id,
        number=head.number + 1,
        at=at,
        actor=_name(by) if by is not None else "system",
        verb=verb,
        subject=_name(on),
        facts=facts,
    )
    event.mac = _mac(event, bytes(head.mac))
    event.save(force_insert=True)
    ChainHead.objects.filter(practice_id=practice_id).update(number=event.number, mac=event.mac)
    return event


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a chain does not hold."""

    practice_id: UUID
    number: int
    what: str


def verify(practice_id: UUID, *, anchor: tuple[int, str] | None = None) -> tuple[int, Fault | None]:
    """How many events were checked, and the first fault, or None.

    *anchor* is a `(number, mac)` that was written down outside this database.
    """
    before, number = b"", 0
    for event in Event.objects.filter(practice_id=practice_id).order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            return number, Fault(practice_id, number, f"event {number} is missing")
        if not hmac.compare_digest(bytes(event.mac), _mac(event, before)):
            return number, Fault(practice_id, number, f"event {number} was changed, or the one before it was")
        before = bytes(event.mac)
        if anchor and anchor[0] == number and anchor[1] != before.hex():
            return number, Fault(practice_id, number, f"event {number} is not the one that was written down")
    return number, _end_fault(practice_id, number, before, anchor)


def _end_fault(practice_id: UUID, number: int, mac: bytes, anchor: tuple[int, str] | None) -> Fault | None:
    head = ChainHead.objects.filter(practice_id=practice_id).first()
    if head is not None and (head.number != number or bytes(head.mac) != mac):
        return Fault(practice_id, number + 1, f"the record ends at {number}, its end says {head.number}")
    if anchor and anchor[0] > number:
        return Fault(practice_id, number + 1, f"the record ends at {number}, {anchor[0]} was written down")
    return None


def heads() -> Iterator[ChainHead]:
    yield from ChainHead.objects.order_by("practice_id")


def _name(row: models.Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _mac(event: Event, before: bytes) -> bytes:
    said = [
        str(event.practice_id),
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor,
        event.verb,
        event.subject,
        event.facts,
    ]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(_key(settings.AUDIT_KEY), before + text.encode(), hashlib.sha256).digest()


def _key(secret: str) -> bytes:
    return hashlib.sha256(b"interlude.audit|" + secret.encode()).digest()
