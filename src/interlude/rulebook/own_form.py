"""A clinician's own rules as plain questions, each field named by the rule's key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext_lazy as _

from interlude.core import orders, plain
from interlude.core.errors import BadPolicy
from interlude.core.keys import KEYS
from interlude.core.layers import Explanation
from interlude.core.packs.load import Preset
from interlude.core.readability import Reading, reading
from interlude.core.terms import WEEKDAYS, Channel, Topic
from interlude.rulebook.fields import SHORT, as_typed, field_of, typed_as
from interlude.rulebook.late import late_fields, late_initial, read_late
from interlude.rulebook.promises import (
    Question,
    place_of,
    promise_fields,
    promise_initial,
    promise_plain,
    question,
    read_promise,
)

NOT_ASKED = ("preset", "zone", "desk_promise", "secrets")
"""What a clinician's page does not ask: the place they work from, what the front desk promises, and the rule on
secrets, which is chosen with each care of several people (R-136)."""
PLAIN = tuple(key for key in KEYS if key not in (*NOT_ASKED, "promise", "extra", "late_cancel"))
HINTS: Mapping[str, Any] = {
    "check.minutes": _("In minutes. Nothing rings when it is over."),
    "plan.words": _("Empty: as long as they like."),
    "plan.messages_per_week": _("Empty: as often as they like. What is beyond is kept for the session."),
    "plan.minutes_per_week": _("For you alone; no client sees it. Empty: no limit."),
    "pause_days": _(
        "In days, 0 to 2. Your client is offered it on the last page, and can always send at once."
    ),
    "minimum_age": _("In years; 0 for none. Below it, what is written waits in the journal."),
    "change_notice_days": _("In days. A session lies between notice and start in any case."),
    "review.first_weeks": _("In weeks from the start."),
    "review.every_weeks": _("In weeks."),
    "review.ends_weeks": _("In weeks. Empty: it goes on."),
    "replies_leave": _("For answers that you write at night or at a weekend."),
    "supervised": _("Your client is told who it is."),
    "client_text": _("The first lines of the page that your client reads. A few short sentences."),
    "participants": _("Who reads along is settled before the first message."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field, and who holds its value for everybody, if somebody does."""

    field: forms.BoundField
    held: Explanation | None


@dataclass(frozen=True, slots=True)
class Day:
    """One weekday: when messages are read, and the hours of work."""

    name: Any
    check: Asked
    hours: Asked


