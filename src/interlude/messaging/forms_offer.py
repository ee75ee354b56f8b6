"""Times that a clinician offers: chosen from the free ones, or typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interlude.appointments.busy import busy, meets, without
from interlude.appointments.models import Session
from interlude.appointments.offering import free_times
from interlude.core.hours import Calendar
from interlude.practice.models import Clinician
from interlude.ui.forms import KeyField, WordsField, day_field
from interlude.ui.templatetags.moments import plain_moment

MOST = 12  # times of one offer
FARTHEST = timedelta(days=366)


class TimesForm(forms.Form):
    """Several times, the words that go with them, and until when they are held."""

    words = WordsField(label=gettext_lazy("Your words"), required=False)
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Free in your working hours"), required=False, widget=forms.CheckboxSelectMultiple
    )
    typed = forms.CharField(
        label=gettext_lazy("Other times"),
        help_text=gettext_lazy(
            "One a line, like 2026-05-18 14:30, by your clock. They may lie outside your hours."
        ),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=10, max_value=240)
    until = day_field(
        label=gettext_lazy("Held until the end of"),
        help_text=gettext_lazy("Afterwards nobody can take one of them."),
    )
    in_place = forms.BooleanField(label=gettext_lazy("In place of the next session"), required=False)
    reply_id = KeyField(required=False)

    def __init__(
        self,
        *args: Any,
        clinician: Clinician,
        calendar: Calendar,
        now: datetime,
        session: Session | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.clinician, self.now, self.times, self.session = clinician, now, list[datetime](), session
        free = free_times(clinician, calendar, minutes=self._length(), now=now)
        chosen = self.data.getlist("chosen") if hasattr(self.data, "getlist") else []
        kept = [at for raw in chosen if (at := _moment(raw, clinician))]
        every = sorted({*free, *kept})
        self.fields["chosen"].choices = [(at.astimezone(UTC).isoformat(), plain_moment(at)) for at in every]  # type: ignore[attr-defined]

    @classmethod
    def fresh(
        cls, words: str, *, minutes: int, clinician: Clinician, now: datetime, **around: Any
    ) -> TimesForm:
        """As it comes up: held for two days, with *words*."""
        until = clinician.date_at(now) + timedelta(days=2)
        first = {"words": words, "minutes": minutes, "until": until, "reply_id": uuid4()}
        return cls(initial=first, clinician=clinician, now=now, **around)

    def _length(self) -> int:
        raw = self.data.get("minutes") if self.is_bound else self.initial.get("minutes")
        try:
            return min(max(int(str(raw)), 10), 240)
        except ValueError:
            return 50

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        for line in filter(None, map(str.strip, typed.splitlines())):
            at = _moment(line, self.clinician)
            if at is None:
                raise forms.ValidationError(
                    _("“%(line)s” is no time. Write it like 2026-05-18 14:30.") % {"line": line[:40]}
                )
            self.times.append(at)
        return typed

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(_("Write a line to go with the times."))
        return words

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.clinician.date_at(self.now) <= until <= (self.now + FARTHEST).date():
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return until

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = (_moment(raw, self.clinician) for raw in said.get("chosen", []))
        self.times = sorted({*self.times, *(at for at in chosen if at)})
        if "typed" in said and (fault := next(self._faults(said.get("minutes") or 50), None)):
            self.add_error("typed" if self.times else "chosen", fault)
        return said

    def _faults(self, minutes: int) -> Iterator[str]:
        if not self.times:
            yield _("Choose a time, or type one.")
            return
        if len(self.times) > MOST:
            yield _("These are %(n)d times. Offer twelve at most, so that choosing stays easy.") % {
                "n": len(self.times)
            }
        length = timedelta(minutes=minutes)
        taken = busy(self.clinician, since=self.times[0], until=self.times[-1] + length)
        if (old := self.session) and self.cleaned_data.get("in_place"):
            taken = without(taken, (old.starts_at, old.ends_at))
        for at in self.times:
            if not self.now < at < self.now + FARTHEST:
                yield _("%(when)s does not lie ahead, within a year. Choose another time.") % {
                    "when": plain_moment(at)
                }
            elif meets((at, at + length), taken):
                yield _("At %(when)s you have a session, or are away. Choose another time.") % {
                    "when": plain_moment(at)
                }

    @property
    def expires_at(self) -> datetime:
        """The end of the last day on which they are held, by the clinician's clock."""
        day: date = self.cleaned_data["until"] + timedelta(days=1)
        return datetime.combine(day, time(0), tzinfo=self.clinician.time_zone())


def _moment(raw: str, clinician: Clinician) -> datetime | None:
    """A time as typed, by the clinician's clock; None for anything else."""
    try:
        at = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    if not 2000 <= at.year <= 2190:
        return None
    return at if at.tzinfo else at.replace(tzinfo=clinician.time_zone())
