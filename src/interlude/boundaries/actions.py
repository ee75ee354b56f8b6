"""Publishing rules, closing days, going away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction

from interlude.audit.record import record
from interlude.boundaries.calendars import clinician_layers, starting_point
from interlude.boundaries.models import Absence, ClosedDay, ExtraSupport, PolicyLayer
from interlude.boundaries.stamp import stamped
from interlude.core.layers import LayerKind, resolve
from interlude.core.packs.load import preset as shipped
from interlude.core.support import Stretch
from interlude.core.toml_text import dump_values, load_layer
from interlude.practice.models import Client, Clinician, Practice


@transaction.atomic
def publish_rules(
    text: str,
    *,
    practice: Practice,
    by: models.Model | None,
    since: date,
    now: datetime,
    clinician: Clinician | None = None,
    preset: str = "",
) -> PolicyLayer:
    """Publish the rules of a practice, or of one clinician. Raises BadPolicy naming key, value and remedy.

    A clinician's may stand on a starting point, *preset*: it lies below them wherever they are read.
    """
    kind = PolicyLayer.Kind.CLINICIAN if clinician else PolicyLayer.Kind.PRACTICE
    if preset:
        shipped(preset)  # or it says which was meant
    layer = PolicyLayer(
        practice=practice, clinician=clinician, kind=kind, since=since, published_at=now, preset=preset
    )
    return _publish(text, layer, by=by)


@transaction.atomic
def publish_rules_once(
    text: str,
    *,
    number: int | None,
    practice: Practice,
    by: models.Model,
    since: date,
    now: datetime,
    clinician: Clinician | None = None,
    preset: str = "",
) -> PolicyLayer | None:
    """Publish the version *number* that a form spoke of. The same form once more publishes nothing more.

    None, and nothing is published, where somebody published other rules since the form was opened.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)  # one version at a time
    newest = published(practice, clinician).last()
    if number != (newest.number + 1 if newest else 1):
        same = newest is not None and newest.number == number and newest.preset == preset
        return newest if newest and same and _says(newest, text) else None
    return publish_rules(
        text, practice=practice, by=by, since=since, now=now, clinician=clinician, preset=preset
    )


def published(practice: Practice, clinician: Clinician | None = None) -> models.QuerySet[PolicyLayer]:
    """All rules published for a practice itself, or for one of its clinicians, oldest first."""
    kind = PolicyLayer.Kind.CLINICIAN if clinician else PolicyLayer.Kind.PRACTICE
    rows = PolicyLayer.unscoped.filter(practice=practice, clinician=clinician, kind=kind)
    return rows.order_by("number")


def _says(row: PolicyLayer, text: str) -> bool:
    """Are these the same rules, whoever set them and since when?"""
    one = row.layer()
    other = load_layer(stamped(text, kind=one.kind, name=one.name, since=row.since), file=one.name)
    return (one.values, one.locks) == (other.values, other.locks)


@transaction.atomic
def grant_exception(
    text: str,
    *,
    client: Client,
    by: models.Model | None,
    since: date,
    until: date,
    reason: str,
    now: datetime,
) -> PolicyLayer:
    """Rules for one client for a time, with a reason and an end (law 8)."""
    layer = PolicyLayer(
        practice_id=client.practice_id,
        client=client,
        kind=PolicyLayer.Kind.EXCEPTION,
        since=since,
        until=until,
        reason=reason,
        published_at=now,
    )
    return _publish(text, layer, by=by)


@transaction.atomic
def lay_support(
    stretch: Stretch, *, support: ExtraSupport, by: models.Model | None, now: datetime
) -> PolicyLayer:
    """One step of extra support, as a dated layer. What it is for stays sealed with the support."""
    layer = PolicyLayer(
        practice_id=support.practice_id,
        client=support.client,
        support=support,
        kind=PolicyLayer.Kind.EXCEPTION,
        since=stretch.since,
        until=stretch.until,
        reason=SUPPORT,
        published_at=now,
    )
    return _publish(dump_values(stretch.values), layer, by=by)


def cut_support(support: ExtraSupport, *, on: date) -> None:
    """From the day after *on*, none of its layers counts. Part of the act that moves the end."""
    longer = PolicyLayer.unscoped.filter(support=support, until__gt=on)
    longer.filter(models.Q(cut_on=None) | models.Q(cut_on__gt=on)).update(cut_on=on)


SUPPORT = "extra support"


def _publish(text: str, layer: PolicyLayer, *, by: models.Model | None) -> PolicyLayer:
    same_place = PolicyLayer.unscoped.filter(
        practice_id=layer.practice_id, kind=layer.kind, clinician=layer.clinician, client=layer.client
    )
    layer.text = stamped(
        text,
        kind=LayerKind(layer.kind),
        name=_name(layer),
        since=layer.since,
        until=layer.until,
        reason=layer.reason,
    )
    _check_together(layer)
    layer.number = (same_place.aggregate(models.Max("number"))["number__max"] or 0) + 1
    layer.save(force_insert=True)
    record(
        "rules.published",
        by=by,
        on=layer,
        practice_id=layer.practice_id,
        at=layer.published_at,
        kind=layer.kind,
    )
    return layer


