"""What is typed when somebody asks the front desk about a session."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.ui.forms import WordsField

NO_WORDS = _("There are no words here yet. Write a line, so that the front desk knows what to do.")


class AskForm(forms.Form):
    """A question to the front desk, in own words."""

    words = WordsField(label=_("What would you like?"), error_messages={"required": NO_WORDS})

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(NO_WORDS)
        return words
