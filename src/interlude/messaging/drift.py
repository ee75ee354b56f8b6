"""Collecting what drift is summed from: a clinician's own answers, and how much each client wrote.

Ten questions to the database and one pass, whatever there is; nothing of it is stored. Only what a check window
has handed over counts, so that between windows nothing can be read off these figures (law 6).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from interlude.agreements.models import Agreement
from interlude.agreements.wording import PromiseFacts, promise_facts
from interlude.boundaries.windows import window_of
from interlude.core.drift import Answered, Contact, Sums, contact, summed
from interlude.core.errors import BadHours
from interlude.core.hours import Calendar
from interlude.core.policy import Policy
from interlude.core.words import count_words
from interlude.messaging.models import Message, PromiseMove, Reply
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer, Unopenable

WEEKS = 8  # of answers
LAST, BEFORE = timedelta(weeks=4), timedelta(weeks=12)
WRITTEN = (Reply.Kind.ANSWER, Reply.Kind.ACKNOWLEDGED)
INSTEAD = (Message.Outcome.KEEP, Message.Outcome.ACKNOWLEDGE)  # agreed in place of a written answer
FIELDS = (
    "pk", "kind", "written_at", "leaves_at", "sealed", "missed", "message__client_id", "message__agreement_id",
    "message__sent_at", "message__reply_due", "message__outcome",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrote:
    """How much one client wrote: the last four weeks, and the eight before."""

    last_four: int
    eight_before: int
    change: Contact


@dataclass(frozen=True, slots=True)
class OfClient:
    """One client's part. *promise*: what the newest of their agreements promised."""

    client: Client
    sums: Sums
    wrote: Wrote | None
    promise: PromiseFacts | None

    @property
    def stands_out(self) -> bool:
        """Is there anything to say of them?"""
        return bool(self.sums.habits) or self.changed

    @property
    def changed(self) -> bool:
        return self.wrote is not None and self.wrote.change is not Contact.AS_BEFORE


@dataclass(frozen=True, slots=True)
class Drift:
    """How it goes, for one clinician's own eyes. *clients*: by name, never by a figure."""

    sums: Sums
    clients: list[OfClient]
    promise: PromiseFacts | None  # where all agreements say the same
    since: datetime


def drift_of(clinician: Clinician, now: datetime) -> Drift:
    """The last eight weeks of answers, and twelve of messages. Rules: R-125 to R-129."""
    since = now - timedelta(weeks=WEEKS)
    clients = {one.pk: one for one in Client.objects.visible_to(clinician).going_on(now)}
    agreements = _agreements(clinician)
    whole, each = summed(_answered(clinician, set(clients), agreements, since=since, now=now))
    wrote = _wrote(clinician, now)
    parts = [
        OfClient(
            client, each.get(key, Sums()), _change(client, wrote.get(key), now), _newest(agreements, key)
        )
        for key, client in clients.items()
    ]
    promises = {part.promise for part in parts if part.client.pk in each}
    said = promises.pop() if len(promises) == 1 else None
    shown = sorted(
        (part for part in parts if part.stands_out), key=lambda part: (part.client.name, part.client.pk)
    )
    return Drift(whole, shown, said, since)


def _agreements(clinician: Clinician) -> dict[UUID, tuple[UUID, Policy]]:
    """The rules of every agreement with this clinician's clients, as offered, by its id; the newest last."""
    rows = Agreement.objects.visible_to(clinician).filter(accepted_at__isnull=False)
    ordered = rows.select_related("client__clinician").order_by("client_id", "number")
    return {row.pk: (row.client_id, row.as_offered().policy) for row in ordered}


def _newest(agreements: dict[UUID, tuple[UUID, Policy]], client_id: UUID) -> PromiseFacts | None:
    mine = [policy for owner, policy in agreements.values() if owner == client_id]
    return promise_facts(mine[-1].promise) if mine else None


