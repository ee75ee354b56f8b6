"""What a clinician types about time away: days, parts of days, and how often it comes again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.hours import Absence as Stretch
from interlude.core.time_away import Repeat, TimeAway
from interlude.cover.actions import Asked
from interlude.practice.models import Client, Clinician
from interlude.ui.forms import WordsField, day_field

AHEAD = timedelta(days=3 * 366)  # far enough to plan, near enough to notice a mistyped year
LONGEST = timedelta(days=366)


def time_field(**kwargs: Any) -> forms.TimeField:
    """A clock time, picked or typed as 13:00."""
    return forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
        required=False,
        error_messages={"invalid": _("This is no time. It looks like 13:00.")},
        **kwargs,
    )


class StretchForm(forms.Form):
    """From a day to a day; clock times where it is a part of a day."""

    first = day_field(label=_("First day"), error_messages={"required": _("Name the first day.")})
    last = day_field(label=_("Last day"), required=False, help_text=_("Empty: the same day."))
    starts = time_field(label=_("From"), help_text=_("Empty: from the beginning of the day."))
    ends = time_field(label=_("Until"), help_text=_("Empty: to the end of the day."))

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.today = now.astimezone(zone).date()

    def clean(self) -> dict[str, Any]:
        """A stretch of at least some minutes, not over yet, of a year at most."""
        data: dict[str, Any] = super().clean() or {}
        first = data.get("first")
        if first is None or self.errors:
            return data
        data["last"] = data.get("last") or first
        if data["last"] < first:
            self.add_error("last", _("It ends before it begins. Name a later day."))
        elif data["last"] - first > LONGEST:
            self.add_error("last", _("That is more than a year. Set it in parts."))
        elif first > self.today + AHEAD:
            self.add_error("first", _("That is more than three years ahead. Look at the year."))
        elif not self.away().stretches(self.zone):
            self.add_error("ends", _("It ends before it begins. Name a later time."))
        elif self.stretches()[0].ends <= self.now:
            self.add_error("last", _("That is over already. Name days that are still to come."))
        return data

    def away(self) -> TimeAway:
        data = self.cleaned_data
        return TimeAway(data["first"], data["last"], data["starts"], data["ends"])

    def stretches(self) -> tuple[Stretch, ...]:
        """All of it as moments. For a form without faults."""
        return self.away().stretches(self.zone)


class AwayForm(StretchForm):
    """The same, once or again and again."""

    repeat = forms.ChoiceField(
        label=_("How often"),
        choices=[(Repeat.ONCE, _("Once")), (Repeat.WEEKLY, _("Each week")), (Repeat.YEARLY, _("Each year"))],
        widget=forms.RadioSelect,
        initial=Repeat.ONCE,
        error_messages={"required": _("Choose how often it comes.")},
    )
    until = day_field(
        label=_("It comes for the last time on or before"),
        required=False,
        help_text=_("Only for what comes each week or each year."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        repeat, until = data.get("repeat"), data.get("until")
        if self.errors or repeat == Repeat.ONCE:
            return data
        if until is None:
            self.add_error("until", _("Name the last day, so that it ends by itself."))
        elif until <= data["first"]:
            self.add_error("until", _("It comes only once that way. Name a later day."))
        elif repeat == Repeat.WEEKLY and until - data["first"] > LONGEST:
            self.add_error("until", _("A year of weeks at most. Set the next year when it comes near."))
        return data

    def away(self) -> TimeAway:
        data = self.cleaned_data
        repeat = Repeat(data.get("repeat") or Repeat.ONCE)
        return TimeAway(data["first"], data["last"], data["starts"], data["ends"], repeat, data.get("until"))


def as_typed(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> dict[str, date | time | None]:
    """A stretch as the form would have been filled for it."""
    starts, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    whole_end = ends.time() == time(0)
    return {
        "first": starts.date(),
        "last": ends.date() - timedelta(days=1) if whole_end else ends.date(),
        "starts": None if starts.time() == time(0) else starts.time(),
        "ends": None if whole_end else ends.time(),
    }


class CoverForm(StretchForm):
    """Whom to ask, for which clients and topics, from when until when."""

    colleague = forms.ChoiceField(
        label=_("Whom you ask"),
        error_messages={"required": _("Choose a colleague.")},
        widget=forms.RadioSelect,
    )
    clients = forms.MultipleChoiceField(
        label=_("For these clients"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one client.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("About these topics"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one topic.")},
    )

    def __init__(
        self,
        *args: Any,
        colleagues: dict[str, Clinician],
        clients: dict[str, Client],
        topics: list[tuple[str, Any]],
        within: Stretch,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._colleagues, self._clients, self._within = colleagues, clients, within
        self._choices("colleague", [(key, one.name) for key, one in colleagues.items()])
        self._choices("clients", [(key, one.name) for key, one in clients.items()])
        self._choices("topics", topics)

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            (one,) = self.stretches()
            if one.starts < self._within.starts or one.ends > self._within.ends:
                self.add_error("first", _("That is not all within your time away. Name days of it."))
        return data

    def asked(self) -> Asked:
        """What was chosen. For a form without faults."""
        data, (one,) = self.cleaned_data, self.stretches()
        return Asked(
            self._colleagues[data["colleague"]],
            [self._clients[key] for key in data["clients"]],
            data["topics"],
            one.starts,
            one.ends,
        )


class BreakForm(forms.Form):
    """What helps in the break, and who is there."""

    helps = WordsField(
        label=_("What helps in the break"),
        required=False,
        help_text=_("In words that you found together: what to do, where to go, what to read."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    there = WordsField(
        label=_("Who is there"),
        required=False,
        help_text=_("People and places of your client’s own. Who stands in for you is said beside it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SuddenForm(forms.Form):
    """Who cannot come, until when, and the kind of reason. Nothing more is asked."""

    clinician = forms.ChoiceField(
        label=_("Who cannot come"), error_messages={"required": _("Choose somebody.")}
    )
    last = day_field(
        label=_("Until the end of"),
        help_text=_("A first guess. It can be made longer at any time."),
        error_messages={"required": _("Name a day. A first guess is enough.")},
    )
    why = forms.ChoiceField(
        label=_("Kind of reason"),
        help_text=_("Only the kind. Clients do not read it."),
        choices=[("ill", _("Ill")), ("family", _("In the family")), ("other", _("Something else"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of reason.")},
    )

    def __init__(self, *args: Any, clinicians: dict[str, Clinician], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clinicians, self._now = clinicians, now
        field = self.fields["clinician"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.name) for key, one in clinicians.items()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        who, last = self._clinicians.get(data.get("clinician", "")), data.get("last")
        if who is None or last is None:
            return data
        today = who.date_at(self._now)
        if last < today:
            self.add_error("last", _("That day is over. Name today or a later day."))
        elif last > today + LONGEST:
            self.add_error("last", _("That is more than a year ahead. Look at the year."))
        data["who"] = who
        return data


class WillForm(forms.Form):
    """What is to be done, in the clinician's own words."""

    words = WordsField(
        label=_("What is to be done"),
        help_text=_(
            "Who tells your clients, who may see them next, where your records are, whom to call for you."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write at least a line.")},
    )
