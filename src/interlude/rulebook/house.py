"""The practice's rules as they are written: what would change, whom it reaches, whose own setting gives way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from interlude.boundaries.actions import publish_rules_once, published
from interlude.boundaries.calendars import place_of, practice_rules, starting_point
from interlude.boundaries.models import PolicyLayer
from interlude.core.errors import BadPolicy
from interlude.core.keys import KEYS
from interlude.core.layers import Layer, diff, resolve
from interlude.core.orders import Direction
from interlude.core.rulebook import GivingWay, giving_way
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.models import Clinician, OfficeMember, Practice
from interlude.rulebook.fields import as_typed, field_for
from interlude.rulebook.house_form import HouseRulesForm


@dataclass(frozen=True, slots=True)
class Effect:
    """One rule of the practice that would change, or would be held or let go.

    Args:
        direction: whether clients get less or later by it.
        reaches: the clinicians for whose next agreements it makes a difference.
        gives_way: whose own setting would no longer hold.
    """

    key: str
    before: Any
    after: Any
    direction: Direction
    held: bool
    was_held: bool
    reaches: list[Clinician] = field(default_factory=list)
    gives_way: list[tuple[Clinician, GivingWay]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A clinician and what they have over the practice's rules: a starting point, rules of their own."""

    clinician: Clinician
    layers: tuple[Layer, ...]


def form_of(practice: Practice, on: date, data: Any = None) -> HouseRulesForm:
    """The practice's rules, as somebody finds them or as they were sent."""
    in_force = PolicyLayer.unscoped.in_force(on).filter(practice=practice, kind=PolicyLayer.Kind.PRACTICE)
    today, newest = list(in_force)[-1:], published(practice).last()
    return HouseRulesForm(
        data,
        rules=practice_rules(practice, on),
        layer=today[0].layer() if today else None,
        number=newest.number + 1 if newest else 1,
    )


def effects_of(form: HouseRulesForm, practice: Practice, on: date) -> list[Effect] | None:
    """What publishing would change. None, with what is wrong at its field, where it comes to no set of rules."""
    if not form.is_valid():
        return None
    try:
        after = form.to_layer(practice.name)
        place = load_layer(place_of(practice.name, practice.zone), file=practice.name)
        before = [place, *([form.layer] if form.layer else [])]
        return _effects(before, [place, after], colleagues_of(practice, on), on)
    except BadPolicy as wrong:
        form.add_error(field_for(wrong.key, form.fields), f"{_whose(wrong, practice)}{as_typed(wrong)}")
        return None


def colleagues_of(practice: Practice, on: date) -> list[Colleague]:
    """Everybody who sees clients, by name. Two queries."""
    rows = PolicyLayer.unscoped.in_force(on).filter(practice=practice, kind=PolicyLayer.Kind.CLINICIAN)
    newest = {row.clinician_id: row for row in rows}
    there = Clinician.objects.filter(left_at=None)
    return [Colleague(one, _over(newest[one.pk]) if one.pk in newest else ()) for one in there]


def _over(row: PolicyLayer) -> tuple[Layer, ...]:
    return tuple(load_layer(text, file="rules") for text in (*starting_point(row.preset), row.text))


def _effects(
    before: list[Layer], after: list[Layer], colleagues: Iterable[Colleague], on: date
) -> list[Effect]:
    old, new = resolve(before, on), resolve(after, on)
    directions = {change.key: change.direction for change in diff(old.policy, new.policy)}
    was, now = before[-1].locks, after[-1].locks
    effects = {
        key: Effect(
            key, old.origins[key].value, new.origins[key].value,
            directions.get(key, Direction.NEITHER), key in now, key in was,
        )
        for key in KEYS
        if key in directions or key in now ^ was
    }  # fmt: skip
    for one in colleagues:
        _mark(effects, one, before=before, after=after, on=on)
    return list(effects.values())


def _mark(
    effects: dict[str, Effect], one: Colleague, *, before: list[Layer], after: list[Layer], on: date
) -> None:
    """Write down at each effect whether it reaches this clinician, and what of theirs gives way."""
    then, now = (resolve([*layers, *one.layers], on) for layers in (before, after))
    for change in diff(then.policy, now.policy):
        if change.key in effects:
            effects[change.key].reaches.append(one.clinician)
    for lost in giving_way(before, after, own=one.layers, on=on):
        if lost.key in effects:
            effects[lost.key].gives_way.append((one.clinician, lost))


def _whose(wrong: BadPolicy, practice: Practice) -> str:
    """With whose rules it does not come together, if it is not the practice's alone."""
    others = [name for name in str(wrong.file).split(", ") if name not in (practice.name, "policy", "form")]
    return f"{', '.join(others)}: " if others else ""


def publish_house_rules(form: HouseRulesForm, office: OfficeMember, now: datetime) -> PolicyLayer | None:
    """Publish what was written; None where other rules were published since the form was opened."""
    practice = office.practice
    return publish_rules_once(
        dump_layer(form.to_layer(practice.name)),
        number=form.cleaned_data["number"],
        practice=practice,
        by=office,
        since=office.date_at(now),
        now=now,
    )
