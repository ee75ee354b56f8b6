"""One client's page as their clinician sees it: what was written and answered, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from interlude.agenda.for_session import seen_by
from interlude.agenda.models import ListItem
from interlude.agreements.course import Course, course_of
from interlude.agreements.models import Agreement
from interlude.agreements.own_wish import wishes_handed
from interlude.agreements.readers import Reading, readings_of
from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.boundaries.windows import window_of
from interlude.messaging.models import Message, PromiseMove, Reply
from interlude.messaging.opened import Written
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer

PAGE = 20
UNSENT_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message with what was written back, left or not. *state*: waiting, late, or what became of it."""

    message: Message
    words: str
    replies: list[Written]
    moves: list[PromiseMove]
    state: str


@dataclass(frozen=True, slots=True)
class Care:
    """One client's page.

    Args:
        worries: questions about the agreement that are still on our list, as the last window left them.
        wish: a version that is the client's own wish, once a window has told of it.
        older: the message before which the next page ends; None on the last page.
        unsent: answers that did not leave, because their message was taken back first.
    """

    client: Client
    exchanges: list[Exchange]
    older: Message | None
    unsent: list[Written]
    session: Session | None
    topics: tuple[str, ...]
    course: Course
    readings: list[Reading]
    worries: list[tuple[ListItem, str]]
    wish: Agreement | None

    @property
    def read(self) -> list[Message | ListItem]:
        """Whose words are on the page."""
        return [*(one.message for one in self.exchanges), *(item for item, _ in self.worries)]


def care_of(client: Client, *, clinician: Clinician, now: datetime, before: Message | None) -> Care:
    """Newest first, twenty to a page; as many queries for twenty messages as for five thousand."""
    sealer, course = Sealer(client.practice_id), course_of(client, now)
    sealer.fetch([client.pk])
    rows = list(_rows(client, clinician=clinician, now=now, before=before))
    window = window_of(clinician, now)
    listed = list(seen_by(clinician, until=window.opened_at).open().filter(client=client))
    wishes = wishes_handed(clinician, until=window.opened_at)
    return Care(
        client=client,
        exchanges=[_exchange(row, sealer, now) for row in rows[:PAGE]],
        older=rows[PAGE - 1] if len(rows) > PAGE else None,
        unsent=_unsent(client, clinician, sealer),
        session=next_session(client, now),
        topics=tuple(dict.fromkeys(item.topic for item in listed)),
        worries=_worries(listed, sealer) if before is None else [],
        wish=next((one for one in wishes if one.client_id == client.pk), None),
        course=course,
        readings=_readings(client, course.in_force or course.offered, now),
    )


def _readings(client: Client, agreement: Agreement | None, now: datetime) -> list[Reading]:
    """Who reads what is written here, for each who writes; nothing before there is a version."""
    if agreement is None:
        return []
    agreement.client = client
    policy = agreement.rules(client.clinician.date_at(now)).policy
    return readings_of(client, policy, agreement=agreement, now=now)


def _rows(client: Client, *, clinician: Clinician, now: datetime, before: Message | None) -> list[Message]:
    seen = Message.objects.visible_to(clinician, at=now).filter(client=client)
    if before is not None:
        earlier = Q(sent_at__lt=before.sent_at) | Q(sent_at=before.sent_at, id__lt=before.pk)
        seen = seen.filter(earlier, sent_at__lte=before.sent_at)
    stands = Prefetch(
        "replies",
        Reply.objects.filter(held_back_at=None).select_related("clinician"),
        to_attr="standing_replies",
    )
    fetched = seen.select_related("participant").prefetch_related(stands, "moves")
    return list(fetched.order_by("-sent_at", "-id")[: PAGE + 1])


def _exchange(message: Message, sealer: Sealer, now: datetime) -> Exchange:
    replies: list[Reply] = getattr(message, "standing_replies", [])
    written = [Written(reply, reply.text(sealer, message.client_id)) for reply in replies]
    return Exchange(message, message.text(sealer), written, list(message.moves.all()), _state(message, now))


def _worries(listed: list[ListItem], sealer: Sealer) -> list[tuple[ListItem, str]]:
    return [(one, one.words(sealer)) for one in listed if one.source == ListItem.Source.WORRY]


def _state(message: Message, now: datetime) -> str:
    if message.resolved_at is not None:
        return "done"
    if message.reply_due is None:
        return str(message.outcome)
    return "late" if message.reply_due < now else "waiting"


def _unsent(client: Client, clinician: Clinician, sealer: Sealer) -> list[Written]:
    """Words of the clinician's own for messages that were taken back."""
    rows = Reply.objects.filter(
        clinician=clinician,
        message__client=client,
        message__taken_back_at__isnull=False,
        held_back_at__isnull=False,
        sealed__isnull=False,
    )
    newest = rows.order_by("-written_at")[:UNSENT_SHOWN]
    return [Written(reply, reply.text(sealer, client.pk)) for reply in newest]
