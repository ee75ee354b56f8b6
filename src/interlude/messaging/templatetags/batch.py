"""Short words of the check window: what a message is about, which of the week it is, what was done."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

ABOUT: dict[str, str | Lazy] = {
    "schedule": _("a time or date"),
    "billing": _("a bill"),
    "tech": _("a technical problem"),
    "late": _("running late"),
    "homework": _("a practice task"),
    "skill_help": _("help with a skill"),
    "brief_update": _("news"),
    "session": _("for the session"),
    "relationship_repair": _("between us"),
    "our_messaging": _("how we use messages"),
    "resource": _("a link or form"),
    "medication": _("medicine"),
    "third_party": _("another person"),
    "parent_logistics": _("rides and times"),
    "async_session": _("the written session"),
    "extra_support": _("extra support, to look at again"),
    "suitability": _("whether messages fit"),
    "check_in": _("a check-in on messages"),
}
NTH: tuple[str | Lazy, ...] = (
    _("the first"),
    _("the second"),
    _("the third"),
    _("the fourth"),
    _("the fifth"),
    _("the sixth"),
    _("the seventh"),
)
DONE: dict[str, str | Lazy] = {
    "answer": _("Answered"),
    "acknowledged": _("Acknowledged"),
    "kept": _("Kept"),
    "by_phone": _("By phone"),
    "aside": _("Laid aside"),
}


@register.filter
def about(topic: str) -> str:
    """What one message is about, after a name: `Noor, a practice task`."""
    return str(ABOUT.get(topic, ABOUT["session"]))


@register.filter
def nth(number: int) -> str:
    """`the second`; from the eighth on, `number 8`."""
    if 0 < number <= len(NTH):
        return str(NTH[number - 1])
    return gettext("number %(n)d") % {"n": number}


@register.filter
def done_words(kind: str) -> str:
    """What was done with a message, in one or two words."""
    return str(DONE.get(kind, ""))
