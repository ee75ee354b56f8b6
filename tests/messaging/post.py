"""What tests of messages share: sending as somebody, clock times in London, a page without one-time parts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from interlude.boundaries.models import Absence
from interlude.core.hours import Absence as Stretch
from interlude.messaging.actions import Marks, send_message
from interlude.messaging.models import Message
from interlude.messaging.time_away import set_time_away
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer

TEXT = "I tried the evening notes. A canary sang."
ONE_TIME = re.compile(r'name="(csrfmiddlewaretoken|reply_id|draft_id)" value="[^"]*"')


def may(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of May 2026 in London, an hour ahead of UTC."""
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def send(
    who: Participant, text: str = TEXT, *, at: datetime, topic: str = "homework", **marks: bool
) -> Message:
    """A message, sent through the action; these topics are stored as messages."""
    sent = send_message(text, participant=who, draft_id=uuid4(), topic=topic, now=at, marks=Marks(**marks))
    stored = sent.stored  # type: ignore[union-attr]
    assert isinstance(stored, Message)
    return stored


def take_time_away(*, starts_at: datetime, ends_at: datetime, **who: Any) -> tuple[list[Absence], int]:
    """One stretch of time away, through the action."""
    return set_time_away([Stretch(starts_at, ends_at)], **who)


def many(
    who: Participant, count: int, *, at: datetime, resolved: bool = False, outcome: str = "answer"
) -> list[Message]:
    """Rows in one go, for pages that must not slow down with what is stored."""
    agreement = who.client.agreements.get()
    sealer = Sealer(who.practice_id)
    rows = []
    for number in range(count):
        sent = at - timedelta(seconds=count - number)
        row = Message(
            id=uuid4(),
            practice_id=who.practice_id,
            client_id=who.client_id,
            participant=who,
            clinician_id=who.client.clinician_id,
            agreement=agreement,
            topic="homework",
            words=8,
            sent_at=sent,
            outcome=outcome,
            handed_at=at,
            reply_due=None if outcome == "no_answer" else at + timedelta(days=2),
            resolved_at=at if resolved else None,
        )
        row.sealed = sealer.seal(who.client_id, row.place, f"{TEXT} {number}")
        rows.append(row)
    return Message.unscoped.bulk_create(rows)


def page(response: HttpResponse) -> str:
    """The body, without what differs at each request."""
    return ONE_TIME.sub("", response.content.decode())


def answer(words: str = "Dear Noor, write it as it comes.", **fields: str) -> dict[str, str]:
    """The form under a message, as a browser sends it."""
    return {"words": words, "reply_id": str(uuid4()), "seconds": "60"} | fields
