"""What is typed about sessions: by a client who asks, and by those who make and move them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interlude.core.series import MOST
from interlude.core.waiting import Part
from interlude.core.zones import first_moment
from interlude.practice.models import Client
from interlude.ui.forms import KeyField, WordsField, day_field
from interlude.ui.templatetags.moments import plain_moment

NO_WORDS = gettext_lazy("There are no words here yet. Write a line, so that the front desk knows what to do.")
FARTHEST = timedelta(days=366)
HELD_FOR = timedelta(days=2)  # other times that are held out
PARTS = [
    (Part.MORNING.value, gettext_lazy("Mornings, until 12:00")),
    (Part.AFTERNOON.value, gettext_lazy("Afternoons, 12:00 to 17:00")),
    (Part.EVENING.value, gettext_lazy("Evenings, from 17:00")),
]
NOTICE = [
    ("2", gettext_lazy("Two hours")),
    ("24", gettext_lazy("One day")),
    ("48", gettext_lazy("Two days")),
    ("168", gettext_lazy("One week")),
]


class AskForm(forms.Form):
    """A question to the front desk, in own words."""

    words = WordsField(label=gettext_lazy("What would you like?"), error_messages={"required": NO_WORDS})

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(NO_WORDS)
        return words


class TimeField(forms.CharField):
    """A day and a time by the clock of whoever types it; `on()` makes it a moment there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"type": "datetime-local", "step": "300"}),
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        """Without a zone: the field does not know whose clock it is."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        try:
            at = datetime.fromisoformat(typed)
        except ValueError:
            at = None
        if at is None or at.tzinfo is not None or not 2000 <= at.year <= 2190:
            raise forms.ValidationError(
                _("“%(typed)s” is no time. Write it like 2026-05-18 14:30.") % {"typed": typed}
            )
        return at


def moment_on(at: datetime, zone: ZoneInfo) -> datetime:
    """That reading of the clock as a moment."""
    return first_moment(at.date(), at.time().replace(second=0, microsecond=0), zone)


def beyond(at: datetime, now: datetime) -> str:
    """What to fix about a time that does not lie ahead; "" for nothing."""
    if now < at < now + FARTHEST:
        return ""
    facts = {"when": plain_moment(at)}
    return _("%(when)s does not lie ahead, within a year. Choose another time.") % facts


class MoveForm(forms.Form):
    """A client asks for another time: up to three that suit, and a line, each may be left out."""

    request_id = KeyField(required=False)
    first = TimeField(label=gettext_lazy("A time that suits you"))
    second = TimeField(label=gettext_lazy("Another one"))
    third = TimeField(label=gettext_lazy("A third one"))
    words = WordsField(label=gettext_lazy("A line with it"), required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.times = zone, now, list[datetime]()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("first", "second", "third"):
            if (typed := said.get(name)) is None:
                continue
            at = moment_on(typed, self.zone)
            if fault := beyond(at, self.now):
                self.add_error(name, fault)
            self.times.append(at)
        return said


class EarlierForm(forms.Form):
    """What would suit somebody who waits; nothing chosen is any."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days that suit you"),
        help_text=gettext_lazy("None ticked: any day."),
        choices=list(WEEKDAYS.items())[:6],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts of the day"),
        help_text=gettext_lazy("None ticked: any hour. By your own clock."),
        choices=PARTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notice_hours = forms.TypedChoiceField(
        label=gettext_lazy("How long before must you know?"),
        choices=NOTICE,
        coerce=int,
        initial="24",
        widget=forms.RadioSelect,
    )


class PlanForm(forms.Form):
    """One session, or several that come again."""

    EVERY = (
        ("0", gettext_lazy("Once")),
        ("1", gettext_lazy("Every week")),
        ("2", gettext_lazy("Every second week")),
    )
    client = forms.ModelChoiceField(label=gettext_lazy("Client"), queryset=Client.unscoped.none())
    on = day_field(label=gettext_lazy("First day"))
    clock = forms.TimeField(
        label=gettext_lazy("Time"),
        help_text=gettext_lazy("By the therapist’s clock. It stays the same when the clocks change."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
        error_messages={"invalid": gettext_lazy("This is no time. It looks like 14:30.")},
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=10, max_value=240, initial=50)
    every = forms.TypedChoiceField(
        label=gettext_lazy("How often"), choices=EVERY, coerce=int, initial="0", widget=forms.RadioSelect
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many times"),
        help_text=gettext_lazy("For one that comes again. Dates that are left out count."),
        min_value=1,
        max_value=MOST,
        initial=10,
        required=False,
    )
    beside = forms.BooleanField(
        label=gettext_lazy("It may stand beside another session, as with a group"), required=False
    )
    series_id = KeyField(required=False)

    def __init__(self, *args: Any, clients: models.QuerySet[Client], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["client"]
        chosen.queryset, chosen.label_from_instance = clients, lambda one: one.name
        self.now = now
        self.initial.setdefault("series_id", uuid4())

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not -1 <= (on - self.now.date()).days <= FARTHEST.days:
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return on

    @property
    def repeats(self) -> tuple[int, int]:
        """Every so many weeks, so many times. Only of a valid form."""
        every: int = self.cleaned_data["every"]
        return (every, self.cleaned_data["times"] or 1) if every else (1, 1)

    @property
    def clock_time(self) -> time:
        clock: time = self.cleaned_data["clock"]
        return clock


class AnswerForm(forms.Form):
    """A line with an answer to a request."""

    line = WordsField(label=gettext_lazy("A line with it"), required=False)


class OtherTimesForm(AnswerForm):
    """Other times in place of those that were asked for: free ones, or one typed."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Free in working hours"), required=False, widget=forms.CheckboxSelectMultiple
    )
    typed = TimeField(label=gettext_lazy("Another time"))

    def __init__(
        self, *args: Any, free: list[datetime], zone: ZoneInfo, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.times = zone, now, list[datetime]()
        choices = [(at.astimezone(UTC).isoformat(), plain_moment(at)) for at in free]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.times = sorted({datetime.fromisoformat(each) for each in said.get("chosen", [])})
        if typed := said.get("typed"):
            at = moment_on(typed, self.zone)
            if fault := beyond(at, self.now):
                self.add_error("typed", fault)
            self.times.append(at)
        if not self.times and "typed" not in self.errors and "chosen" not in self.errors:
            self.add_error("chosen", _("Choose a time, or type one."))
        return said

    @property
    def expires_at(self) -> datetime:
        """The end of the second day from now, by the clinician's clock."""
        day = self.now.astimezone(self.zone).date() + HELD_FOR + timedelta(days=1)
        return first_moment(day, time(0), self.zone)
