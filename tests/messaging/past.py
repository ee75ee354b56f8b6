"""A past to try rules on: what Noor and Tove wrote to Ada in May, each answered a day later."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from interlude.core.replayed import Replayed
from interlude.messaging.actions import send_message
from interlude.messaging.answering import reply_to
from interlude.messaging.outlook import Marks
from interlude.messaging.trying import own_rules, try_on
from interlude.practice.models import Clinician
from interlude.practice.scope import in_practice
from tests.cast import DAY, NOW, Cast

SINCE = date(2026, 4, 1)
MONDAY = datetime(2026, 5, 4, 9, tzinfo=UTC)  # 10:00 in London


def live_through(cast: Cast) -> Cast:
    """Noor wrote on Monday, Tuesday and the Monday after; Tove once."""
    when = (
        (cast.noor, MONDAY),
        (cast.noor, MONDAY + DAY),
        (cast.noor, MONDAY + 7 * DAY),
        (cast.tove, MONDAY),
    )
    for writer, at in when:
        message = sent(writer, at)
        with in_practice(cast.alder.id):
            reply_to(message, "Good.", by=cast.ada, now=at + DAY, reply_id=uuid4())
    return cast


def sent(
    writer: Any, at: datetime, topic: str = "homework", *, words: int = 12, marks: Marks | None = None
) -> Any:
    """A message of so many words, as it was stored."""
    text = " ".join(["quiet"] * words)
    with in_practice(writer.practice_id):
        done: Any = send_message(text, participant=writer, draft_id=uuid4(), topic=topic, now=at, marks=marks)
    return done.stored


def tried(cast: Cast, text: str | None = None, *, preset: str = "", who: Clinician | None = None) -> Replayed:
    """What would have differed for Ada, or for *who*, under *text* or the rules of today."""
    who = who or cast.ada
    with in_practice(who.practice_id):
        text = own_rules(who, NOW.date()) if text is None else text
        return try_on(text, preset=preset, clinician=who, since=SINCE, now=NOW)


def own_rules_with(cast: Cast, first: str) -> str:
    """Ada's rules of today, with a line before them."""
    with in_practice(cast.alder.id):
        return first + own_rules(cast.ada, NOW.date())


def plan_of_one(cast: Cast) -> str:
    """Ada's rules of today, with one message a week in place of three."""
    return own_rules_with(cast, "").replace("messages_per_week = 3", "messages_per_week = 1")
