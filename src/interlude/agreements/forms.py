"""What is typed on the agreement's pages: one's own name, another way, a date, a starting point, a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interlude.agreements.notice import Notice
from interlude.agreements.reach import Reach
from interlude.core.bounds import text_fault
from interlude.core.notice import Because
from interlude.core.own_wish import OtherWay
from interlude.core.packs.load import preset_ids
from interlude.practice.models import Client
from interlude.ui.customs import written
from interlude.ui.forms import WordsField

LONGEST_REASON = 1500
LAST_YEAR = 2199


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


class NoticeForm(forms.Form):
    """Why something changes, in the client's words, and from which day. *concerns*: those it is offered to."""

    reason = WordsField(
        required=False,
        label=_("Why, in words for your client"),
        help_text=_("Your client reads this beside both versions. One or two plain sentences are enough."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    because = forms.ChoiceField(
        required=False,
        label=_("What kind of reason is it?"),
        initial=Because.ORDINARY,
        widget=forms.RadioSelect,
        choices=[
            (Because.ORDINARY, _("A change of how I work")),
            (Because.SAFETY, _("Safety")),
            (Because.LAW, _("The law asks for it")),
        ],
        help_text=_(
            "Safety and law do not wait for a session or a yes. They need the reason above, and a day, in writing."
        ),
    )
    starts_on = forms.DateField(
        required=False,
        label=_("Not before this day"),
        help_text=_("For safety or law, the day it starts. Otherwise you can leave it empty."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write a day like 2026-06-02.")},
    )

    def __init__(self, *args: Any, today: date, concerns: Sequence[Reach] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.concerns = today, concerns

    def chosen(self) -> Sequence[Reach]:
        """Those to whom it would be offered."""
        return self.concerns

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if fault := text_fault(reason, longest=LONGEST_REASON):
            raise forms.ValidationError(fault[0].upper() + fault[1:] + ".")
        return reason

    def clean_starts_on(self) -> date | None:
        day: date | None = self.cleaned_data["starts_on"]
        if day is not None and not self.today < day <= date(LAST_YEAR, 12, 31):
            said = gettext(
                "%(day)s is not a day to come. Choose tomorrow or later, so that your client is told first."
            )
            raise forms.ValidationError(said % {"day": written(day, "j F Y")})
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen, urgent = self.chosen(), data.get("because") not in ("", None, Because.ORDINARY)
        if (
            "reason" in data
            and not data["reason"].strip()
            and (urgent or any(one.is_stricter for one in chosen))
        ):
            self.add_error(
                "reason", _("Write why. Nothing gets stricter without a reason that your client can read.")
            )
        if urgent and "starts_on" in data and not data["starts_on"]:
            self.add_error("starts_on", _("Write the day from which it holds."))
        for one in chosen:
            if one.state == "held" and not urgent:
                self.add_error(None, _too_soon(one))
        return data

    def notice(self) -> Notice:
        """What was written, once it is valid."""
        because = Because(self.cleaned_data["because"] or Because.ORDINARY)
        return Notice(self.cleaned_data["reason"], because, self.cleaned_data["starts_on"])


class ChangeForm(NoticeForm):
    """The same for several clients, ticked by name; and the sign of the rules that the page was made from."""

    rules = forms.CharField(widget=forms.HiddenInput, required=False)
    only = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rules: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now_shown = rules
        self.ticked = self.data.getlist("to") if self.is_bound else [one.key for one in self._open()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Reach]:
        return [one for one in self.concerns if one.key in self.ticked and one.state in ("open", "held")]

    def offered_before(self) -> bool:
        """Was all that is ticked offered already, by the same page sent twice?"""
        before = {one.key_before for one in self.concerns if one.state == "offered"}
        return bool(self.ticked) and set(self.ticked) <= before

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        known = {one.key for one in self.chosen()}
        if data.get("rules") != self.now_shown:
            raise forms.ValidationError(
                _(
                    "The rules have changed since this page was opened. Nothing is offered yet. Please read it again."
                )
            )
        if not self.ticked:
            raise forms.ValidationError(_("Nobody is ticked. Tick whom to offer it to."))
        if not set(self.ticked) <= known:
            raise forms.ValidationError(
                _(
                    "Something else was offered since this page was opened. Nothing is sent yet. Please read it again."
                )
            )
        return data

    def _open(self) -> list[Reach]:
        return [one for one in self.concerns if one.state == "open"]


def _too_soon(one: Reach) -> str:
    until = one.start.held_until
    said = gettext(
        "%(who)s: something got stricter less than eight weeks ago. The next such change can start on %(day)s. "
        "Offer it later, offer only what gives more, or offer it for safety or law, in writing."
    )
    return said % {"who": one.client.name, "day": written(until, "j F") if until else ""}
