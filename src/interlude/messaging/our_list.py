"""Our list as a clinician opens it for a session: kept messages with their words, rests and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interlude.agenda.actions import CHECK_IN
from interlude.agenda.for_session import items_of
from interlude.agenda.models import ListItem
from interlude.appointments.models import Session
from interlude.boundaries.windows import Window
from interlude.checkins.models import CheckIn
from interlude.checkins.picture import Column, columns
from interlude.checkins.rounds import Round, item_of, rounds_of, sides_of
from interlude.messaging.models import Message
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing on the list. *waits* where its words are a message that no window has handed over yet."""

    item: ListItem
    words: str
    message: Message | None
    waits: bool
    check_in: Round | None = None  # the answers that lie side by side by now

    @property
    def columns(self) -> list[Column]:
        return columns(self.check_in) if self.check_in else []


@dataclass(frozen=True, slots=True)
class OurList:
    """What is open for a session, and what was closed in it."""

    open: list[Listed]
    closed: list[ListItem]

    @property
    def read(self) -> list[Message | ListItem | CheckIn]:
        """Whose words are on the page."""
        opened = [one.message or one.item for one in self.open if one.words]
        rounds = [one.check_in for one in self.open if one.check_in]
        return [*opened, *(entry.row for each in rounds for entry in each.entries if not entry.is_mine)]


def list_for(session: Session, *, clinician: Clinician, now: datetime, window: Window) -> OurList:
    """Five queries, whatever is on the list; four more for a check-in."""
    items = list(items_of(session, clinician=clinician, now=now, window=window.opened_at))
    shown = [item for item in items if item.closed_at is None]
    kept = Message.objects.visible_to(clinician, at=now).select_related("participant")
    messages = {one.pk: one for one in kept.filter(pk__in=[item.message_id for item in shown])}
    sealer = Sealer(clinician.practice_id)
    sealer.fetch([session.client_id])
    rounds = _rounds(shown, clinician=clinician, now=now)
    return OurList(
        [_listed(item, messages, sealer, rounds) for item in shown],
        [item for item in items if item.closed_at is not None],
    )


def _rounds(shown: list[ListItem], *, clinician: Clinician, now: datetime) -> dict[UUID, Round]:
    """What each line that stands for a check-in shows by now, by the line's key."""
    lines = [item for item in shown if item.topic == CHECK_IN]
    if not lines:
        return {}
    client = Client.objects.visible_to(clinician).get(pk=lines[0].client_id)
    client.clinician = clinician
    sides = sides_of(client, reader=clinician, now=now)
    return {item_of(client.pk, one.due_on): one for one in rounds_of(client, sides=sides, now=now)}


def _listed(
    item: ListItem, messages: dict[UUID, Message], sealer: Sealer, rounds: dict[UUID, Round]
) -> Listed:
    message = messages.get(item.message_id) if item.message_id else None
    words = message.text(sealer) if message else item.words(sealer)
    waits = item.message_id is not None and message is None
    return Listed(item, words, message, waits=waits, check_in=rounds.get(item.pk))
