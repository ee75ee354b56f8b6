"""What happens to a message: one pure function, a closed set of answers.

The same call answers the composer before sending and the send button after it, so the two cannot disagree.
It is given the topic, the marks and the number of words, never the words themselves (R-49). Whatever the
answer, it names the place where the words are: nothing is refused, hidden or lost (R-30).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from interlude.core._moments import ticks
from interlude.core._steps import Ask, Steps
from interlude.core.errors import BadHours
from interlude.core.hours import Calendar
from interlude.core.outcomes import (
    Acknowledged,
    AnsweredHere,
    AskExtra,
    Choice,
    Decision,
    Desk,
    DoItYourself,
    Draft,
    KeepRest,
    KeptForSession,
    KeptReason,
    NoAnswerWanted,
    NotHereYet,
    Over,
    OverPlan,
    Reason,
    Rules,
    Shorten,
    Standing,
)
from interlude.core.policy import PAGE_FOR, Handling, Policy, Topic
from interlude.core.promises import (
    OpenHours,
    Promise,
    SessionOnly,
    WorkingDays,
    arrival_date,
    due_once_read,
    read_at,
)
from interlude.core.windows import CheckTimes
from interlude.core.zones import first_moment

__all__ = [
    "NEVER_PRICED",
    "Acknowledged",
    "AnsweredHere",
    "AskExtra",
    "Choice",
    "Decider",
    "Decision",
    "Desk",
    "DoItYourself",
    "Draft",
    "KeepRest",
    "KeptForSession",
    "KeptReason",
    "NoAnswerWanted",
    "NotHereYet",
    "Over",
    "OverPlan",
    "Reason",
    "Shorten",
    "Standing",
    "decide_delivery",
]

NEVER_PRICED = frozenset(
    {Topic.SCHEDULE, Topic.BILLING, Topic.TECH, Topic.LATE, Topic.RELATIONSHIP_REPAIR, Topic.OUR_MESSAGING}
)
"""Topics for which a price is never offered: arranging, repair, and how we use messages. Rule: R-44."""


class Decider:
    """The rules and the calendars that decisions stand on, made ready once and asked for each message.

    Args:
        desk_calendar: the front desk's; None if it keeps the clinician's hours.
        often: whether so many messages are asked about that the dates found are worth keeping.
    """

    __slots__ = ("desk_due", "due", "extra_due", "policy", "read_at", "topics")

    def __init__(
        self,
        policy: Policy,
        calendar: Calendar,
        desk_calendar: Calendar | None = None,
        *,
        often: bool = False,
    ) -> None:
        checks, desk = policy.checks(), desk_calendar or calendar
        self.policy = policy
        self.topics = dict(policy.topics)
        self.read_at = _readings(calendar, checks, often=often)
        self.due = _dates(policy.promise, calendar, self.read_at, often=often)
        extra = policy.extra.promise if policy.extra else SessionOnly()
        self.extra_due = _dates(extra, calendar, self.read_at, often=often)
        # A desk has no check windows: it reads whenever it is open. Rule: R-31.
        self.desk_due = _dates(policy.desk_promise, desk, lambda now: read_at(now, desk, None), often=often)

    def decide(
        self, draft: Draft, *, standing: Standing, next_session: datetime | None, now: datetime
    ) -> Decision:
        """What happens to a message under these rules; see `decide_delivery`."""
        session_at = _ahead(next_session, now)
        case = _Case(draft, standing, self, session_at, now)
        closed = _closed_door(self.policy, standing)
        handling = self.topics[draft.topic]

        if draft.keep and not closed:
            return KeptForSession(session_at, KeptReason.ASKED, rules=("R-36",))
        if handling is Handling.DESK:
            return _at_the_desk(case) or closed or _never_open(case)
        if handling is Handling.SELF_SERVICE and (closed or not draft.no_answer):
            return DoItYourself(PAGE_FOR[draft.topic], _or_none(self.desk_due, now), rules=("R-31", "R-48"))
        if closed:
            return closed
        if handling is Handling.KEEP and not draft.no_answer:
            return KeptForSession(session_at, KeptReason.TOPIC, rules=("R-38",))
        return _in_the_batch(case, handling)


_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Case:
    """The arguments of one decision."""

    draft: Draft
    standing: Standing
    under: Decider
    session_at: datetime | None
    now: datetime


def decide_delivery(
    draft: Draft,
    *,
    policy: Policy,
    standing: Standing,
    calendar: Calendar,
    desk_calendar: Calendar | None,
    next_session: datetime | None,
    now: datetime,
) -> Decision:
    """What happens to a message, without touching anything. Pure, total, the same for preview and sending.

    Args:
        calendar: the clinician's open time, with holidays and time away.
        desk_calendar: the front desk's; None if it keeps the clinician's hours.
        next_session: the client's next session, if one is set; a session that has begun does not count.
        now: the moment of sending, aware. Moments in the answer are in UTC and after it.

    Raises:
        BadMoment: *now* or *next_session* has no UTC offset, or lies outside the years we compute.

    Rules: R-30 to R-49.
    """
    under = Decider(policy, calendar, desk_calendar)
    return under.decide(draft, standing=standing, next_session=next_session, now=now)


def _closed_door(policy: Policy, standing: Standing) -> NotHereYet | None:
    """Why this client cannot write to the clinician yet; None if they can. Rules: R-32 to R-35."""
    if standing.ended:
        return NotHereYet(Reason.ENDED, rules=("R-32",))
    if policy.messages == "none":
        return NotHereYet(Reason.NO_MESSAGES, rules=("R-33",))
    if not standing.agreement:
        return NotHereYet(Reason.NO_AGREEMENT, rules=("R-34",))
    if standing.accepted != standing.agreement:
        return NotHereYet(Reason.NOT_ACCEPTED, rules=("R-34",))
    if standing.age is not None and standing.age < policy.minimum_age:
        return NotHereYet(Reason.UNDER_AGE, rules=("R-35",))
    return None


def _at_the_desk(case: _Case) -> Desk | None:
    if case.draft.no_answer:
        return Desk(None, rules=("R-31", "R-37"))
    due = _or_none(case.under.desk_due, case.now)
    return Desk(due, rules=("R-31",)) if due else None


def _in_the_batch(case: _Case, handling: Handling) -> Decision:
    """What the clinician gets in the next check window, if one comes. Rules: R-37, R-39 to R-41, R-47."""
    try:
        read = case.under.read_at(case.now)
        if case.draft.no_answer:
            return NoAnswerWanted(read, rules=("R-37",))
        due = case.under.due(case.now)
    except BadHours:
        return _never_open(case)
    if due is None:
        return KeptForSession(case.session_at, KeptReason.SESSION_ONLY, rules=("R-41",))
    if handling is Handling.ACKNOWLEDGE:
        return Acknowledged(read, due, case.session_at, rules=("R-39",))
    if over := _over(case):
        return _beyond_the_plan(case, over, read=read, due=due)
    return AnsweredHere(read, due, _wish_met(case, due), rules=_answered_by(case, "R-40"))


def _beyond_the_plan(case: _Case, over: Over, *, read: datetime, due: datetime) -> Decision:
    """As the client chose, where it is on offer; kept whole otherwise. Rules: R-42 to R-44."""
    for offer in over.choices:
        match offer, case.standing.choice:
            case KeepRest(), OverPlan.KEEP_REST:
                rules = _answered_by(case, "R-40", "R-43")
                return AnsweredHere(read, due, _wish_met(case, due), over, rules=rules)
            case AskExtra(price=price, reply_due=later), OverPlan.EXTRA:
                rules = _answered_by(case, "R-44")
                return AnsweredHere(read, later, _wish_met(case, later), over, price, rules)
    return KeptForSession(case.session_at, KeptReason.OVER_PLAN, over, rules=("R-42",))


def _over(case: _Case) -> Over | None:
    """How far beyond the plan for the week, with what can be done about it; None if within. Rule: R-42."""
    draft, plan = case.draft, case.under.policy
    words = _excess(draft.words, plan.words_per_message)
    messages = _excess(case.standing.used_this_week + 1, plan.messages_per_week)
    if not words and not messages:
        return None
    extra = _extra_offer(case)
    if messages:
        return Over(words, messages, extra)
    within = draft.words - words
    return Over(words, 0, (Shorten(within), KeepRest(within, case.session_at), *extra))


def _extra_offer(case: _Case) -> tuple[AskExtra, ...]:
    extra = case.under.policy.extra
    if extra is None or case.draft.topic in NEVER_PRICED:
        return ()
    due = _or_none(case.under.extra_due, case.now)
    return (AskExtra(extra.price, due),) if due else ()


def _never_open(case: _Case) -> KeptForSession:
    return KeptForSession(case.session_at, KeptReason.NEVER_OPEN, rules=("R-47",))


def _answered_by(case: _Case, *rules: str) -> Rules:
    return rules if case.draft.wish_by is None else (*rules, "R-45")


def _wish_met(case: _Case, due: datetime) -> bool | None:
    return None if case.draft.wish_by is None else due <= case.draft.wish_by


def _readings(calendar: Calendar, checks: CheckTimes, *, often: bool) -> Ask:
    """When messages are read, for a moment of sending: the same until that window opens."""

    def ask(now: datetime) -> datetime:
        return read_at(now, calendar, checks)

    return Steps(ask, lambda _now, read: read - _MOMENT) if often else ask


def _dates(promise: Promise, calendar: Calendar, read: Ask, *, often: bool) -> Ask:
    """By when an answer is due, for a moment of sending. Open hours run with the clock: nothing to keep of them."""
    if isinstance(promise, SessionOnly):
        return lambda _now: None

    def ask(now: datetime) -> datetime | None:
        return due_once_read(promise, sent=now, read=read(now), calendar=calendar)

    def until(now: datetime, due: datetime) -> datetime:
        later: list[datetime] = [due, read(now) - _MOMENT]
        if isinstance(promise, WorkingDays):
            arrived = arrival_date(now, calendar, promise.cut_off)
            later.append(first_moment(arrived, promise.cut_off, calendar.hours.zone))
        return min((each for each in later if each > now), default=now)

    return Steps(ask, until) if often and not isinstance(promise, OpenHours) else ask


def _or_none(ask: Ask, now: datetime) -> datetime | None:
    due: datetime | None
    try:
        due = ask(now)
    except BadHours:
        return None
    return due


def _ahead(session: datetime | None, now: datetime) -> datetime | None:
    ticks(now)  # refuses what is no moment, before anything is decided
    if session is None or ticks(session) <= ticks(now):
        return None
    return session.astimezone(UTC)


def _excess(amount: int, plan: int | None) -> int:
    return 0 if plan is None else max(0, amount - plan)
