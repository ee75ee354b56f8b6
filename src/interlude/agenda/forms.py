"""What is typed into our list and the journal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interlude.ui.forms import KeyField, WordsField

NO_NOTE = _("Write a line first. A few words are enough.")
NO_PAGE = _("This page is still empty. Write a line first.")


class NoteForm(forms.Form):
    """A note for the list."""

    item_id = KeyField()
    words = WordsField(label=_("Your note"), error_messages={"required": NO_NOTE})

    def clean_words(self) -> str:
        return _some(self.cleaned_data["words"], NO_NOTE)


class WorryForm(forms.Form):
    """Questions and worries about the agreement; the box may stay empty."""

    item_id = KeyField()
    words = WordsField(
        label=_("My questions and worries"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class PageForm(forms.Form):
    """A page of the journal."""

    entry_id = KeyField()
    words = WordsField(label=_("A new page"), error_messages={"required": NO_PAGE})

    def clean_words(self) -> str:
        return _some(self.cleaned_data["words"], NO_PAGE)


def blank_note() -> NoteForm:
    return NoteForm(initial={"item_id": uuid4()})


def blank_page(words: str = "") -> PageForm:
    return PageForm(initial={"entry_id": uuid4(), "words": words})


def _some(words: str, remedy: Any) -> str:
    if not words.strip():
        raise ValidationError(remedy)
    return words


class SummaryForm(forms.Form):
    """A summary of a week, read over before it goes anywhere."""

    item_id = KeyField()
    words = WordsField(label=_("My summary"), error_messages={"required": NO_PAGE})

    def clean_words(self) -> str:
        return _some(self.cleaned_data["words"], NO_PAGE)
