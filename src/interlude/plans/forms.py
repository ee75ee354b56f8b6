"""What is typed into a plan, about whom we may call, and beside danger. Nothing of a plan is ever required."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from interlude.core.hard_moments import LEVELS, OWN, PARTS, HardMoments, PlanPart, Step
from interlude.core.plan_words import LANGUAGES, words_in
from interlude.ui.files import file_field
from interlude.ui.forms import KeyField, WordsField, day_field

MOST_PARTS = 30
MOST_STEPS = 20
NO_PLACE = _("Write the place as a number from 1 to 30.")
HINTS = {
    "signs": _("Thoughts, feelings, a place, a time of day. What do you notice first?"),
    "alone": _("Small things that you can do without anybody. Music, water, a walk."),
    "company": _("Places with people, or a person who takes your mind off it."),
    "people": _("A name and a number, for at least one person. It need not be family."),
    "services": _("At least one help line or service, with its number and hours."),
    "safer": _("What could you change where you live, so that a hard hour passes? Who could help?"),
    "live_for": _("People, animals, plans, small things. Only if you like to."),
}


@dataclass(frozen=True, slots=True)
class PartFields:
    """The boxes of one part, as a page draws them."""

    kind: str
    heading: str
    hint: Any
    fields: dict[str, BoundField]


class PlanForm(forms.Form):
    """A whole plan: as many parts and steps as it has, and room for one more of each."""

    version_id = KeyField()
    language = forms.ChoiceField(label=_("The language of its headings"), choices=list(LANGUAGES.items()))

    def __init__(self, data: Any = None, *, plan: HardMoments) -> None:
        given = plan if data is None else _shape_of(data)
        more = (PlanPart(OWN),) if data is None and len(given.parts) < MOST_PARTS else ()
        self.parts = (*given.parts, *more)
        steps = (Step("", ""),) if data is None and len(given.steps) < MOST_STEPS else ()
        self.steps = (*given.steps, *steps)
        start = {"version_id": uuid4(), "language": given.language}
        super().__init__(data, initial=start | _initial(self.parts, given.levels, self.steps))
        self._add_parts()
        self._add_scale()

    def _add_parts(self) -> None:
        for n in range(len(self.parts)):
            self.fields[f"kind_{n}"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.fields[f"title_{n}"] = WordsField(
                label=_("Its heading"), required=False, widget=forms.TextInput
            )
            self.fields[f"text_{n}"] = WordsField(
                label=_("In your own words"), required=False, widget=forms.Textarea(attrs={"rows": 3})
            )
            self.fields[f"place_{n}"] = forms.IntegerField(
                label=_("Place in the plan"),
                required=False,
                min_value=1,
                max_value=MOST_PARTS,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_PLACE),
            )
            self.fields[f"hidden_{n}"] = forms.BooleanField(label=_("Do not show this part"), required=False)

    def _add_scale(self) -> None:
        words = words_in(str(self.initial["language"]))
        for n, label in enumerate(words.levels):
            self.fields[f"level_{n}"] = WordsField(
                label=label, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        for n in range(len(self.steps)):
            for name, label in (("when", words.when), ("then", words.then)):
                self.fields[f"{name}_{n}"] = WordsField(label=label, required=False, widget=forms.TextInput)

    def shown_parts(self) -> Iterator[PartFields]:
        headings = words_in(str(self.initial["language"])).headings
        for n, part in enumerate(self.parts):
            names = ("kind", "title", "text", "place", "hidden")
            boxes = {name: self[f"{name}_{n}"] for name in names}
            heading = headings.get(part.kind) or part.title or _("A part of your own")
            yield PartFields(part.kind, str(heading), HINTS.get(part.kind, ""), boxes)

    def levels(self) -> list[BoundField]:
        return [self[f"level_{n}"] for n in range(LEVELS)]

    @property
    def has_scale(self) -> bool:
        """Is something written there, so that a page shows it at once?"""
        return any(str(box.value() or "").strip() for box in self.levels())

    @property
    def has_steps(self) -> bool:
        return any(str(box.value() or "").strip() for pair in self.shown_steps() for box in pair)

    def shown_steps(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"when_{n}"], self[f"then_{n}"]) for n in range(len(self.steps))]

    def plan(self) -> HardMoments:
        """What was typed, its parts in the places that were given; where two share one, as they stood."""
        said, count = self.cleaned_data, len(self.parts)
        order = sorted(range(count), key=lambda n: (said[f"place_{n}"] or MOST_PARTS + n, n))
        parts = (
            PlanPart(self.parts[n].kind, said[f"text_{n}"], said[f"title_{n}"].strip(), said[f"hidden_{n}"])
            for n in order
        )
        steps = (Step(said[f"when_{n}"], said[f"then_{n}"]) for n in range(len(self.steps)))
        levels = tuple(said[f"level_{n}"] for n in range(LEVELS))
        return HardMoments(said["language"], tuple(parts), levels, tuple(steps))


def _shape_of(data: Any) -> HardMoments:
    """How many parts and steps came, and of which kinds; a known kind counts once, all else is one's own."""
    parts, seen = list[PlanPart](), set[str]()
    while f"text_{len(parts)}" in data and len(parts) < MOST_PARTS:
        kind = data.get(f"kind_{len(parts)}", OWN)
        kind = kind if kind in PARTS and kind not in seen else OWN
        seen.add(kind)
        parts.append(PlanPart(kind))
    steps = list[Step]()
    while f"when_{len(steps)}" in data and len(steps) < MOST_STEPS:
        steps.append(Step("", ""))
    return HardMoments(data.get("language", "en"), tuple(parts), steps=tuple(steps))


