"""How moments, days, lengths, sums and a person's words are written on a page.

Formatting only: promises are computed in the core, and the zone is that of the person who reads.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from interlude.core.money import Money, decimals
from interlude.ui.customs import sum_written, written

register = template.Library()

DAY = "D j F"
SOON = timedelta(days=6)  # a weekday's name alone is clear for this long
BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
OTHER_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
UNWRITABLE = re.compile(r"[\0\ud800-\udfff]")
SIGNS = {"EUR": "€", "GBP": "£", "INR": "₹", "USD": "$"}


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None, style: str = "full") -> str:
    """A <time> element: `Fri 15 May, 17:00`.

    Args:
        value: an aware moment; None gives nothing.
        style: "full"; "clock" for `17:00`; "sentence" for `Thursday at 17:00` up to six days after the
            page's `now`, and the full form beyond.

    Raises:
        ValueError: the moment has no UTC offset.
    """
    if value is None:
        return ""
    here, now = _local(value), context.get("now")
    words = _style(style, here, _local(now) if isinstance(now, datetime) else None)
    return _time(value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"), words)


def plain_moment(value: datetime) -> str:
    """`Fri 15 May, 17:00` in the reader's zone, where no element can stand: in a choice, in a sentence to fix."""
    return _style("full", _local(value), None)


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | None) -> str:
    """A <time> element: `Tue 19 May`. A moment gives its date in the reader's zone; None gives nothing."""
    if value is None:
        return ""
    here = _local(value).date() if isinstance(value, datetime) else value
    now = context.get("now")
    return _time(here.isoformat(), _day(here, _local(now).date() if isinstance(now, datetime) else None))


@register.filter(name="written", expects_localtime=True)
def in_words(value: date | None, pattern: str) -> str:
    """A day or a moment by a pattern of letters as in `date`, in the order of the reader's language."""
    return written(value, pattern) if value is not None else ""


@register.filter(is_safe=False)
def paragraphs(text: object) -> SafeString:
    """A person's words as paragraphs: escaped, line breaks kept, each paragraph in a direction of its own."""
    plain = OTHER_LINE_ENDS.sub("\n", UNWRITABLE.sub("\ufffd", str(text or ""))).strip("\n")
    pieces = (_paragraph(piece) for piece in BLANK_LINE.split(plain) if piece.strip())
    return mark_safe("".join(pieces))  # safe: every piece was escaped whole before a tag was put around it


@register.filter
def duration(value: timedelta | None) -> str:
    """A length of time in plain words, its two largest parts: `2 hours`, `1 day 3 hours`, `45 minutes`."""
    if value is None:
        return ""
    minutes = round(abs(value).total_seconds() / 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "",
        ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest} if rest and not days else "",
    ]
    return " ".join(part for part in parts if part) or gettext("less than a minute")


@register.filter
def working_days(days: int) -> str:
    """`1 working day`, `3 working days`."""
    return ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}


@register.filter
def money(amount: Money | None) -> str:
    """`€12.50`; a currency whose sign could be another's goes by its code: `CHF 80.00`. Nothing for None."""
    if amount is None:
        return ""
    places = decimals(amount.currency)
    sign = SIGNS.get(amount.currency, f"{amount.currency}\N{NO-BREAK SPACE}")
    return sum_written(Decimal(amount.minor).scaleb(-places), sign, places=places)


def _style(style: str, here: datetime, now: datetime | None) -> str:
    clock = f"{here.hour}:{here.minute:02}"
    if style == "clock":
        return clock
    if style == "sentence" and now and timedelta(0) <= here.date() - now.date() <= SOON:
        return _at_clock(here) % {"weekday": written(here, "l"), "clock": clock}
    return gettext("%(day)s, %(clock)s") % {
        "day": _day(here.date(), now.date() if now else None),
        "clock": clock,
    }


def _at_clock(here: datetime) -> str:
    """One o'clock has a form of its own in some languages: a la 1:00, a las 2:00."""
    if here.hour == 1:
        return pgettext("at one o'clock", "%(weekday)s at %(clock)s")
    return gettext("%(weekday)s at %(clock)s")


def _day(value: date, today: date | None) -> str:
    """The day, with its year where that is not the year of the page's `now`."""
    pattern = DAY if today is None or value.year == today.year else f"{DAY} Y"
    return _written(value, pattern, get_language() or "")


@lru_cache(maxsize=2048)
def _written(value: date, pattern: str, language: str) -> str:
    return written(value, pattern)


def _local(moment: datetime) -> datetime:
    """In the reader's zone; the last and first hours of the calendar have no other zone than UTC."""
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return moment.astimezone(UTC)


def _time(machine: str, words: str) -> str:
    return format_html('<time datetime="{}">{}</time>', machine, words)


def _paragraph(piece: str) -> str:
    lines = escape(piece.strip("\n")).replace("\n", "<br>")
    return f'<p><bdi dir="auto">{lines}</bdi></p>'
