"""A professional will: written by a clinician, opened by two people together, each step in the record. Rule: R-248."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from interlude.audit.record import record
from interlude.away.models import CONFIRM_WITHIN, OF_PRACTICE, Will, WillOpening
from interlude.practice.models import Clinician, OfficeMember

MAY_OPEN = (OfficeMember.Role.CUSTODIAN, OfficeMember.Role.OWNER)


@transaction.atomic
def write_will(text: str, *, clinician: Clinician, now: datetime) -> Will:
    """Keep it sealed; written again, it is replaced. An opening that nobody confirmed yet falls with the old words."""
    Clinician.unscoped.select_for_update(no_key=True).get(pk=clinician.pk)
    known = Will.unscoped.filter(clinician=clinician).first()
    if known is not None and known.words() == text and known.sealed.startswith(OF_PRACTICE):
        return known
    will = known or Will(practice_id=clinician.practice_id, clinician=clinician)
    will.seal(text)
    will.written_at = now
    will.save()
    will.openings.filter(confirmed_at=None).delete()
    record("will.written", by=clinician, on=will, practice_id=will.practice_id, at=now)
    return will


def may_open(member: OfficeMember) -> bool:
    return member.role in MAY_OPEN


@transaction.atomic
def ask_to_open(will: Will, *, by: OfficeMember, now: datetime) -> WillOpening:
    """The first of two. One that waits or is open is not asked for twice."""
    for opening in will.openings.all():
        if opening.waits(now) or opening.is_open(now):
            return opening
    opening = WillOpening.unscoped.create(practice_id=will.practice_id, will=will, asked_by=by, asked_at=now)
    record("will.opening_asked", by=by, on=will, practice_id=will.practice_id, at=now)
    return opening


@transaction.atomic
def confirm_opening(opening: WillOpening, *, by: OfficeMember, now: datetime) -> bool:
    """The second of two, somebody else, within three days. False for anybody and any moment that does not do."""
    waiting = WillOpening.unscoped.filter(pk=opening.pk, confirmed_at=None, asked_at__gt=now - CONFIRM_WITHIN)
    if not may_open(by) or waiting.exclude(asked_by=by).update(confirmed_by=by, confirmed_at=now) != 1:
        return False
    record("will.opened", by=by, on=opening.will, practice_id=opening.practice_id, at=now)
    return True


def read_will(opening: WillOpening, *, by: OfficeMember, now: datetime) -> str:
    """The words, for a day; each reading leaves a line."""
    assert opening.is_open(now) and may_open(by)  # the view answers 404 before
    record("will.read", by=by, on=opening.will, practice_id=opening.practice_id, at=now)
    return opening.will.words()


def wills_of(practice_id: UUID) -> models.QuerySet[Will]:
    rows = Will.unscoped.filter(practice=practice_id).select_related("clinician")
    return rows.prefetch_related("openings__asked_by", "openings__confirmed_by").order_by("clinician__name")