def _initial(parts: tuple[PlanPart, ...], levels: tuple[str, ...], steps: tuple[Step, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {f"level_{n}": text for n, text in enumerate(levels)}
    for n, part in enumerate(parts):
        found |= {f"kind_{n}": part.kind, f"title_{n}": part.title, f"text_{n}": part.text}
        found |= {f"place_{n}": n + 1, f"hidden_{n}": part.hidden}
    for n, step in enumerate(steps):
        found |= {f"when_{n}": step.when, f"then_{n}": step.then}
    return found


class LookForm(forms.Form):
    """The day on which both looked at it."""

    on = day_field(label=_("The day"))


PACES = (
    ("", _("No reminder")),
    ("4", _("Every 4 weeks")),
    ("12", _("Every 12 weeks")),
    ("26", _("Twice a year")),
)


class ReminderForm(forms.Form):
    """How often its owner wants to be reminded; at the start not at all."""

    weeks = forms.TypedChoiceField(
        label=_("Remind me to look at it again"), choices=PACES, required=False, coerce=int, empty_value=None
    )


class FileForm(forms.Form):
    """A form filled in elsewhere."""

    file = file_field(label=_("A PDF or a picture"))


class WhomToCallForm(forms.Form):
    """Where somebody is, and whom we may call with their yes."""

    place = WordsField(
        label=_("Where I am most of the time"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A town and a street are enough. Change it when you travel."),
    )
    contact = WordsField(label=_("A person"), required=False, widget=forms.TextInput)
    phone = WordsField(label=_("Their number"), required=False, widget=forms.TextInput)
    yes = forms.BooleanField(
        label=_("Yes, this person may be called if somebody here sees that I am in danger."), required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        person, number = said.get("contact", "").strip(), said.get("phone", "").strip()
        if number and not person:
            self.add_error("contact", _("Write whose number this is."))
        if person and not number:
            self.add_error("phone", _("Write a number for this person, or leave both empty."))
        if person and number and not said.get("yes"):
            self.add_error(
                "yes", _("Tick this if we may call this person. If not, leave name and number empty.")
            )
        return said


class ConsultForm(forms.Form):
    """A note of a consultation."""

    note_id = KeyField()
    words = WordsField(
        label=_("The note"),
        error_messages={"required": _("Write the note first.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("With whom you spoke, what was weighed, what you decided. It cannot be changed later."),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise ValidationError(_("Write the note first."))
        return words


class PauseForm(forms.Form):
    """The 24-hour note."""

    pause_id = KeyField()
    is_shown = forms.BooleanField(label=_("Show it to the client too, as we agreed"), required=False)


class TimelineForm(forms.Form):
    """What goes into the file."""

    with_words = forms.BooleanField(label=_("With the words of messages, answers and notes"), required=False)
