"""What a client's home answers: what I wait for and by when, the next session, and what is open for me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from interlude.agenda.models import ListItem
from interlude.agreements.first_steps import is_open
from interlude.agreements.models import Agreement
from interlude.appointments.models import FreedOffer, MoveRequest, Session
from interlude.checkins.models import Welcome
from interlude.checkins.turns import frame_of, turn_of
from interlude.closings.models import Closing, current
from interlude.core.promises import SessionOnly
from interlude.desk.models import Question
from interlude.messaging.actions import Ground, ground_for
from interlude.messaging.models import Draft, Message, MessageQuerySet, PromiseMove, Reply, ReplyQuerySet
from interlude.messaging.plan import Plan, Usual, usual_week
from interlude.messaging.purposes import Purpose, purpose_of
from interlude.messaging.seen import ME, ids_of, seen_by
from interlude.practice.models import Participant
from interlude.practice.prepared import Prepared

LATELY = timedelta(days=5)  # how long an answer stays on the pages of home and sessions, by the clock
LONGEST_ON_ITS_WAY = timedelta(days=366)  # from writing a reply to its leaving; a long time away lies between
LONGEST_SESSION = timedelta(hours=12)
A_DAY, A_MONTH = timedelta(hours=20), timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Stop:
    """One moment on the way to the session: reads, hear, desk, move, session."""

    kind: str
    at: datetime
    message: Message | None = None
    question: Question | None = None
    moved: PromiseMove | None = None
    move: MoveRequest | None = None

    @property
    def purpose(self) -> Purpose | None:
        row = self.message or self.question
        return purpose_of(row.topic) if row else None


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer that came in the last days. It leaves the page by the clock, not because somebody looked."""

    reply: Reply

    @property
    def purpose(self) -> Purpose:
        message = self.reply.message
        return purpose_of(message.topic, no_answer=message.outcome == Message.Outcome.NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft."""

    draft: Draft

    @property
    def purpose(self) -> Purpose:
        return purpose_of(self.draft.topic, no_answer=self.draft.no_answer)


@dataclass(frozen=True, slots=True)
class Overview:
    """Home, as facts."""

    ground: Ground
    closed: str  # why messages are not open: a Reason, or nothing
    session: Session | None
    can_join: bool
    waiting: list[Message]
    questions: list[Question]
    moves: list[MoveRequest]  # what was asked about a session's time: it waits, or was answered lately
    held: FreedOffer | None  # a time that became free, held for them
    answers: list[Arrived]
    drafts: list[Kept]
    offered: Agreement | None
    coming: Agreement | None
    usual: Usual | None
    kept: int
    first_steps: bool  # not said yes to anything yet
    check_in: date | None  # the first day of what is due
    welcome: Welcome | None
    ending: Closing | None = None

    @property
    def plan(self) -> Plan | None:
        limit = self.ground.policy.messages_per_week
        return Plan(limit, self.ground.used_this_week) if limit else None

    @property
    def session_only(self) -> bool:
        return isinstance(self.ground.policy.promise, SessionOnly)

    @property
    def join_from(self) -> datetime | None:
        return self.session.opens_at if self.session else None

    @property
    def session_in_doubt(self) -> bool:
        """Is the clinician away when the next session begins?"""
        return is_in_doubt(self.session, self.ground)

    @property
    def away_until(self) -> datetime | None:
        """Until when the clinician is away, if today is within it."""
        now = self.ground.now
        return max(
            (one.ends for one in self.ground.calendar.absences if one.starts <= now < one.ends), default=None
        )

    @property
    def break_near(self) -> bool:
        """Is there time away that is on, or comes within a month and takes a day at least?"""
        now = self.ground.now
        ahead = (
            one for one in self.ground.calendar.absences if now < one.ends and one.starts < now + A_MONTH
        )
        return any(one.ends - one.starts >= A_DAY for one in ahead)

    @property
    def has_open(self) -> bool:
        desk = self.answered_questions or self.late_questions or self.late_moves
        looking_back = self.check_in or self.welcome
        times = self.held or self.answered_moves
        return bool(
            self.offered or self.coming or looking_back or self.answers or desk or times or self.drafts
        )

    @property
    def late(self) -> list[Message]:
        return [one for one in self.waiting if one.reply_due and one.reply_due < self.ground.now]

    @property
    def due(self) -> list[Message]:
        """What is waited for and is not late, the first first."""
        return [one for one in self.waiting if one.reply_due and one.reply_due >= self.ground.now]

    @property
    def awaited(self) -> list[datetime]:
        """Every date by which they hear from somebody and that has not passed, the first first."""
        dates = [one.reply_due for one in self.due]
        dates += [one.reply_due for one in self._desk_dates] + [one.reply_due for one in self._move_dates]
        return sorted(one for one in dates if one)

    @property
    def waits(self) -> bool:
        """Does anybody owe them an answer, in time or late, with a date or without?"""
        open_moves = any(one.state == MoveRequest.State.OPEN for one in self.moves)
        return bool(self.awaited or self.late or self.late_questions or open_moves)

    @property
    def stops(self) -> list[Stop]:
        """What happens from now on, in order."""
        stops = [Stop("hear", one.reply_due, one, moved=_moved(one)) for one in self.due if one.reply_due]
        stops += [Stop("desk", one.reply_due, question=one) for one in self._desk_dates if one.reply_due]
        stops += [Stop("move", one.reply_due, move=one) for one in self._move_dates if one.reply_due]
        if self.ground.next_window and not self.closed:
            stops.append(Stop("reads", self.ground.next_window))
        if self.session:
            stops.append(Stop("session", self.session.starts_at))
        return sorted(stops, key=lambda stop: stop.at)

    @property
    def ends_with_session(self) -> bool:
        return bool(self.stops) and self.stops[-1].kind == "session"

    @property
    def answered_questions(self) -> list[Question]:
        return [one for one in self.questions if one.answered_at]

    @property
    def _desk_dates(self) -> list[Question]:
        return [one for one in self.questions if not one.answered_at and not one.is_late(self.ground.now)]

    @property
    def _move_dates(self) -> list[MoveRequest]:
        rows = [one for one in self.moves if one.state == MoveRequest.State.OPEN]
        return [one for one in rows if not one.is_late(self.ground.now)]

    @property
    def answered_moves(self) -> list[MoveRequest]:
        return [one for one in self.moves if one.state != MoveRequest.State.OPEN]

    @property
    def late_moves(self) -> list[MoveRequest]:
        return [one for one in self.moves if one.is_late(self.ground.now)]

    @property
    def late_questions(self) -> list[Question]:
        return [one for one in self.questions if one.is_late(self.ground.now)]


def is_in_doubt(session: Session | None, ground: Ground) -> bool:
    """Is the clinician away when that session begins?"""
    return session is not None and ground.calendar.away(session.starts_at) is not None


def overview_for(participant: Participant, now: datetime) -> Overview:
    """As many queries whatever there is. Writes nothing: no trace of having been looked at (law 4)."""
    ground = ground_for(participant, now)
    session = _session(participant, now)
    closed = ground.outlook("our_messaging", words=1)
    reads = participant.reads_messages
    offered = _offered(ground) if reads else None
    return Overview(
        ground,
        closed.reason if closed.kind == "not_here" else "",
        session,
        session.can_be_joined(now) if session else False,
        _waiting(participant, now) if reads else [],
        _questions(participant, now),
        _moves(participant, now) if reads else [],
        FreedOffer.objects.visible_to(participant).held(now).first() if reads else None,
        _answers(participant, now) if reads else [],
        [Kept(draft) for draft in Draft.objects.visible_to(participant).defer("sealed")[:3]],
        offered,
        ground.course.coming if ground.course else None,
        usual_week(participant, now) if reads else None,
        ListItem.objects.visible_to(participant).here(now).open().count() if reads else 0,
        is_open(participant, offered),
        _check_in(ground) if reads else None,
        _welcome(participant, now) if reads else None,
        _ending(participant) if reads else None,
    )


def _ending(participant: Participant) -> Closing | None:
    """How our work ends, where that is set; no query for those whose work goes on."""
    if participant.client.ended_at is None:
        return None
    return current(Closing.objects.visible_to(participant))


def _check_in(ground: Ground) -> date | None:
    """The check-in that is due for this person; one query, and only where messages are open."""
    if ground.agreement is None:
        return None
    frame = frame_of(ground.client, ground.now, held=ground.agreement, policy=ground.policy)
    return turn_of(frame, by=ground.participant, part=ground.part).due


def _welcome(participant: Participant, now: datetime) -> Welcome | None:
    """A word about how one writes that came in the last days; the page itself keeps it for good."""
    rows = Welcome.objects.visible_to(participant, at=now).filter(leaves_at__gte=now - LATELY)
    return rows.select_related("clinician").defer("sealed").first()


def _session(participant: Participant, now: datetime) -> Session | None:
    """The session that is on, or the next one."""
    coming = Session.objects.visible_to(participant, at=now).coming(now - LONGEST_SESSION).with_links()
    return next((one for one in coming[:20] if one.starts_at + timedelta(minutes=one.minutes) > now), None)


def _waiting(participant: Participant, now: datetime) -> list[Message]:
    """What still waits for an answer to arrive; one that is written but has not left is not here yet.

    Two queries, each with one index of its own: a database without statistics takes the wrong one for an OR.
    """
    me = ids_of(participant)
    found = _UNANSWERED(**me) + _ON_THEIR_WAY(**me, now=now, since=now - LONGEST_ON_ITS_WAY)
    return sorted(found, key=lambda one: (one.reply_due or now, one.pk))


def _promised(**me: Any) -> MessageQuerySet:
    wanted = [Message.Outcome.ANSWER, Message.Outcome.ACKNOWLEDGE]
    rows = seen_by(**me).filter(taken_back_at=None, outcome__in=wanted)
    return rows.prefetch_related("moves").defer("sealed")


def _on_their_way(now: Any, since: Any, **me: Any) -> MessageQuerySet:
    on_its_way = Reply.unscoped.filter(message=OuterRef("pk"), leaves_at__gt=now).closing()
    return _promised(**me).filter(Exists(on_its_way), resolved_at__gte=since)[:50]


_UNANSWERED: Prepared[Message] = Prepared(lambda **me: _promised(**me).filter(resolved_at=None)[:50], **ME)
_ON_THEIR_WAY: Prepared[Message] = Prepared(
    _on_their_way, **ME, now=models.DateTimeField(), since=models.DateTimeField()
)


def _questions(participant: Participant, now: datetime) -> list[Question]:
    """What the front desk owes, and what it answered lately."""
    lately = Q(answered_at=None, reply_due__isnull=False) | Q(answered_at__gte=now - LATELY)
    return list(
        Question.objects.visible_to(participant).filter(lately).order_by("reply_due", "asked_at")[:20]
    )


def _moves(participant: Participant, now: datetime) -> list[MoveRequest]:
    """Sessions that they asked to move, while nobody has answered, and the answers of the last days; one query."""
    state = MoveRequest.State
    lately = Q(answered_at__gte=now - LATELY, state__in=[state.YES, state.OTHER, state.NO])
    rows = MoveRequest.objects.visible_to(participant).filter(Q(state=state.OPEN) | lately)
    return list(rows.order_by("reply_due", "asked_at").defer("sealed", "sealed_answer")[:20])


def _answers(participant: Participant, now: datetime) -> list[Arrived]:
    """What came back in the last days, to what was written within the year."""
    me, within = ids_of(participant), {"lately": now - LATELY, "since": now - LONGEST_ON_ITS_WAY}
    return [Arrived(reply) for reply in _ARRIVED(**me, now=now, **within)]


def _arrived(now: Any, lately: Any, since: Any, **me: Any) -> ReplyQuerySet:
    rows = Reply.unscoped.filter(message__in=seen_by(**me), message__sent_at__gte=since)
    arrived = rows.arrived(now).filter(leaves_at__gte=lately, message__taken_back_at=None)
    named = arrived.select_related("message", "clinician").defer("sealed", "message__sealed")
    return named.order_by("-leaves_at")[:3]


_ARRIVED: Prepared[Reply] = Prepared(
    _arrived, **ME, now=models.DateTimeField(), lately=models.DateTimeField(), since=models.DateTimeField()
)


def _offered(ground: Ground) -> Agreement | None:
    """The newest version, where this person's yes is asked for and not given."""
    newest = ground.course.newest if ground.course else None
    if newest is None or not newest.asks_for_a_yes() or newest.accepted_at:
        return None
    return None if newest.acceptances.filter(participant=ground.participant).exists() else newest


def _moved(message: Message) -> PromiseMove | None:
    moves = list(message.moves.all())
    return moves[-1] if moves else None
