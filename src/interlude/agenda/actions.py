"""Keeping things for the session, and writing in the journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import models, transaction

from interlude.agenda.models import JournalEntry, ListItem, Pause
from interlude.agreements.actions import part_in, version_held
from interlude.agreements.models import Agreement, Suitability, SuitabilityView
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer

OUR_MESSAGING = "our_messaging"
CHECK_IN = "check_in"  # a line that is everybody's in the version, whoever answered first
EXTRA_SUPPORT = "extra_support"
SUITABILITY = "suitability"


@transaction.atomic(savepoint=False)
def keep_message(
    *,
    message_id: UUID,
    topic: str,
    by: models.Model,
    now: datetime,
    added_at: datetime | None = None,
    writer: Participant,
    agreement: Agreement,
    is_new: bool = False,
) -> ListItem:
    """Put a whole message on our list; its words stay where they are. The client sees it from *added_at* on.

    *writer* and *agreement* are the message's: the list shows it to those who read the message. The caller holds
    the message's row, or has just added it (*is_new*), so nobody puts it there at the same time.
    """
    standing = None if is_new else ListItem.unscoped.filter(message_id=message_id).first()
    if standing is not None:
        return standing
    item = ListItem.unscoped.create(
        practice_id=writer.practice_id,
        client_id=writer.client_id,
        participant=writer,
        agreement=agreement,
        source=ListItem.Source.MESSAGE,
        topic=topic,
        message_id=message_id,
        added_at=added_at or now,
        added_by_clinician=isinstance(by, Clinician),
    )
    record("list.added", by=by, on=item, practice_id=writer.practice_id, at=now, source=item.source)
    return item


@transaction.atomic
def keep_words(
    text: str,
    *,
    client: Client,
    topic: str,
    by: models.Model,
    now: datetime,
    source: str = "note",
    item_id: UUID | None = None,
    added_at: datetime | None = None,
) -> ListItem:
    """Put words on our list. The same *item_id* twice is one item; somebody else's id is not used.

    The client sees it from *added_at* on.
    """
    wanted = item_id or uuid4()
    taken = ListItem.unscoped.filter(pk=wanted).exclude(client=client).exists()
    item = ListItem(id=uuid4() if taken else wanted, client=client)
    fields = {
        "practice_id": client.practice_id,
        **_whose(client, by, now, for_all=topic == CHECK_IN),
        "source": source,
        "topic": topic,
        "sealed": Sealer(client.practice_id).seal(client.id, item.place, text),
        "added_at": added_at or now,
        "added_by_clinician": isinstance(by, Clinician),
    }
    item, new = ListItem.unscoped.get_or_create(pk=item.pk, client=client, defaults=fields)
    if new:
        record("list.added", by=by, on=item, practice_id=client.practice_id, at=now, source=source)
    return item


def _whose(
    client: Client, by: models.Model, now: datetime, *, for_all: bool = False
) -> dict[str, Participant | Agreement | None]:
    """Whose a line is, and under which version others of the care see it.

    What a clinician puts there is for everybody in the version; before there is one, for the only one who writes.
    """
    agreement = version_held(client, now)
    if isinstance(by, Participant) and not for_all:
        return {"participant": by, "agreement": _shared_under(agreement, by, now)}
    writers = list(client.participants.writers()[:2])
    return {"participant": writers[0] if len(writers) == 1 else None, "agreement": agreement}


def _shared_under(agreement: Agreement | None, by: Participant, now: datetime) -> Agreement | None:
    """The version whose readers see what this person writes; None while it is theirs alone."""
    return agreement if agreement is not None and part_in(agreement, by, now) == "in" else None


def bring_up_our_messaging(
    *, client: Client, by: models.Model, now: datetime, added_at: datetime | None = None
) -> ListItem:
    """Put 'our messaging' on our list without a word. It stands there once until it is talked about.

    The client sees it from *added_at* on.
    """
    here = ListItem.unscoped.filter(client=client, topic=OUR_MESSAGING, source=ListItem.Source.NOTE).open()
    standing = here.visible_to(by) if isinstance(by, Participant) else here
    return standing.first() or keep_words(
        "", client=client, topic=OUR_MESSAGING, by=by, now=now, added_at=added_at
    )


@transaction.atomic
def keep_until_then(
    *, client: Client, topic: str, item_id: UUID, by: models.Model, now: datetime, added_at: datetime
) -> None:
    """Something without words that turns up on our list by the clock, at *added_at*, for both at once."""
    item = ListItem(id=item_id, client=client)
    fields = {
        "practice_id": client.practice_id,
        **_whose(client, by, now),
        "source": ListItem.Source.NOTE,
        "topic": topic,
        "sealed": Sealer(client.practice_id).seal(client.id, item.place, ""),
        "added_at": added_at,
    }
    item, new = ListItem.unscoped.get_or_create(pk=item.pk, client=client, defaults=fields)
    if new:
        record("list.added", by=by, on=item, practice_id=client.practice_id, at=now, source=item.source)


@transaction.atomic
def forget_until_then(item_id: UUID, *, client: Client) -> None:
    """What was to turn up will not: its day has moved. What was talked about stays."""
    ListItem.unscoped.filter(pk=item_id, client=client, closed_at=None).delete()


@transaction.atomic
def say_view(
    text: str, *, decision: Suitability, by: Participant, now: datetime, view_id: UUID
) -> SuitabilityView:
    """A client's own line about whether messages fit; our list says that there is one. One *view_id*, one line."""
    known = SuitabilityView.unscoped.filter(pk=view_id).first()
    if known is not None and known.participant_id == by.pk:
        return known
    view = SuitabilityView(
        id=view_id if known is None else uuid4(),
        practice_id=by.practice_id,
        record=decision,
        participant=by,
        agreement=_shared_under(version_held(by.client, now), by, now),
        said_at=now,
    )
    view.sealed = Sealer(by.practice_id).seal(by.client_id, view.place, text)
    view.save(force_insert=True)
    record("suitability.view_said", by=by, on=decision, practice_id=by.practice_id, at=now)
    keep_until_then(
        client=by.client, topic=SUITABILITY, item_id=uuid5(view.pk, "list"), by=by, now=now, added_at=now
    )
    return view


