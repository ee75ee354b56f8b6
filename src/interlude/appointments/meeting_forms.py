"""What is typed about where sessions are met, and the sentences for a link that cannot stand there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interlude.appointments.feed_models import HOURS_TO_REMIND, SessionHabits
from interlude.appointments.meeting import Habits
from interlude.appointments.models import Session
from interlude.core.meeting_links import LONGEST, Trouble, in_order, trouble_with

SHOWN = 60  # characters of a refused link in its sentence
ONLY = gettext_lazy("Paste the link alone. It begins with https://, whatever the service.")


def said_of(trouble: Trouble, link: str) -> str:
    """What is wrong, with which link, and what to do next."""
    shown = "".join(letter if letter.isprintable() else "·" for letter in link.strip())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
    sentences = {
        Trouble.EMPTY: _("There is no link here. Paste one, or choose another way to meet."),
        Trouble.LONG: _("This link has more than %(most)s characters. Copy it again from the service."),
        Trouble.UNSEEN: _(
            "“%(link)s” has a character in it that nobody sees. Copy the link again from the service, not from a mail."
        ),
        Trouble.SPACES: _(
            "“%(link)s” has a space in it. Paste the link alone, without the invitation around it."
        ),
        Trouble.SCHEME: _("“%(link)s” does not begin with https://. Copy the whole link from the service."),
        Trouble.PLAIN: _(
            "“%(link)s” begins with http://. Write https:// instead, so that nobody can reroute it."
        ),
        Trouble.NAMED: _("“%(link)s” names somebody before an @. Take that part out, up to the @."),
        Trouble.HOST: _("“%(link)s” does not lead to a service that can be found. Copy the link again."),
    }
    return sentences[trouble] % {"link": shown, "most": LONGEST}


class LinkField(forms.CharField):
    """A link to a video service; what cannot stand there comes back as it was typed, with what to do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        self.widget.attrs.update({"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"})
        self.validators = []

    def clean(self, value: Any) -> str:
        typed = str(value or "")
        trouble = trouble_with(typed)
        if trouble is Trouble.EMPTY:
            return ""
        if trouble is not None:
            raise forms.ValidationError(said_of(trouble, typed))
        try:
            return in_order(typed)
        except ValueError:  # longer than there is room for, once its host is spelled out
            raise forms.ValidationError(said_of(Trouble.LONG, typed)) from None


def _hours(hours: int, zero: Any) -> Any:
    if not hours:
        return zero
    days, rest = divmod(hours, 24)
    if rest or days == 1:
        return gettext_lazy("%s hours before") % hours
    return gettext_lazy("%s days before") % days


class HabitsForm(forms.Form):
    """What holds for a clinician's sessions unless one says otherwise."""

    join_url = LinkField(label=gettext_lazy("Where you meet by video"), help_text=ONLY)
    remind_hours = forms.TypedChoiceField(
        label=gettext_lazy("When clients are reminded"),
        help_text=gettext_lazy("One mail without content. Best while cancelling costs nothing yet."),
        coerce=int,
        choices=[(one, _hours(one, gettext_lazy("Never"))) for one in HOURS_TO_REMIND],
    )

    @classmethod
    def of(cls, habits: SessionHabits, data: Any = None) -> HabitsForm:
        names = ("join_url", "remind_hours")
        return cls(data, initial={name: getattr(habits, name) for name in names})

    def habits(self) -> Habits:
        return Habits(**self.cleaned_data)


class SessionLinkForm(forms.Form):
    """Where one session is met."""

    how = forms.ChoiceField(
        label=gettext_lazy("For this session"),
        widget=forms.RadioSelect,
        choices=[
            ("usual", gettext_lazy("As always")),
            ("own", gettext_lazy("By the link below")),
            ("room", gettext_lazy("In person, without a link")),
        ],
    )
    join_url = LinkField(label=gettext_lazy("Link for this session alone"), help_text=ONLY)

    @classmethod
    def of(cls, session: Session, data: Any = None) -> SessionLinkForm:
        how = "room" if session.in_person else "own" if session.join_url else "usual"
        return cls(data, initial={"how": how, "join_url": session.join_url})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == "own" and given.get("join_url") == "":
            self.add_error("join_url", said_of(Trouble.EMPTY, ""))
        return given

    @property
    def link(self) -> str:
        return self.cleaned_data["join_url"] if self.cleaned_data["how"] == "own" else ""

    @property
    def in_person(self) -> bool:
        return bool(self.cleaned_data["how"] == "room")
