"""Where somebody is today: the zone of their dates, and the country of their help lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.outbox.contact import Said
from interlude.outbox.models import ContactPoint
from interlude.practice.fields import CountryField, ZoneField


class PlaceForm(forms.Form):
    """Both may change with a journey."""

    zone = ZoneField(label=_("Time zone"), help_text=_("All dates and times are shown in it."))
    country = CountryField(
        label=_("Country"), empty=_("I would rather not say"), help_text=_("Help now shows its lines first.")
    )


ANY, HOURS, NEVER = "any", "hours", "never"


class ContactForm(forms.Form):
    """When a way to reach somebody is safe for them. One form for each way, told apart by its prefix."""

    when = forms.ChoiceField(
        label=_("When is it safe?"),
        widget=forms.RadioSelect,
        choices=[
            (ANY, _("At any hour")),
            (HOURS, _("Only between two times of the day")),
            (NEVER, _("Never contact me here")),
        ],
        error_messages={"required": _("Choose one of the three.")},
    )
    opens = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is no time of day. It looks like 09:00.")},
    )
    closes = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is no time of day. It looks like 17:00.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wants = given.get("when") == HOURS and not self.errors
        if wants and not (given.get("opens") and given.get("closes")):
            self.add_error("opens", _("Give both times, such as 09:00 and 17:00."))
        elif wants and given["opens"] == given["closes"]:
            self.add_error("closes", _("Both times are the same. Give a later one, or choose any hour."))
        return given

    def said(self, kind: str) -> Said:
        """What they chose, as it is kept."""
        given = self.cleaned_data
        is_timed = given["when"] == HOURS
        return Said(
            kind,
            never=given["when"] == NEVER,
            opens=given["opens"] if is_timed else None,
            closes=given["closes"] if is_timed else None,
        )


def as_chosen(point: ContactPoint | None) -> dict[str, Any]:
    """What a form shows of a row; any hour where nothing was said."""
    if point is None:
        return {"when": ANY}
    when = NEVER if point.never else HOURS if point.opens else ANY
    return {"when": when, "opens": point.opens, "closes": point.closes}
