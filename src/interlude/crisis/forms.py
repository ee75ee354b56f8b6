"""What the office says about help lines: which country to bring in, what a check found, a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.packs.lines import countries_with_lines
from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine, WrongNumber

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
    why = forms.CharField(
        label=_("Why is it taken down?"),
        help_text=_("Only for a line that is wrong. Your colleagues read it later."),
        max_length=240,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == DOWN and not given.get("why"):
            self.add_error("why", _("Say in a few words what is wrong with it."))
        return given


class OwnLineForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A local line that the shipped list does not know."""

    country = forms.ChoiceField(label=_("Country"), choices=list(COUNTRIES.items()))
    kind = forms.ChoiceField(
        label=_("Which kind"),
        choices=[
            (HelpLine.Kind.LINE, _("Somebody to talk or write to")),
            (HelpLine.Kind.EMERGENCY, _("Danger to life, right now: it stands first")),
        ],
        required=False,
    )
    url = forms.URLField(label=_("Its official page"), required=False, assume_scheme="https")

    class Meta:
        model = HelpLine
        fields = ["name", "country", "kind", "about", "phone", "text_number", "text_word", "hours", "url"]
        labels = {
            "name": _("Name"),
            "about": _("What it is for"),
            "phone": _("Number to call"),
            "text_number": _("Number for text messages"),
            "text_word": _("First word of the text"),
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

    def clean_kind(self) -> str:
        return str(self.cleaned_data["kind"] or HelpLine.Kind.LINE)

    def clean_text_number(self) -> str:
        return self._number("text_number")

    def clean_phone(self) -> str:
        return self._number("phone")

    def _number(self, name: str) -> str:
        phone = str(self.cleaned_data[name]).strip()
        if phone and not re.fullmatch(r"[+*#]?[\d\s().-]+", phone):
            raise forms.ValidationError(
                _("“%(phone)s” is no number to call. Use digits, spaces and a plus in front."),
                params={"phone": phone},
            )
        return phone


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A line, told apart by its name and its number."""

    def label_from_instance(self, obj: HelpLine) -> str:
        return f"{obj.name}, {obj.phone or obj.text_number}"


class WrongNumberForm(forms.Form):
    """What anybody may tell about a number on the help page: which one, what is wrong, a short note."""

    line = LineField(
        label=_("Which number"),
        queryset=HelpLine.unscoped.none(),
        error_messages={
            "required": _("Choose the number."),
            "invalid_choice": _("This number is not on the page any more. Choose one from the list."),
        },
    )
    what = forms.ChoiceField(
        label=_("What is wrong?"),
        widget=forms.RadioSelect,
        choices=[
            (WrongNumber.What.NOBODY, _("Nobody answers")),
            (WrongNumber.What.OTHER, _("Somebody else answers, or the number does not exist")),
            (WrongNumber.What.HOURS, _("The hours are wrong")),
            (WrongNumber.What.ELSE, _("Something else")),
        ],
        error_messages={"required": _("Say what is wrong with it.")},
    )
    note = forms.CharField(
        label=_("Anything that helps to put it right"),
        help_text=_("You can leave it empty. Please write no name."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, lines: Iterable[HelpLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = HelpLine.unscoped.shown().filter(pk__in=[line.pk for line in lines])
