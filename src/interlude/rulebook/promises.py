"""A promise as a question: which kind, and what that kind needs. Its fields are named as the core names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext_lazy as _

from interlude.core import plain
from interlude.core.errors import BadPolicy
from interlude.core.promises import Promise
from interlude.core.terms import WEEKDAYS
from interlude.rulebook.fields import SHORT, as_typed

KINDS = {
    "working_days": _("Within some working days"),
    "open_hours": _("Within some open hours"),
    "next_check": _("By the end of the working day after I read it"),
    "fixed_turns": _("In full, on set days"),
    "session_only": _("Not in writing: we talk about it in the session"),
}
PARTS: Mapping[str, tuple[str, ...]] = plain.PROMISE_FIELDS
FIRST = {"days": "2", "cut_off": "17:00", "hours": "8", "weekdays": ["tue", "fri"], "at": "17:00"}
"""What stands in the parts of kinds that are not chosen yet."""


def promise_fields(
    prefix: str, *, label: Any, none: Any = None, session: bool = True
) -> dict[str, forms.Field]:
    """The fields of one promise. *none*: the choice of saying nothing; without *session*, a date is needed."""
    kinds = [(kind, words) for kind, words in KINDS.items() if session or kind != "session_only"]
    kind = forms.ChoiceField(
        label=label, choices=[("", none), *kinds] if none is not None else kinds, required=none is None
    )
    days = forms.CharField(label=_("How many working days"), required=False, widget=_number(1, 60))
    weekdays = forms.MultipleChoiceField(
        label=_("On these days"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(day, DAY_NAMES[number]) for number, day in enumerate(WEEKDAYS)],
    )  # fmt: skip
    fields = {
        "kind": kind,
        "days": days,
        "cut_off": _text(_("By what time"), _("Like 17:00")),
        "hours": _text(_("How many open hours"), _("Like 3, or 1:30")),
        "weekdays": weekdays,
        "at": _text(_("At what time"), _("Like 17:00")),
    }
    return {f"{prefix}.{part}": field for part, field in fields.items()}


def promise_initial(prefix: str, promise: Promise | None) -> dict[str, Any]:
    """What stands in the fields for *promise*."""
    written: dict[str, Any] = plain.write("promise", promise) if promise else {"kind": ""}
    if "minutes" in written:
        hours, minutes = divmod(int(written.pop("minutes")), 60)
        written["hours"] = f"{hours}:{minutes:02}"
    return {f"{prefix}.{part}": value for part, value in (FIRST | written).items()}


def promise_plain(prefix: str, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The promise in the form that files have; None where nothing was chosen."""
    kind = given.get(f"{prefix}.kind")
    if not kind:
        return None
    parts = {part: given.get(f"{prefix}.{part}") for part in PARTS[kind] if f"{prefix}.{part}" in given}
    if kind == "open_hours":
        parts = _length(str(parts.get("hours") or ""))
    if "days" in parts:
        parts["days"] = _whole(str(parts["days"]))
    return {"kind": kind, **parts}


def read_promise(form: forms.Form, key: str, prefix: str) -> Promise | None:
    """The promise that was typed; what is wrong with it stands at its own field."""
    written = promise_plain(prefix, form.cleaned_data)
    if written is None:
        return None
    try:
        return plain.read(key, written, file="form")  # type: ignore[no-any-return]  # read gives what the key holds
    except BadPolicy as wrong:
        form.add_error(place_of(wrong, prefix, form), as_typed(wrong))
        return None


def place_of(wrong: BadPolicy, prefix: str, form: forms.Form) -> str:
    """The field of a promise at which an error stands: the part that it names, else the kind."""
    named = f"{prefix}.{wrong.key.rpartition('.')[2]}"
    return named if named in form.fields else f"{prefix}.kind"


@dataclass(frozen=True, slots=True)
class Question:
    """A promise as it is drawn: its kind, and the fields that each kind has."""

    kind: forms.BoundField
    parts: tuple[tuple[str, tuple[forms.BoundField, ...]], ...]


def question(form: forms.Form, prefix: str) -> Question:
    """The fields of one promise, together."""
    fields = {
        kind: tuple(form[name] for part in parts if (name := f"{prefix}.{part}") in form.fields)
        for kind, parts in PARTS.items()
    }
    return Question(form[f"{prefix}.kind"], tuple((kind, parts) for kind, parts in fields.items() if parts))


def _length(typed: str) -> dict[str, Any]:
    hours, colon, minutes = typed.partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal() and len(typed) < 9:
        return {"minutes": int(hours) * 60 + int(minutes)}
    return {"hours": _whole(typed)}


def _whole(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else typed


def _text(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=SHORT | {"size": "8"})
    )


def _number(low: int, high: int) -> forms.NumberInput:
    return forms.NumberInput(attrs=SHORT | {"min": low, "max": high})
