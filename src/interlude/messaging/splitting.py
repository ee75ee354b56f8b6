"""A message in two: a part is answered here as promised, the other is kept for the session. Rule: R-260."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models, transaction

from interlude.agenda.actions import keep_words
from interlude.agenda.models import ListItem
from interlude.audit.record import record
from interlude.messaging.models import Message, Split
from interlude.messaging.storing import locked
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…।])\s+")
MOST = 60  # parts that a page offers to choose from; what follows belongs to the last


def parts_of(text: str) -> list[str]:
    """The pieces that a message can be split into: its paragraphs; its sentences where it has only one."""
    pieces = [one.strip() for one in _PARAGRAPH.split(text) if one.strip()]
    if len(pieces) == 1:
        pieces = [one.strip() for one in _SENTENCE.split(pieces[0]) if one.strip()]
    if len(pieces) > MOST:
        pieces = [*pieces[: MOST - 1], "\n\n".join(pieces[MOST - 1 :])]
    return pieces


@transaction.atomic
def split_message(
    message: Message, kept: Collection[int], *, by: Clinician, now: datetime, undo: timedelta
) -> Split | None:
    """Keep these parts of a message for the session; None where nothing, or everything, would be kept.

    The message keeps its own date: what is not kept is still to be answered. The kept words stand on our list
    from the moment on at which the client may see it. A message is split once; the second time changes nothing.
    """
    fresh = locked(message)
    known = Split.objects.filter(message=fresh).first()
    if known is not None or fresh.resolved_at is not None or fresh.taken_back_at is not None:
        return known
    sealer = Sealer(fresh.practice_id)
    pieces = parts_of(fresh.text(sealer))
    chosen = [piece for number, piece in enumerate(pieces) if number in kept]
    if not 0 < len(chosen) < len(pieces):
        return None
    shown_from = max(now + undo, fresh.handed_at or now)
    words = "\n\n".join(chosen)
    item = _listed(words, fresh, by=by, now=now, shown_from=shown_from)
    split = Split(message=fresh, clinician=by, item_id=item.pk, at=now, shown_from=shown_from)
    split.sealed = sealer.seal(fresh.client_id, split.place, words)
    split.save(force_insert=True)
    record("message.split", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return split


def _listed(words: str, message: Message, *, by: Clinician, now: datetime, shown_from: datetime) -> ListItem:
    """The kept part on our list, for those who read the message and nobody else."""
    item = keep_words(
        words,
        client=message.client,
        topic=message.topic,
        by=by,
        now=now,
        source=ListItem.Source.REST,
        item_id=uuid4(),
        added_at=shown_from,
    )
    ListItem.unscoped.filter(pk=item.pk).update(participant=message.participant, agreement=message.agreement)
    return item


@transaction.atomic
def unsplit(message: Message, *, by: models.Model, now: datetime) -> bool:
    """Make it one message again; what was talked about already stays on our list. False where it is one."""
    split = Split.objects.filter(message=message).first()
    if split is None:
        return False
    ListItem.unscoped.filter(pk=split.item_id, closed_at=None).delete()
    split.delete()
    record("message.unsplit", by=by, on=message, practice_id=message.practice_id, at=now)
    return True
