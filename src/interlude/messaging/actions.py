"""What a client does with a message: foresee, send, change, take back.

The one module that asks the core what happens to a message; composer and send button get the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.agenda.actions import keep_message, keep_words, take_off_list, write_journal
from interlude.agenda.models import JournalEntry, ListItem
from interlude.agreements.actions import in_force_for
from interlude.agreements.models import Agreement
from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.boundaries.calendars import calendar_of, desk_calendar_of, practice_rules
from interlude.core.delivery import (
    Acknowledged,
    AnsweredHere,
    Decision,
    Desk,
    DoItYourself,
    Draft,
    KeptForSession,
    NoAnswerWanted,
    NotHereYet,
    OverPlan,
    Standing,
    decide_delivery,
)
from interlude.core.errors import NeverOpen
from interlude.core.hours import Calendar
from interlude.core.layers import Resolved
from interlude.core.policy import Policy, Topic
from interlude.core.promises import read_at
from interlude.core.words import count_words, split_after
from interlude.desk.actions import ask_desk
from interlude.desk.models import Question
from interlude.messaging.drafts import forget_draft, save_draft
from interlude.messaging.models import Message, Reply, Revision
from interlude.practice.models import Client, Participant
from interlude.sealing.vault import Sealer

Stored = Message | Question | ListItem | JournalEntry


@dataclass(frozen=True, slots=True)
class Marks:
    """What the writer asked for beside the words."""

    no_answer: bool = False
    keep: bool = False
    wish_by: datetime | None = None
    choice: OverPlan | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would happen now, and everything a page needs to say why."""

    decision: Decision
    rules: Resolved
    agreement: Agreement | None
    session: Session | None
    used_this_week: int

    @property
    def policy(self) -> Policy:
        return self.rules.policy


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is stored, as what the decision said; `again` says that it was stored before."""

    stored: Stored
    decision: Decision | None
    again: bool = False
    other_words: UUID | None = None  # a draft that holds the words that differ from what was sent before


@dataclass(frozen=True, slots=True)
class GoThere:
    """Something the client does alone; the words wait in the draft."""

    page: DoItYourself


def foresee(
    *, participant: Participant, topic: str, words: int, now: datetime, marks: Marks | None = None
) -> Outlook:
    """What would happen to a message of so many words. Writes nothing. The same answer as `send_message`."""
    marks, client = marks or Marks(), participant.client
    agreement = in_force_for(client)
    on = now.astimezone(client.clinician.time_zone()).date()
    rules = agreement.rules(on) if agreement else practice_rules(client.practice, on)
    desk_policy, desk_calendar = desk_calendar_of(client.practice, on)
    session, used = next_session(client, now), used_this_week(client, now)
    decision = decide_delivery(
        Draft(Topic(topic), words, no_answer=marks.no_answer, keep=marks.keep, wish_by=marks.wish_by),
        policy=rules.policy,
        standing=_standing(client, agreement, used, on=on, choice=marks.choice),
        calendar=calendar_of(client.clinician, rules.policy),
        desk_calendar=desk_calendar,
        next_session=session.starts_at if session else None,
        now=now,
    )
    return Outlook(decision, rules, agreement, session, used)


def _standing(
    client: Client, agreement: Agreement | None, used: int, *, on: date, choice: OverPlan | None
) -> Standing:
    offered = str(agreement.number) if agreement else None
    return Standing(
        agreement=offered,
        accepted=offered if agreement and agreement.accepted_at else None,
        used_this_week=used,
        age=client.age(on),
        ended=client.ended_at is not None,
        choice=choice,
    )


def used_this_week(client: Client, now: datetime) -> int:
    """Messages of this client since Monday, in the clinician's zone, that count towards the plan."""
    local = now.astimezone(client.clinician.time_zone())
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return Message.unscoped.filter(client=client).in_plan_since(monday).count()


