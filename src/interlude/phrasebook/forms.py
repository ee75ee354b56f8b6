"""What a clinician types into the phrasebook."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from interlude.core.packs.phrases import situations
from interlude.core.wording import PARTS, Amiss, Words, amiss
from interlude.phrasebook.actions import Entry, Said
from interlude.phrasebook.models import Landing
from interlude.phrasebook.shelf import Template, by_situation, spoken
from interlude.ui.forms import KeyField, WordsField, day_field

LONGEST_PART = 2_000
MISSING: dict[str, str | Lazy] = {
    "validation": _("Say first what you acknowledge: a feeling, or an effort."),
    "agreement": _("Say what was agreed, as your shared plan and without blame."),
    "next_step": _("Say what comes next: who does what, and when."),
}
KNOWN = "{greeting} {name|…} {therapist} {next_window} {next_session} {agreement} {help_now}"


class Number(forms.IntegerField):
    """The version that the page was opened on; 0 for anything that is no number."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0


def _part(label: Any, hint: Any) -> WordsField:
    return WordsField(label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class PartsForm(forms.Form):
    """The three parts of a template, each asked for by name. Rules: R-230, R-231."""

    validation = _part(_("1. What you acknowledge"), _("Name the feeling or the effort."))
    agreement = _part(_("2. What you agreed"), _("The plan that is yours together, without blame."))
    next_step = _part(_("3. What comes next"), _("Who does what, and when."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        words = Words(*(said.get(part, "").strip() for part in PARTS))
        for one in amiss(words):
            self.add_error(one.part, _what_to_do(one))
        for part, text in zip(PARTS, words.parts, strict=True):
            if len(text) > LONGEST_PART:
                facts = {"n": len(text), "most": LONGEST_PART}
                self.add_error(
                    part, _now("This part has %(n)d characters. Make it %(most)d or fewer.") % facts
                )
        return said | {"words": words}


def _what_to_do(one: Amiss) -> str:
    match one.what:
        case "missing":
            return str(MISSING[one.part])
        case "unknown":
            facts = {"value": one.value[:60], "known": KNOWN}
            return _now("Nothing is known by the name %(value)s. These are known: %(known)s") % facts
        case "no_fallback":
            return _now("Write what stands there when no name is known, such as {name|friend}.")
        case _:
            return _now("There is a single %(value)s. Write both braces, or take it away.") % {
                "value": one.value
            }


class PhraseForm(PartsForm):
    """A template of one's own."""

    phrase_id = KeyField(required=False)
    number = Number(required=False)
    title = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Only clinicians see it."),
        error_messages={"required": _("Give it a name, so that you find it again.")},
    )
    situation = forms.ChoiceField(label=_("What it is for"))
    language = forms.ChoiceField(label=_("Language"))
    is_shared = forms.BooleanField(
        label=_("For every clinician of this practice"),
        required=False,
        help_text=_("They can use it and copy it. Only you change it. Leave out what belongs to one client."),
    )
    field_order = ("title", "situation", "language", *PARTS, "is_shared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("situation", list(situations().items())), ("language", spoken())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @classmethod
    def begun(cls, start: Template | None) -> PhraseForm:
        """An empty form, or one with the words of another template."""
        if start is None:
            return cls(initial={"phrase_id": uuid4(), "number": 0})
        return cls(initial=_initial(start) | {"phrase_id": uuid4(), "number": 0, "is_shared": False})

    @classmethod
    def of(cls, template: Template) -> PhraseForm:
        """The template as it stands, to change it."""
        return cls(initial=_initial(template) | {"number": template.version})

    @property
    def entry(self) -> Entry:
        said = self.cleaned_data
        return Entry(
            said["title"], said["situation"], said["language"], said["words"], is_shared=said["is_shared"]
        )


class VariantForm(PartsForm):
    """A template in words for one client."""

    of = forms.ChoiceField(label=_("Which template"))
    field_order = ("of", *PARTS)

    def __init__(self, *args: Any, templates: list[Template], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["of"], templates)


class LandingForm(forms.Form):
    """How a line landed, said in a session."""

    landing_id = KeyField(required=False)
    of = forms.ChoiceField(label=_("Which template"))
    landed = forms.ChoiceField(
        label=_("How it landed"),
        choices=[(Landing.How.WELL, _("It landed well")), (Landing.How.BADLY, _("It landed badly"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    said_by = forms.ChoiceField(
        label=_("Who said so"),
        choices=[
            (Landing.SaidBy.CLIENT, _("The client, in a session")),
            (Landing.SaidBy.CLINICIAN, _("I noticed it")),
        ],
    )
    said_on = day_field(
        label=_("The day"), error_messages={"required": _("Write the day, such as 2026-06-12.")}
    )
    note = WordsField(
        label=_("Which line, and what was said"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only you read it. It can stay empty."),
    )

    def __init__(self, *args: Any, templates: list[Template], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["of"], templates)

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        return Said(UUID(given["of"]), given["landed"], given["said_by"], given["said_on"], given["note"])


def _choose(field: forms.Field, templates: list[Template]) -> None:
    """All templates by situation, with nothing chosen at first."""
    assert isinstance(field, forms.ChoiceField)
    groups = [
        (label, [(str(one.id), f"{one.title} ({one.language_name})") for one in ones])
        for _name, label, ones in by_situation(templates)
    ]
    field.choices = [("", _("Choose one")), *groups]
    field.error_messages |= {
        "required": _("Choose a template first."),
        "invalid_choice": _("This template is not on your list any more. Choose another one."),
    }


def _initial(template: Template) -> dict[str, Any]:
    words = dict(zip(PARTS, template.words.parts, strict=True))
    about = {"title": template.title, "situation": template.situation, "language": template.language}
    return words | about | {"is_shared": template.is_shared}
