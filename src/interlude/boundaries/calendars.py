"""The calendar a promise is counted on: agreed hours, less closed days and time away."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models

from interlude.boundaries.models import Absence, ClosedDay, PolicyLayer
from interlude.core.hours import Absence as TimeAway
from interlude.core.hours import Calendar
from interlude.core.layers import Layer, LayerKind, Resolved, resolve
from interlude.core.packs.load import preset as shipped
from interlude.core.packs.load import preset_ids
from interlude.core.policy import Policy
from interlude.core.rulebook import with_another_start
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.models import Clinician, Practice
from interlude.practice.prepared import Prepared


def calendar_of(clinician: Clinician, policy: Policy) -> Calendar:
    """The clinician's open hours under *policy*; two queries."""
    return _calendar(policy, *days_off(clinician))


def days_off(clinician: Clinician) -> tuple[frozenset[date], tuple[TimeAway, ...]]:
    """The days on which nothing is open for this clinician, and their time away; two queries."""
    closed = _CLOSED(clinician=clinician.pk, practice=clinician.practice_id)
    return frozenset(closed), tuple(absence.value() for absence in _AWAY(clinician=clinician.pk))


_CLOSED: Prepared[date] = Prepared(
    lambda clinician, practice: ClosedDay.unscoped.filter(
        models.Q(clinician=None) | models.Q(clinician=clinician), practice=practice
    ).values_list("on", flat=True),
    clinician=models.UUIDField(),
    practice=models.UUIDField(),
)
_AWAY: Prepared[Absence] = Prepared(
    lambda clinician: Absence.unscoped.filter(clinician=clinician), clinician=models.UUIDField()
)


def desk_calendar_of(practice: Practice, on: date, *, tried: Layer | None = None) -> tuple[Policy, Calendar]:
    """The front desk's rules and open hours: the practice's own layer, or *tried*, closed days taken out."""
    policy = practice_rules(practice, on, tried=tried).policy
    closed = ClosedDay.unscoped.filter(practice=practice, clinician=None).values_list("on", flat=True)
    return policy, _calendar(policy, frozenset(closed), ())


def practice_rules(practice: Practice, on: date, *, tried: Layer | None = None) -> Resolved:
    """The practice's own rules on that day, the newest published; or *tried* in their place."""
    newest = _OF_PRACTICE(practice=practice.pk, on=on)
    place = load_layer(place_of(practice.name, practice.zone), file=practice.name)
    return resolve([place, *([tried] if tried else (row.layer() for row in newest))], on)


def clinician_layers(clinician: Clinician, on: date, *, preset: str = "") -> list[str]:
    """The texts an agreement is made from: the clinician's place, the practice's newest, the starting point, the own.

    The starting point is *preset*; without one, that of the clinician's own rules, if they have one. Laid over
    another starting point than they were written for, own rules leave their words behind. Rule: R-93.
    """
    own = own_rules(clinician, on)
    start = preset or (own.preset if own else "")
    ground = ground_layers(clinician, on, preset=start)
    if own is None:
        return ground
    stays = own.preset in ("", start)
    return [*ground, own.text if stays else dump_layer(with_another_start(own.layer()))]


def ground_layers(clinician: Clinician, on: date, *, preset: str = "") -> list[str]:
    """What a clinician's own rules stand on: their place, the practice's newest rules, a starting point."""
    practice = _OF_PRACTICE(practice=clinician.practice_id, on=on)
    place = place_of(clinician.name, clinician.zone)
    return [place, *(row.text for row in practice), *starting_point(preset)]


def own_rules(clinician: Clinician, on: date) -> PolicyLayer | None:
    """The clinician's own rules of that day, the newest published."""
    return next(iter(_OWN(clinician=clinician.pk, on=on)), None)


def _newest(on: Any, **of: Any) -> models.QuerySet[PolicyLayer]:
    """The newest published of one place: none or one."""
    return PolicyLayer.unscoped.in_force(on).filter(**of).reverse()[:1]


_OF_PRACTICE: Prepared[PolicyLayer] = Prepared(
    lambda practice, on: _newest(on, practice=practice, kind=PolicyLayer.Kind.PRACTICE),
    practice=models.UUIDField(),
    on=models.DateField(),
)
_OWN: Prepared[PolicyLayer] = Prepared(
    lambda clinician, on: _newest(on, clinician=clinician, kind=PolicyLayer.Kind.CLINICIAN),
    clinician=models.UUIDField(),
    on=models.DateField(),
)


def starting_point(preset: str) -> list[str]:
    """A preset as it is shipped, as TOML; nothing for none, or for one that is shipped no longer."""
    return [dump_layer(shipped(preset).layer)] if preset in preset_ids() else []


def place_of(name: str, zone: str) -> str:
    """What holds before anybody published a rule: the clock on the wall where they are, not UTC."""
    return dump_layer(Layer(LayerKind.PRACTICE, name, {"zone": zone}))


@lru_cache(maxsize=512)
def _calendar(policy: Policy, closed: frozenset[date], away: tuple[TimeAway, ...]) -> Calendar:
    """The same rules, closed days and absences are the same calendar; its tables are built once."""
    return policy.calendar(closed_on=closed, absences=away)
