"""What a session may be called in somebody's own calendar. Nothing is typed, so nothing says more than it should."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.appointments.models import CalendarFeed
from interlude.practice.models import Clinician, Participant
from interlude.ui.forms import KeyField

Title = CalendarFeed.Title


class FeedForm(forms.Form):
    """One neutral word for all sessions; a clinician may have the client's initials instead."""

    key = KeyField(required=False)
    title = forms.ChoiceField(label=_("What your calendar shows"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, owner: Participant | Clinician, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices: list[tuple[str, Any]] = [
            (Title.APPOINTMENT, _("Appointment")),
            (Title.BUSY, _("Busy")),
            (Title.SHOWN_NAME, owner.practice.shown_name),
        ]
        if isinstance(owner, Clinician):
            choices.append((Title.INITIALS, _("The client’s initials")))
        self.fields["title"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
