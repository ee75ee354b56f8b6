"""What the office says about help lines: which country to bring in, what a check found, a line of its own."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.packs.lines import countries_with_lines
from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine

CALLED, PAGE, DOWN = "called", "page", "down"


class CountryForm(forms.Form):
    """A country whose drafts are brought in."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [(code, COUNTRIES[code]) for code in countries_with_lines()],
        error_messages={
            "invalid_choice": _("We have no drafts for “%(value)s”. Choose a country from the list.")
        },
    )


class CheckForm(forms.Form):
    """What somebody found when they checked a line."""

    how = forms.ChoiceField(
        label=_("What did you find?"),
        widget=forms.RadioSelect,
        choices=[
            (CALLED, _("I called it today, and it answers")),
            (PAGE, _("I looked at its official page today, and it is right")),
            (DOWN, _("It is wrong, or nobody answers: stop showing it")),
        ],
        error_messages={"required": _("Say what you found.")},
    )


class OwnLineForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A local line that the shipped list does not know."""

    country = forms.ChoiceField(label=_("Country"), choices=list(COUNTRIES.items()))
    url = forms.URLField(label=_("Its official page"), required=False, assume_scheme="https")

    class Meta:
        model = HelpLine
        fields = ["name", "country", "about", "phone", "text_number", "hours", "url"]
        labels = {
            "name": _("Name"),
            "about": _("What it is for"),
            "phone": _("Number to call"),
            "text_number": _("Number for text messages"),
            "hours": _("Hours"),
        }
        help_texts = {
            "about": _("One short sentence for somebody who is not well."),
            "hours": _("Leave it empty if you do not know."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("phone") or given.get("text_number")):
            self.add_error("phone", _("Give a number to call, or one for text messages."))
        return given

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not re.fullmatch(r"[+*#]?[\d\s().-]+", phone):
            raise forms.ValidationError(
                _("“%(phone)s” is no number to call. Use digits, spaces and a plus in front."),
                params={"phone": phone},
            )
        return phone
