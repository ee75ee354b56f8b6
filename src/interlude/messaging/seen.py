"""What somebody who writes can see, as the ground of prepared statements: the only door, with places for the ids."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models

from interlude.messaging.models import Message, MessageQuerySet
from interlude.practice.models import Participant

ME: dict[str, models.Field[Any, Any]] = {
    name: models.UUIDField() for name in ("participant", "practice", "client")
}
ALWAYS = datetime.max.replace(tzinfo=UTC)  # the clock hands over to clinicians; who writes sees at once


def seen_by(participant: Any, practice: Any, client: Any) -> MessageQuerySet:
    """The messages of somebody who writes here, by the places for their ids. Not for guardians: they see none."""
    me = Participant(pk=participant, practice_id=practice, client_id=client)
    return Message.unscoped.visible_to(me, at=ALWAYS)


def ids_of(participant: Participant) -> dict[str, UUID]:
    """The values for these places."""
    assert participant.reads_messages  # a guardian's pages ask for none
    practice, client = participant.practice_id, participant.client_id
    return {"participant": participant.pk, "practice": practice, "client": client}
