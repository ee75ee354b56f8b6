"""Keeping things for the session, and writing in the journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from interlude.agenda.models import JournalEntry, ListItem
from interlude.audit.record import record
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer


@transaction.atomic
def keep_message(*, client: Client, message_id: UUID, topic: str, by: models.Model, now: datetime) -> ListItem:
    """Put a whole message on our list; its words stay where they are."""
    item, new = ListItem.unscoped.get_or_create(
        message_id=message_id,
        defaults={
            "practice_id": client.practice_id,
            "client": client,
            "source": ListItem.Source.MESSAGE,
            "topic": topic,
            "added_at": now,
            "added_by_clinician": isinstance(by, Clinician),
        },
    )
    if new:
        record("list.added", by=by, on=item, practice_id=client.practice_id, at=now, source=item.source)
    return item


@transaction.atomic
def keep_words(
    text: str, *, client: Client, topic: str, by: models.Model, now: datetime, source: str = "note",
    item_id: UUID | None = None,
) -> ListItem:
    """Put words on our list. The same *item_id* twice is one item."""
    item = ListItem(
        practice_id=client.practice_id, client=client, source=source, topic=topic, added_at=now,
        added_by_clinician=isinstance(by, Clinician),
    )
    if item_id is not None:
        known = ListItem.unscoped.filter(pk=item_id).first()
        if known is not None:
            return known
        item.id = item_id
    item.sealed = Sealer(client.practice_id).seal(client.id, item.place, text)
    item.save(force_insert=True)
    record("list.added", by=by, on=item, practice_id=client.practice_id, at=now, source=source)
    return item


@transaction.atomic
def take_off_list(message_id: UUID, *, by: models.Model, now: datetime) -> None:
    """A kept message was taken back by its writer."""
    for item in ListItem.unscoped.filter(message_id=message_id, closed_at=None):
        record("list.taken_off", by=by, on=item, practice_id=item.practice_id, at=now)
        item.delete()


@transaction.atomic
def close_item(item: ListItem, *, brought_up: bool, by: models.Model, now: datetime) -> None:
    """Tick an item off, with or without having talked about it."""
    if ListItem.unscoped.filter(pk=item.pk, closed_at=None).update(closed_at=now, brought_up=brought_up):
        record("list.closed", by=by, on=item, practice_id=item.practice_id, at=now, brought_up=brought_up)


@transaction.atomic
def write_journal(text: str, *, participant: Participant, now: datetime, entry_id: UUID | None = None) -> JournalEntry:
    """A page for the writer alone. The same *entry_id* twice is one page."""
    entry = JournalEntry(practice_id=participant.practice_id, participant=participant, written_at=now)
    if entry_id is not None:
        known = JournalEntry.unscoped.filter(pk=entry_id, participant=participant).first()
        if known is not None:
            return known
        entry.id = entry_id
    entry.sealed = Sealer(participant.practice_id).seal(participant.client_id, entry.place, text)
    entry.save(force_insert=True)
    record("journal.written", by=participant, on=entry, practice_id=participant.practice_id, at=now)
    return entry