@transaction.atomic
def send_message(
    text: str, *, participant: Participant, draft_id: UUID, topic: str, now: datetime, marks: Marks | None = None
) -> Sent | GoThere:
    """Take a client's words and do with them what the agreement says; nothing is refused (law 1).

    The draft's id is the key: the same draft sent twice is stored once. Other words under a key that was used
    are kept as a new draft, so neither text is lost.
    """
    known = _stored_before(draft_id, participant)
    if known is not None:
        return _sent_again(known, text, participant=participant, topic=topic, now=now)
    if _taken_by_another(draft_id):
        draft_id = uuid4()
    marks = marks or Marks()
    outlook = foresee(participant=participant, topic=topic, words=count_words(text), now=now, marks=marks)
    if isinstance(outlook.decision, DoItYourself):
        save_draft(text, participant=participant, draft_id=draft_id, topic=topic, now=now)
        return GoThere(outlook.decision)
    stored = _store(text, outlook, participant=participant, draft_id=draft_id, topic=topic, marks=marks, now=now)
    forget_draft(draft_id, participant=participant)
    return Sent(stored, outlook.decision)


def _store(
    text: str, outlook: Outlook, *, participant: Participant, draft_id: UUID, topic: str, marks: Marks, now: datetime
) -> Stored:
    writing = _Writing(text, participant, draft_id, topic, marks, now, outlook)
    match outlook.decision:
        case AnsweredHere() as answered:
            return writing.to_answer(answered)
        case Acknowledged() as acknowledged:
            return writing.message(
                Message.Outcome.ACKNOWLEDGE, handed_at=acknowledged.read_at, due=acknowledged.acknowledge_by
            )
        case NoAnswerWanted() as wanted:
            return writing.message(Message.Outcome.NO_ANSWER, handed_at=wanted.read_at)
        case KeptForSession() as kept:
            return writing.to_keep(kept)
        case Desk() as desk:
            return ask_desk(
                text, participant=participant, topic=topic, question_id=draft_id, reply_due=desk.reply_due, now=now
            )
        case NotHereYet():
            return write_journal(text, participant=participant, now=now, entry_id=draft_id)
        case DoItYourself():
            raise AssertionError("handled by send_message: nothing is stored but the draft")
        case _ as never:
            assert_never(never)


@dataclass(frozen=True, slots=True)
class _Writing:
    """One message on its way into the tables."""

    text: str
    participant: Participant
    draft_id: UUID
    topic: str
    marks: Marks
    now: datetime
    outlook: Outlook

    def to_answer(self, answered: AnsweredHere) -> Message:
        """The message; with 'keep the rest' its first part, and the rest on our list."""
        text, rest = self.text, ""
        if self.marks.choice is OverPlan.KEEP_REST and self.outlook.policy.words_per_message:
            text, rest = split_after(self.text, self.outlook.policy.words_per_message)
        message = self.message(
            Message.Outcome.ANSWER, handed_at=answered.read_at, due=answered.reply_due, text=text
        )
        if rest.strip():
            keep_words(
                rest, client=self.participant.client, topic=self.topic, by=self.participant, now=self.now, source="rest"
            )
        return message

    def to_keep(self, kept: KeptForSession) -> Message:
        message = self.message(Message.Outcome.KEEP, handed_at=self._next_window(), reason=kept.reason)
        keep_message(
            client=self.participant.client, message_id=message.pk, topic=self.topic, by=self.participant, now=self.now
        )
        return message

    def message(
        self, outcome: str, *, handed_at: datetime | None, due: datetime | None = None, text: str | None = None,
        reason: str = "",
    ) -> Message:
        client, agreement = self.participant.client, self.outlook.agreement
        assert agreement is not None  # the decision sends nobody here without one
        words = self.text if text is None else text
        message = Message(
            id=self.draft_id, practice_id=client.practice_id, client=client, participant=self.participant,
            clinician_id=client.clinician_id, agreement=agreement, topic=self.topic, words=count_words(words),
            sent_at=self.now, outcome=outcome, reason=reason, rules=list(self.outlook.decision.rules),
            handed_at=handed_at, reply_due=due, wish_by=self.marks.wish_by, **self._price(),
        )
        message.sealed = Sealer(client.practice_id).seal(client.id, message.place, words)
        message.save(force_insert=True)
        record(
            "message.sent", by=self.participant, on=message, practice_id=client.practice_id, at=self.now,
            outcome=outcome, topic=self.topic, due=due.isoformat() if due else None,
        )
        return message

    def _price(self) -> dict[str, str | int]:
        extra = self.outlook.policy.extra
        if self.marks.choice is not OverPlan.EXTRA or extra is None:
            return {}
        return {"extra_minor": extra.price.minor, "extra_currency": extra.price.currency}

    def _next_window(self) -> datetime | None:
        policy = self.outlook.policy
        calendar: Calendar = calendar_of(self.participant.client.clinician, policy)
        try:
            return read_at(self.now, calendar, policy.checks())
        except NeverOpen:
            return None


