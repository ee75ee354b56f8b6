"""Form fields: one template for all, and a box for words that takes anything a person can type."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from interlude.core.words import normal_form


class FieldRenderer(TemplatesSetting):
    """Every field is drawn by `ui/field.html`: label above, hint, box, what to fix."""

    field_template_name = "ui/field.html"


class LongSelect(forms.Select):
    """A choice from hundreds, drawn in one piece: Django draws each option by two templates of its own."""

    template_name = "ui/long_select.html"


class WordsField(forms.CharField):
    """A person's own words: nothing is refused and nothing is trimmed away (law 1)."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        return normal_form(super().to_python(value) or "")


def id_or_none(given: object) -> UUID | None:
    """What a page or an address brought along, as an id; None for anything that is none."""
    try:
        return UUID(str(given))
    except ValueError:
        return None


def id_or_fresh(given: object) -> UUID:
    """The same; a fresh one for anything that is none, so that the words still arrive."""
    return id_or_none(given) or uuid4()


class KeyField(forms.UUIDField):
    """The id that a page brought along, so that pressing twice is once; a fresh one where it cannot be read."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()


NO_DAY = _("This is no day. It looks like 2026-06-12.")
NOT_THEN = _("Look at the year: it is from 1900 to 2198.")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2198, 12, 31)  # what every sum of days here can count


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, picked or typed as 2026-06-12, in years that a calendar here can count."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": NO_DAY} | kwargs.pop("error_messages", {}),
        validators=[MinValueValidator(FIRST_DAY, NOT_THEN), MaxValueValidator(LAST_DAY, NOT_THEN)],
        **kwargs,
    )
