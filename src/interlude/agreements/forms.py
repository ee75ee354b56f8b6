"""What is typed on the agreement's pages: one's own name, and which starting point to offer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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
