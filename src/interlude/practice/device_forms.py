"""What a browser and its person say when notices are switched on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.outbox.device import Device, Subscription


class DeviceForm(forms.Form):
    """`kind` is chosen; the rest is filled in by the browser."""

    kind = forms.ChoiceField(
        label=_("This is"),
        choices=[
            (Device.Kind.PHONE, _("a phone")),
            (Device.Kind.TABLET, _("a tablet")),
            (Device.Kind.COMPUTER, _("a computer")),
        ],
        initial=Device.Kind.PHONE,
    )
    endpoint = forms.CharField(max_length=1_000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=200, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def subscription(self) -> Subscription:
        return Subscription(**{name: self.cleaned_data[name] for name in ("endpoint", "p256dh", "auth")})
