"""The practice's rules as a form: each may be set or left open, and what is set may be held for everybody below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext_lazy as _

from interlude.core.layers import Explanation, Layer, LayerKind, Resolved
from interlude.core.readability import Reading, reading
from interlude.core.terms import WEEKDAYS, Channel, Topic
from interlude.rulebook.fields import field_of, typed_as
from interlude.rulebook.promises import Question, promise_fields, promise_initial, question, read_promise

HOURS = tuple(f"hours.{day}" for day in WEEKDAYS)
HOLDABLE = (
    "messages",
    "minimum_age",
    "promise",
    "replies_leave",
    "change_notice_days",
    *(f"topics.{topic}" for topic in Topic),
    *(f"channels.{channel}" for channel in Channel),
    "client_text",
)
ASKED = ("zone", *HOURS, "desk_promise", *HOLDABLE)
NOTHING = _("left to each therapist")
HOLDS: Mapping[str, Any] = {
    "promise": _("Nobody may promise slower"),
    "minimum_age": _("Nobody may go lower"),
    "change_notice_days": _("Nobody may give less"),
    "client_text": _("Everybody uses exactly these words"),
}
HINTS: Mapping[str, Any] = {
    "minimum_age": _("In years. Empty: left to each therapist."),
    "change_notice_days": _("In days. Empty: left to each therapist."),
    "client_text": _(
        "Words that every client reads first, if your practice has some. Empty: each therapist’s own."
    ),
}


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule of the practice: its field, the tick that holds it, and who set it until now."""

    field: forms.BoundField
    hold: forms.BoundField | None
    why: Explanation


@dataclass(frozen=True, slots=True)
class OpenDay:
    """One weekday of the practice."""

    name: Any
    field: forms.BoundField


class HouseRulesForm(forms.Form):
    """What the practice sets, and holds.

    Args:
        rules: the practice's rules of today.
        layer: what it has published; None for nothing yet.
        number: of the version that publishing makes.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rules: Resolved, layer: Layer | None, number: int) -> None:
        super().__init__(data)
        self.rules, self.layer = rules, layer
        values: Mapping[str, Any] = layer.values if layer else {}
        for key in ASKED:
            if key not in ("promise", "desk_promise"):
                none = None if key in ("zone", *HOURS) else NOTHING
                self.fields[key] = field_of(key, none=none)
                self.fields[key].help_text = HINTS.get(key, "")
                shown = rules.origins[key].value if none is None else values.get(key)
                self.initial[key] = typed_as(shown)
        self.fields |= promise_fields("promise", label=_("Slowest promise"), none=NOTHING)
        desk = _("within one working day, as the product starts")
        self.fields |= promise_fields(
            "desk_promise", label=_("The front desk answers"), none=desk, session=False
        )
        self.initial.update(promise_initial("promise", values.get("promise")))
        self.initial.update(promise_initial("desk_promise", values.get("desk_promise")) | {"number": number})
        for key in HOLDABLE:
            label = HOLDS.get(key, _("Nobody may loosen it"))
            self.fields[f"hold.{key}"] = forms.BooleanField(label=label, required=False)
            self.initial[f"hold.{key}"] = layer is not None and key in layer.locks

    def clean(self) -> dict[str, Any]:
        """Promises from their parts; a lock wants a value to hold."""
        given: dict[str, Any] = super().clean() or {}
        for key in ("promise", "desk_promise"):
            given[key] = read_promise(self, key, key)
        for key in HOLDABLE:
            wrong = any(name == key or name.startswith(f"{key}.") for name in self.errors)
            if given.get(f"hold.{key}") and given.get(key) in (None, "") and not wrong:
                self.add_error(
                    f"hold.{key}", _("A lock holds a value. Choose one first, or take this tick away.")
                )
        return given

    def to_layer(self, name: str) -> Layer:
        """What was chosen, with what was set elsewhere and is not asked here. Only of a valid form."""
        chosen = {key: self.cleaned_data[key] for key in ASKED if self.cleaned_data[key] not in (None, "")}
        held = {key for key in HOLDABLE if self.cleaned_data[f"hold.{key}"]}
        others = {key: value for key, value in self.others.items() if key not in chosen}
        locks = self.layer.locks if self.layer else frozenset()
        return Layer(
            LayerKind.PRACTICE, name, others | chosen, locks=frozenset(held | (locks & others.keys()))
        )

    @property
    def others(self) -> dict[str, Any]:
        """What the practice has set that this form does not ask; it stays."""
        return (
            {key: value for key, value in self.layer.values.items() if key not in ASKED} if self.layer else {}
        )

    @property
    def words_now(self) -> str:
        return str(self["client_text"].value() or "").replace("\r\n", "\n").strip()

    @property
    def reading(self) -> Reading:
        return reading(self.words_now[:5_000])

    def _rules(self, keys: Iterable[str]) -> list[HouseRule]:
        return [HouseRule(self[key], self[f"hold.{key}"], self.rules.origins[key]) for key in keys]

    @property
    def frame(self) -> list[HouseRule]:
        return self._rules(("messages", "minimum_age", "change_notice_days", "replies_leave"))

    @property
    def topics(self) -> list[HouseRule]:
        return self._rules(f"topics.{topic}" for topic in Topic)

    @property
    def channels(self) -> list[HouseRule]:
        return self._rules(f"channels.{channel}" for channel in Channel)

    @property
    def words(self) -> HouseRule:
        return self._rules(("client_text",))[0]

    @property
    def place(self) -> HouseRule:
        return HouseRule(self["zone"], None, self.rules.origins["zone"])

    @property
    def week(self) -> list[OpenDay]:
        return [OpenDay(DAY_NAMES[number], self[key]) for number, key in enumerate(HOURS)]

    @property
    def week_why(self) -> Explanation:
        return self.rules.origins[HOURS[0]]

    @property
    def promise(self) -> Question:
        return question(self, "promise")

    @property
    def promise_hold(self) -> forms.BoundField:
        return self["hold.promise"]

    @property
    def promise_why(self) -> Explanation:
        return self.rules.origins["promise"]

    @property
    def desk_promise(self) -> Question:
        return question(self, "desk_promise")

    @property
    def desk_why(self) -> Explanation:
        return self.rules.origins["desk_promise"]
