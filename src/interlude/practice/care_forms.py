"""What the office types about one person of a care: a number, somebody who joins, the ages of the practice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interlude.core.ages import AgeRules
from interlude.core.contact import SHORTEST, digits, same_mailbox
from interlude.practice.contacts import SharedPoint
from interlude.practice.fields import AddressField, CountryField, NameField, ZoneField
from interlude.practice.forms import ClinicianField, Once
from interlude.practice.models import Client, Clinician, Participant
from interlude.practice.welcome import Newcomer, Place


class PhoneForm(forms.Form):
    """A telephone number. One that somebody else of the care has is named, and kept only if that is known."""

    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        help_text=_("For the front desk to call about times. Leave it empty to take it away."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    knowing = forms.BooleanField(
        label=_("Keep it all the same"),
        required=False,
        help_text=_("Only if there is no other number yet."),
        widget=forms.HiddenInput,
    )

    def clean_phone(self) -> str:
        number = " ".join(str(self.cleaned_data["phone"]).split())
        if number and len(digits(number)) < SHORTEST:
            raise ValidationError(
                _("“%(number)s” is too short for a phone number. Type it with its country, such as +44 …"),
                params={"number": number},
            )
        return number

    def say_shared(self, shared: list[SharedPoint], person: Participant) -> None:
        """Who has this number too, and what to do."""
        for one in shared:
            other = one.beside(person)
            self.add_error(
                "phone",
                _(
                    "%(other)s has this number too. A call meant for one may reach the other. Ask for a number"
                    " that nobody else answers."
                )
                % {"other": other.name if other else ""},
            )
        self.fields["knowing"].widget = forms.CheckboxInput()


class JoinForm(Once):
    """Somebody who joins a care: a parent or guardian, or one who comes along."""

    role = forms.ChoiceField(
        label=_("As"),
        choices=[
            (Participant.Role.GUARDIAN, _("parent or guardian: sees times and bills")),
            (Participant.Role.PARTNER, _("somebody who comes along: writes too, once all agreed anew")),
        ],
        widget=forms.RadioSelect,
    )
    name = NameField(label=_("Name"))
    email = AddressField(label=_("E-mail address"), help_text=_("One that nobody else of this care reads."))
    zone = ZoneField(label=_("Their time zone"))
    country = CountryField(label=_("Where they are"), empty=_("Not known yet"))

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        if role != Participant.Role.GUARDIAN and self.client.kind == Client.Kind.GROUP:
            raise ValidationError(
                _("Everybody of a group has a care of their own. Add them as somebody in a group.")
            )
        return role

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        for one in self.client.participants.select_related("user"):
            if one.user is not None and same_mailbox(one.user.email, address):
                raise ValidationError(
                    _(
                        "%(address)s belongs to %(other)s, of the same care. Whoever reads that mailbox would"
                        " reach what is written here. Ask for another address."
                    ),
                    params={"address": address, "other": one.name},
                )
        return address

    def newcomer(self) -> Newcomer:
        given = self.cleaned_data
        return Newcomer(given["name"], given["email"], given["role"])

    def place(self) -> Place:
        return Place(self.cleaned_data["zone"], self.cleaned_data["country"])


class AgesForm(forms.Form):
    """The ages that the practice goes by."""

    own_account = forms.IntegerField(
        label=_("Own account from"),
        required=False,
        min_value=1,
        max_value=25,
        help_text=_("Before that birthday a young person is not invited. Empty: at any age."),
    )
    own_consent = forms.IntegerField(
        label=_("Own yes to care from"),
        required=False,
        min_value=1,
        max_value=25,
        help_text=_("On that birthday, what was opened for a guardian beyond times and bills ends."),
    )
    majority = forms.IntegerField(
        label=_("Full age at"),
        min_value=14,
        max_value=25,
        help_text=_("As that birthday begins where the young person is, every guardian’s access ends."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        consent, majority = given.get("own_consent"), given.get("majority")
        if consent and majority and consent > majority:
            self.add_error(
                "own_consent",
                _("%(consent)d comes after full age, %(majority)d. Set it lower, or leave it empty.")
                % {"consent": consent, "majority": majority},
            )
        return given

    def rules(self) -> AgeRules:
        given = self.cleaned_data
        return AgeRules(
            own_account=given["own_account"], own_consent=given["own_consent"], majority=given["majority"]
        )


class SupervisorForm(forms.Form):
    """Who supervises a therapist; empty is nobody."""

    supervisor = ClinicianField(
        Clinician.unscoped.none(),
        label=_("Supervisor"),
        required=False,
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("Choose a therapist of this practice.")},
    )

    def __init__(self, *args: Any, clinicians: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supervisor"]
        assert isinstance(field, ClinicianField)
        field.queryset = clinicians
