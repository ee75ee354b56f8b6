"""The weeks that have passed: messages sent, windows kept, sessions held, the desk answering."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from interlude.agenda.actions import close_item, keep_words, write_journal
from interlude.agenda.models import ListItem
from interlude.demo.people import CARES, Care
from interlude.demo.story import Entry, story
from interlude.desk.actions import answer_question, ask_desk
from interlude.desk.models import Question
from interlude.messaging.actions import GoThere, Sent, send_message
from interlude.messaging.answering import lay_aside, reply_to
from interlude.messaging.models import Message, Reply
from interlude.messaging.outlook import Marks
from interlude.practice.models import Participant

if TYPE_CHECKING:
    from interlude.demo.build import Stage

QUIET_DAYS = 6  # the last days belong to today.py
LATE_ONE = ("noor", 12)  # once, an answer came a day late: the record is honest about it
Happening = tuple[datetime, int, Callable[[datetime], None]]


class Weeks:
    """What happens, in the order of the clock: each happening may lead to later ones."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.queue: list[Happening] = []
        self.end = stage.now - timedelta(days=QUIET_DAYS)

    def at(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self.queue, (moment, len(self.queue) + self.stage.chance.getrandbits(20), act))

    def run(self) -> None:
        while self.queue and self.queue[0][0] < self.stage.now:
            moment, _, act = heapq.heappop(self.queue)
            act(moment)


def live_through(stage: Stage) -> None:
    weeks = Weeks(stage)
    for care in CARES:
        _write(weeks, care)
        _note(weeks, care)
        _meet(weeks, care)
    weeks.run()


def _write(weeks: Weeks, care: Care) -> None:
    past = story(care.key).past
    writers = {writer.name: writer for writer in weeks.stage.writers[care.key]}
    first = weeks.stage.writers[care.key][0]
    span = weeks.end - weeks.stage.began - timedelta(days=3)
    for number, entry in enumerate(past):
        day = weeks.stage.began + timedelta(days=2) + span * (number + 0.5) / len(past)
        sent_at = _at_an_hour(day, weeks, first)
        late = (care.key, number) == LATE_ONE
        writer = writers.get(entry.by, first)
        weeks.at(sent_at, _sending(weeks, entry, writer, late=late))


def _at_an_hour(day: datetime, weeks: Weeks, writer: Participant) -> datetime:
    """Some hour of that day at which people write: mornings, lunch, evenings, now and then at night."""
    hour = weeks.stage.chance.choice([7, 8, 9, 12, 13, 16, 18, 19, 20, 20, 21, 21, 22, 23, 2])
    minute = weeks.stage.chance.randrange(60)
    local = datetime.combine(day.date(), time(hour, minute), tzinfo=writer.time_zone())
    return local.astimezone(UTC)


def _sending(weeks: Weeks, entry: Entry, writer: Participant, *, late: bool) -> Callable[[datetime], None]:
    def send(now: datetime) -> None:
        sent = send_story(weeks.stage, entry, writer=writer, now=now)
        if isinstance(sent, Question) and entry.reply:
            weeks.at(_in_hours(weeks, now, 3, 20), _desk_answering(weeks, sent.pk, entry))
        elif isinstance(sent, Message) and sent.handed_at is not None:
            wait = timedelta(minutes=weeks.stage.chance.randrange(2, 40))
            closing_at = (
                sent.reply_due + timedelta(hours=20) if late and sent.reply_due else sent.handed_at + wait
            )
            weeks.at(closing_at, _closing(weeks, sent.pk, entry))

    return send


def send_story(
    stage: Stage, entry: Entry, *, writer: Participant, now: datetime
) -> Message | Question | None:
    """Send one entry as its writer would; what the schedule page does is done there."""
    marks, key = Marks(no_answer=entry.no_answer), stage.new_id()
    sent = send_message(
        entry.words, participant=writer, draft_id=key, topic=entry.topic, now=now, marks=marks
    )
    if isinstance(sent, GoThere):
        due = sent.page.desk_due
        return ask_desk(
            entry.words, participant=writer, topic=entry.topic, question_id=key, reply_due=due, now=now
        )
    return sent.stored if isinstance(sent, Sent) and isinstance(sent.stored, Message | Question) else None


def _in_hours(weeks: Weeks, now: datetime, least: int, most: int) -> datetime:
    later = now + timedelta(hours=weeks.stage.chance.randrange(least, most))
    local = later.astimezone(weeks.stage.desk.time_zone())
    if local.weekday() > 4:
        local += timedelta(days=7 - local.weekday())
    return local.replace(hour=weeks.stage.chance.choice([9, 10, 11, 14, 15])).astimezone(UTC)


def _desk_answering(weeks: Weeks, question_id: UUID, entry: Entry) -> Callable[[datetime], None]:
    def answer(now: datetime) -> None:
        question = Question.unscoped.select_related("participant__user").get(pk=question_id)
        answer_question(question, entry.reply, by=weeks.stage.desk, now=now)

    return answer


def _closing(weeks: Weeks, message_id: UUID, entry: Entry) -> Callable[[datetime], None]:
    def close(now: datetime) -> None:
        message = Message.unscoped.select_related("clinician", "client").get(pk=message_id)
        seconds = weeks.stage.chance.randrange(90, 420)
        if message.outcome == Message.Outcome.NO_ANSWER:
            lay_aside(message, by=message.clinician, now=now, seconds=seconds)
        elif message.outcome != Message.Outcome.KEEP:
            kind = entry.closing or Reply.Kind.ACKNOWLEDGED
            reply_to(
                message,
                entry.reply,
                by=message.clinician,
                now=now,
                reply_id=weeks.stage.new_id(),
                kind=kind,
                seconds=seconds,
            )

    return close


def _note(weeks: Weeks, care: Care) -> None:
    notes = story(care.key).notes
    writer = weeks.stage.writers[care.key][0]
    for number, (where, words) in enumerate(notes):
        day = weeks.stage.now - timedelta(days=3 + 9 * (len(notes) - 1 - number))
        weeks.at(_at_an_hour(day, weeks, writer), _noting(writer, where, words))


def _noting(writer: Participant, where: str, words: str) -> Callable[[datetime], None]:
    def note(now: datetime) -> None:
        if where == "journal":
            write_journal(words, participant=writer, now=now)
        else:
            keep_words(words, client=writer.client, topic="session", by=writer, now=now)

    return note


def _meet(weeks: Weeks, care: Care) -> None:
    """In each session the list is gone through; most of it is talked about."""
    client = weeks.stage.clients[care.key]
    for session in client.sessions.filter(starts_at__lt=weeks.stage.now):
        weeks.at(session.starts_at + timedelta(minutes=45), _meeting(weeks, care))


def _meeting(weeks: Weeks, care: Care) -> Callable[[datetime], None]:
    def meet(now: datetime) -> None:
        client = weeks.stage.clients[care.key]
        for item in ListItem.unscoped.filter(client=client, closed_at=None):
            brought_up = weeks.stage.chance.random() < 0.85
            close_item(item, brought_up=brought_up, by=weeks.stage.clinicians[care.therapist], now=now)

    return meet
