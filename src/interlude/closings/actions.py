"""Closing the work with a client: setting its last days, moving them later, taking them back, opening again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.agreements.actions import in_force_for, writers_of
from interlude.audit.record import record
from interlude.boundaries.calendars import clinician_layers
from interlude.closings.models import Closing, current
from interlude.core.closing import (
    ClosingDays,
    ClosingFault,
    ClosingRefused,
    end_of_day,
    refusal_of_days,
    refusal_of_promises,
)
from interlude.core.layers import resolve
from interlude.core.toml_text import load_layer
from interlude.outbox.actions import leave_notice, withdraw_notice
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer

MORNING = time(9)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ends, as the clinician wrote it down."""

    days: ClosingDays
    contact: str
    contact_words: str
    farewell: str
    offers_copy: bool
    agreed_on: date | None = None


@transaction.atomic
def set_closing(
    ending: Ending,
    *,
    client: Client,
    by: Clinician,
    now: datetime,
    closing_id: UUID,
    promised: Iterable[datetime] = (),
) -> Closing | ClosingRefused:
    """Name the last days, or move them later. The client is told; nothing ends before its day is over.

    *promised* are the dates of answers that are still owed. The same *closing_id* is one closing.
    """
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    known = client.closings.filter(pk=closing_id).first()
    if known is not None:
        return known
    before = current(client.closings.all())
    ends_at = end_of_day(ending.days.last_answer_on, _zones(client))
    refused = _refusal(ending, client, before, now) or refusal_of_promises(
        promised, last_answers_end=ends_at, now=now
    )
    if refused is not None:
        return refused
    closing = _keep(ending, client=client, by=by, now=now, closing_id=closing_id)
    _let_it_end(closing, before)
    _tell(closing, now)
    record("closing.set", by=by, on=closing, practice_id=client.practice_id, at=now, number=closing.number)
    return closing


@transaction.atomic
def take_back(closing: Closing, *, by: Clinician, now: datetime) -> bool:
    """The work goes on after all; False once the last day of answers is over, or if it does not hold."""
    return _undo(closing, by=by, now=now, verb="closing.taken_back", ended=False)


@transaction.atomic
def reopen(closing: Closing, *, by: Clinician, now: datetime) -> bool:
    """Begin again after the end, under the agreement that was; False before it, or if it does not hold."""
    return _undo(closing, by=by, now=now, verb="closing.reopened", ended=True)


def notice_days(client: Client, now: datetime) -> int:
    """Between telling and the last answers: what was agreed, else what the clinician's own rules say."""
    on = client.clinician.date_at(now)
    agreement = in_force_for(client, now)
    if agreement is not None:
        return agreement.as_agreed(on).policy.change_notice_days
    layers = [load_layer(text, file="rules") for text in clinician_layers(client.clinician, on)]
    return resolve(layers, on).policy.change_notice_days


def _refusal(ending: Ending, client: Client, before: Closing | None, now: datetime) -> ClosingRefused | None:
    if before is not None and before.has_ended(now):
        return ClosingRefused(ClosingFault.OVER, before.last_answer_on)
    return refusal_of_days(
        ending.days,
        today=client.clinician.date_at(now),
        notice_days=notice_days(client, now),
        agreed_on=ending.agreed_on,
        before=before.days() if before else None,
    )


def _zones(client: Client) -> set[str]:
    return {client.clinician.zone, *client.participants.values_list("zone", flat=True)}


def _keep(ending: Ending, *, client: Client, by: Clinician, now: datetime, closing_id: UUID) -> Closing:
    newest = client.closings.order_by("-number").first()
    taken = Closing.unscoped.filter(pk=closing_id).exists()
    zones = _zones(client)
    closing = Closing(
        id=uuid4() if taken else closing_id,
        practice_id=client.practice_id,
        client=client,
        number=newest.number + 1 if newest else 1,
        last_answer_on=ending.days.last_answer_on,
        last_read_on=ending.days.last_read_on,
        answers_end=end_of_day(ending.days.last_answer_on, zones),
        reading_ends=end_of_day(ending.days.last_read_on, zones),
        contact=ending.contact,
        offers_copy=ending.offers_copy,
        agreed_on=ending.agreed_on,
        set_at=now,
        set_by=by,
    )
    said = {"farewell": ending.farewell, "contact": ending.contact_words}
    closing.sealed = Sealer(client.practice_id).seal(client.pk, closing.place, json.dumps(said))
    closing.save(force_insert=True)
    return closing


def _let_it_end(closing: Closing, before: Closing | None) -> None:
    """Both ends are moments; each takes effect by the clock. Access that ends sooner for another reason stays so."""
    Client.unscoped.filter(pk=closing.client_id).update(ended_at=closing.answers_end)
    open_ones = models.Q(access_ends=None)
    if before is not None:
        open_ones |= models.Q(access_ends=before.reading_ends)
    Participant.unscoped.filter(open_ones, client_id=closing.client_id).update(
        access_ends=closing.reading_ends
    )


def _undo(closing: Closing, *, by: Clinician, now: datetime, verb: str, ended: bool) -> bool:
    client = Client.unscoped.select_for_update(no_key=True).get(pk=closing.client_id)
    held = current(client.closings.all())
    if held is None or held.pk != closing.pk or held.has_ended(now) is not ended:
        return False
    Closing.unscoped.filter(pk=held.pk).update(undone_at=now)
    Client.unscoped.filter(pk=client.pk).update(ended_at=None)
    Participant.unscoped.filter(client=client, access_ends=held.reading_ends).update(access_ends=None)
    for participant in writers_of(client, now=now).select_related("user"):
        withdraw_notice(_once(held, "reading"), to=participant.user)
        withdraw_notice(_once(held, "answers"), to=participant.user)
        _notice(held, "undone", participant, now)
    record(verb, by=by, on=held, practice_id=held.practice_id, at=now, number=held.number)
    return True


def _tell(closing: Closing, now: datetime) -> None:
    """At once; a week before the last answers; and a week before the last day to read."""
    zone = closing.client.clinician.time_zone()
    for participant in writers_of(closing.client, now=now).select_related("user"):
        _notice(closing, "told", participant, now)
        for earlier in closing.client.closings.exclude(pk=closing.pk):
            withdraw_notice(_once(earlier, "answers"), to=participant.user)
            withdraw_notice(_once(earlier, "reading"), to=participant.user)
        for what, on in (("answers", closing.last_answer_on), ("reading", closing.last_read_on)):
            at = datetime.combine(on - WEEK, MORNING, tzinfo=zone)
            if at > now:
                _notice(closing, what, participant, at)


def _notice(closing: Closing, what: str, participant: Participant, at: datetime) -> None:
    leave_notice(
        "closing",
        to=participant.user,
        practice_id=closing.practice_id,
        once=_once(closing, what),
        link="/my/",
        send_at=at,
    )


def _once(closing: Closing, what: str) -> str:
    return f"closing:{closing.pk}:{what}"