def _check_together(layer: PolicyLayer) -> None:
    """Raise BadPolicy where the layer and those it will stand with do not come to one set of rules.

    Sound by itself, a layer may still never open, or hold a lock against another; pages would find out too late.
    """
    for texts in _stands_with(layer):
        resolve([load_layer(text, file=_name(layer)) for text in [*texts, layer.text]], layer.since)


def _stands_with(layer: PolicyLayer) -> list[list[str]]:
    """The texts of the layers that this one will be read with, one list for each place it is read at."""
    if layer.client is not None:
        return [clinician_layers(layer.client.clinician, layer.since)]
    here = PolicyLayer.unscoped.in_force(layer.since).filter(practice_id=layer.practice_id)
    if layer.clinician is not None:
        practice = [row.text for row in here.filter(kind=PolicyLayer.Kind.PRACTICE)][-1:]
        return [[*practice, *starting_point(layer.preset)]]
    newest = {
        row.clinician_id: row for row in here.filter(kind=PolicyLayer.Kind.CLINICIAN, clinician__left_at=None)
    }
    return [[], *([*starting_point(row.preset), row.text] for row in newest.values())]


def _name(layer: PolicyLayer) -> str:
    match layer.kind:
        case PolicyLayer.Kind.PRACTICE:
            return layer.practice.name
        case PolicyLayer.Kind.CLINICIAN if layer.clinician is not None:
            return layer.clinician.name
        case _:
            return "exception"


@transaction.atomic
def close_days(
    days: Iterable[tuple[date, str]],
    *,
    practice: Practice,
    by: models.Model | None,
    now: datetime,
    clinician: Clinician | None = None,
) -> int:
    """Close whole days, by date and name. A day that is closed already keeps its name. Returns how many are new.

    Dates that were given move by `messaging.calendar_changes.close_and_move`.
    """
    made = 0
    for on, name in days:
        _, new = ClosedDay.unscoped.get_or_create(
            practice=practice, clinician=clinician, on=on, defaults={"name": name[:80], "set_at": now}
        )
        made += new
    if made:
        record("days.closed", by=by, on=practice, practice_id=practice.id, at=now, days=made)
    return made


@transaction.atomic
def reopen_day(closed: ClosedDay, *, by: models.Model | None, now: datetime) -> None:
    """Open a closed day again. Promises already given stay as they are: they only come sooner than said."""
    record(
        "day.reopened", by=by, on=closed, practice_id=closed.practice_id, at=now, day=closed.on.isoformat()
    )
    closed.delete()


@transaction.atomic
def go_away(
    *,
    clinician: Clinician,
    starts_at: datetime,
    ends_at: datetime,
    by: models.Model | None,
    now: datetime,
    series: UUID | None = None,
    unplanned: str = "",
) -> Absence:
    """Write down time away, once. Promises that fall into it are moved by `messaging.promises.move_promises`."""
    same = Absence.unscoped.filter(clinician=clinician, starts_at=starts_at, ends_at=ends_at).first()
    if same is not None:
        return same
    absence = Absence.unscoped.create(
        practice_id=clinician.practice_id,
        clinician=clinician,
        starts_at=starts_at,
        ends_at=ends_at,
        set_at=now,
        series=series,
        unplanned=unplanned,
    )
    record("absence.set", by=by, on=absence, practice_id=clinician.practice_id, at=now, why=unplanned)
    return absence


@transaction.atomic
def change_absence(
    absence: Absence, *, starts_at: datetime, ends_at: datetime, by: models.Model | None, now: datetime
) -> None:
    """Other moments for one stretch. Dates that fall into it then are moved by `messaging.promises`."""
    if (absence.starts_at, absence.ends_at) == (starts_at, ends_at):
        return
    moments = {"starts_at": starts_at, "ends_at": ends_at, "set_at": now}
    Absence.unscoped.filter(pk=absence.pk).update(**moments)
    record("absence.changed", by=by, on=absence, practice_id=absence.practice_id, at=now)


@transaction.atomic
def cancel_absence(absence: Absence, *, by: models.Model | None, now: datetime) -> bool:
    """Take one stretch back; one that has begun ends now. False where it is over.

    Dates that were given stay as they are: answers only come sooner than said.
    """
    if absence.ends_at <= now:
        return False
    record("absence.cancelled", by=by, on=absence, practice_id=absence.practice_id, at=now)
    if absence.starts_at < now:
        Absence.unscoped.filter(pk=absence.pk).update(ends_at=now)
    else:
        absence.delete()
    return True
