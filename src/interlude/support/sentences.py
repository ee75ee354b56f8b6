"""Why extra support cannot be as asked: what is wrong, the value, and what to do, in a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.agreements.templatetags.rules import rule_names, rule_value
from interlude.core.support import Fault, Refused
from interlude.ui.customs import written

FIELD = {
    Fault.PAST: "since",
    Fault.OVERLAP: "since",
    Fault.BACKWARDS: "until",
    Fault.TOO_LONG: "until",
    Fault.OVER: "until",
    Fault.TOO_SOON: "until",
    Fault.NO_SESSION: "until",
    Fault.REVIEW: "review_on",
    Fault.NOT_THAT_DAY: "agreed_on",
}
"""The field that a sentence stands beside; the form as a whole for the others."""

_SENTENCES: dict[Fault, str | Later] = {
    Fault.PAST: _("%(value)s is past. Nothing is allowed backwards: choose %(held)s or later."),
    Fault.BACKWARDS: _("It would end on %(value)s, before it begins. Choose %(held)s or later."),
    Fault.TOO_LONG: _(
        "%(value)s is more than a year after its first day. Choose %(held)s or sooner; what lasts longer belongs "
        "into the agreement."
    ),
    Fault.REVIEW: _(
        "%(value)s lies outside. Look at it again on a day of the extra support, %(held)s at the latest."
    ),
    Fault.STEP_OUTSIDE: _(
        "A step ends on %(value)s, which lies outside. Let each step end on a day of the extra support, "
        "%(held)s at the latest."
    ),
    Fault.STEP_ORDER: _(
        "A step ends on %(value)s, but the one before it ends on %(held)s. Put them in order."
    ),
    Fault.OVERLAP: _(
        "There is extra support from %(value)s until %(held)s already. Two at a time would leave nobody sure of "
        "what holds: move the end of that one, or begin after it."
    ),
    Fault.NOTHING_MORE: _(
        "From %(on)s on it allows nothing more than what is agreed. Allow more, or end it before that day."
    ),
    Fault.STRICTER: _(
        "Agreed is: %(key)s, %(held)s. Now it would be: %(value)s. That is not plainly more, and extra support only "
        "gives more. To give less, offer a new version of the agreement; it goes with notice."
    ),
    Fault.LOCKED: _(
        "%(practice)s holds for everybody: %(key)s, %(held)s. %(value)s goes beyond it. Stay within, or ask the "
        "owner of the practice."
    ),
    Fault.NO_AGREEMENT: _(
        "Nothing is agreed with this client yet, so there is nothing to give more of. Agree first."
    ),
    Fault.OVER: _("It ended on %(value)s. Give new extra support instead."),
    Fault.TOO_SOON: _(
        "%(value)s is sooner than said, and would come without the notice that you agreed on. Choose %(held)s or "
        "later, or name the day on which you both settled on it."
    ),
    Fault.NO_SESSION: _(
        "A sooner end comes after a session, and none is planned. Plan one, or name the day on which you both "
        "settled on it."
    ),
    Fault.NOT_THAT_DAY: _("%(value)s cannot be that day. Choose one from %(held)s until today."),
}
_SAME_END = _("It ends on %(value)s already. Choose another day, or leave it.")


def sentence(refused: Refused, *, practice: str) -> str:
    """An expected no, in words."""
    same_end = refused.fault is Fault.NOTHING_MORE and refused.key == "until"
    words = _SAME_END if same_end else _SENTENCES[refused.fault]
    return str(words) % {
        "value": _said(refused.key, refused.value),
        "held": _said(refused.key, refused.held),
        "key": rule_names([refused.key]) or refused.key,
        "on": _said("", refused.on),
        "practice": practice,
    }


def _said(key: str, value: Any) -> str:
    """A day, a number of messages, a promise: as it stands on other pages."""
    if isinstance(value, date):
        return written(value, "D j F Y")
    return rule_value(value, key) if value is not None or "." in key else ""
