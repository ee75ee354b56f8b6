"""One field for each rule, named by its key: typed as people write it, read by the core, with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext_lazy as _

from interlude.agreements.templatetags.rules import RULE_WORDS, TOPIC_WORDS, VALUE_WORDS
from interlude.core import plain
from interlude.core.bounds import CHOICES, MAY_BE_MISSING, WHOLE
from interlude.core.errors import BadPolicy
from interlude.core.hours import Opening
from interlude.core.terms import PAGE_FOR, WEEKDAYS, ChannelUse, Handling, Topic
from interlude.practice.fields import ZoneField
from interlude.ui.forms import WordsField

Choice = tuple[str, Any]
SHORT = {"class": "field__box--short"}
ALERTS = {
    ChannelUse.ALERTS: _("to say that something waits"),
    ChannelUse.ALERTS_IF_ASKED: _("the same, if they ask for it"),
    ChannelUse.ALERTS_OWN_ADDRESS: _("the same, to their own address"),
}
"""Short enough for a list; a client reads the whole sentence."""


class RuleField(forms.CharField):
    """A rule typed on one line. What the core cannot use comes back with the value and what to do."""

    def __init__(self, key: str, **options: Any) -> None:
        self.key = key
        super().__init__(label=name_of(key), **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed and not self.required and not isinstance(self, (TimesField, OpeningsField)):
            return None
        return read(self.key, self.as_plain(typed), typed=typed)

    def as_plain(self, typed: str) -> Any:
        """What was typed, in the form that files have."""
        return typed


class NumberField(RuleField):
    """A whole number; empty where there may be no limit."""

    def __init__(self, key: str, **options: Any) -> None:
        low, high = WHOLE[key]
        self.missing = key in MAY_BE_MISSING
        widget = forms.NumberInput(attrs=SHORT | {"min": low, "max": high, "inputmode": "numeric"})
        options = {"required": not self.missing, "widget": widget} | options
        super().__init__(key, **options)

    def as_plain(self, typed: str) -> Any:
        return int(typed) if re.fullmatch(r"\d{1,9}", typed) else typed


class TimesField(RuleField):
    """Clock times of one weekday: `12:00, 17:00`; empty for none."""

    def __init__(self, key: str) -> None:
        super().__init__(key, required=False)

    def as_plain(self, typed: str) -> Any:
        return [each for each in re.split(r"[,;\s]+", typed) if each]


class OpeningsField(RuleField):
    """Stretches of one weekday: `9:00-12:30, 13:30-17:00`; empty for closed."""

    def __init__(self, key: str) -> None:
        super().__init__(key, required=False)

    def as_plain(self, typed: str) -> Any:
        return [each.strip() for each in re.split(r"[,;]+", typed) if each.strip()]


class WordsRule(WordsField):
    """Words for the client: a text, as long as a page can show."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=name_of("client_text"), required=False, **options)

    def clean(self, value: Any) -> Any:
        return read("client_text", super().clean(value).replace("\r\n", "\n").strip())


def field_of(key: str, *, none: Any = None) -> forms.Field:
    """The field for one rule. *none* names the choice of saying nothing, for those who need not say everything."""
    group, _dot, rest = key.partition(".")
    if key == "client_text":
        return WordsRule()
    if key == "zone":
        return ZoneField(label=name_of(key))
    if group == "hours":
        return OpeningsField(key)
    if group == "check" and rest in WEEKDAYS:
        return TimesField(key)
    if key in WHOLE:
        return NumberField(key, required=False) if none is not None else NumberField(key)
    if key == "supervised":
        return forms.BooleanField(label=name_of(key), required=False)
    choices = [("", none), *choices_of(key)] if none is not None else choices_of(key)
    field = forms.TypedChoiceField(
        label=name_of(key), choices=choices, required=none is None, empty_value=None
    )
    field.coerce = lambda value: plain.read(key, value, file="form")
    return field


def typed_as(value: Any) -> Any:
    """How *value* stands in its field: times and stretches as people write them, nothing for no limit."""
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(_clock(each) if isinstance(each, time) else _stretch(each) for each in value)
        case bool():
            return value
    return str(value)


def choices_of(key: str) -> list[Choice]:
    """What may be chosen for a rule with a closed list, in words."""
    group, _dot, rest = key.partition(".")
    if group == "topics":
        fitting = [each for each in Handling if each is not Handling.SELF_SERVICE or Topic(rest) in PAGE_FOR]
        return [(str(each), VALUE_WORDS[each]) for each in fitting]
    if group == "channels":
        return [(str(each), ALERTS.get(each, VALUE_WORDS[each])) for each in ChannelUse]
    if key == "messages":
        return [("open", _("Yes")), ("none", _("No. What clients write is kept in their own journal"))]
    if key == "charge":
        return [("none", _("nothing")), *_worded(CHOICES[key][1:])]
    return _worded(CHOICES[key])


def name_of(key: str) -> Any:
    """A rule by its name, as a label has it."""
    group, _dot, rest = key.partition(".")
    if group == "topics":
        return TOPIC_WORDS[rest]
    if group in ("hours", "check") and rest in WEEKDAYS:
        return DAY_NAMES[WEEKDAYS.index(rest)]
    return RULE_WORDS.get(key, key)


def read(key: str, value: Any, *, typed: str = "") -> Any:
    """The core's value for what was typed; a ValidationError with the value and what to do."""
    try:
        return plain.read(key, value, file="form")
    except BadPolicy as wrong:
        raise forms.ValidationError(as_typed(wrong, typed)) from None


def as_typed(wrong: BadPolicy, typed: str = "") -> str:
    """What is wrong, as a sentence at its field: the value, then what to do."""
    value = typed if typed else str(wrong.value)
    shown = value if len(value) <= 60 else f"{value[:50]} …"
    return (
        f"“{shown}”: {wrong.remedy}." if shown.strip() else f"{wrong.remedy[:1].upper()}{wrong.remedy[1:]}."
    )


def named(form: forms.Form, keys: Iterable[str]) -> list[forms.BoundField]:
    """Those fields of *form*, in that order."""
    return [form[key] for key in keys if key in form.fields]


def field_for(key: str, fields: Mapping[str, Any]) -> str | None:
    """The field at which an error about *key* belongs: `promise.days` at its own, `hours` at the first day."""
    parts = key.split(".")
    whole = [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
    for name in whole:
        found = (
            name if name in fields else next((each for each in fields if each.startswith(f"{name}.")), None)
        )
        if found:
            return found
    return None


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _stretch(opening: Opening) -> str:
    return re.sub(r"\b0(?=\d:)", "", str(opening))


def _worded(values: Iterable[str]) -> list[Choice]:
    return [(value, VALUE_WORDS[value]) for value in values]
