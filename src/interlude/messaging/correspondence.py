"""Messages as their writers see them: the words, what came back by now, and how each stands, by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from interlude.appointments.models import Offer, OfferedTime
from interlude.appointments.offering import open_times
from interlude.core.money import Money
from interlude.enclosures.models import Enclosure
from interlude.messaging.enclosed import enclosed_in
from interlude.messaging.models import Message, MessageQuerySet, PromiseMove, Reply, Split
from interlude.messaging.purposes import Purpose, purpose_of
from interlude.messaging.seen import ME, ids_of, seen_by
from interlude.practice.models import Clinician, Participant
from interlude.practice.prepared import Prepared
from interlude.sealing.vault import Sealer

PAGE = 50
LONG = 4000  # characters shown in the conversation; the message's own page has them all


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, at the moment it left."""

    reply: Reply
    text: str
    earlier: str = ""  # the words that stood here before, where they were corrected
    offer: Offer | None = None
    times: tuple[OfferedTime, ...] = ()  # those that can be taken by now


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message with what belongs to it."""

    message: Message
    text: str
    is_mine: bool
    answers: list[Answer]
    state: str  # waiting, late, answer, acknowledged, kept, by_phone, no_answer, keep
    moves: list[PromiseMove]
    can_be_changed: bool
    kept: str = ""  # a part that the clinician keeps for the session
    files: list[Enclosure] = field(default_factory=list)

    @property
    def purpose(self) -> Purpose:
        return purpose_of(self.message.topic, no_answer=self.message.outcome == Message.Outcome.NO_ANSWER)

    @property
    def excerpt(self) -> str:
        """The first part of a very long text; empty where the whole fits."""
        return self.text[:LONG].rsplit(None, 1)[0] if len(self.text) > LONG else ""

    @property
    def closed_at(self) -> datetime | None:
        """When the reply that closed it left; None while it waits."""
        return self._closing.leaves_at if self._closing else None

    @property
    def closed_by(self) -> Clinician | None:
        """Who wrote that reply: its own clinician, or who stood in."""
        return self._closing.clinician if self._closing else None

    @property
    def _closing(self) -> Reply | None:
        closing = [one.reply for one in self.answers if _closes(one.reply)]
        return closing[-1] if closing else None

    @property
    def moved(self) -> PromiseMove | None:
        return self.moves[-1] if self.moves else None

    @property
    def first_due(self) -> datetime | None:
        """The date as it was promised at first."""
        return self.moves[0].from_due if self.moves else self.message.reply_due

    @property
    def rest_is_kept(self) -> bool:
        return "R-43" in self.message.rules

    @property
    def price(self) -> Money | None:
        """What was accepted for extra support."""
        message = self.message
        return Money(message.extra_minor, message.extra_currency) if message.extra_minor is not None else None


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the conversation, oldest first; *older* is where the page before it ends."""

    sheets: list[Sheet]
    older: Message | None
    is_newest: bool

    @property
    def newest(self) -> Sheet | None:
        return self.sheets[-1] if self.sheets else None


def page_of(participant: Participant, *, before: Message | None, now: datetime) -> Page:
    """Fifty messages and what came back for them; as many queries for 50 as for 5,000."""
    newest_first = _NEWEST(**ids_of(participant)) if before is None else _before(participant, before, now)
    prefetch_related_objects(newest_first, *_beside(now))
    shown = newest_first[:PAGE][::-1]
    older = shown[0] if len(newest_first) > PAGE else None
    return Page(sheets_of(shown, participant=participant, now=now), older, before is None)


def _before(participant: Participant, before: Message, now: datetime) -> list[Message]:
    rows = Message.objects.visible_to(participant, at=now)
    earlier = Q(sent_at__lt=before.sent_at) | Q(sent_at=before.sent_at, id__lt=before.pk)
    return list(_newest(rows.filter(sent_at__lte=before.sent_at).filter(earlier)))


