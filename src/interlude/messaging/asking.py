"""Asking the front desk from the page of sessions: by when it answers, and the question itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from interlude.core.errors import BadHours
from interlude.core.policy import PAGE_FOR, Topic
from interlude.core.promises import reply_due
from interlude.desk.actions import ask_desk
from interlude.desk.models import Question
from interlude.messaging.actions import Ground
from interlude.messaging.drafts import forget_draft, keep_other_words
from interlude.messaging.storing import is_said, stored_under
from interlude.practice.models import Client

ASKED_HERE = (*PAGE_FOR, Topic.TECH)
"""What may be asked on the page of sessions: what a client does alone, with the desk behind it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it stands in the queue; *other_words* is a draft with words that differ from it."""

    question: Question
    other_words: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeskMoved:
    """The page showed an earlier date than the one that could be given now; nothing was asked."""

    reply_due: datetime


def is_asked_here(ground: Ground, topic: str) -> bool:
    """Does this topic go to the front desk, for this person today?

    What the therapist answers, or keeps for the session, is written as a message instead.
    """
    return ground.outlook(topic, words=0).kind in ("desk", "yourself", "not_here")


def desk_due(ground: Ground) -> datetime | None:
    """By when the front desk answers what is asked now: the decision's own sum. None if it never opens."""
    with suppress(BadHours):
        return reply_due(
            ground.policy.desk_promise, sent=ground.now, calendar=ground.desk_calendar, checks=None
        )
    return None


@transaction.atomic
def ask(text: str, *, ground: Ground, topic: str, key: UUID, shown: datetime | None) -> Asked | DeskMoved:
    """Ask the front desk, with the date that was shown or an earlier one.

    The same key twice is one question; other words under it become a draft, so that neither text is lost.
    """
    participant = ground.participant
    Client.unscoped.select_for_update(no_key=True).get(pk=participant.client_id)  # one press at a time
    known = stored_under(key)
    if isinstance(known, Question) and known.participant_id == participant.pk:
        return _asked_again(known, text, ground=ground)
    due = desk_due(ground)
    if due is not None and shown is not None and due > shown:
        return DeskMoved(due)
    question = ask_desk(
        text,
        participant=participant,
        topic=topic,
        question_id=uuid5(participant.pk, str(key)) if known else key,
        reply_due=due,
        now=ground.now,
    )
    forget_draft(key, participant=participant)
    return Asked(question)


def _asked_again(known: Question, text: str, *, ground: Ground) -> Asked:
    if is_said(known, text):
        return Asked(known)
    other = keep_other_words(text, participant=ground.participant, topic=known.topic, now=ground.now)
    return Asked(known, other_words=other.pk)
