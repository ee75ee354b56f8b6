"""What is typed into a piece, beside a share, and into a page to fill in."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interlude.core.clean_files import CleanFile, cleaned
from interlude.core.file_kinds import MOST
from interlude.core.terms import Topic
from interlude.library.actions import Given, Places, Words, words_of
from interlude.library.models import Piece, PieceVersion
from interlude.practice.models import Participant
from interlude.ui.files import file_field, refused
from interlude.ui.forms import KeyField, WordsField, day_field

MOST_FIELDS, MOST_CUES, LONGEST_LINE = 20, 60, 200
LONGEST_TEXT = 60_000
LANGUAGES = (("en", "English"), ("es", "Español"), ("hi", "हिन्दी"))
BESIDE = (
    (str(Topic.HOMEWORK), _("A practice task")),
    (str(Topic.SKILL_HELP), _("Help with a skill")),
    (str(Topic.BRIEF_UPDATE), _("Something that happened, or news")),
    (str(Topic.SESSION), _("Something for our session")),
)
KINDS = (
    (Piece.Kind.EXERCISE, _("An exercise")),
    (Piece.Kind.WORKSHEET, _("A worksheet, to fill in here")),
    (Piece.Kind.READING, _("Something to read")),
    (Piece.Kind.PROMPT, _("A prompt to reflect")),
    (Piece.Kind.LINK, _("A link")),
    (Piece.Kind.FILE, _("A file")),
)
KIND_WORDS = {
    Piece.Kind.EXERCISE: _("Exercise"),
    Piece.Kind.WORKSHEET: _("Worksheet"),
    Piece.Kind.READING: _("Reading"),
    Piece.Kind.PROMPT: _("Prompt"),
    Piece.Kind.LINK: _("Link"),
    Piece.Kind.FILE: _("File"),
}
ASKS = frozenset({Piece.Kind.WORKSHEET, Piece.Kind.PROMPT})


class PieceForm(forms.Form):
    """A piece of one kind, new or changed. Everything but its title may be short."""

    piece_id = KeyField()
    title = WordsField(
        label=_("Its title"),
        widget=forms.TextInput,
        error_messages={"required": _("Give it a title. Your client reads it.")},
    )
    text = WordsField(label=_("The text"), required=False, widget=forms.Textarea(attrs={"rows": 10}))
    language = forms.ChoiceField(label=_("Its language"), choices=LANGUAGES)
    topics = forms.MultipleChoiceField(
        label=_("Offer it beside a message about"),
        required=False,
        choices=BESIDE,
        widget=forms.CheckboxSelectMultiple,
    )
    cues = WordsField(
        label=_("Or beside these words, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Words that a client may write when this would help. Nobody is told what they wrote."),
    )
    for_now = forms.BooleanField(label=_("It belongs to “What can I do now?”"), required=False)

    def __init__(self, *args: Any, kind: str, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.has_file = kind, has_file
        self.file: CleanFile | None = None
        self.fields |= _fields_of(kind, has_file=has_file)
        self.order_fields(
            ["piece_id", "title", "link", "file", "text", "fields", "language", "topics", "cues", "for_now"]
        )

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if not title:
            raise ValidationError(_("Give it a title. Your client reads it."))
        if len(title) > 120:
            raise ValidationError(
                _("This title has %(many)s letters, and 120 is the most. Shorten it."),
                params={"many": len(title)},
            )
        return title

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST_TEXT:
            raise ValidationError(
                _("This text has %(many)s letters, and 60,000 is the most. Make two pieces of it."),
                params={"many": len(text)},
            )
        if not text.strip() and self.kind in (Piece.Kind.EXERCISE, Piece.Kind.READING):
            raise ValidationError(_("Write the text. It is what your client reads."))
        return text

    def clean_fields(self) -> tuple[str, ...]:
        return _lines(
            self.cleaned_data["fields"], most=MOST_FIELDS, needs_one=self.kind == Piece.Kind.WORKSHEET
        )

    def clean_cues(self) -> tuple[str, ...]:
        return _lines(self.cleaned_data["cues"], most=MOST_CUES)

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        try:
            parts = urlsplit(link)
        except ValueError:
            parts = urlsplit("")
        is_odd = any(sign.isspace() or not sign.isprintable() for sign in link) or len(link) > 500
        if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or is_odd:
            raise ValidationError(
                _(
                    "“%(link)s” is no address that begins with https:// and names a site. Copy it from the browser."
                ),
                params={"link": link[:80]},
            )
        return link

    def clean_file(self) -> None:
        given = self.cleaned_data["file"]
        if not given:
            return
        found = cleaned(given.read(MOST + 1))
        if isinstance(found, str):
            raise ValidationError(refused(found, given.size))
        self.file = found

    def words(self, before: Words | None = None) -> Words:
        """What was typed; where its facts were read is kept from *before*."""
        said = self.cleaned_data
        facts = before.facts if before else ()
        return Words(
            said["title"], said["text"], said.get("link", ""), said.get("fields", ()), said["language"], facts
        )

    def places(self) -> Places:
        said = self.cleaned_data
        return Places(said["cues"], tuple(said["topics"]), said["for_now"])


def _fields_of(kind: str, *, has_file: bool) -> dict[str, forms.Field]:
    """What a piece of this kind has beside its title and its text."""
    if kind in ASKS:
        asks = WordsField(
            label=_("What it asks, one question on each line"),
            required=kind == Piece.Kind.WORKSHEET,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_(
                "Each line becomes a box to write in. What your client finishes is part of the record."
            ),
            error_messages={"required": _("Write at least one question.")},
        )
        return {"fields": asks}
    if kind == Piece.Kind.LINK:
        link = WordsField(
            label=_("The address"),
            widget=forms.TextInput(attrs={"inputmode": "url"}),
            help_text=_("It begins with https:// and opens outside. That site learns that somebody came."),
            error_messages={"required": _("Write the address, beginning with https://")},
        )
        return {"link": link}
    if kind == Piece.Kind.FILE:
        hint = _(
            "Up to 5 MB. Who made it, where and when is taken out. A PDF that runs something is refused."
        )
        return {"file": file_field(label=_("A PDF or a picture"), required=not has_file, help_text=hint)}
    return {}


def opened(piece: Piece, version: PieceVersion) -> dict[str, Any]:
    """What the form begins with for a piece that is there."""
    said = words_of(version)
    return {
        "piece_id": piece.pk,
        "title": said.title,
        "text": said.text,
        "link": said.link,
        "fields": "\n".join(said.fields),
        "language": said.language,
        "topics": piece.topics,
        "cues": "\n".join(piece.cues),
        "for_now": piece.for_now,
    }


def _lines(text: str, *, most: int, needs_one: bool = False) -> tuple[str, ...]:
    lines = tuple(line for each in text.splitlines() if (line := " ".join(each.split())))
    if needs_one and not lines:
        raise ValidationError(_("Write at least one question."))
    if len(lines) > most:
        raise ValidationError(
            _("These are %(many)s lines, and %(most)s is the most. Leave some out."),
            params={"many": len(lines), "most": most},
        )
    if long := next((line for line in lines if len(line) > LONGEST_LINE), None):
        raise ValidationError(
            _("The line that begins with “%(line)s” is longer than 200 letters. Shorten it."),
            params={"line": long[:40]},
        )
    return lines


class ShareForm(forms.Form):
    """One piece for one client."""

    share_id = KeyField()
    piece = forms.TypedChoiceField(
        label=_("The piece"),
        coerce=UUID,
        error_messages={
            "required": _("Choose a piece."),
            "invalid_choice": _("This piece is not ready to share. Choose another one."),
        },
    )
    person = forms.ChoiceField(label=_("For whom"), required=False)
    due_on = day_field(
        label=_("For a day, if you like"),
        required=False,
        help_text=_("It then stands on their first page until that day. Nothing happens if it is not done."),
    )
    line = WordsField(
        label=_("A line to your client"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, pieces: list[tuple[str, str]], people: list[Participant], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.today = people, today
        self._offer("piece", [("", _("Choose one")), *pieces])
        self._offer("person", [("", _("All who write here")), *((str(one.pk), one.name) for one in people)])
        if len(people) < 2:
            self.fields["person"].widget = forms.HiddenInput()

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = choices

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due is not None and due < self.today:
            raise ValidationError(_("This day is over. Choose today or a day ahead, or leave it empty."))
        return due

    def given(self) -> Given:
        said = self.cleaned_data
        person = next((one for one in self.people if str(one.pk) == said["person"]), None)
        return Given(person, said["due_on"], said["line"])


class AnswersForm(forms.Form):
    """The boxes of a page to fill in. Nothing in it is required."""

    filled_id = KeyField()

    def __init__(self, *args: Any, asked: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = [f"answer_{number}" for number in range(len(asked))]
        for number, question in enumerate(asked):
            self.fields[f"answer_{number}"] = WordsField(
                label=question, required=False, widget=forms.Textarea(attrs={"rows": 3})
            )

    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.boxes]
