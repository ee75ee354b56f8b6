"""Writing, sharing and keeping a plan for hard moments. Opening one is no act: nothing is written down (R-183)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from interlude.audit.record import record
from interlude.core.file_kinds import kind_of, refusal_of
from interlude.core.hard_moments import HardMoments, as_text, tidied
from interlude.core.zones import first_moment
from interlude.outbox.actions import leave_notice, withdraw_notices
from interlude.plans.models import LookedAt, Plan, PlanFile, PlanVersion
from interlude.practice.models import Clinician, Participant
from interlude.sealing.vault import Sealer

MORNING = time(9)
AT_ONCE = 500


@transaction.atomic
def write_plan(
    words: HardMoments, *, participant: Participant, now: datetime, version_id: UUID
) -> PlanVersion:
    """The plan as it is from now on; what stood before stays readable. The same *version_id* is one version."""
    plan = plan_of(participant)
    known = PlanVersion.unscoped.filter(pk=version_id).first()
    if known is not None and known.plan_id == plan.pk:
        return known
    last = plan.versions.first()
    version = PlanVersion(
        id=uuid4() if known else version_id,
        practice_id=plan.practice_id,
        plan=plan,
        number=last.number + 1 if last else 1,
        written_at=now,
    )
    sealer = Sealer(plan.practice_id)
    version.sealed = sealer.seal(participant.client_id, version.place, as_text(tidied(words)))
    version.save(force_insert=True)
    record(
        "plan.written", by=participant, on=plan, practice_id=plan.practice_id, at=now, number=version.number
    )
    return version


def plan_of(participant: Participant) -> Plan:
    """This person's plan, made where there is none, and held until the act is over."""
    Plan.unscoped.get_or_create(participant=participant, defaults={"practice_id": participant.practice_id})
    plan = Plan.unscoped.select_for_update(no_key=True).get(participant=participant)
    plan.participant = participant
    return plan


@transaction.atomic
def share_plan(plan: Plan, *, by: Participant, now: datetime) -> None:
    """From now on the clinician reads it as it is, and each change. Its owner takes that back at any time."""
    if Plan.unscoped.filter(pk=plan.pk, shared_at=None).update(shared_at=now):
        record("plan.shared", by=by, on=plan, practice_id=plan.practice_id, at=now)


@transaction.atomic
def keep_plan_alone(plan: Plan, *, by: Participant, now: datetime) -> None:
    """From now on nobody but its owner reads it."""
    if Plan.unscoped.filter(pk=plan.pk, shared_at__isnull=False).update(shared_at=None):
        record("plan.taken_back", by=by, on=plan, practice_id=plan.practice_id, at=now)


@transaction.atomic
def look_at_together(plan: Plan, *, on: date, by: Participant | Clinician, now: datetime) -> LookedAt:
    """Both looked at it on that day; twice said is once."""
    by_clinician = isinstance(by, Clinician)
    fields = {"practice_id": plan.practice_id, "by_clinician": by_clinician, "entered_at": now}
    look, new = LookedAt.unscoped.get_or_create(plan=plan, on=on, defaults=fields)
    if new:
        record("plan.looked_at", by=by, on=plan, practice_id=plan.practice_id, at=now, day=on.isoformat())
    return look


@transaction.atomic
def ask_for_reminder(plan: Plan, *, weeks: int | None, by: Participant, now: datetime) -> None:
    """A notice without content every so many weeks, or none: as its owner wishes. Rule: R-185."""
    if plan.review_weeks == weeks:
        return
    review_on = by.date_at(now) + timedelta(weeks=weeks) if weeks else None
    withdraw_notices(f"plan:{plan.pk}:")
    Plan.unscoped.filter(pk=plan.pk).update(review_weeks=weeks, review_on=review_on)
    record("plan.reminder", by=by, on=plan, practice_id=plan.practice_id, at=now, weeks=weeks)


def remind_of_review(*, now: datetime) -> int:
    """Leave a notice for each plan whose day has come, and count the next day. The worker's own round. R-185."""
    rows = Plan.unscoped.filter(review_on__lte=(now + timedelta(days=1)).date())
    return sum(_remind(plan, now) for plan in rows.select_related("participant__client", "participant__user"))


@transaction.atomic
def _remind(plan: Plan, now: datetime) -> bool:
    owner, due, weeks = plan.participant, plan.review_on, plan.review_weeks
    assert due is not None and weeks is not None  # the constraint plan_review_has_a_day_and_a_pace
    today = owner.date_at(now)
    if due > today:
        return False
    following = due
    while following <= today:
        following += timedelta(weeks=weeks)
    if not Plan.unscoped.filter(pk=plan.pk, review_on=due).update(review_on=following):
        return False
    ended = owner.access_ends is not None and owner.access_ends <= now
    if ended or owner.client.has_ended(now):
        return False
    morning = first_moment(today, MORNING, owner.time_zone())
    told = leave_notice(
        "due",
        to=owner.user,
        practice_id=owner.practice_id,
        once=f"plan:{plan.pk}:{due.isoformat()}",
        link="/my/plan/",
        send_at=morning + timedelta(days=1) if now > morning + timedelta(hours=11) else morning,
    )
    return told is not None


@transaction.atomic
def add_file(data: bytes, *, participant: Participant, now: datetime) -> PlanFile | str:
    """Keep a form filled in elsewhere, in place of the one before; or say why not: empty, large, kind. R-184."""
    kind = kind_of(data)
    if refused := refusal_of(data, kind):
        return refused
    assert kind is not None  # else it was refused
    plan, sealer = plan_of(participant), Sealer(participant.practice_id)
    before = PlanFile.unscoped.select_related("plan__participant").filter(plan=plan).first()
    if before is not None and before.data(sealer) == data:
        return before
    PlanFile.unscoped.filter(plan=plan).delete()
    file = PlanFile(practice_id=plan.practice_id, plan=plan, suffix=kind.suffix, added_at=now)
    file.seal(data, sealer)
    file.save(force_insert=True)
    record("plan.file_added", by=participant, on=plan, practice_id=plan.practice_id, at=now, kind=kind.suffix)
    return file


@transaction.atomic
def remove_file(file: PlanFile, *, by: Participant, now: datetime) -> None:
    """The form is gone from here."""
    if PlanFile.unscoped.filter(pk=file.pk).delete()[0]:
        record("plan.file_removed", by=by, on=file.plan, practice_id=file.practice_id, at=now)