def _newest(rows: MessageQuerySet) -> MessageQuerySet:
    standing = rows.filter(taken_back_at=None).select_related("participant", "clinician", "stands_in")
    return standing.order_by("-sent_at", "-id")[: PAGE + 1]


_NEWEST: Prepared[Message] = Prepared(lambda **me: _newest(seen_by(**me)), **ME)


def everything_of(participant: Participant, *, now: datetime) -> list[Sheet]:
    """The whole conversation, oldest first, for a copy to keep."""
    rows = Message.objects.visible_to(participant, at=now).filter(taken_back_at=None)
    return sheets_of(
        list(with_answers(rows, now).order_by("sent_at", "id")), participant=participant, now=now
    )


def with_answers(rows: MessageQuerySet, now: datetime) -> MessageQuerySet:
    """What a sheet needs beside the row: who wrote, what arrived by now, which dates moved."""
    return rows.select_related("participant", "clinician", "stands_in").prefetch_related(*_beside(now))


def _beside(now: datetime) -> tuple[Prefetch[Any], str, Prefetch[Any]]:
    beside = ("clinician", "offer__session", "offer__clinician", "offer__instead_of")
    arrived = Reply.unscoped.arrived(now).select_related(*beside)  # of rows that are visible already
    split = Split.objects.filter(shown_from__lte=now)
    replies = Prefetch(
        "replies", queryset=arrived.prefetch_related("offer__times"), to_attr="arrived_replies"
    )
    return replies, "moves", Prefetch("split", queryset=split)


def sheets_of(rows: Sequence[Message], *, participant: Participant, now: datetime) -> list[Sheet]:
    """*rows* as fetched by `with_answers`, opened with one key."""
    sealer = Sealer(participant.practice_id)
    sealer.fetch([participant.client_id])
    files = enclosed_in(row.pk for row in rows)
    return [replace(_sheet(row, sealer, participant, now), files=files.get(row.pk, [])) for row in rows]


def _sheet(message: Message, sealer: Sealer, participant: Participant, now: datetime) -> Sheet:
    replies: list[Reply] = getattr(message, "arrived_replies", [])
    is_mine = message.participant_id == participant.pk
    split = _split_of(message)
    return Sheet(
        message,
        message.text(sealer),
        is_mine,
        _answers(replies, sealer, message, now),
        _state(message, replies, now),
        list(message.moves.all()),
        is_mine and message.can_be_changed(now),
        kept=split.kept(sealer, message.client_id) if split else "",
    )


def _split_of(message: Message) -> Split | None:
    """As fetched by `_beside`; None where the message is one."""
    try:
        return message.split
    except Split.DoesNotExist:
        return None


def _answers(replies: list[Reply], sealer: Sealer, message: Message, now: datetime) -> list[Answer]:
    """What came back, each once: where words were corrected, the newest, and those that were readable before."""
    answers = []
    for reply in replies:
        if reply.corrects_id is not None:
            continue
        offer, text = reply.offer, reply.text(sealer, message.client_id)
        shown = Answer(reply, text, offer=offer, times=tuple(open_times(offer, now)) if offer else ())
        for other in replies:
            if other.corrects_id == reply.pk:
                earlier, words = shown.text, other.text(sealer, message.client_id)
                whole = f"{shown.earlier}\n\n{earlier}".strip()
                shown = replace(shown, text=words, earlier=whole)
        answers.append(shown)
    return answers


def _closes(reply: Reply) -> bool:
    return reply.kind != Reply.Kind.REPAIR and reply.corrects_id is None


def _state(message: Message, replies: list[Reply], now: datetime) -> str:
    """How it stands for the writer: by what arrived and by the clock, never by what was done on a screen."""
    closing = [reply for reply in replies if _closes(reply)]
    if closing:
        return str(closing[-1].kind)
    if message.reply_due is None:
        return str(message.outcome)
    return "late" if now > message.reply_due else "waiting"
