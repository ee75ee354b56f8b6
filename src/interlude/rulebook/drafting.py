"""Rules that a clinician is writing: what they stand on, what is theirs, and what is still to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from interlude.agreements.templatetags.rules import rule_value
from interlude.boundaries.actions import publish_rules_once, published
from interlude.boundaries.calendars import ground_layers, own_rules
from interlude.boundaries.models import PolicyLayer
from interlude.core.errors import BadPolicy
from interlude.core.layers import Explanation, Layer, LayerKind, Resolved, diff, resolve, settle
from interlude.core.packs.load import Preset, preset_ids
from interlude.core.packs.load import preset as shipped
from interlude.core.rulebook import held_back, own_values
from interlude.core.toml_text import dump_values, load_layer
from interlude.practice.models import Clinician
from interlude.rulebook.fields import as_typed, field_for
from interlude.rulebook.own_form import NOT_ASKED, OwnRulesForm

FREELY = "none"
"""How a form says that its rules have no starting point."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a clinician writes on: the layers below their own, and their rules of today, if they have any."""

    clinician: Clinician
    on: date
    start: Preset | None
    layers: tuple[Layer, ...]
    origins: Mapping[str, Explanation]
    own: Layer | None
    goes_on: bool

    @property
    def preset(self) -> str:
        return self.start.id if self.start else ""

    @property
    def has_own_times(self) -> bool:
        """Are there times of reading that the clinician set, and not a starting point alone?"""
        return self.own is not None and any(
            key.startswith("check.") and key != "check.minutes" for key in self.own.values
        )

    @property
    def own_words(self) -> str:
        """The words that the clinician published, and so has read."""
        return str(self.own.values.get("client_text", "")) if self.own else ""

    @property
    def zone(self) -> str:
        """Where the clock hangs that the times are read off."""
        why = self.origins["zone"]
        return str(why.value) if why.locked_by else self.clinician.zone

    def not_asked(self) -> dict[str, Any]:
        """What no question asks and stays as it is; a practice elsewhere does not move a clinician's clock."""
        kept = {key: self.own.values[key] for key in NOT_ASKED if self.own and key in self.own.values}
        here = self.origins["zone"].value == self.zone
        return {key: value for key, value in kept.items() if key != "zone"} | (
            {} if here else {"zone": self.zone}
        )

    def first_values(self) -> dict[str, Any]:
        """What the questions begin with: the rules of today, or another starting point with one's own times."""
        own = dict(self.own.values) if self.own else {}
        if not self.goes_on:
            times = {key: value for key, value in own.items() if key.startswith(("check.", "hours."))}
            own = self._hours_of_the_house() | times
        try:
            mine = Layer(LayerKind.CLINICIAN, self.clinician.name, own)
            return resolve([*self.layers, mine], self.on).policy.values()
        except BadPolicy:  # turns on a day that is closed here, say: the page shows both, and what is wrong
            return {key: why.value for key, why in self.origins.items()} | own

    def _hours_of_the_house(self) -> dict[str, Any]:
        """The practice's hours rather than a starting point's, where nobody has said more."""
        house = settle([layer for layer in self.layers if layer.kind is LayerKind.PRACTICE], self.on)
        hours = {key: why for key, why in house.items() if key.startswith("hours.")}
        said = any(why.set_by.kind for why in hours.values())
        return {key: why.value for key, why in hours.items()} if said else {}


def ground_of(clinician: Clinician, start: str, now: datetime) -> Ground | None:
    """Where somebody stands who writes from *start*; "" goes on with the rules of today. None for no such start."""
    on = clinician.date_at(now)
    row = own_rules(clinician, on)
    going_on = row.preset if row and row.preset in preset_ids() else FREELY  # it may be shipped no longer
    given = start or going_on
    if given not in (FREELY, *preset_ids()):
        return None
    preset = "" if given == FREELY else given
    layers = tuple(load_layer(text, file="rules") for text in ground_layers(clinician, on, preset=preset))
    return Ground(
        clinician,
        on,
        shipped(preset) if preset else None,
        layers,
        settle(layers, on),
        row.layer() if row else None,
        goes_on=row is not None and row.preset == preset,
    )


def form_of(ground: Ground, data: Any = None) -> OwnRulesForm:
    """The questions, as somebody finds them or as they were sent."""
    newest = published(ground.clinician.practice, ground.clinician).last()
    form = OwnRulesForm(
        data,
        values=ground.first_values(),
        ground=ground.origins,
        start=ground.start,
        number=newest.number + 1 if newest else 1,
    )
    form.initial["read_words"] = ground.goes_on and "" != form.initial_words == ground.own_words
    return form


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen, as rules: what is the clinician's own, and what all of it comes to."""

    own: Mapping[str, Any]
    rules: Resolved


def draft_of(form: OwnRulesForm, ground: Ground) -> Draft | None:
    """The rules that *form* comes to; None, with what is wrong at its field, where it comes to none."""
    if not form.is_valid():
        return None
    own = ground.not_asked() | own_values(form.values(), ground.origins)
    try:
        layer = Layer(LayerKind.CLINICIAN, ground.clinician.name, own, since=ground.on)
        rules = resolve([*ground.layers, layer], ground.on)
    except BadPolicy as wrong:
        form.add_error(field_for(wrong.key, form.fields), as_typed(wrong))
        return None
    for one in held_back(rules):
        if at := field_for(one.key, form.fields):
            form.add_error(at, _held_words(one.key, one.holds, one.wanted, ground))
    return None if form.errors else Draft(own, rules)


def _held_words(key: str, holds: Any, wanted: Any, ground: Ground) -> str:
    return _(
        "%(house)s holds this for everybody: %(holds)s. Yours would be looser, or cannot be compared: %(wanted)s. "
        "Choose what holds, or something stricter; an owner of the practice can take the lock out."
    ) % {
        "house": ground.clinician.practice.name,
        "holds": rule_value(holds, key),
        "wanted": rule_value(wanted, key),
    }


def left_to_do(form: OwnRulesForm) -> dict[str, str]:
    """What stands between these words and a client: places to fill in, a text nobody read. By field. Rule: R-92."""
    if form.fields["client_text"].disabled:
        return {}
    todo = {}
    if places := form.reading.places:
        todo["client_text"] = _("Still to fill in: %(places)s. Write what belongs there, or take it out.") % {
            "places": ", ".join(f"“{each}”" for each in places[:5])
        }
    if form.words_as_shipped and not form["read_words"].value():
        todo["read_words"] = _(
            "These are still the words of the starting point. Make them yours, or read them and tick this."
        )
    return todo


def publish_draft(draft: Draft, form: OwnRulesForm, ground: Ground, *, now: datetime) -> PolicyLayer | None:
    """Publish what was written; None where other rules were published since the form was opened."""
    return publish_rules_once(
        dump_values(draft.own),
        number=form.cleaned_data["number"],
        practice=ground.clinician.practice,
        clinician=ground.clinician,
        by=ground.clinician,
        since=ground.on,
        now=now,
        preset=ground.preset,
    )


def changes_words(draft: Draft, ground: Ground) -> bool:
    """Do the rules differ from the starting point in something that its words may speak of?"""
    spoken = ("check.", "hours.", "promise", "topics.", "charge", "plan.")
    if ground.start is None:
        return False
    return any(one.key.startswith(spoken) for one in diff(ground.start.policy(), draft.rules.policy))
