"""What a clinician types to give extra support, and to move its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from interlude.agreements.extra_support import WEEKLY
from interlude.agreements.templatetags.rules import rule_value, topic_words
from interlude.core.orders import Direction, Rhythm, slower
from interlude.core.policy import Handling, Policy
from interlude.core.promises import NextCheck, Promise, WorkingDays
from interlude.core.support import MovedEnd, Plan, Refused, Step
from interlude.support.sentences import FIELD, sentence
from interlude.ui.forms import WordsField, day_field, id_or_fresh

STEPS = (1, 2, 3)
MOST = 200
NO_END = _("Extra support has an end. Name its last day; it can be made longer later.")
NO_REVIEW = _("Name the day on which you look at it together again; it goes on the list for that session.")


class SupportForm(forms.Form):
    """More than was agreed, from a day to a day, in up to three steps."""

    purpose = WordsField(
        label=_("What it is for"),
        help_text=_("Your client reads these words."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in plain words what it is for.")},
    )
    since = day_field(label=_("From"), error_messages={"required": _("Name its first day.")})
    until = day_field(label=_("Until"), error_messages={"required": NO_END})
    review_on = day_field(label=_("Looked at again on"), error_messages={"required": NO_REVIEW})

    def __init__(self, *args: Any, agreed: Policy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agreed = agreed or Policy()
        for number in STEPS:
            self.fields[f"messages_{number}"] = forms.IntegerField(
                label=_("Then") if number > 1 else _("At first"),
                required=False,
                min_value=1,
                max_value=MOST,
            )
            self.fields[f"until_{number}"] = day_field(label=_("Until"), required=False)
        self.fields["words"] = forms.IntegerField(
            label=_("Words in one message"), required=False, min_value=10, max_value=100_000
        )
        self._quicker = dict(_quicker_than(self._agreed))
        self.fields["promise"] = forms.ChoiceField(
            label=_("Answers come"),
            required=False,
            choices=[("", _("As agreed")), *((key, _said(one)) for key, one in self._quicker.items())],
        )
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Also answered in writing"),
            required=False,
            choices=[(str(topic), topic_words(topic).capitalize()) for topic in _kept(self._agreed)],
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def steps(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"messages_{number}"], self[f"until_{number}"]) for number in STEPS]

    @property
    def key(self) -> UUID:
        """The form's own id; a fresh one for anything that is none."""
        return id_or_fresh(self.data.get("support_id"))

    def clean_purpose(self) -> str:
        purpose: str = self.cleaned_data["purpose"]
        if not purpose.strip():
            raise forms.ValidationError(_("Say in plain words what it is for."))
        return purpose

    def clean(self) -> dict[str, Any]:
        """Each step but the last names its day; a day alone is no step."""
        data: dict[str, Any] = super().clean() or {}
        last = max((number for number in STEPS if data.get(f"messages_{number}")), default=0)
        for number in STEPS:
            messages, until = data.get(f"messages_{number}"), data.get(f"until_{number}")
            if until and not messages:
                self.add_error(f"messages_{number}", _("How many messages a week, up to that day?"))
            elif number < last and not messages:
                self.add_error(f"messages_{number}", _("Fill the steps from the top, without a gap."))
            elif messages and not until and number < last:
                self.add_error(f"until_{number}", _("Up to which day? The next step begins after it."))
        return data

    def plan(self) -> Plan:
        """What was typed, as the core's value. For a form without faults."""
        data = self.cleaned_data
        steps = tuple(
            Step(data[f"until_{number}"] or data["until"], {WEEKLY: data[f"messages_{number}"]})
            for number in STEPS
            if data[f"messages_{number}"]
        )
        return Plan(data["since"], data["until"], data["review_on"], self._always(), steps)

    def refuse(self, refused: Refused, *, practice: str) -> None:
        """Say beside its field what is wrong, the value, and what to do."""
        self.add_error(FIELD.get(refused.fault), sentence(refused, practice=practice))

    def _always(self) -> dict[str, Any]:
        data = self.cleaned_data
        values: dict[str, Any] = {f"topics.{topic}": Handling.ANSWER for topic in data["topics"]}
        if data["words"]:
            values["plan.words"] = data["words"]
        if data["promise"]:
            values["promise"] = self._quicker[data["promise"]]
        return values


class MoveForm(forms.Form):
    """Another end for what runs or is to come."""

    until = day_field(label=_("Until"), error_messages={"required": NO_END})
    review_on = day_field(label=_("Looked at again on"), error_messages={"required": NO_REVIEW})
    agreed_on = day_field(
        label=_("Agreed together on"),
        required=False,
        help_text=_("For a sooner end that you both settled on in a session. Your client reads this day."),
    )

    def moved(self) -> MovedEnd:
        data = self.cleaned_data
        return MovedEnd(data["until"], data["review_on"], data["agreed_on"])

    def refuse(self, refused: Refused, *, practice: str) -> None:
        field = FIELD.get(refused.fault)
        self.add_error(field if field in self.fields else "until", sentence(refused, practice=practice))


def first_days(today: date, taken: list[tuple[date, date]]) -> dict[str, date]:
    """Days to begin with: the first free one, six weeks, a look back after four. All can be typed over."""
    first = max([today, *(last + timedelta(days=1) for _, last in taken)])
    return {"since": first, "until": first + timedelta(weeks=6), "review_on": first + timedelta(weeks=4)}


def _quicker_than(agreed: Policy) -> Iterator[tuple[str, Promise]]:
    """Promises that never come later than the agreed one, and sometimes sooner."""
    cut_off = agreed.promise.cut_off if isinstance(agreed.promise, WorkingDays) else time(17)
    week = Rhythm(agreed.hours, agreed.check_times, agreed.check_minutes)
    offered: dict[str, Promise] = {"next_check": NextCheck()}
    for days in (1, 2, 3):
        offered[f"days_{days}"] = WorkingDays(days, cut_off)
    for key, promise in offered.items():
        if promise != agreed.promise and slower(agreed.promise, promise, week) is Direction.LOOSER:
            yield key, promise


def _said(promise: Promise) -> str:
    return rule_value(promise, "promise").capitalize()


def _kept(agreed: Policy) -> list[str]:
    """Topics that are kept or acknowledged as it stands, and could be answered."""
    return [
        str(topic) for topic, handling in agreed.topics if handling in (Handling.KEEP, Handling.ACKNOWLEDGE)
    ]