def _stored_before(draft_id: UUID, participant: Participant) -> Stored | None:
    mine: tuple[models.QuerySet[Message] | models.QuerySet[Question] | models.QuerySet[JournalEntry], ...] = (
        Message.unscoped.filter(participant=participant),
        Question.unscoped.filter(participant=participant),
        JournalEntry.unscoped.filter(participant=participant),
    )
    for rows in mine:
        found = rows.filter(pk=draft_id).first()
        if found is not None:
            return found
    return None


def _taken_by_another(draft_id: UUID) -> bool:
    return any(kind.unscoped.filter(pk=draft_id).exists() for kind in (Message, Question, JournalEntry))


def _sent_again(
    known: Stored, text: str, *, participant: Participant, topic: str, now: datetime
) -> Sent:
    sealer = Sealer(participant.practice_id)
    before = known.text(sealer) if isinstance(known, Message) else known.words(sealer)
    if text.strip() in ("", before.strip()) or _was_split(known, text):
        return Sent(known, None, again=True)
    draft = save_draft(text, participant=participant, draft_id=uuid4(), topic=topic, now=now)
    return Sent(known, None, again=True, other_words=draft.pk)


def _was_split(known: Stored, text: str) -> bool:
    """The same long text pressed twice, of which the first part was sent and the rest kept."""
    if not isinstance(known, Message):
        return False
    first, _ = split_after(text, known.words)
    return first.strip() == known.text(Sealer(known.practice_id)).strip() and count_words(text) > known.words


@transaction.atomic
def change_message(message: Message, text: str, *, by: Participant, now: datetime) -> bool:
    """Put other words in the place of a message's; False once the window has opened. The old words are kept."""
    fresh = Message.unscoped.select_for_update().get(pk=message.pk)
    if fresh.participant_id != by.pk or not fresh.can_be_changed(now):
        return False
    sealer = Sealer(fresh.practice_id)
    revision = Revision(message=fresh, number=fresh.revisions.count() + 1, replaced_at=now)
    revision.sealed = sealer.seal(fresh.client_id, revision.place, fresh.text(sealer))
    revision.save(force_insert=True)
    sealed = sealer.seal(fresh.client_id, fresh.place, text)
    Message.unscoped.filter(pk=fresh.pk).update(sealed=sealed, words=count_words(text), resolved_at=None)
    _hold_back_answers(fresh, now)
    record("message.changed", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return True


@transaction.atomic
def take_back_message(message: Message, *, by: Participant, now: datetime) -> bool:
    """Take a message back before the window opens; False afterwards. Its words become a draft again."""
    fresh = Message.unscoped.select_for_update().get(pk=message.pk)
    if fresh.participant_id != by.pk or not fresh.can_be_changed(now):
        return False
    Message.unscoped.filter(pk=fresh.pk).update(taken_back_at=now)
    _hold_back_answers(fresh, now)
    take_off_list(fresh.pk, by=by, now=now)
    text = fresh.text(Sealer(fresh.practice_id))
    save_draft(text, participant=by, draft_id=uuid4(), topic=fresh.topic, now=now)
    record("message.taken_back", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return True


def _hold_back_answers(message: Message, now: datetime) -> None:
    """What was written to the old words before the window does not leave; the clinician finds it as their draft."""
    Reply.unscoped.filter(message=message, leaves_at__gt=now).update(held_back_at=now)