@transaction.atomic
def take_off_list(message_id: UUID, *, by: models.Model, now: datetime) -> None:
    """A kept message was taken back by its writer."""
    for item in ListItem.unscoped.filter(message_id=message_id, closed_at=None):
        record("list.taken_off", by=by, on=item, practice_id=item.practice_id, at=now)
        item.delete()


@transaction.atomic
def close_item(
    item: ListItem, *, brought_up: bool, by: models.Model, now: datetime, session: Session | None = None
) -> None:
    """Tick an item off in *session*, with or without having talked about it."""
    done = {"closed_at": now, "brought_up": brought_up} | ({"session": session} if session else {})
    if ListItem.unscoped.filter(pk=item.pk, closed_at=None).update(**done):
        record("list.closed", by=by, on=item, practice_id=item.practice_id, at=now, brought_up=brought_up)


@transaction.atomic
def move_item(item: ListItem, *, to: Session | None, by: models.Model, now: datetime) -> None:
    """Keep an item for another session; None is the next one that is made."""
    if ListItem.unscoped.filter(pk=item.pk, closed_at=None).update(session=to):
        record("list.moved", by=by, on=item, practice_id=item.practice_id, at=now)


@transaction.atomic
def want_a_pause(days: int, *, participant: Participant, now: datetime) -> None:
    """A day or two for one's drafts after a session; 0 is none. Theirs alone: it leaves no line in the record."""
    if days not in (1, 2):
        Pause.unscoped.filter(participant=participant).delete()
        return
    wish = {"practice_id": participant.practice_id, "days": days}
    Pause.unscoped.update_or_create(
        participant=participant, defaults={"days": days}, create_defaults=wish | {"since": now}
    )


@transaction.atomic
def write_journal(
    text: str, *, participant: Participant, now: datetime, entry_id: UUID | None = None, not_sent: str = ""
) -> JournalEntry:
    """A page for the writer alone. The same *entry_id* twice is one page; somebody else's id is not used.

    *not_sent* is the core's reason where the words were meant as a message and could not be one yet.
    """
    wanted = entry_id or uuid4()
    taken = JournalEntry.unscoped.filter(pk=wanted).exclude(participant=participant).exists()
    entry = JournalEntry(id=uuid4() if taken else wanted, participant=participant)
    entry.seal(text, Sealer(participant.practice_id))
    fields = {
        "practice_id": participant.practice_id,
        "sealed": entry.sealed,
        "written_at": now,
        "not_sent": not_sent,
    }
    entry, new = JournalEntry.unscoped.get_or_create(pk=entry.pk, participant=participant, defaults=fields)
    if new:
        record("journal.written", by=participant, on=entry, practice_id=participant.practice_id, at=now)
    return entry
