"""What the office types about closed days: holidays to pick, one day of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interlude.boundaries import holidays
from interlude.core.packs.places import COUNTRIES
from interlude.practice.fields import NameField
from interlude.ui.customs import written

AHEAD = timedelta(days=3 * 366)  # far enough to plan, near enough to notice a mistyped year


class PlaceForm(forms.Form):
    """Whose public holidays, and of which year."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = holidays.countries_with_holidays()
        choices = [(code, name) for code, name in COUNTRIES.items() if code in known]
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=choices)
        years = [(str(year), str(year)) for year in range(today.year, today.year + 3)]
        self.fields["year"] = forms.ChoiceField(label=_("Year"), choices=years)
        regions = [(each.code, each.name) for each in holidays.regions(str(self.data.get("country", "")))]
        self.fields["region"] = forms.ChoiceField(
            label=_("Region"),
            choices=[("", _("Only what holds in the whole country")), *regions],
            required=False,
            widget=forms.Select if regions else forms.HiddenInput,
        )


class HolidaysForm(forms.Form):
    """Public holidays as ticks."""

    def __init__(self, *args: Any, offered: list[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {day.isoformat(): (day, name) for day, name in offered}
        choices = [(key, f"{written(day, 'D j F Y')}: {name}") for key, (day, name) in self.offered.items()]
        self.fields["days"] = forms.MultipleChoiceField(
            label=_("Closed on"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one day.")},
        )

    def picked(self) -> list[tuple[date, str]]:
        return [self.offered[key] for key in self.cleaned_data["days"]]


class OneDayForm(forms.Form):
    """One closed day of the practice's own."""

    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day. It looks like 2026-05-25.")},
    )
    name = NameField(label=_("Why"), max_length=80, help_text=_("As you call it among yourselves."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if not self.today <= day <= self.today + AHEAD:
            raise ValidationError(
                _("%(day)s is not within the next three years. Look at the year."),
                params={"day": day.isoformat()},
            )
        return day
