"""What newcomers type: a code, a password twice, and the first practice of an installation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interlude.practice import set_up
from interlude.practice.fields import AddressField, CountryField, NameField, ZoneField
from interlude.practice.opening import Opening


class PasswordForm(forms.Form):
    """A new password, typed twice: nobody can send a forgotten one."""

    password = forms.CharField(
        label=_("A password of your own"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("15 letters or more. Four or five words that only you put together are good."),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return given


class CodeForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        help_text=_("Eight letters and digits. The practice told it to you, it is not in the mail."),
    )


class AcceptForm(PasswordForm, CodeForm):
    """A code and a password, for somebody new."""

    field_order = ["code", "password", "again"]


class SetUpForm(PasswordForm):
    """The first practice of an installation and its owner."""

    word = forms.CharField(
        label=_("Set-up word"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("It stands where the server was started."),
    )
    practice = NameField(label=_("Name of the practice"))
    zone = ZoneField(label=_("Time zone"))
    country = CountryField(label=_("Country"), empty=_("Choose a country"))
    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Your e-mail address"))
    field_order = ["word", "practice", "zone", "country", "name", "email", "password", "again"]

    def opening(self) -> Opening:
        given = self.cleaned_data
        return Opening(given["practice"], given["zone"], given["country"], given["name"], given["email"])

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if not set_up.is_word(word):
            raise ValidationError(_("This is not the word. Look where the server was started."))
        return word

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"]
        if not country:
            raise ValidationError(_("Choose the country of the practice."))
        return country

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password
