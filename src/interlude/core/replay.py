"""Try it first: past messages sent once more, under other rules.

The decision is the one that every message gets (`core/delivery.py`), made once more for each message as it was sent,
with the plan for the week counted as those rules would have counted it. What is kept of a message is its moment,
topic, length and marks; no word of it is known here (R-140). Nothing is named or put in an order of more and less:
a client is a key that the caller chose, and only sums come out (R-143).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from typing import NamedTuple, assert_never
from zoneinfo import ZoneInfo

from interlude.core._moments import date_of, day_number, ticks
from interlude.core._offsets import wall_clock
from interlude.core._spread import Spread
from interlude.core.delivery import Decider
from interlude.core.errors import BadMoment
from interlude.core.hours import Calendar
from interlude.core.outcomes import (
    Acknowledged,
    AnsweredHere,
    Decision,
    Desk,
    DoItYourself,
    Draft,
    KeptForSession,
    KeptReason,
    NoAnswerWanted,
    NotHereYet,
    OverPlan,
    Standing,
)
from interlude.core.policy import Policy
from interlude.core.replayed import NO_DATES, End, Flow, Replayed, differs, part_of, parts_of, shift_of
from interlude.core.terms import Topic

__all__ = ["Decider", "Past", "Replay", "ready", "replay"]

AGREED = "agreed"
"""Every message of the past was sent under an agreement that was accepted; which one makes no difference here."""


class Past(NamedTuple):
    """One message of the past: when, about what, how long, and what became of it.

    Args:
        client: any key; the plan for the week is counted for each.
        due: by when an answer was promised; None where none was.
        answered_at: when it left; None if it did not, or is not known.
        over_plan: whether it went beyond the plan of that time.
        age: of the client on that day, in whole years.
    """

    client: Hashable
    sent_at: datetime
    topic: Topic
    words: int
    end: End
    due: datetime | None = None
    answered_at: datetime | None = None
    over_plan: bool = False
    no_answer: bool = False
    keep: bool = False
    choice: OverPlan | None = None
    age: int | None = None


def ready(policy: Policy, calendar: Calendar, desk_calendar: Calendar | None = None) -> Decider:
    """Rules to try, made ready to be asked for every message of a long past."""
    return Decider(policy, calendar, desk_calendar, often=True)


def replay(
    history: Iterable[Past], *, under: Decider | Callable[[Past], Decider], zone: ZoneInfo
) -> Replayed:
    """What would differ had *history* met the rules of *under*. Memory does not grow with its length.

    Args:
        history: each client's messages in the order in which they were sent; clients in any order.
        under: the rules for all, or for each message.
        zone: the clinician's; weeks begin and months change by its clock.

    Raises:
        BadMoment: a message comes before one that its client sent later, or is no moment.

    Rules: R-140 to R-143.
    """
    again = Replay(zone)
    for past in history:
        again.take(past, under if isinstance(under, Decider) else under(past))
    return again.result()


class _Client:
    """One client's week and sums."""

    __slots__ = ("differ", "last", "messages", "used", "week")

    def __init__(self, last: int, week: int) -> None:
        self.last, self.week = last, week
        self.used = self.messages = self.differ = 0


