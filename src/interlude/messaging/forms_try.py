"""Which rules to try on the past, and since when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.agreements.starting_points import by_group
from interlude.ui.forms import WordsField

MONTHS: tuple[tuple[str, str | Later], ...] = (
    ("3", _("Three months")),
    ("6", _("Six months")),
    ("12", _("Twelve months")),
)
USUAL = "6"


class TryForm(forms.Form):
    """A starting point, one's own rules as text, or both."""

    preset = forms.ChoiceField(
        required=False,
        label=_("Starting point"),
        help_text=_("In place of the one that each client has now."),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    text = WordsField(
        required=False,
        label=_("Your own rules"),
        help_text=_("As they are now. Change a line and see what it would have done."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocapitalize": "off"}),
    )
    months = forms.ChoiceField(
        choices=MONTHS,
        label=_("How far back"),
        error_messages={
            "invalid_choice": _("Choose one of the list."),
            "required": _("Choose one of the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(name, [(one.id, one.label) for one in group]) for name, group in by_group()]
        preset = self.fields["preset"]
        assert isinstance(preset, forms.ChoiceField)
        preset.choices = [("", _("As it is with each client")), *groups]
