"""What a clinician writes down about how the work ends, and the sentences for what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.closings.actions import Ending
from interlude.closings.models import Closing
from interlude.core.closing import READ_AT_LEAST, ClosingDays, ClosingFault, ClosingRefused
from interlude.ui.customs import written
from interlude.ui.forms import WordsField, day_field, id_or_fresh


class ClosingForm(forms.Form):
    """The last days, what comes after, and a farewell."""

    last_answer_on = day_field(
        label=_("Last day of answers"),
        help_text=_(
            "Until then all stays as agreed. What is written afterwards stays in the client’s journal."
        ),
        error_messages={"required": _("Name the last day on which you answer.")},
    )
    last_read_on = day_field(
        label=_("Last day to read"),
        help_text=_("At least 30 days later, so that there is time to read again and to ask for a copy."),
        error_messages={"required": _("Name the last day on which all can be read.")},
    )
    agreed_on = day_field(
        label=_("Agreed together on"),
        required=False,
        help_text=_("If you both settled on this day in a session, it may come sooner than the notice."),
    )
    contact = forms.ChoiceField(
        label=_("Contact after that"),
        choices=Closing.Contact.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what there is after the end; “none” is an answer too.")},
    )
    contact_words = WordsField(
        label=_("Contact after that, in words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    farewell = WordsField(
        label=_("Words of farewell"),
        help_text=_("Your client reads this as soon as the days are set."),
        error_messages={"required": _("Write a few words. An end without a word is hard to read.")},
    )
    offers_copy = forms.BooleanField(
        label=_("Offer a copy of what we wrote"),
        required=False,
        initial=True,
        help_text=_("One page to print or save, until the last day to read."),
    )

    def clean_farewell(self) -> str:
        words: str = self.cleaned_data["farewell"]
        if not words.strip():
            raise forms.ValidationError(_("Write a few words. An end without a word is hard to read."))
        return words

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("contact") == Closing.Contact.AS_AGREED and not data.get("contact_words", "").strip():
            self.add_error("contact_words", _("Say in a line what you agreed on for afterwards."))
        return data

    def ending(self) -> Ending:
        data = self.cleaned_data
        return Ending(
            ClosingDays(data["last_answer_on"], data["last_read_on"]),
            contact=data["contact"],
            contact_words=data["contact_words"],
            farewell=data["farewell"],
            offers_copy=data["offers_copy"],
            agreed_on=data["agreed_on"],
        )

    @property
    def key(self) -> UUID:
        """The form's own id; a fresh one for anything that is none."""
        return id_or_fresh(self.data.get("closing_id"))

    def refuse(self, refused: ClosingRefused) -> None:
        """Say beside its field what is wrong, the value, and what to do."""
        self.add_error(_FIELD.get(refused.fault), sentence(refused))


def sentence(refused: ClosingRefused) -> str:
    """An expected no, in words."""
    facts = {"value": _day(refused.value), "held": _day(refused.held), "days": READ_AT_LEAST.days}
    return str(_SENTENCES[refused.fault]) % facts


def _day(day: date | None) -> str:
    return written(day, "D j F Y") if day else ""


_FIELD = {
    ClosingFault.PAST: "last_answer_on",
    ClosingFault.TOO_SOON: "last_answer_on",
    ClosingFault.EARLIER: "last_answer_on",
    ClosingFault.PROMISED: "last_answer_on",
    ClosingFault.TOO_FAR: "last_read_on",
    ClosingFault.READ_TOO_SHORT: "last_read_on",
    ClosingFault.READ_EARLIER: "last_read_on",
    ClosingFault.NOT_THAT_DAY: "agreed_on",
}
_SENTENCES = {
    ClosingFault.PAST: _("%(value)s is past. Nobody is locked out without a word: choose %(held)s or later."),
    ClosingFault.TOO_SOON: _(
        "%(value)s is sooner than the notice you agreed on. Choose %(held)s or later, or name the day on which "
        "you both settled on it."
    ),
    ClosingFault.TOO_FAR: _("%(value)s is more than three years away. Look at the year."),
    ClosingFault.READ_TOO_SHORT: _(
        "%(value)s leaves less than %(days)d days to read. Choose %(held)s or later: an end should leave time to "
        "come back to what was written, and to ask for a copy."
    ),
    ClosingFault.EARLIER: _(
        "Your client was told %(held)s. An end can move later, not sooner: choose %(held)s or a later day, or "
        "take the closing back first."
    ),
    ClosingFault.READ_EARLIER: _("Your client was told %(held)s. Choose %(held)s or a later day."),
    ClosingFault.UNCHANGED: _(
        "These are the days that your client knows already. Choose later ones, or leave it."
    ),
    ClosingFault.OVER: _("It ended on %(value)s. Open it again first if the work goes on."),
    ClosingFault.LATE: _(
        "An answer that was promised is late. Answer it, or give it a new date under Promises, then set the end."
    ),
    ClosingFault.PROMISED: _(
        "An answer is promised for %(held)s. Choose that day or a later one, or answer it first."
    ),
    ClosingFault.NOT_THAT_DAY: _(
        "%(value)s lies ahead. Name the day on which you did agree, today at the latest."
    ),
}
