"""Giving one client extra support for a time, and moving its end openly."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Q

from interlude.agenda.actions import EXTRA_SUPPORT, forget_until_then, keep_until_then
from interlude.agreements.actions import version_held, writers_of
from interlude.agreements.models import Agreement
from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.audit.record import record
from interlude.boundaries.actions import SUPPORT, cut_support, lay_support
from interlude.boundaries.calendars import clinician_layers
from interlude.boundaries.models import ExtraSupport, PolicyLayer, SupportMove
from interlude.boundaries.stamp import stamped
from interlude.core.errors import BadPolicy
from interlude.core.layers import LayerKind, resolve
from interlude.core.support import (
    Fault,
    MovedEnd,
    Plan,
    Refused,
    Stretch,
    earliest_end,
    refusal_of_days,
    refusal_of_end,
    refusal_of_more,
    told_on,
)
from interlude.core.toml_text import dump_values, load_layer
from interlude.outbox.actions import leave_notice, withdraw_notice
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer

MORNING = time(9)
Days = list[tuple[date, date]]


@transaction.atomic
def give_support(
    purpose: str, plan: Plan, *, client: Client, by: Clinician, now: datetime, support_id: UUID
) -> ExtraSupport | Refused:
    """More than was agreed, for this client alone, in dated steps (law 8). The same *support_id* is one plan."""
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    known = ExtraSupport.unscoped.filter(pk=support_id).first()
    if known is not None and known.client_id == client.pk:
        return known
    refused = _refusal(plan, client, now)
    if refused is not None:
        return refused
    support = ExtraSupport(
        id=support_id if known is None else uuid4(),
        practice_id=client.practice_id,
        client=client,
        since=plan.since,
        until=plan.until,
        review_on=plan.review_on,
        given_at=now,
        given_by=by,
    )
    support.sealed = Sealer(client.practice_id).seal(client.pk, support.place, purpose)
    support.save(force_insert=True)
    for stretch in plan.stretches():
        lay_support(stretch, support=support, by=by, now=now)
    _plan_review(support, by=by, now=now)
    _tell(support, now)
    record("support.given", by=by, on=support, practice_id=client.practice_id, at=now)
    return support


@transaction.atomic
def move_support_end(
    support: ExtraSupport, moved: MovedEnd, *, by: Clinician, now: datetime
) -> ExtraSupport | Refused:
    """Another end: later at any time, sooner with notice and a session before it, or as both agreed. R-114."""
    Client.unscoped.select_for_update(no_key=True).get(pk=support.client_id)
    fresh = ExtraSupport.unscoped.select_related("client__clinician").get(pk=support.pk)
    if (moved.to, moved.review_on) == (fresh.until, fresh.review_on) and fresh.moves.exists():
        return fresh  # the same form once more
    refused = _refusal_of_move(fresh, moved, now) or _lay_longer(fresh, moved, by=by, now=now)
    if refused is not None:
        return refused
    forget_until_then(_review_id(fresh), client=fresh.client)
    SupportMove.objects.create(
        support=fresh, from_until=fresh.until, to_until=moved.to, agreed_on=moved.agreed_on, moved_at=now
    )
    _withdraw(fresh)
    cut_support(fresh, on=moved.to)
    fresh.until, fresh.review_on = moved.to, moved.review_on
    fresh.save(update_fields=["until", "review_on"])
    _plan_review(fresh, by=by, now=now)
    _tell(fresh, now, what=f"moved:{fresh.moves.count()}")
    record("support.end_moved", by=by, on=fresh, practice_id=fresh.practice_id, at=now)
    return fresh


def taken_days(client: Client, today: date, *, but: ExtraSupport | None = None) -> Days:
    """Days of this client that have an exception already, from today on."""
    rows = PolicyLayer.unscoped.filter(client=client, kind=PolicyLayer.Kind.EXCEPTION, until__gte=today)
    rows = rows.exclude(support=but) if but else rows
    found = [(row.since, row.last_day) for row in rows.filter(Q(cut_on=None) | Q(cut_on__gte=today))]
    return [(first, last) for first, last in found if last is not None and first <= last]


def soonest_end(client: Client, now: datetime, *, agreed_on: date | None = None) -> date | None:
    """The soonest day to which an end may move forward; None if no session is planned."""
    today, agreement = client.clinician.date_at(now), version_held(client, now)
    session = next_session(client, now)
    return earliest_end(
        today=today,
        notice_days=agreement.as_agreed(today).policy.change_notice_days if agreement else 0,
        session_on=client.clinician.date_at(session.starts_at) if session else None,
        agreed_on=agreed_on,
    )


def _refusal(plan: Plan, client: Client, now: datetime) -> Refused | None:
    agreement = version_held(client, now)
    if agreement is None:
        return Refused(Fault.NO_AGREEMENT)
    today = client.clinician.date_at(now)
    refused = refusal_of_days(plan, today=today, taken=taken_days(client, today))
    if refused is not None:
        return refused
    return next(filter(None, (_refusal_of_stretch(one, agreement, client) for one in plan.stretches())), None)


def _refusal_of_stretch(stretch: Stretch, agreement: Agreement, client: Client) -> Refused | None:
    """Against what was agreed, and against what the practice locks by now."""
    on = stretch.since
    text = stamped(
        dump_values(stretch.values),
        kind=LayerKind.EXCEPTION,
        name="exception",
        since=on,
        until=stretch.until,
        reason=SUPPORT,
    )
    try:
        refused = refusal_of_more(agreement.as_agreed(on), agreement.as_agreed(on, text), on=on)
        if refused is not None:
            return refused
        layers = [load_layer(each, file="rules") for each in clinician_layers(client.clinician, on)]
        by_now = refusal_of_more(resolve(layers, on), resolve([*layers, load_layer(text)], on), on=on)
    except BadPolicy as wrong:
        return Refused(Fault.LOCKED, wrong.key, wrong.value, None, on)
    return by_now if by_now and by_now.fault is Fault.LOCKED else None


def _refusal_of_move(support: ExtraSupport, moved: MovedEnd, now: datetime) -> Refused | None:
    client = support.client
    today = client.clinician.date_at(now)
    return refusal_of_end(
        moved,
        since=support.since,
        until=support.until,
        given_on=client.clinician.date_at(support.given_at),
        today=today,
        soonest=soonest_end(client, now, agreed_on=moved.agreed_on),
        taken=taken_days(client, today, but=support),
    )


def _lay_longer(support: ExtraSupport, moved: MovedEnd, *, by: Clinician, now: datetime) -> Refused | None:
    """Where it is prolonged: what holds on its last day goes on, if it still is more than was agreed."""
    if moved.to <= support.until:
        return None
    rows = PolicyLayer.unscoped.in_force(support.until).filter(support=support)
    agreement, last = version_held(support.client, now), rows.last()
    if agreement is None or last is None:
        return Refused(Fault.NO_AGREEMENT)
    stretch = Stretch(date.fromordinal(support.until.toordinal() + 1), moved.to, last.layer().values)
    refused = _refusal_of_stretch(stretch, agreement, support.client)
    if refused is None:
        lay_support(stretch, support=support, by=by, now=now)
    return refused


def _review_id(support: ExtraSupport) -> UUID:
    return uuid5(support.pk, f"review:{support.review_on}")


def _plan_review(support: ExtraSupport, *, by: Clinician, now: datetime) -> None:
    """On our list for the session that is the first on the day of the look back, or after it."""
    keep_until_then(
        client=support.client,
        topic=EXTRA_SUPPORT,
        item_id=_review_id(support),
        by=by,
        now=now,
        added_at=_review_shows_at(support, now),
    )


def _review_shows_at(support: ExtraSupport, now: datetime) -> datetime:
    """Once that session is the next one; on the day itself, where no session is planned for it yet."""
    day = _morning(support, support.review_on, time())
    coming = Session.unscoped.filter(client=support.client).coming(now)
    if not coming.filter(starts_at__gte=day).exists():
        return max(now, day)
    before = coming.filter(starts_at__lt=day).last()
    return before.ends_at if before else now


def _tell(support: ExtraSupport, now: datetime, *, what: str = "") -> None:
    """As it begins, and before it ends; of another end at once. Rule: R-115."""
    days = told_on(support.since, support.until)
    moments = {"end": _morning(support, days[1])} if len(days) > 1 else {}
    moments |= {what: now} if what else {"begin": max(now, _morning(support, days[0]))}
    for participant in writers_of(support.client, now=now).select_related("user"):
        for name, at in moments.items():
            if at >= now:
                leave_notice(
                    "extra_support",
                    to=participant.user,
                    practice_id=support.practice_id,
                    once=_once(support, name),
                    link="/my/agreement/",
                    send_at=at,
                )


def _withdraw(support: ExtraSupport) -> None:
    """The notice of an end that has moved."""
    for participant in writers_of(support.client).select_related("user"):
        withdraw_notice(_once(support, "end"), to=participant.user)


def _once(support: ExtraSupport, name: str) -> str:
    return f"support:{support.pk}:{name}:{support.until if name == 'end' else ''}"


def _morning(support: ExtraSupport, on: date, at: time = MORNING) -> datetime:
    return datetime.combine(on, at, tzinfo=support.client.clinician.time_zone())
