"""Words on their way: saved as they are typed, for the writer alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from interlude.enclosures.actions import forget_enclosures
from interlude.messaging.models import Draft
from interlude.messaging.storing import Stored, is_beginning, is_said, stored_under
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer


def save_draft(
    text: str,
    *,
    participant: Participant,
    draft_id: UUID,
    topic: str,
    now: datetime,
    no_answer: bool = False,
    keep: bool = False,
    wish_by: date | None = None,
) -> Draft:
    """Keep what was typed. A draft leaves no line in the record: nothing has happened yet.

    An id that belongs to somebody else is not touched; the words go into one's own, always the same.
    """
    known = Draft.unscoped.filter(pk=draft_id).only("participant_id").first()
    if known is not None and known.participant_id != participant.pk:
        draft_id = uuid5(participant.pk, str(draft_id))
    draft = Draft(
        id=draft_id,
        practice_id=participant.practice_id,
        participant=participant,
        topic=topic,
        saved_at=now,
        no_answer=no_answer,
        keep=keep,
        wish_by=wish_by,
    )
    draft.sealed = Sealer(participant.practice_id).seal(participant.client_id, draft.place, text)
    changing = ["topic", "sealed", "no_answer", "keep", "wish_by", "saved_at"]
    Draft.unscoped.bulk_create(
        [draft], update_conflicts=True, unique_fields=["id"], update_fields=changing
    )  # one statement: two saves at the same instant are one draft
    return draft


def keep_typed(
    text: str,
    *,
    participant: Participant,
    draft_id: UUID,
    topic: str,
    now: datetime,
    no_answer: bool = False,
    keep: bool = False,
    wish_by: date | None = None,
) -> Draft | Stored:
    """Keep what a page holds, also where its key was used for a message meanwhile.

    The words of that message, or a beginning of them that comes late, change nothing: it is returned.
    Other words go into a draft beside it, the same each time.
    """
    while (known := stored_under(draft_id)) is not None and known.participant_id == participant.pk:
        if is_said(known, text) or is_beginning(known, text):
            return known
        draft_id = uuid5(draft_id, "other words")
    return save_draft(
        text,
        participant=participant,
        draft_id=draft_id,
        topic=topic,
        now=now,
        no_answer=no_answer,
        keep=keep,
        wish_by=wish_by,
    )


def keep_other_words(text: str, *, participant: Participant, topic: str, now: datetime) -> Draft:
    """Keep words that came under a key which was used for others. The same words are kept once."""
    sealer = Sealer(participant.practice_id)
    for draft in Draft.unscoped.filter(participant=participant).select_related("participant"):
        if draft.text(sealer) == text:
            return draft
    return save_draft(text, participant=participant, draft_id=uuid4(), topic=topic, now=now)


def let_rest(draft_id: UUID, *, participant: Participant, until: datetime | None) -> None:
    """Put a draft of one's own aside for a time. It can be opened and sent at any moment. Rule: R-300."""
    Draft.unscoped.filter(pk=draft_id, participant=participant).update(rests_until=until)


def forget_draft(draft_id: UUID, *, participant: Participant, is_sent: bool = False) -> None:
    """Throw a draft of one's own away, and its files unless it *is_sent*; nothing happens where there is none."""
    if not is_sent and stored_under(draft_id) is None:
        forget_enclosures(draft_id, participant=participant)
    Draft.unscoped.filter(pk=draft_id, participant=participant).delete()
