"""Asking a colleague to stand in, their answer, ending it, a client's no, and writing a break plan."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.audit.record import record
from interlude.boundaries.models import Absence
from interlude.core.cover import StandsIn, away_meanwhile, circle
from interlude.core.hours import Absence as Stretch
from interlude.cover.models import BreakPlan, Cover, CoverPart
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Asked:
    """What a colleague is asked for: clients and topics, from when until when."""

    colleague: Clinician
    clients: Sequence[Client]
    topics: Sequence[str]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Doubts:
    """Why nobody might read after all: the colleague's own time away, and people who cover each other in a circle."""

    away: list[tuple[datetime, datetime]]
    circle: list[str]

    def __bool__(self) -> bool:
        return bool(self.away or self.circle)


@dataclass(frozen=True, slots=True)
class Known:
    """What doubts are made of: somebody's time away, and who stands in for whom in the practice."""

    away: list[Stretch]
    covers: list[Cover]


def known_about(colleague: Clinician, *, now: datetime) -> Known:
    """Two queries, for however many covers they are asked for."""
    theirs = Absence.unscoped.filter(clinician=colleague, ends_at__gt=now)
    here = Cover.unscoped.not_over(now).filter(practice_id=colleague.practice_id)
    rows = here.select_related("clinician", "colleague")
    return Known([one.value() for one in theirs], list(rows))


def doubts_about(asked: Asked, *, clinician: Clinician, known: Known) -> Doubts:
    """What speaks against asking, or accepting. It is said, and never decides. Rule: R-245."""
    away = away_meanwhile(known.away, asked.starts_at, asked.ends_at)
    names = {str(one.pk): one.name for row in known.covers for one in (row.clinician, row.colleague)}
    names |= {str(one.pk): one.name for one in (clinician, asked.colleague)}
    new = StandsIn(str(clinician.pk), str(asked.colleague.pk), asked.starts_at, asked.ends_at)
    people = circle(new, (row.value() for row in known.covers))
    return Doubts([(one.starts, one.ends) for one in away], [names[key] for key in people])


@transaction.atomic
def ask_cover(
    asked: Asked,
    *,
    clinician: Clinician,
    by: models.Model,
    absence: Absence | None,
    now: datetime,
    cover_id: UUID,
) -> Cover:
    """Ask a colleague. The same *cover_id* twice is one request. Nothing is seen by anybody before they accept."""
    known = Cover.unscoped.filter(pk=cover_id).first()
    if known is not None and known.clinician_id == clinician.pk:
        return known
    cover = Cover.unscoped.create(
        id=uuid4() if known else cover_id,
        practice_id=clinician.practice_id,
        clinician=clinician,
        colleague=asked.colleague,
        absence=absence,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        topics=list(asked.topics),
        asked_at=now,
    )
    CoverPart.objects.bulk_create(CoverPart(cover=cover, client=one) for one in asked.clients)
    leave_notice(
        "cover",
        to=asked.colleague.user,
        practice_id=cover.practice_id,
        once=f"cover:{cover.pk}",
        link="/practice/covers/",
        send_at=now,
    )
    facts = {"clients": len(asked.clients), "topics": len(asked.topics)}
    record("cover.asked", by=by, on=cover, practice_id=cover.practice_id, at=now, **facts)
    return cover


@transaction.atomic
def answer_cover(cover: Cover, *, accepts: bool, by: Clinician, now: datetime) -> bool:
    """The colleague's yes or no, once; False where it was answered, taken back or is over."""
    waiting = Cover.unscoped.filter(pk=cover.pk, colleague=by, accepted=None, ended_at=None, ends_at__gt=now)
    if waiting.update(accepted=accepts, answered_at=now) != 1:
        return False
    verb = "cover.accepted" if accepts else "cover.declined"
    record(verb, by=by, on=cover, practice_id=cover.practice_id, at=now)
    return True


@transaction.atomic
def end_cover(cover: Cover, *, by: models.Model | None, now: datetime) -> bool:
    """Taken back by who asked, or given back by who stands in; at once. False where it is over already."""
    if Cover.unscoped.not_over(now).filter(pk=cover.pk).update(ended_at=now) != 1:
        return False
    record("cover.ended", by=by, on=cover, practice_id=cover.practice_id, at=now)
    return True


@transaction.atomic
def refuse_cover(part: CoverPart, *, by: Participant, now: datetime, refuses: bool = True) -> None:
    """A client's own word: nothing of theirs is read by who stands in; or it may be, after all."""
    if (part.refused_at is not None) == refuses:
        return
    CoverPart.objects.filter(pk=part.pk).update(refused_at=now if refuses else None)
    verb = "cover.refused" if refuses else "cover.allowed"
    record(verb, by=by, on=part.cover, practice_id=by.practice_id, at=now)


@transaction.atomic
def write_break_plan(
    said: Mapping[str, str], *, client: Client, absence: Absence, by: Clinician, now: datetime
) -> BreakPlan:
    """Keep what helps and who is there, sealed; written again, it is replaced."""
    client = Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    known = BreakPlan.unscoped.filter(client=client, absence=absence).first()
    plan = known or BreakPlan(practice_id=client.practice_id, client=client, absence=absence)
    sealer = Sealer(client.practice_id)
    if known is not None and known.said(sealer) == dict(said):
        return known
    plan.sealed, plan.set_at = sealer.seal(client.pk, plan.place, json.dumps(dict(said))), now
    plan.save()
    record("break_plan.written", by=by, on=plan, practice_id=client.practice_id, at=now)
    return plan
