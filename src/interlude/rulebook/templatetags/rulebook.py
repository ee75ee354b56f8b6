"""Names of single rules, which stand alone where no heading says more."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext

from interlude.agreements.templatetags.rules import rule_names
from interlude.practice.models import Clinician

register = template.Library()


@register.simple_tag
def single_rule(key: str) -> str:
    """A rule by a name that says what it is about: `opening hours on Monday`, `messages about bills`."""
    name, group = rule_names([key]), key.partition(".")[0]
    match group:
        case "hours":
            return gettext("opening hours on %(day)s") % {"day": name}
        case "check":
            return gettext("reading times on %(day)s") % {"day": name} if key != "check.minutes" else name
        case "topics":
            return gettext("messages about %(topic)s") % {"topic": name}
        case "channels":
            return gettext("use of %(channel)s") % {"channel": name}
    return name


@register.filter
def first_names(people: Iterable[Clinician]) -> str:
    """`Ada and Ben`"""
    return get_text_list([one.first_name for one in people], gettext("and"))