def _answered(
    clinician: Clinician,
    clients: set[UUID],
    agreements: dict[UUID, tuple[UUID, Policy]],
    *,
    since: datetime,
    now: datetime,
) -> Iterator[tuple[UUID, Answered]]:
    """One by one, so that memory does not grow with the number of answers."""
    missed = PromiseMove.objects.filter(message=OuterRef("message"), reason=PromiseMove.Reason.REPAIR)
    rows = Reply.objects.filter(clinician=clinician, written_at__gte=since).arrived(now)
    here = rows.filter(kind__in=WRITTEN, corrects=None, message__clinician=clinician).annotate(
        missed=Exists(missed)
    )
    sealer, hours = Sealer(clinician.practice_id), _own_hours(clinician, since=since, now=now)
    sealer.fetch(clients)
    for row in here.order_by().values_list(*FIELDS, named=True).iterator(chunk_size=2000):
        if row.message__client_id in clients:
            policy = agreements.get(row.message__agreement_id, (None, None))[1]
            yield row.message__client_id, _one(row, policy, hours, sealer)


def _one(row: Any, policy: Policy | None, hours: OwnHours, sealer: Sealer) -> Answered:
    is_answer = row.kind == Reply.Kind.ANSWER
    return Answered(
        sent_at=row.message__sent_at,
        due_at=row.message__reply_due,
        left_at=row.leaves_at,
        missed=row.missed,
        words=_words(row, sealer) if is_answer else 0,
        planned_words=policy.words_per_message if policy else None,
        own_hours=hours.hold(row.written_at),
        beyond_plan=is_answer and row.message__outcome in INSTEAD,
    )


def _words(row: Any, sealer: Sealer) -> int:
    """How many words an answer has. They are counted and let go; no eye sees them. 0 for what was erased."""
    if row.sealed is None:
        return 0
    try:
        return count_words(
            sealer.open(row.message__client_id, f"messaging.reply:{row.pk}", bytes(row.sealed))
        )
    except Unopenable:
        return 0


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Office hours, and check windows of one's own wherever they lie. Rule: R-127.

    *opened*: when each window of the weeks that are looked at opened, found once and not for each answer.
    """

    calendar: Calendar
    opened: list[datetime]
    minutes: timedelta

    def hold(self, at: datetime) -> bool:
        """Was this written in them?"""
        if self.calendar.is_open(at):
            return True
        before = bisect_right(self.opened, at)
        return before > 0 and at < self.opened[before - 1] + self.minutes


def _own_hours(clinician: Clinician, *, since: datetime, now: datetime) -> OwnHours:
    window = window_of(clinician, now)
    checks, opened = window.policy.checks(), list[datetime]()
    with suppress(BadHours):  # no window is planned any more
        at = checks.next_after(since - timedelta(days=1), window.calendar)
        while at <= now:
            opened.append(at)
            at = checks.next_after(at, window.calendar)
    return OwnHours(window.calendar, opened, timedelta(minutes=checks.minutes))


def _wrote(clinician: Clinician, now: datetime) -> dict[UUID, tuple[int, int]]:
    """How many messages each client wrote, lately and before. One query; the database counts."""
    rows = Message.objects.visible_to(clinician, at=now).filter(sent_at__gt=now - BEFORE, sent_at__lte=now)
    lately, before = Q(sent_at__gt=now - LAST), Q(sent_at__lte=now - LAST)
    counted = (
        rows.order_by()
        .values("client_id")
        .annotate(last_four=Count("pk", filter=lately), eight_before=Count("pk", filter=before))
    )
    return {row["client_id"]: (row["last_four"], row["eight_before"]) for row in counted}


def _change(client: Client, counts: tuple[int, int] | None, now: datetime) -> Wrote | None:
    """None before there are twelve weeks to look at."""
    if client.began_on > (now - BEFORE).date():
        return None
    last_four, eight_before = counts or (0, 0)
    return Wrote(last_four, eight_before, contact(last_four=last_four, eight_before=eight_before))
