"""What is typed about a guardian: what they may see, from when on, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.guardians import Because, Scope
from interlude.practice.models import Participant
from interlude.practice.scopes import NewScope, NotChanged
from interlude.ui.customs import written
from interlude.ui.forms import WordsField, day_field

ACCESS = "access"
SCOPES = [
    (ACCESS, _("Any access at all")),
    (Scope.TIMES, _("Times of sessions")),
    (Scope.BILLS, _("Bills")),
    (Scope.AGREEMENT, _("What was agreed")),
    (Scope.SUMMARY_TALKS, _("Talks about how it goes")),
    (Scope.COPY, _("A copy of the record, which the law demands")),
]
FOR_COURTS = (ACCESS, Scope.TIMES, Scope.BILLS)
REASONS = [
    (Because.TOGETHER, _("We agreed on it")),
    (Because.THERAPIST, _("I think it is right for the care")),
    (Because.COURT, _("A court order")),
    (Because.LAW, _("The law demands it")),
]


class ScopeForm(forms.Form):
    """One change for one guardian."""

    scope = forms.ChoiceField(label=_("What it is about"), choices=SCOPES)
    may = forms.ChoiceField(
        label=_("From that day on"), choices=[("no", _("no longer")), ("yes", _("may see it"))]
    )
    on = day_field(label=_("Day"))
    because = forms.ChoiceField(label=_("Why"), choices=REASONS)
    document = forms.CharField(
        label=_("Paper, if there is one"),
        required=False,
        max_length=120,
        help_text=_("Court or law, date, number. The young person reads it."),
    )
    reason = WordsField(
        label=_("In words for the young person"),
        required=False,
        help_text=_("They read it first, before the guardian hears of it. The guardian does not read it."),
    )

    def wanted(self) -> NewScope:
        given = self.cleaned_data
        return NewScope(
            scope=None if given["scope"] == ACCESS else Scope(given["scope"]),
            may=given["may"] == "yes",
            on=given["on"],
            because=Because(given.get("because", Because.COURT)),
            reason=given.get("reason", ""),
            document=given["document"],
        )

    def say_why_not(self, why: NotChanged, guardian: Participant) -> None:
        """The sentence for what was not done, at the field that can be put right."""
        name = guardian.first_name
        match why.why:
            case "too_soon":
                first = written(why.earliest, "D j F Y")
                self.add_error(
                    "on",
                    _("The young person is told first, so it can begin on %(day)s at the earliest.")
                    % {"day": first},
                )
            case "document":
                self.add_error("document", _("Name the paper that demands it: court or law, date, number."))
            case "not_agreed":
                self.add_error(
                    "because",
                    _("A copy of the record is given because law or a court demands it, never by agreement."),
                )
            case "reason":
                self.add_error("reason", _("Write down why, in words that the young person can read."))
            case _:
                self.add_error(
                    None,
                    _("On that day this already holds for %(name)s. Nothing was changed.") % {"name": name},
                )


class OrderForm(ScopeForm):
    """A court order, as the owner enters it: access, times and bills, with the paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["because"], self.fields["reason"]
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for choice in SCOPES if choice[0] in FOR_COURTS]
        self.fields["document"].label = _("Paper")
        self.fields["document"].help_text = _("Court, date, number.")


def first_day(today: date) -> dict[str, date]:
    """What the form begins with."""
    return {"on": today}
