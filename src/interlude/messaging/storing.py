"""From a decision to rows: a client's words go where the decision says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID, uuid5

from django.db import models

from interlude.agenda.actions import keep_message, keep_words, write_journal
from interlude.agenda.models import JournalEntry, ListItem
from interlude.audit.record import record
from interlude.core.outcomes import (
    Acknowledged,
    AnsweredHere,
    Desk,
    DoItYourself,
    KeptForSession,
    NoAnswerWanted,
    NotHereYet,
    OverPlan,
)
from interlude.core.words import count_words, split_after
from interlude.desk.actions import ask_desk
from interlude.desk.models import Question
from interlude.messaging.handing import hand_to_who_stands_in
from interlude.messaging.models import Message
from interlude.messaging.outlook import Marks, Outlook
from interlude.practice.models import Participant
from interlude.practice.prepared import Prepared
from interlude.sealing.vault import Sealer

Stored = Message | Question | JournalEntry


@dataclass(frozen=True, slots=True)
class Writing:
    """One message on its way into the tables."""

    text: str
    participant: Participant
    key: UUID
    topic: str
    marks: Marks
    now: datetime
    sent_at: datetime  # later than now where it is held until working hours

    def store(self, outlook: Outlook) -> Stored:
        """Put the words where *outlook* says that they go, in the caller's transaction."""
        match outlook.decision:
            case AnsweredHere() as answered:
                return self._to_answer(answered, outlook)
            case Acknowledged(read_at=read, acknowledge_by=due):
                return self._message(outlook, Message.Outcome.ACKNOWLEDGE, handed_at=read, due=due)
            case NoAnswerWanted(read_at=read):
                return self._message(outlook, Message.Outcome.NO_ANSWER, handed_at=read)
            case KeptForSession():
                return self._to_keep(outlook)
            case Desk(reply_due=due):
                return ask_desk(
                    self.text,
                    participant=self.participant,
                    topic=self.topic,
                    question_id=self.key,
                    reply_due=due,
                    now=self.now,
                )
            case NotHereYet(reason=reason):
                return write_journal(
                    self.text,
                    participant=self.participant,
                    now=self.now,
                    entry_id=self.key,
                    not_sent=str(reason),
                )
            case DoItYourself():
                raise AssertionError("nothing is stored but the draft; the caller sends the client there")
            case _ as never:
                assert_never(never)

    def _to_answer(self, answered: AnsweredHere, outlook: Outlook) -> Message:
        """The message; with 'keep the rest' its first part, and the rest on our list (R-43)."""
        text, rest = self.text, ""
        if self.marks.choice is OverPlan.KEEP_REST and answered.over and outlook.policy.words_per_message:
            text, rest = split_after(self.text, outlook.policy.words_per_message)
        message = self._message(
            outlook, Message.Outcome.ANSWER, handed_at=answered.read_at, due=answered.reply_due, text=text
        )
        keep_the_rest(rest, message=message, by=self.participant, now=self.now)
        return message

    def _to_keep(self, outlook: Outlook) -> Message:
        message = self._message(outlook, Message.Outcome.KEEP, handed_at=outlook.read_at)
        keep_message(
            message_id=message.pk,
            topic=self.topic,
            by=self.participant,
            now=self.now,
            writer=self.participant,
            agreement=message.agreement,
            is_new=True,
        )
        return message

    def _message(
        self,
        outlook: Outlook,
        outcome: str,
        *,
        handed_at: datetime | None,
        due: datetime | None = None,
        text: str | None = None,
    ) -> Message:
        words = self.text if text is None else text
        message = self._row(outlook, outcome)
        message.handed_at, message.reply_due, message.words = handed_at, due, count_words(words)
        hand_to_who_stands_in(message, after=self.sent_at)
        message.sealed = Sealer(message.practice_id).seal(message.client_id, message.place, words)
        message.save(force_insert=True)
        record(
            "message.sent",
            by=self.participant,
            on=message,
            practice_id=message.practice_id,
            at=self.now,
            outcome=outcome,
            topic=self.topic,
            due=due.isoformat() if due else None,
        )
        return message

    def _row(self, outlook: Outlook, outcome: str) -> Message:
        client, agreement, price = self.participant.client, outlook.agreement, outlook.price
        assert agreement is not None  # the decision sends nobody here without one
        return Message(
            id=self.key,
            practice_id=client.practice_id,
            client=client,
            participant=self.participant,
            clinician_id=client.clinician_id,
            agreement=agreement,
            topic=self.topic,
            sent_at=self.sent_at,
            outcome=outcome,
            reason=outlook.reason,
            rules=list(outlook.decision.rules),
            wish_by=self.marks.wish_by,
            extra_minor=price.minor if price else None,
            extra_currency=price.currency if price else "",
        )


