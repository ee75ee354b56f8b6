"""Changing what a guardian sees: by the clinician with a reason, by the owner for a court. Told, then done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from interlude.audit.record import record
from interlude.core.ages import begins, telling, today_in
from interlude.core.guardians import (
    Because,
    Scope,
    earliest,
    may_be_granted,
    needs_a_document,
    reach,
)
from interlude.outbox.actions import leave_notice
from interlude.practice.guardians import turns_of, zone_of
from interlude.practice.models import Clinician, OfficeMember, Participant, ScopeChange
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class NewScope:
    """What was typed: from *on*, the guardian may or may no longer see *scope* (None: anything at all)."""

    scope: Scope | None
    may: bool
    on: date
    because: Because
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class NotChanged:
    """Why nothing was written: `too_soon`, `document`, `not_agreed`, `reason`, or `same`."""

    why: str
    earliest: date


@transaction.atomic
def change_scope(
    guardian: Participant, wanted: NewScope, *, by: Clinician | OfficeMember, now: datetime
) -> ScopeChange | NotChanged:
    """Write a change down and have the young person told now, the guardian on its day. Rules: R-132, R-133."""
    Participant.unscoped.select_for_update(of=("self",)).get(pk=guardian.pk)
    zone = zone_of(guardian.client)
    why = _why_not(guardian, wanted, today_in(zone, now))
    if why is not None:
        return why
    change = _stored(guardian, wanted, by=by, now=now)
    _tell(change, guardian, send_to_guardian=telling(wanted.on, zone, now).guardian, now=now)
    record(
        "guardian.scope_changed",
        by=by,
        on=change,
        practice_id=guardian.practice_id,
        at=now,
        scope=change.scope or "access",
        may=wanted.may,
        starts=begins(wanted.on, zone).isoformat(),
        because=str(wanted.because),
    )
    return change


def _why_not(guardian: Participant, wanted: NewScope, today: date) -> NotChanged | None:
    first = earliest(wanted.may, today)
    if wanted.on < first:
        return NotChanged("too_soon", first)
    if not may_be_granted(wanted.scope, wanted.because):
        return NotChanged("not_agreed", first)
    if needs_a_document(wanted.scope, wanted.because) and not wanted.document.strip():
        return NotChanged("document", first)
    if wanted.because in (Because.TOGETHER, Because.THERAPIST) and not wanted.reason.strip():
        return NotChanged("reason", first)
    return NotChanged("same", first) if _is_same(guardian, wanted) else None


def _is_same(guardian: Participant, wanted: NewScope) -> bool:
    """Does it say what holds on that day already? The same grant twice is one grant."""
    before = [row.value() for row in guardian.scope_changes.all()]
    draft = ScopeChange(scope=wanted.scope or "", may=wanted.may, on=wanted.on, number=len(before) + 1)
    turns = turns_of(guardian.client)
    return reach([*before, draft.value()], wanted.on, turns) == reach(before, wanted.on, turns)


def _stored(
    guardian: Participant, wanted: NewScope, *, by: Clinician | OfficeMember, now: datetime
) -> ScopeChange:
    change = ScopeChange(
        id=uuid4(),
        practice_id=guardian.practice_id,
        guardian=guardian,
        number=guardian.scope_changes.count() + 1,
        scope=wanted.scope or "",
        may=wanted.may,
        on=wanted.on,
        because=wanted.because,
        entered_at=now,
        clinician=by if isinstance(by, Clinician) else None,
        office_member=by if isinstance(by, OfficeMember) else None,
    )
    sealer = Sealer(guardian.practice_id)
    if wanted.reason.strip():
        change.sealed_reason = sealer.seal(guardian.client_id, f"{change.place}.reason", wanted.reason)
    if wanted.document.strip():
        change.sealed_document = sealer.seal(guardian.client_id, f"{change.place}.document", wanted.document)
    change.save(force_insert=True)
    return change


def _tell(change: ScopeChange, guardian: Participant, *, send_to_guardian: datetime, now: datetime) -> None:
    """A mail to each that says only that something is there; the words stand on their own page."""
    for person in guardian.client.participants.writers().open_at(now).select_related("user"):
        _leave(change, person, send_at=now)
    _leave(change, guardian, send_at=send_to_guardian)


def _leave(change: ScopeChange, person: Participant, *, send_at: datetime) -> None:
    leave_notice(
        "agreement",
        to=person.user,
        practice_id=change.practice_id,
        once=f"scope:{change.pk}",
        link="/my/readers/",
        send_at=send_at,
    )
