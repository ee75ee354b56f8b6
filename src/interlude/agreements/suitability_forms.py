"""What is typed about whether messages fit: by the clinician with the client, and by the client alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from interlude.agreements.models import Suitability
from interlude.agreements.suitability import ASPECTS, Aspect
from interlude.ui.forms import WordsField, id_or_fresh

CHOOSE = _("Choose one. “We have not talked about it yet” is an answer too.")


class SuitabilityForm(forms.Form):
    """Six things to talk about, then what you decided. Nothing is chosen beforehand, and nothing is added up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in ASPECTS:
            self.fields[aspect.key] = forms.ChoiceField(
                label=str(aspect.name),
                help_text=str(aspect.asks),
                choices=aspect.choices,
                widget=forms.RadioSelect,
                error_messages={"required": CHOOSE},
            )
            self.fields[f"{aspect.key}_why"] = WordsField(
                label=_("Why, in a few words"), required=False, widget=forms.TextInput
            )
        self.fields["decision"] = forms.ChoiceField(
            label=_("What we decided"),
            choices=Suitability.Decision.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the sentence that you both decided on.")},
        )
        self.fields["instead"] = WordsField(
            label=_("And what instead"),
            required=False,
            help_text=_("How you reach each other, and what the session is for. Your client reads this."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        less = data.get("decision") in (Suitability.Decision.TIMES_ONLY, Suitability.Decision.NOT_NOW)
        if less and not data.get("instead", "").strip():
            self.add_error(
                "instead", _("Say what there is instead: a call, a time in the session, the front desk.")
            )
        return data

    @property
    def parts(self) -> list[tuple[Aspect, BoundField, BoundField]]:
        """Each aspect with its two fields."""
        return [(one, self[one.key], self[f"{one.key}_why"]) for one in ASPECTS]

    @property
    def said(self) -> dict[str, str]:
        return {key: value for key, value in self.cleaned_data.items() if key != "decision"}

    @property
    def key(self) -> UUID:
        """The form's own id; a fresh one for anything that is none."""
        return id_or_fresh(self.data.get("record_id"))


class ViewForm(forms.Form):
    """One's own line about it."""

    words = WordsField(
        label=_("Your own view, in a line"),
        error_messages={"required": _("There are no words here yet. A line is enough.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(_("There are no words here yet. A line is enough."))
        return words
