"""The batch: what waits for one clinician, in the order in which it is read. Facts only: no words, no totals.

The order is the index `message_waiting`: what is to be answered, what is to be acknowledged, what wants no
answer; in each, what is due first. A page costs the same whether ten messages wait or a hundred thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import Any
from uuid import UUID

from django.db import models

from interlude.boundaries.windows import Window, window_of
from interlude.messaging.models import EarlyOpening, Message, MessageQuerySet, PutAway, Reply
from interlude.practice.models import Clinician
from interlude.practice.prepared import Prepared

GROUPS = (Message.Outcome.ANSWER, Message.Outcome.ACKNOWLEDGE, Message.Outcome.NO_ANSWER)
PAGE = 50
MINUTE = timedelta(minutes=1)
EARLY_LOOK = timedelta(hours=1)  # how long a look before the window lasts
ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a clinician may see at this moment, and why.

    Args:
        early: the last look before a window that has not opened yet; it may be over.
    """

    clinician: Clinician
    now: datetime
    window: Window
    early: EarlyOpening | None

    @property
    def is_early(self) -> bool:
        """Is the clinician looking before the window? A look ends by itself after an hour."""
        return self.early is not None and not self.window.is_open and self.now < self.early_ends

    @property
    def may_look(self) -> bool:
        """Is there a window to look before, and no look going on?"""
        return not self.window.is_open and not self.is_early and self.window.next_at is not None

    @property
    def early_ends(self) -> datetime:
        assert self.early is not None
        return self.early.opened_at + EARLY_LOOK

    @property
    def at(self) -> datetime:
        """Up to which handing-over messages are shown: now; during an early look, the next window."""
        return self.early.until if self.early and self.is_early else self.now

    @property
    def acts_at(self) -> datetime:
        """The same for what was begun during a look that is over: words typed then find their message."""
        return max(self.now, self.early.until) if self.early else self.now

    @property
    def since(self) -> datetime:
        """When this sitting began: the early look, else the last window."""
        if self.early and self.is_early:
            return self.early.opened_at
        return self.window.opened_at or self.now - timedelta(days=1)


def sight_of(clinician: Clinician, now: datetime) -> Sight:
    """Five queries."""
    early = EarlyOpening.objects.filter(clinician=clinician, until__gt=now, opened_at__lte=now).first()
    return Sight(clinician, now, window_of(clinician, now), early)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the batch. *done* is empty while the message waits; else what was done with it."""

    id: UUID
    outcome: str
    due: datetime | None
    sent_at: datetime
    topic: str
    name: str
    done: str = ""
    leaves_at: datetime | None = None
    awaits_approval: bool = False
    done_at: datetime | None = None

    @property
    def waits_for_hours(self) -> bool:
        """Does it leave later than the minute for undoing is long?"""
        if self.leaves_at is None or self.done_at is None:
            return False
        return self.leaves_at > self.done_at + MINUTE

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


COLUMNS = ("id", "outcome", "reply_due", "sent_at", "topic", "participant__name")


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the batch, and the entry with which the next page begins."""

    entries: list[Entry]
    following: Entry | None
    from_start: bool

    def place_of(self, message: Message) -> int | None:
        return next((place for place, entry in enumerate(self.entries) if entry.id == message.pk), None)


@dataclass(frozen=True, slots=True)
class Batch:
    """The messages that wait for a clinician, as the clock has handed them over by *at*."""

    clinician: Clinician
    at: datetime

    def page(self, start: Message | None = None) -> Part:
        """Up to fifty entries from *start* on; three queries."""
        found = self._after(start, PAGE + 1, including=True)
        return Part(found[:PAGE], found[PAGE] if len(found) > PAGE else None, start is None)

    def part_with(self, message: Message) -> Part:
        """The page from the beginning; from *message* on, if it waits further down; six queries at most."""
        first = self.page()
        waits = message.resolved_at is None and message.outcome in GROUPS
        return self.page(message) if waits and first.place_of(message) is None else first

    def beside(self, message: Message, part: Part) -> tuple[Entry | None, Entry | None]:
        """The entries before and after *message*; no query where *part* shows them."""
        place = part.place_of(message)
        if place is None:
            return self.before(message), self.next_after(message)
        following = part.entries[place + 1] if place + 1 < len(part.entries) else part.following
        if place > 0 or part.from_start:
            return (part.entries[place - 1] if place else None), following
        return self.before(message), following

    def next_after(self, message: Message) -> Entry | None:
        """The entry that follows; three queries."""
        return next(iter(self._after(message, 1)), None)

    def before(self, message: Message) -> Entry | None:
        """The entry that came before; three queries at most."""
        for outcome in reversed(_from(message)[1]):
            rows = self._group(outcome).reverse()
            if outcome == message.outcome:
                rows = rows.filter(_earlier(message))
            if found := _entries(rows[:1]):
                return found[0]
        return None

    def _after(self, start: Message | None, limit: int, *, including: bool = False) -> list[Entry]:
        groups = []
        for outcome in _from(start)[0]:
            if start is None and limit == PAGE + 1:
                groups.append(self._first(outcome))
                continue
            rows = self._group(outcome)
            if start is not None and outcome == start.outcome:
                rows = rows.filter(_later(start) | models.Q(pk=start.pk) if including else _later(start))
            groups.append(_entries(rows[:limit]))
        return list(chain.from_iterable(groups))[:limit]

    def _group(self, outcome: str) -> MessageQuerySet:
        return _waiting(self.clinician, self.at, outcome)

    def _first(self, outcome: str) -> list[Entry]:
        """How a group begins, as every visit of the window asks for it."""
        me, practice = self.clinician.pk, self.clinician.practice_id
        rows = _FIRST(clinician=me, practice=practice, at=self.at, outcome=outcome)
        return [Entry(*row) for row in rows]