class Replay:
    """The same for a caller that has its messages one by one: `take` each, then ask for the `result`.

    It grows with the number of clients, by some 200 bytes each, and with nothing else.

    Args:
        zone: the clinician's; weeks begin and months change by its clock.
        since: what was sent before this day fills the plan of its week and is counted nowhere.
    """

    def __init__(self, zone: ZoneInfo, *, since: date | None = None) -> None:
        self._clock = wall_clock(zone)
        self._since = day_number(since) if since else None
        self._clients: dict[Hashable, _Client] = {}
        self._by_topic: dict[tuple[Topic, Flow], int] = {}
        self._by_month: dict[tuple[tuple[int, int], Flow], int] = {}
        self._shifts: dict[Topic, Spread] = {}
        self._days: tuple[int, int] | None = None
        self._answers = self._late_before = self._late_after = 0

    def take(self, past: Past, under: Decider) -> None:
        """One message more. Raises BadMoment, and then forgets that message."""
        at = ticks(past.sent_at)
        day = self._clock.day_at(at)
        client = self._client(past, at, day)
        decision = under.decide(
            Draft(past.topic, past.words, past.no_answer, past.keep),
            standing=Standing(AGREED, AGREED, client.used, past.age, choice=past.choice),
            next_session=None,
            now=past.sent_at,
        )
        client.last = at
        if type(decision) is AnsweredHere and decision.price is None:  # extra support is beside the plan
            client.used += 1
        if self._since is None or day >= self._since:
            self._count(past, client, day, decision)

    def result(self) -> Replayed:
        """What would differ, of all that was taken."""
        clients = [one for one in self._clients.values() if one.messages]
        every = Spread.together(self._shifts.values())
        first, last = map(date_of, self._days) if self._days else (None, None)
        most = max(clients, key=lambda one: (one.differ, -one.messages), default=None)
        topics = parts_of(self._by_topic)
        return Replayed(
            all=part_of((flow, number) for (_, flow), number in self._by_topic.items()),
            first=first,
            last=last,
            clients=len(clients),
            unchanged=sum(not one.differ for one in clients),
            most=(most.differ, most.messages) if most else (0, 0),
            shift=shift_of(every),
            lengths=tuple(every.lengths()),
            answers=self._answers,
            late_before=self._late_before,
            late_after=self._late_after,
            by_topic={
                each: (topics[each], shift_of(self._shifts.get(each))) for each in Topic if each in topics
            },
            by_month=dict(sorted(parts_of(self._by_month).items())),
        )

    def _client(self, past: Past, at: int, day: int) -> _Client:
        """The client's week so far; a new one begins on Monday. Rule: R-141."""
        week = (day + 3) // 7  # 1970-01-01 was a Thursday
        client = self._clients.get(past.client)
        if client is None:
            client = self._clients[past.client] = _Client(at, week)
        if at < client.last:
            raise BadMoment(
                f"{past.sent_at.isoformat()} is before the message of the same client that came before it; "
                "give each client's messages in the order in which they were sent"
            )
        if client.week != week:
            client.week, client.used = week, 0
        return client

    def _date(self, past: Past, due: datetime | None) -> int:
        """Where the date goes, and whether the answer that was given would still be in time. Rule: R-142."""
        if past.due is None or due is None:
            return NO_DATES
        if past.answered_at is not None:
            self._answers += 1
            self._late_before += past.answered_at > past.due
            self._late_after += past.answered_at > due
        shift = due - past.due
        spread = self._shifts.get(past.topic)
        if spread is None:
            spread = self._shifts[past.topic] = Spread()
        spread.add(shift)
        return (due > past.due) - (due < past.due)

    def _count(self, past: Past, client: _Client, day: int, decision: Decision) -> None:
        end, due, over = _met(decision)
        flow: Flow = (past.end, end, past.over_plan, over, self._date(past, due))
        client.messages += 1
        client.differ += differs(flow)
        on = date_of(day)
        month = (on.year, on.month)
        self._by_topic[past.topic, flow] = self._by_topic.get((past.topic, flow), 0) + 1
        self._by_month[month, flow] = self._by_month.get((month, flow), 0) + 1
        if self._days is None:
            self._days = (day, day)
        elif not self._days[0] <= day <= self._days[1]:
            self._days = (min(day, self._days[0]), max(day, self._days[1]))


def _met(decision: Decision) -> tuple[End, datetime | None, bool]:
    """What becomes of it, by when, and whether it is beyond the plan."""
    match decision:
        case AnsweredHere(reply_due=due, over=over):
            return End.ANSWERED, due, over is not None
        case Acknowledged(acknowledge_by=due):
            return End.ACKNOWLEDGED, due, False
        case KeptForSession(reason=reason):
            return End.KEPT, None, reason is KeptReason.OVER_PLAN
        case NoAnswerWanted():
            return End.NO_ANSWER, None, False
        case Desk(reply_due=by) | DoItYourself(desk_due=by):
            return End.DESK, by, False
        case NotHereYet():
            return End.NOT_HERE, None, False
        case _ as never:
            assert_never(never)