class OwnRulesForm(forms.Form):
    """The questions, filled with *values*; what *ground* holds for everybody says so at its field.

    Args:
        values: by key, what stands in the fields to begin with.
        ground: the practice's rules and the starting point, below the clinician's own.
        start: the starting point; None where the rules are written freely.
        number: of the version that publishing makes.
    """

    start = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    read_words = forms.BooleanField(required=False, label=_("I have read these words as my own"))

    def __init__(
        self,
        data: Any = None,
        *,
        values: Mapping[str, Any],
        ground: Mapping[str, Explanation],
        start: Preset | None,
        number: int,
    ) -> None:
        super().__init__(data)
        self.ground, self.shipped = ground, start
        for key in PLAIN:
            self.fields[key] = _field(key, values[key], ground[key])
        self.fields |= promise_fields("promise", label=_("By when do you answer?"))
        self.fields["extra.price"] = forms.CharField(
            label=_("Price of extra support"),
            help_text=_("Like 18.00 GBP. Empty: not offered. Your client sees it and says yes first."),
            widget=forms.TextInput(attrs=SHORT),
            required=False,
        )
        self.fields |= late_fields()
        label = _("Extra support is answered")
        self.fields |= promise_fields("extra.promise", label=label, session=False)
        self.initial.update(promise_initial("promise", values["promise"]) | _extra_initial(values["extra"]))
        self.initial.update(late_initial(values["late_cancel"]))
        self.initial.update({"start": start.id if start else "none", "number": number})

    def clean(self) -> dict[str, Any]:
        """Promise and extra support, each from its parts."""
        given: dict[str, Any] = super().clean() or {}
        given["promise"] = read_promise(self, "promise", "promise")
        given["extra"] = self._extra(given)
        given["late_cancel"] = read_late(self, given)
        return given

    def _extra(self, given: Mapping[str, Any]) -> Any:
        if not given.get("extra.price"):
            return None
        written = {"price": given["extra.price"].upper(), "promise": promise_plain("extra.promise", given)}
        try:
            return plain.read("extra", written, file="form")
        except BadPolicy as wrong:
            at = "extra.price" if "promise" not in wrong.key else place_of(wrong, "extra.promise", self)
            self.add_error(at, as_typed(wrong))
            return None

    def values(self) -> dict[str, Any]:
        """What was chosen, by key. Only of a valid form."""
        return {key: self.cleaned_data[key] for key in (*PLAIN, "promise", "extra", "late_cancel")}

    def first_answers(self) -> dict[str, Any]:
        """What the fields begin with, as the form would send it."""
        return {
            name: self[name].initial for name in self.fields if self[name].initial not in (None, False, "")
        }

    @property
    def initial_words(self) -> str:
        return str(self["client_text"].initial or "")

    @property
    def words_now(self) -> str:
        """The words for the client as they stand in the box."""
        return str(self["client_text"].value() or "").replace("\r\n", "\n").strip()

    @property
    def reading(self) -> Reading:
        return reading(self.words_now[:5_000])

    @property
    def words_as_shipped(self) -> bool:
        """Do the words stand as the starting point brought them?"""
        return bool(self.shipped and self.words_now and self.words_now == self.shipped.client_text.strip())

    def asked(self, keys: Iterable[str]) -> list[Asked]:
        """Those fields, each with who holds it."""
        return [Asked(self[key], _held(self.ground[key])) for key in keys]

    @property
    def week(self) -> list[Day]:
        return [
            Day(DAY_NAMES[number], *self.asked((f"check.{day}", f"hours.{day}")))
            for number, day in enumerate(WEEKDAYS)
        ]

    @property
    def topics(self) -> list[Asked]:
        return self.asked(f"topics.{topic}" for topic in Topic)

    @property
    def channels(self) -> list[Asked]:
        return self.asked(f"channels.{channel}" for channel in Channel)

    @property
    def plan(self) -> list[Asked]:
        return self.asked(("plan.messages_per_week", "plan.words", "plan.minutes_per_week", "pause_days"))

    @property
    def change(self) -> list[Asked]:
        return self.asked(
            ("change_notice_days", "review.first_weeks", "review.every_weeks", "review.ends_weeks")
        )

    @property
    def people(self) -> list[Asked]:
        return self.asked(("participants", "supervised", "minimum_age"))

    @property
    def one(self) -> dict[str, Asked]:
        """Fields that stand alone, by a name that a page can say."""
        keys = ("messages", "check.minutes", "replies_leave", "charge", "client_text")
        return {key.replace(".", "_"): each for key, each in zip(keys, self.asked(keys), strict=True)}

    @property
    def promise(self) -> Question:
        return question(self, "promise")

    @property
    def promise_held(self) -> Explanation | None:
        return _held(self.ground["promise"])

    @property
    def extra_held(self) -> Explanation | None:
        return _held(self.ground["extra"])

    @property
    def late(self) -> list[forms.BoundField]:
        """From when a cancelled session costs something, and what."""
        return [self["late_cancel.hours"], self["late_cancel.price"]]

    @property
    def late_held(self) -> Explanation | None:
        return _held(self.ground["late_cancel"])

    @property
    def extra_price(self) -> forms.BoundField:
        return self["extra.price"]

    @property
    def extra_promise(self) -> Question:
        return question(self, "extra.promise")


def _field(key: str, value: Any, why: Explanation) -> forms.Field:
    field = field_of(key)
    field.initial = typed_as(value)
    field.help_text = HINTS.get(key, "")
    if key == "messages":
        field.widget = forms.RadioSelect(choices=field.choices)  # type: ignore[attr-defined]  # a choice field
    if why.locked_by and KEYS[key].lock is orders.unordered:
        field.disabled = True  # nothing is stricter than it, so there is nothing to choose
    return field


def _held(why: Explanation) -> Explanation | None:
    return why if why.locked_by else None


def _extra_initial(extra: Any) -> dict[str, Any]:
    return {
        "extra.price": str(extra.price) if extra else "",
        **promise_initial(
            "extra.promise", extra.promise if extra else plain.read("promise", _NEXT_DAY, file="")
        ),
    }


_NEXT_DAY = {"kind": "working_days", "days": 1, "cut_off": "17:00"}