def _waiting(clinician: Clinician, at: datetime, outcome: str) -> MessageQuerySet:
    rows = Message.unscoped.visible_to(clinician, at=at)
    rows = rows.filter(resolved_at=None, awaits_approval=False, outcome=outcome)
    return rows.order_by("reply_due", "sent_at", "id")


_FIRST: Prepared[tuple[Any, ...]] = Prepared(
    lambda clinician, practice, at, outcome: _waiting(
        Clinician(pk=clinician, practice_id=practice), at, outcome
    ).values_list(*COLUMNS)[: PAGE + 1],
    clinician=models.UUIDField(),
    practice=models.UUIDField(),
    at=models.DateTimeField(),
    outcome=models.CharField(),
)


def _from(start: Message | None) -> tuple[list[str], list[str]]:
    """The groups from that message's on, and those up to it. What is in no group comes before all."""
    place = GROUPS.index(Message.Outcome(start.outcome)) if start and start.outcome in GROUPS else -1
    return [str(one) for one in GROUPS[max(place, 0) :]], [str(one) for one in GROUPS[: place + 1]]


def _later(message: Message) -> models.Q:
    """What follows *message* in its own group; the bound at the front lets the index begin there."""
    sent = models.Q(sent_at__gt=message.sent_at) | models.Q(sent_at=message.sent_at, id__gt=message.pk)
    if message.reply_due is None:
        return models.Q(reply_due=None, sent_at__gte=message.sent_at) & sent
    together = models.Q(reply_due=message.reply_due) & sent
    return models.Q(reply_due__gte=message.reply_due) & (models.Q(reply_due__gt=message.reply_due) | together)


def _earlier(message: Message) -> models.Q:
    sent = models.Q(sent_at__lt=message.sent_at) | models.Q(sent_at=message.sent_at, id__lt=message.pk)
    if message.reply_due is None:
        return models.Q(reply_due=None, sent_at__lte=message.sent_at) & sent
    together = models.Q(reply_due=message.reply_due) & sent
    return models.Q(reply_due__lte=message.reply_due) & (models.Q(reply_due__lt=message.reply_due) | together)


def _entries(rows: MessageQuerySet) -> list[Entry]:
    return [Entry(*row) for row in rows.values_list(*COLUMNS)]


def grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries by outcome, in the order in which they come."""
    return [(outcome, list(group)) for outcome, group in groupby(entries, key=lambda one: one.outcome)]


def namesakes(entries: Iterable[Entry]) -> set[str]:
    """First names that more than one person of the list bears; those are shown with both names."""
    people = {(entry.first_name, entry.name) for entry in entries}
    return {first for first, many in Counter(first for first, _ in people).items() if many > 1}


def done_since(clinician: Clinician, since: datetime) -> list[Entry]:
    """What this clinician did since then, the latest fifty, the first of them first; two queries."""
    columns = [f"message__{column}" for column in COLUMNS]
    replies = Reply.objects.closing().filter(clinician=clinician, written_at__gte=since)
    aside = PutAway.objects.filter(clinician=clinician, at__gte=since, message__resolved_at__isnull=False)
    answered = replies.order_by("-written_at").values_list(
        "written_at", *columns, "kind", "leaves_at", "awaits_approval"
    )
    laid = aside.order_by("-at").values_list("at", *columns)
    done = [(at, replace(Entry(*row), done_at=at)) for at, *row in answered[:PAGE]]
    done += [(at, replace(Entry(*row), done=ASIDE, done_at=at)) for at, *row in laid[:PAGE]]
    return [entry for _, entry in sorted(done, key=lambda pair: pair[0])[-PAGE:]]


def seconds_spent(clinician: Clinician, *, since: datetime) -> int:
    """Measured seconds at messages since then; the clinician's own figure; two queries."""
    replies = Reply.objects.filter(clinician=clinician, written_at__gte=since).aggregate(
        models.Sum("seconds")
    )
    aside = PutAway.objects.filter(clinician=clinician, at__gte=since).aggregate(models.Sum("seconds"))
    return (replies["seconds__sum"] or 0) + (aside["seconds__sum"] or 0)
