"""What the front desk types."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.ui.forms import WordsField


class AnswerForm(forms.Form):
    """An answer about a time, a bill or a technical thing."""

    words = WordsField(label=_("Your answer"), error_messages={"required": _("Write an answer first.")})

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(_("Write an answer first."))
        return words
