"""Names in a row, and what a guardian may see, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.functional import Promise as Lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interlude.core.guardians import BASIC, Scope

register = template.Library()

SCOPE_WORDS: dict[Scope, str | Lazy] = {
    Scope.TIMES: _("the times of sessions"),
    Scope.BILLS: _("bills"),
    Scope.AGREEMENT: _("what was agreed"),
    Scope.SUMMARY_TALKS: _("talks with the therapist about how it goes"),
    Scope.COPY: _("a copy of the record, as the law demands"),
}


@register.filter
def names_series(people: Iterable[Any]) -> str:
    """The first names of people or lines: `Imre and Jonas`."""
    return str(get_text_list([one.first_name for one in people], gettext("and")))


@register.filter
def others_and(people: Sequence[Any], last: str) -> str:
    """The same with *last* at the end: `Imre, Rana and Ada`."""
    return str(get_text_list([*(one.first_name for one in people), last], gettext("and")))


@register.filter
def scope_words(scope: str) -> str:
    """What a guardian may see, inside a sentence: `bills`. Empty is the access itself."""
    return str(SCOPE_WORDS[Scope(scope)]) if scope else gettext("anything here")


@register.filter
def scopes_series(scopes: Iterable[Scope]) -> str:
    """`when our sessions are and bills`; what leads to words or talks stands apart."""
    named = [one for one in Scope if one in set(scopes) and one in BASIC | {Scope.AGREEMENT}]
    return get_text_list([str(SCOPE_WORDS[one]) for one in named], gettext("and"))
