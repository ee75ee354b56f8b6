"""Form fields: one template for all, and a box for words that takes anything a person can type."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from interlude.core.words import normal_form


class FieldRenderer(TemplatesSetting):
    """Every field is drawn by `ui/field.html`: label above, hint, box, what to fix."""

    field_template_name = "ui/field.html"


class WordsField(forms.CharField):
    """A person's own words: nothing is refused and nothing is trimmed away (law 1)."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        return normal_form(super().to_python(value) or "")


NO_DAY = _("This is no day. It looks like 2026-06-12.")


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, picked or typed as 2026-06-12."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": NO_DAY} | kwargs.pop("error_messages", {}),
        validators=[
            MinValueValidator(date(1970, 1, 1), _("Look at the year.")),
            MaxValueValidator(date(2199, 12, 31), _("Look at the year.")),
        ],
        **kwargs,
    )
