"""Three short questions, and a sentence of welcome."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.checkins.models import Answers
from interlude.ui.forms import KeyField, WordsField

AMOUNTS: tuple[tuple[str, str | Later], ...] = (
    ("little", _("Too little")),
    ("right", _("Right")),
    ("much", _("Too much")),
)
WAITINGS: tuple[tuple[str, str | Later], ...] = (
    ("no", _("No")),
    ("a_little", _("A little")),
    ("yes", _("Yes")),
)
NOTHING = _("All three are empty. Answer one, or press “Not this time”.")
NO_SENTENCE = _("The box is empty. Write a sentence, or leave it for another day.")

#: Where a clinician may start from; each is changed as they like before it leaves.
SENTENCES: dict[str, str | Later] = {
    "now": _("The way you write now is welcome."),
    "less": _("You write less than before, and that is fine. You may write more again at any time."),
    "more": _("You write more than before. It is good that you reach out when you need to."),
}


class AnswersForm(forms.Form):
    """Every question may be left out; one answer is enough."""

    amount = forms.ChoiceField(
        label=_("The amount of messages between us is"),
        choices=AMOUNTS,
        required=False,
        widget=forms.RadioSelect,
    )
    waiting = forms.ChoiceField(
        label=_("Was waiting hard?"), choices=WAITINGS, required=False, widget=forms.RadioSelect
    )
    words = WordsField(
        label=_("In your own words"),
        required=False,
        help_text=_("One line is enough. You can leave it empty."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words = (given.get("words") or "").strip()
        if not self.errors and not (given.get("amount") or given.get("waiting") or words):
            raise ValidationError(NOTHING)
        return given

    @property
    def answers(self) -> Answers:
        """What was ticked and written; ask only once the form is valid."""
        given = self.cleaned_data
        words = given["words"] if given["words"].strip() else ""
        return Answers(given["amount"], given["waiting"], words)


class WelcomeForm(forms.Form):
    """One sentence, the clinician's own once it is sent."""

    welcome_id = KeyField()
    words = WordsField(
        label=_("Your sentence"),
        error_messages={"required": NO_SENTENCE},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise ValidationError(NO_SENTENCE)
        return words


def answers_form(answers: Answers | None) -> AnswersForm:
    """The questions, with what was answered so far."""
    given = answers or Answers()
    return AnswersForm(initial={"amount": given.amount, "waiting": given.waiting, "words": given.words})


def welcome_form(start: str) -> WelcomeForm:
    """The box with a sentence to start from; an unknown *start* is the plain one."""
    sentence = SENTENCES.get(start, SENTENCES["now"])
    return WelcomeForm(initial={"welcome_id": uuid4(), "words": sentence})
