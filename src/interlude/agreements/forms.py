"""What is typed on the agreement's pages: one's own name, another way, a date, which starting point to offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interlude.core.own_wish import OtherWay
from interlude.core.packs.load import preset_ids
from interlude.practice.models import Client


class AcceptForm(forms.Form):
    """Accepting is an act of one's own: a name, typed by its bearer."""

    name = forms.CharField(
        max_length=120,
        label=_("Your name"),
        error_messages={"required": _("Type your name here, so that the yes is your own.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # fingerprint of the words on the page


WAYS = {
    OtherWay.SESSION: _("In our sessions only"),
    OtherWay.PHONE: _("By phone"),
    OtherWay.EMAIL: _("By e-mail"),
}


class OtherWayForm(forms.Form):
    """Which way instead of messages: one of those that the rules allow."""

    way = forms.ChoiceField(
        label=_("How shall we reach each other?"),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of these first."),
            "invalid_choice": _("This way is not open here. Choose one of these."),
        },
    )

    def __init__(self, *args: Any, ways: Sequence[OtherWay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(str(way), WAYS[way]) for way in ways]  # type: ignore[attr-defined]


class AloudForm(forms.Form):
    """On which day a version was read aloud together; empty takes the date away."""

    number = forms.IntegerField(min_value=1)
    on = forms.DateField(
        label=_("Read aloud together on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-03-31.")},
    )

    def __init__(self, *args: Any, today: date, offered_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.offered_on = today, offered_on

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on > self.today:
            raise ValidationError(
                _("%(on)s has not come yet. Give the day on which it was read."), params={"on": on}
            )
        if on and on < self.offered_on:
            said = _("This version was offered on %(offered)s. Give that day or a later one.")
            raise ValidationError(said, params={"offered": self.offered_on})
        return on


class SecretsForm(forms.Form):
    """Of several people: does each read what the others write?"""

    secrets = forms.ChoiceField(
        label=_("What each may read of the others"),
        choices=[
            (Client.Secrets.NONE, _("No secrets: everybody reads all that is written here")),
            (Client.Secrets.LIMITED, _("Limited secrets: each one’s messages stay between them and me")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two. Nothing can be written before.")},
    )


class OfferForm(forms.Form):
    """Which starting point to offer, and the number that the new version will have."""

    preset = forms.ChoiceField(choices=[])
    number = forms.IntegerField(min_value=1)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Form takes them
        self.fields["preset"].choices = [(id, id) for id in preset_ids()]  # type: ignore[attr-defined]
