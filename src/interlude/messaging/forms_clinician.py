"""What a clinician sends with a message: words, the form's own id, the seconds that were measured."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from interlude.ui.forms import KeyField, WordsField


class Seconds(forms.IntegerField):
    """Measured by the browser; 0 without a script, and for anything that is no number."""

    widget = forms.HiddenInput(attrs={"data-active": ""})

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except forms.ValidationError:
            return 0


class Moment(forms.CharField):
    """A moment that the page itself wrote into the form; None for anything else."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> datetime | None:
        try:
            found = parse_datetime(str(value or ""))
        except ValueError:
            return None
        return found if found and found.tzinfo else None


class AnswerForm(forms.Form):
    """Words for a client, with one of the ways to close their message."""

    words = WordsField(
        required=False, label=_("Your answer"), widget=forms.Textarea(attrs={"data-key": "r", "rows": 9})
    )
    note = WordsField(
        required=False,
        label=_("A note of the call"),
        help_text=_("Sealed, for the record. Your client does not read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reply_id = KeyField(required=False)
    seconds = Seconds(required=False)
    at_once = forms.BooleanField(required=False, label=_("Send it now instead"))
    later = Moment(required=False)

    @classmethod
    def fresh(cls, words: str = "") -> AnswerForm:
        """An empty form with an id of its own, or one with *words* in the box."""
        return cls(initial={"words": words, "reply_id": uuid4(), "seconds": 0})

    @property
    def said(self) -> dict[str, Any]:
        """What was sent. No field refuses anything, so that no words are lost for it."""
        self.full_clean()
        return self.cleaned_data

    def again(self) -> AnswerForm:
        """The same words in a new form: what was sent before stays as it is."""
        again = self.fresh(self.said["words"])
        again.initial["note"] = self.said["note"]
        return again


class NoteForm(forms.Form):
    """A supervisor's note to a trainee."""

    note = WordsField(
        required=False,
        label=_("Your note"),
        help_text=_("Only the writer of the reply reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