def keep_the_rest(rest: str, *, message: Message, by: Participant, now: datetime) -> None:
    """Put what a message leaves out on our list; nothing to do where it leaves nothing out."""
    if rest.strip():
        taken = ListItem.unscoped.filter(
            pk=rest_id(message)
        ).exists()  # talked about already: it stays as it was
        keep_words(
            rest,
            client=message.client,
            topic=message.topic,
            by=by,
            now=now,
            source=ListItem.Source.REST,
            item_id=None if taken else rest_id(message),
        )


def rest_id(message: Message) -> UUID:
    """The key of what a message leaves out, known from the message: one thing, however often it is sent."""
    return uuid5(message.pk, "rest")


def first_and_rest(message: Message) -> tuple[str, str]:
    """What a message says, and what of it waits on our list."""
    sealer = Sealer(message.practice_id)
    item = _rest_of(message)
    return message.text(sealer), item.words(sealer) if item else ""


def take_rest_off_list(message: Message, *, by: Participant, now: datetime) -> None:
    """Take what a message left out off our list, if nobody has closed it yet."""
    item = _rest_of(message)
    if item is not None:
        record("list.taken_off", by=by, on=item, practice_id=message.practice_id, at=now)
        item.delete()


def _rest_of(message: Message) -> ListItem | None:
    rows = ListItem.unscoped.filter(pk=rest_id(message), client_id=message.client_id)
    return rows.filter(closed_at=None).first()


TABLES = (Message.unscoped, Question.unscoped, JournalEntry.unscoped)


def _under(key: models.Expression) -> models.QuerySet[Any, UUID]:
    first, *others = (rows.filter(pk=key).order_by().values_list("pk", flat=True) for rows in TABLES)
    return first.union(*others, all=True)


_TAKEN: Prepared[UUID] = Prepared(_under, key=models.UUIDField())


def stored_under(key: UUID) -> Stored | None:
    """What was stored under a draft's key, whoever wrote it and whatever became of it."""
    if not _TAKEN(key=key):  # almost always: one statement for the three
        return None
    for rows in TABLES:
        found = rows.filter(pk=key).first()
        if found is not None:
            return found
    return None


def is_said(known: Stored, text: str) -> bool:
    """Whether *text* is what was stored: all of it, or a first part with the rest on our list."""
    first, rest = _said(known)
    return text.strip() in (first.strip(), (first + rest).strip())


def is_beginning(known: Stored, text: str) -> bool:
    """Whether *text* is how the stored words begin: a save that was overtaken by the sending."""
    return "".join(_said(known)).startswith(text.strip())


def _said(known: Stored) -> tuple[str, str]:
    """What was stored under a key, and what of it was put on our list."""
    if isinstance(known, Message):
        return first_and_rest(known)
    return known.words(Sealer(known.practice_id)), ""


def locked(message: Message) -> Message:
    """The row as it is now, held until the act is over."""
    rows = Message.unscoped.select_for_update(of=("self",))
    return rows.select_related("agreement__client", "client", "clinician", "participant").get(pk=message.pk)
