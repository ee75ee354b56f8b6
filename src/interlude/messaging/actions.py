"""What a client does with a message: foresee, send, change, take back.

The one module that asks the core what happens to a message; composer and send button get the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from interlude.agenda.actions import keep_message, take_off_list
from interlude.agreements.actions import part_in
from interlude.agreements.course import Course, course_of
from interlude.agreements.models import Agreement
from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.boundaries.calendars import calendar_of, desk_calendar_of, practice_rules
from interlude.core.delivery import DoItYourself, Draft, OverPlan, Standing, decide_delivery
from interlude.core.errors import NeverOpen
from interlude.core.hours import Calendar
from interlude.core.layers import Resolved
from interlude.core.outcomes import KeptReason
from interlude.core.policy import Handling, Policy, Topic
from interlude.core.words import count_words, split_after
from interlude.enclosures.actions import follow
from interlude.messaging.answering import hold_back
from interlude.messaging.drafts import forget_draft, keep_other_words, save_draft
from interlude.messaging.models import Draft as SavedDraft
from interlude.messaging.models import Message, Revision
from interlude.messaging.outlook import Marks, Outlook
from interlude.messaging.plan import counted
from interlude.messaging.storing import (
    Stored,
    Writing,
    first_and_rest,
    is_said,
    keep_the_rest,
    stored_under,
    take_rest_off_list,
)
from interlude.practice.models import Client, Participant
from interlude.sealing.vault import Sealer

HELD_AT_MOST = timedelta(days=4)  # a long weekend; for longer there are drafts
CAN_BE_HELD = ("answered", "acknowledged", "no_answer")


@dataclass(frozen=True)
class Ground:
    """Everything a decision stands on but the message itself, read once for a page or an act."""

    participant: Participant
    agreement: Agreement | None
    rules: Resolved
    session: Session | None
    now: datetime
    part: str = "in"  # in the version in force; late: it was agreed without them; left: somebody is gone
    course: Course | None = None

    @property
    def policy(self) -> Policy:
        return self.rules.policy

    @property
    def client(self) -> Client:
        return self.participant.client

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.client.clinician, self.policy)

    @cached_property
    def desk_calendar(self) -> Calendar:
        return desk_calendar_of(self.participant.practice, self.client.clinician.date_at(self.now))[1]

    @cached_property
    def used_this_week(self) -> int:
        """What counts towards the plan; a sending asks first when its turn has come, so that it counts right."""
        return used_this_week(self.participant, self.now) if self.participant.reads_messages else 0

    @cached_property
    def next_window(self) -> datetime | None:
        """When messages are next read; None where no window is planned."""
        try:
            return self.policy.checks().next_after(self.now, self.calendar)
        except NeverOpen:
            return None

    @cached_property
    def opens_at(self) -> datetime | None:
        """When working hours begin, where they are over now and begin within four days. Rule: R-301."""
        try:
            opens = self.calendar.next_open(self.now)
        except NeverOpen:
            return None
        return opens if self.now < opens <= self.now + HELD_AT_MOST else None

    def outlook(self, topic: str, *, words: int, marks: Marks | None = None) -> Outlook:
        """What would happen to a message of so many words about *topic*. The second topic costs no query."""
        marks = marks or Marks()
        at_the_desk = self.policy.handling(Topic(topic)) in (Handling.DESK, Handling.SELF_SERVICE)
        decision = decide_delivery(
            Draft(Topic(topic), words, no_answer=marks.no_answer, keep=marks.keep, wish_by=marks.wish_by),
            policy=self.policy,
            standing=self._standing(marks.choice),
            calendar=self.calendar,
            desk_calendar=self.desk_calendar if at_the_desk else None,
            next_session=self.session.starts_at if self.session else None,
            now=self.now,
        )
        return Outlook(
            decision,
            self.rules,
            self.agreement,
            self.session,
            self.used_this_week,
            self.next_window,
            self.part,
        )

    def _is_agreed(self) -> bool:
        """Does a version hold that this person is in?"""
        return self.agreement is not None and self.agreement.holds(self.now) and self.part == "in"

    def _standing(self, choice: OverPlan | None) -> Standing:
        offered = str(self.agreement.number) if self.agreement else None
        return Standing(
            agreement=offered,
            accepted=offered if self._is_agreed() else None,
            used_this_week=self.used_this_week,
            age=self.client.age(self.client.clinician.date_at(self.now)),
            ended=self.client.has_ended(self.now),
            choice=choice,
        )


def ground_for(participant: Participant, now: datetime) -> Ground:
    """What the rules say for this person today. A guardian writes to the front desk, whatever was agreed (R-72)."""
    client, on = participant.client, participant.client.clinician.date_at(now)
    if not participant.reads_messages:
        rules = practice_rules(participant.practice, on)
        return Ground(participant, None, _all_to_the_desk(rules), None, now)
    course = course_of(client, now)
    agreement = course.in_force or course.offered
    rules = agreement.rules(on) if agreement else practice_rules(participant.practice, on)
    part = part_in(agreement, participant, now) if agreement and agreement.holds(now) else "in"
    return Ground(participant, agreement, rules, next_session(client, now), now, part, course)


def _all_to_the_desk(rules: Resolved) -> Resolved:
    """For guardians: no word of theirs can reach the conversation of the person they care for."""
    topics = tuple((topic, Handling.DESK) for topic in Topic)
    return replace(rules, policy=replace(rules.policy, topics=topics))


def foresee(
    *, participant: Participant, topic: str, words: int, now: datetime, marks: Marks | None = None
) -> Outlook:
    """What would happen to a message of so many words. Writes nothing. The same answer as `send_message`."""
    return ground_for(participant, now).outlook(topic, words=words, marks=marks)


def used_this_week(participant: Participant, now: datetime) -> int:
    """Messages since Monday, in the clinician's zone, that count towards the plan: those this person can see.

    Where nothing is shared, nobody's count tells that another one wrote.
    """
    local = now.astimezone(participant.client.clinician.time_zone())
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    following = monday + timedelta(days=7)  # what is held until then counts there
    return sum(1 for at in counted(participant, monday) if at < following)


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is stored, as what the decision said; `again` says that it was stored before."""

    stored: Stored
    outlook: Outlook | None = None
    again: bool = False
    other_words: UUID | None = None  # a draft that holds the words that differ from what was sent before


