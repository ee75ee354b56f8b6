"""The two ends of a stretch of time away: days where it is whole days for whoever reads, else moments."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import template
from django.template import Context
from django.utils import timezone

from interlude.ui.templatetags.moments import day, moment

register = template.Library()


@register.simple_tag(takes_context=True)
def begins(context: Context, value: datetime) -> str:
    """`Wed 20 May`, or `Wed 20 May, 13:00` where it begins within a day."""
    return day(context, value) if _is_midnight(value) else moment(context, value)


@register.simple_tag(takes_context=True)
def ends(context: Context, value: datetime) -> str:
    """The last day, itself included, or the moment where it ends within a day."""
    return day(context, value - timedelta(minutes=1)) if _is_midnight(value) else moment(context, value)


def _is_midnight(value: datetime) -> bool:
    return timezone.localtime(value).time() == time(0)
