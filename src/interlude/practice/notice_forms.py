"""What somebody chooses of their notices, the address they go to, and the code that confirms it."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.discretion import NAMES, SUBJECTS
from interlude.core.leaving import covers, is_quiet_at
from interlude.core.line_hours import DailyHours
from interlude.outbox.kinds import kinds_for
from interlude.outbox.models import ContactPoint, NoticeWish
from interlude.outbox.wishes import Wanted
from interlude.ui.forms import KeyField

EACH, DAILY = "each", "daily"


def _clock(label: Any, wrong: Any, hint: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": wrong},
    )


class NoticesForm(forms.Form):
    """All choices of one person. What their room is never told of is not asked."""

    kinds = forms.MultipleChoiceField(
        label=_("Send a mail when"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        widget=forms.RadioSelect,
        choices=[(EACH, _("Each time, at once")), (DAILY, _("One mail a day, if there is something"))],
        error_messages={"required": _("Choose one of the two.")},
    )
    daily_at = _clock(_("The hour of the one mail"), _("This is no time of day. It looks like 18:00."))
    quiet_from = _clock(
        _("Quiet from"),
        _("This is no time of day. It looks like 22:00."),
        _("Mail that comes in these hours waits until they end. Leave both empty for none."),
    )
    quiet_until = _clock(_("Quiet until"), _("This is no time of day. It looks like 07:00."))
    subject = forms.ChoiceField(
        label=_("The subject of each mail"),
        required=False,
        choices=[("", _("As the practice chose")), *((key, _(words)) for key, words in SUBJECTS.items())],
    )
    sender = forms.ChoiceField(
        label=_("The name that it comes from"),
        required=False,
        choices=[("", _("No name, the address alone")), *((name, name) for name in NAMES)],
    )

    def __init__(self, *args: Any, room: str, safe: ContactPoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room, self._safe = room, safe
        self._offered = [kind for kind in kinds_for(room) if not kind.must]
        if self._offered:
            self.fields["kinds"].choices = [(kind.name, kind.what) for kind in self._offered]  # type: ignore[attr-defined]
        else:
            del self.fields["kinds"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if given["rhythm"] == DAILY and given.get("daily_at") is None:
            self.add_error("daily_at", _("Give the hour, such as 18:00."))
        opens, closes = given.get("quiet_from"), given.get("quiet_until")
        if (opens is None) != (closes is None):
            self.add_error("quiet_from", _("Give both times, such as 22:00 and 07:00, or none."))
        elif opens is not None and closes is not None:
            self._check_quiet(opens, closes, given.get("daily_at") if given["rhythm"] == DAILY else None)
        return given

    def _check_quiet(self, opens: time, closes: time, daily_at: time | None) -> None:
        if opens == closes:
            self.add_error("quiet_until", _("Both times are the same. Give a later one, or none."))
            return
        quiet = DailyHours(opens, closes, "UTC")
        safe = self._safe.value().hours if self._safe is not None else None
        if daily_at is not None and is_quiet_at(quiet, daily_at):
            self.add_error("daily_at", _("This hour is in your quiet hours. Choose one outside them."))
        if safe is not None and covers(quiet, safe):
            self.add_error(
                "quiet_until",
                _(
                    "Mail is safe for you only in these hours. Then none could come. Choose fewer quiet hours."
                ),
            )

    def wanted(self, before: NoticeWish) -> Wanted:
        """What they chose. What another room of theirs asks stays as it was."""
        given = self.cleaned_data
        here = {kind.name for kind in self._offered}
        off = {name for name in before.off if name not in here} | (here - set(given.get("kinds", ())))
        return Wanted(
            off=tuple(off),
            quiet_from=given["quiet_from"],
            quiet_until=given["quiet_until"],
            daily_at=given["daily_at"] if given["rhythm"] == DAILY else None,
            subject=given["subject"],
            sender=given["sender"],
        )


def as_chosen(wish: NoticeWish, room: str) -> dict[str, Any]:
    """What the form shows of a row."""
    return {
        "kinds": [kind.name for kind in kinds_for(room) if kind.name not in wish.off],
        "rhythm": DAILY if wish.daily_at else EACH,
        "daily_at": wish.daily_at,
        "quiet_from": wish.quiet_from,
        "quiet_until": wish.quiet_until,
        "subject": wish.subject,
        "sender": wish.sender,
    }


class AddressForm(forms.Form):
    """An address for notices. Nothing goes there before its code came back."""

    key = KeyField(initial=uuid4)
    address = forms.EmailField(
        label=_("The address for your notices"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Give an address, such as name@example.org."),
            "invalid": _("This is no address. It looks like name@example.org."),
        },
    )
    old_is_unsafe = forms.BooleanField(
        label=_("Send nothing to the old address, not even that it changed. Somebody else may read it."),
        required=False,
    )

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).strip().lower()


class AddressCodeForm(forms.Form):
    """The six digits of the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits from the mail.")},
    )
