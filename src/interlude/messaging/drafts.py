"""Words on their way: saved as they are typed, for the writer alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from interlude.messaging.models import Draft
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer


def save_draft(
    text: str, *, participant: Participant, draft_id: UUID, topic: str, now: datetime, no_answer: bool = False,
    keep: bool = False, wish_by: date | None = None,
) -> Draft:
    """Keep what was typed. A draft leaves no line in the record: nothing has happened yet.

    An id that belongs to somebody else is not touched; the words go into a new draft.
    """
    known = Draft.unscoped.filter(pk=draft_id).first()
    if known is not None and known.participant_id != participant.pk:
        draft_id = uuid4()
    draft = Draft(
        id=draft_id, practice_id=participant.practice_id, participant=participant, topic=topic, saved_at=now,
        no_answer=no_answer, keep=keep, wish_by=wish_by,
    )
    draft.sealed = Sealer(participant.practice_id).seal(participant.client_id, draft.place, text)
    draft.save()
    return draft


def forget_draft(draft_id: UUID, *, participant: Participant) -> None:
    Draft.unscoped.filter(pk=draft_id, participant=participant).delete()