@dataclass(frozen=True, slots=True)
class GoThere:
    """Something the client does alone; the words wait in the draft."""

    page: DoItYourself
    draft_id: UUID


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Time passed since a date was shown, and it would be later now; the words wait in the draft. Rule: R-74."""

    draft_id: UUID


def send_message(
    text: str,
    *,
    participant: Participant,
    draft_id: UUID,
    topic: str,
    now: datetime,
    marks: Marks | None = None,
    shown: str | None = None,
    hold: bool = False,
) -> Sent | GoThere | MovedOn:
    """Take a client's words and do with them what the agreement says; nothing is refused (law 1).

    The draft's id is the key: the same draft sent twice is stored once. Other words under a key that was used
    are kept as a new draft, so neither text is lost. *shown* is what the client was told would happen
    (`Outlook.shown`): where it would be worse by now, nothing is sent before they have seen the new date.
    With *hold* it is stored now and sent as of the next working hours, by what holds then.
    """
    sending = _Sending(text, participant, draft_id, topic, marks or Marks(), shown, now)
    ground = ground_for(participant, now)
    if hold:
        ground = held(ground, topic, words=count_words(text), marks=sending.marks) or ground
    _ = ground.calendar  # read before this care has its turn, so that the turn is short
    try:
        return sending.once(ground)
    except IntegrityError:  # two presses at the same instant: the other one was first
        return sending.once(ground)


@dataclass(frozen=True, slots=True)
class _Sending:
    """One press of the send button."""

    text: str
    participant: Participant
    draft_id: UUID
    topic: str
    marks: Marks
    shown: str | None
    now: datetime

    @transaction.atomic
    def once(self, ground: Ground) -> Sent | GoThere | MovedOn:
        now = self.now
        _one_at_a_time(self.participant.client)
        key, known = self._key()
        if known is not None:
            return self._again(known, now)
        outlook = ground.outlook(self.topic, words=count_words(self.text), marks=self.marks)
        if isinstance(outlook.decision, DoItYourself):
            return GoThere(outlook.decision, self._as_draft(key, now).pk)
        if not outlook.is_as_shown(self.shown):
            return MovedOn(self._as_draft(key, now).pk)
        writing = Writing(self.text, self.participant, key, self.topic, self.marks, now, ground.now)
        stored = writing.store(outlook)
        forget_draft(key, participant=self.participant, is_sent=True)
        if key != self.draft_id:
            follow(self.draft_id, key, participant=self.participant)
        return Sent(stored, outlook)

    def _key(self) -> tuple[UUID, Stored | None]:
        """The key to store under, and what this person stored under it before.

        A key that somebody else used is not touched: this person's own is made from it, the same each time.
        """
        found = stored_under(self.draft_id)
        if found is None or found.participant_id == self.participant.pk:
            return self.draft_id, found
        own = uuid5(self.participant.pk, str(self.draft_id))
        return own, stored_under(own)

    def _again(self, known: Stored, now: datetime) -> Sent:
        if not self.text.strip() or is_said(known, self.text):
            return Sent(known, again=True)
        other = keep_other_words(self.text, participant=self.participant, topic=self.topic, now=now)
        return Sent(known, again=True, other_words=other.pk)

    def _as_draft(self, key: UUID, now: datetime) -> SavedDraft:
        return save_draft(
            self.text,
            participant=self.participant,
            draft_id=key,
            topic=self.topic,
            now=now,
            no_answer=self.marks.no_answer,
            keep=self.marks.keep,
            wish_by=self.marks.wish_on(self.participant.time_zone()),
        )


def held(ground: Ground, topic: str, *, words: int, marks: Marks) -> Ground | None:
    """The ground at the beginning of working hours, where such a message can wait for them. Rule: R-301.

    Only what goes to the clinician can: our list, the journal and the front desk have no hour to wait for.
    """
    if ground.opens_at is None or ground.outlook(topic, words=words, marks=marks).kind not in CAN_BE_HELD:
        return None
    return ground_for(ground.participant, ground.opens_at)


def _one_at_a_time(client: Client) -> None:
    """Two presses of one care wait for each other, so that the plan for the week is counted once."""
    list(Client.unscoped.select_for_update(no_key=True).filter(pk=client.pk).values_list("pk"))


@transaction.atomic
def change_message(
    message: Message, text: str, *, by: Participant, now: datetime, keep_rest: bool = False
) -> bool:
    """Put other words in the place of a message's; False once the window has opened. The old words are kept.

    The promise stays as it was given. Words beyond the plan are no wall: with *keep_rest* the first part is
    answered and the rest goes to our list; else it is kept whole for the session, as it would be when sent.
    Rule: R-73.
    """
    fresh = _changeable(message, by, now)
    if fresh is None:
        return False
    fits = words_that_fit(fresh, now)
    is_over = fits is not None and count_words(text) > fits
    first, rest = split_after(text, fits) if fits and is_over and keep_rest else (text, "")
    before, rest_before = first_and_rest(fresh)
    if (first, rest) == (before, rest_before):
        return True
    _keep_old_words(fresh, before + rest_before, now)
    take_rest_off_list(fresh, by=by, now=now)
    keep_the_rest(rest, message=fresh, by=by, now=now)
    if is_over and not rest:
        fresh.outcome, fresh.reason, fresh.reply_due = Message.Outcome.KEEP, KeptReason.OVER_PLAN, None
        keep_message(
            message_id=fresh.pk,
            topic=fresh.topic,
            by=by,
            now=now,
            writer=by,
            agreement=fresh.agreement,
        )
    fresh.rules = _rules(fresh, is_over=is_over, is_split=bool(rest))
    fresh.sealed = Sealer(fresh.practice_id).seal(fresh.client_id, fresh.place, first)
    fresh.words, fresh.resolved_at = count_words(first), None
    fresh.save()
    hold_back(fresh, now=now)
    record("message.changed", by=by, on=fresh, practice_id=fresh.practice_id, at=now, outcome=fresh.outcome)
    return True


def _rules(message: Message, *, is_over: bool, is_split: bool) -> list[str]:
    """What decided about the message as it is now: the rules of the plan for its length, in place of the old."""
    others = [rule for rule in message.rules if rule not in ("R-42", "R-43")]
    if is_over:
        return [*others, "R-43"] if is_split else ["R-42"]
    return others


def _keep_old_words(message: Message, text: str, now: datetime) -> None:
    revision = Revision(message=message, number=message.revisions.count() + 1, replaced_at=now)
    revision.sealed = Sealer(message.practice_id).seal(message.client_id, revision.place, text)
    revision.save(force_insert=True)


def words_that_fit(message: Message, now: datetime) -> int | None:
    """The plan's words for a message that is to be answered; None where it sets no number."""
    if message.outcome != Message.Outcome.ANSWER or message.extra_minor is not None:
        return None
    return message.agreement.rules(message.client.clinician.date_at(now)).policy.words_per_message


@transaction.atomic
def take_back_message(message: Message, *, by: Participant, now: datetime) -> SavedDraft | None:
    """Take a message back before the window opens; None afterwards. All its words become a draft again."""
    fresh = _changeable(message, by, now)
    if fresh is None:
        return None
    Message.unscoped.filter(pk=fresh.pk).update(taken_back_at=now)
    hold_back(fresh, now=now)
    take_off_list(fresh.pk, by=by, now=now)
    text = "".join(first_and_rest(fresh))
    take_rest_off_list(fresh, by=by, now=now)
    draft = save_draft(text, participant=by, draft_id=uuid4(), topic=fresh.topic, now=now)
    follow(fresh.pk, draft.pk, participant=by)
    record("message.taken_back", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return draft


def _changeable(message: Message, by: Participant, now: datetime) -> Message | None:
    """The row, held for this act, if *by* wrote it and the window has not opened."""
    fresh = Message.unscoped.select_for_update(of=("self",)).select_related("agreement", "client__clinician")
    row = fresh.get(pk=message.pk)
    return row if row.participant_id == by.pk and row.can_be_changed(now) else None
