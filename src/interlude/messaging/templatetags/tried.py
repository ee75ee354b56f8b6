"""Words for what would have become of messages, and for dates that would move."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.functional import Promise as Later
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interlude.ui.templatetags.moments import duration

register = template.Library()

BECAME: dict[str, str | Later] = {
    "answered": _("answered here"),
    "acknowledged": _("acknowledged"),
    "kept": _("kept for a session"),
    "no_answer": _("handed over, no answer wanted"),
    "desk": _("left to the front desk or a page of its own"),
    "not_here": _("left in the client’s own journal"),
}


@register.filter
def became(end: str) -> str:
    """What becomes of a message, as words inside a sentence: `kept for a session`."""
    return str(BECAME[end])


@register.filter
def moved(shift: timedelta | None) -> str:
    """How far a date moves: `9 hours later`, `1 day sooner`, `the same`. Nothing for None."""
    if shift is None:
        return ""
    if not shift:
        return gettext("the same")
    how = {"length": duration(shift)}
    return (gettext("%(length)s later") if shift > timedelta(0) else gettext("%(length)s sooner")) % how
