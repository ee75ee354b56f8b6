"""What the office types about people: few fields, all named."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from interlude.core.contact import same_mailbox
from interlude.practice.contacts import whose_mailbox
from interlude.practice.fields import AddressField, CountryField, NameField, ZoneField
from interlude.practice.invitations import why_not_invited
from interlude.practice.models import Clinician, Participant
from interlude.practice.welcome import Newcomer, Place
from interlude.ui.customs import written
from interlude.ui.forms import KeyField

OLDEST = date(1900, 1, 1)


class Once(forms.Form):
    """A form with an id of its own, so that sending it twice is one act."""

    form_id = KeyField(initial=uuid4)


class OfficeMemberForm(Once):
    """Somebody for the office."""

    name = NameField(label=_("Name"))
    email = AddressField(label=_("E-mail address"), help_text=_("The link goes there. The code does not."))

    def newcomer(self, role: str) -> Newcomer:
        return Newcomer(self.cleaned_data["name"], self.cleaned_data["email"], role)


class ClinicianForm(OfficeMemberForm):
    """A therapist."""

    title = NameField(
        label=_("What they are called"), required=False, help_text=_("As clients read it, under the name.")
    )
    zone = ZoneField(label=_("Time zone"), help_text=_("Where they work; their hours are in it."))
    country = CountryField(label=_("Country"))
    field_order = ["form_id", "name", "title", "email", "zone", "country"]

    def place(self) -> Place:
        return Place(self.cleaned_data["zone"], self.cleaned_data["country"])


class ClinicianField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy alone
    """A therapist of the practice, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:  # not even an id
            raise ValidationError(self.error_messages["invalid_choice"]) from None


class ClientForm(Once):
    """What every new client has: a therapist, and where they are."""

    kind = "person"
    clinician = ClinicianField(
        Clinician.unscoped.none(),
        label=_("Therapist"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose a therapist of this practice.")},
    )
    zone = ZoneField(label=_("Their time zone"), help_text=_("Every date is shown in it."))
    country = CountryField(
        label=_("Where they are"),
        empty=_("Not known yet"),
        help_text=_("For help lines. Never guessed."),
    )

    def __init__(
        self, *args: Any, clinicians: models.QuerySet[Clinician], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["clinician"]
        assert isinstance(field, ClinicianField)
        field.queryset = clinicians

    def place(self) -> Place:
        return Place(self.cleaned_data["zone"], self.cleaned_data["country"])

    def newcomers(self) -> list[Newcomer]:
        raise NotImplementedError

    def born_on(self) -> date | None:
        return None

    def group_label(self) -> str:
        return ""


class PersonForm(ClientForm):
    """One person."""

    name = NameField(label=_("Name"))
    email = AddressField(label=_("E-mail address"))
    field_order = ["form_id", "name", "email", "clinician", "zone", "country"]

    def newcomers(self) -> list[Newcomer]:
        return [Newcomer(self.cleaned_data["name"], self.cleaned_data["email"])]


class GroupMemberForm(PersonForm):
    """One person of a group: a care of their own, and a label that only the practice reads."""

    kind = "group"
    group = NameField(
        label=_("Group"),
        max_length=60,
        help_text=_("For the practice alone. Nobody in a group sees who else is in it."),
    )
    field_order = ["form_id", "name", "email", "group", "clinician", "zone", "country"]

    def group_label(self) -> str:
        return str(self.cleaned_data["group"])


class CoupleForm(ClientForm):
    """Two people who come together; each signs in for themselves."""

    kind = "couple"
    name = NameField(label=_("Name of the one"))
    email = AddressField(label=_("Their e-mail address"))
    other_name = NameField(label=_("Name of the other"))
    other_email = AddressField(label=_("Their e-mail address"))
    field_order = ["form_id", "name", "email", "other_name", "other_email", "clinician", "zone", "country"]

    def newcomers(self) -> list[Newcomer]:
        pairs = (("name", "email"), ("other_name", "other_email"))
        return [
            Newcomer(self.cleaned_data[name], self.cleaned_data[email], Participant.Role.PARTNER)
            for name, email in pairs
        ]

    def clean_other_email(self) -> str:
        address: str = self.cleaned_data["other_email"]
        if same_mailbox(address, self.cleaned_data.get("email", "")):
            raise ValidationError(
                _("Both have the address %(address)s. Each needs one that the other does not read."),
                params={"address": address},
            )
        return address


class YoungPersonForm(PersonForm):
    """A young person and a parent or guardian, who sees times and bills only."""

    born = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For the rules of their age."),
    )
    guardian_name = NameField(label=_("Name of a parent or guardian"))
    guardian_email = AddressField(
        label=_("E-mail address of the parent or guardian"),
        help_text=_("They see times and bills. They never see messages."),
    )
    field_order = ["form_id", "name", "email", "born", "guardian_name", "guardian_email", "clinician", "zone"]

    def newcomers(self) -> list[Newcomer]:
        guardian = Newcomer(
            self.cleaned_data["guardian_name"], self.cleaned_data["guardian_email"], Participant.Role.GUARDIAN
        )
        return [*super().newcomers(), guardian]

    def born_on(self) -> date | None:
        day: date = self.cleaned_data["born"]
        return day

    def clean_born(self) -> date:
        day: date = self.cleaned_data["born"]
        if not OLDEST <= day <= self.today:
            raise ValidationError(
                _("Nobody who is a client now was born on %(day)s. Look at the year."),
                params={"day": day.isoformat()},
            )
        return day

    def clean_guardian_email(self) -> str:
        address: str = self.cleaned_data["guardian_email"]
        if same_mailbox(address, self.cleaned_data.get("email", "")):
            raise ValidationError(
                _(
                    "The young person and the guardian have the address %(address)s. Whoever reads that"
                    " mailbox would reach the young person's messages. Give the guardian an own address."
                ),
                params={"address": address},
            )
        return address


class InvitationForm(forms.Form):
    """Where an invitation goes."""

    email = AddressField(label=_("E-mail address"))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person.user is not None:
            self.fields["email"].initial = person.user.email
            self.fields["email"].widget.attrs["readonly"] = True

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        match why_not_invited(self.person, address):
            case "own":
                raise ValidationError(
                    _("%(name)s signs in with another address. An invitation goes there only."),
                    params={"name": self.person.name},
                )
            case "shared":
                raise ValidationError(
                    _(
                        "%(address)s belongs to somebody else of the same care, %(other)s."
                        " Everybody needs an own address: whoever reads that mailbox could come in as them."
                    ),
                    params={"address": address, "other": _name_of(whose_mailbox(self.person, address))},
                )
        return address

    def say_too_young(self, day: date) -> None:
        """Why no invitation goes out yet."""
        self.add_error(
            "email",
            _("By your rule for ages, %(name)s can have an own way to sign in from %(day)s on.")
            % {"name": self.person.first_name, "day": written(day, "j F Y")},
        )


def _name_of(person: Participant | None) -> str:
    return person.name if person is not None else ""
