"""Our list as a clinician opens it for a session: kept messages with their words, rests and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interlude.agenda.for_session import items_of
from interlude.agenda.models import ListItem
from interlude.appointments.models import Session
from interlude.boundaries.windows import Window
from interlude.messaging.models import Message
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing on the list. *waits* where its words are a message that no window has handed over yet."""

    item: ListItem
    words: str
    message: Message | None
    waits: bool


@dataclass(frozen=True, slots=True)
class OurList:
    """What is open for a session, and what was closed in it."""

    open: list[Listed]
    closed: list[ListItem]

    @property
    def read(self) -> list[Message | ListItem]:
        """Whose words are on the page."""
        return [one.message or one.item for one in self.open if one.words]


def list_for(session: Session, *, clinician: Clinician, now: datetime, window: Window) -> OurList:
    """Five queries, whatever is on the list."""
    items = list(items_of(session, clinician=clinician, now=now, window=window.opened_at))
    shown = [item for item in items if item.closed_at is None]
    kept = Message.objects.visible_to(clinician, at=now).select_related("participant")
    messages = {one.pk: one for one in kept.filter(pk__in=[item.message_id for item in shown])}
    sealer = Sealer(clinician.practice_id)
    sealer.fetch([session.client_id])
    return OurList(
        [_listed(item, messages, sealer) for item in shown],
        [item for item in items if item.closed_at is not None],
    )


def _listed(item: ListItem, messages: dict[UUID, Message], sealer: Sealer) -> Listed:
    message = messages.get(item.message_id) if item.message_id else None
    words = message.text(sealer) if message else item.words(sealer)
    return Listed(item, words, message, waits=item.message_id is not None and message is None)
