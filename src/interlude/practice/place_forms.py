"""Where somebody is today: the zone of their dates, and the country of their help lines."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.practice.fields import CountryField, ZoneField


class PlaceForm(forms.Form):
    """Both may change with a journey."""

    zone = ZoneField(label=_("Time zone"), help_text=_("All dates and times are shown in it."))
    country = CountryField(
        label=_("Country"), empty=_("I would rather not say"), help_text=_("Help now shows its lines first.")
    )
