"""What a client types: the words, and what they ask for beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.outcomes import OverPlan
from interlude.core.words import normal_form
from interlude.messaging.outlook import Marks, end_of
from interlude.ui.files import file_field
from interlude.ui.forms import KeyField, WordsField, id_or_fresh

NO_WORDS = _("There are no words here yet. Write a line, or leave it for another day.")
FARTHEST_WISH = timedelta(days=366)


class MessageForm(forms.Form):
    """A message on its way. Whatever is odd beside the words, the words are kept."""

    words = WordsField(label=_("Your message"), error_messages={"required": NO_WORDS})
    no_answer = forms.BooleanField(label=_("No answer needed"), required=False)
    keep = forms.BooleanField(label=_("Keep it for our session"), required=False)
    wish_by = forms.DateField(
        label=_("I hope for an answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Choose a day, or leave this empty.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["wish_by"].widget.attrs |= {"min": today.isoformat()}

    def clean_words(self) -> str:
        return _some(self.cleaned_data["words"])

    def clean_wish_by(self) -> date | None:
        wish: date | None = self.cleaned_data["wish_by"]
        if wish is not None and not self.today <= wish <= self.today + FARTHEST_WISH:
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return wish

    @property
    def topic(self) -> str:
        return str(self.data.get("topic") or "")

    @property
    def typed(self) -> str:
        """The words as they are on the page, whether or not the form as a whole can be used."""
        given = self.data if self.is_bound else self.initial
        return normal_form(str(given.get("words") or ""))

    def kept(self) -> dict[str, Any]:
        """What a draft keeps beside the words; a wish that is no day is left out."""
        if self.is_bound:
            self.is_valid()  # fills cleaned_data with what can be used
        given = self.cleaned_data if self.is_bound else self.initial
        return {
            "no_answer": bool(given.get("no_answer")),
            "keep": bool(given.get("keep")),
            "wish_by": given.get("wish_by"),
        }

    def marks(self, zone: ZoneInfo) -> Marks:
        kept = self.kept()
        return Marks(kept["no_answer"], kept["keep"], end_of(kept["wish_by"], zone))


class SendForm(MessageForm):
    """The same on the last page, with the key it is stored under and what was shown there."""

    accept_price = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.choice is OverPlan.EXTRA and not data.get("accept_price"):
            self.add_error(
                "accept_price", _("Tick that the price is all right for you, or choose another way.")
            )
        return data

    @property
    def choice(self) -> OverPlan | None:
        """What was chosen for a message beyond the plan."""
        choice = self.data.get("choice")
        return OverPlan(choice) if choice in set(OverPlan) else None

    @property
    def hold(self) -> bool:
        """Whether it is to wait until working hours begin."""
        return "hold" in self.data

    @property
    def key(self) -> UUID:
        return id_or_fresh(self.data.get("draft_id"))

    @property
    def shown(self) -> str | None:
        """What the page said would happen with this choice; None for a form that showed nothing."""
        way = "hold" if self.hold else self.choice or ""
        shown = self.data.get(f"shown_{way}") or self.data.get("shown_")
        return str(shown) if shown else None

    def marks(self, zone: ZoneInfo) -> Marks:
        plain = super().marks(zone)
        return Marks(plain.no_answer, plain.keep, plain.wish_by, self.choice)


class ChangeForm(forms.Form):
    """Other words for a message that waits for its window."""

    words = WordsField(label=_("Your message"), error_messages={"required": NO_WORDS})
    keep_rest = forms.BooleanField(
        label=_("If it is longer than we planned, keep only the rest for our session"), required=False
    )

    def clean_words(self) -> str:
        return _some(self.cleaned_data["words"])


class FileForm(forms.Form):
    """A photo or a PDF for a draft."""

    file_id = KeyField()
    file = file_field(label=_("A photo or a PDF"))


def _some(words: str) -> str:
    if not words.strip():
        raise forms.ValidationError(NO_WORDS)
    return words
