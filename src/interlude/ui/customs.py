"""How a language writes a day and a sum, where it is not as in English.

The clock is that of 24 hours and the digits are Latin in every language, so that a date is one that nobody can
read in two ways. Rule: R-316.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import dateformat, numberformat
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext_noop

ORDERS = {"es": (("j F", r"j \d\e F"), ("F Y", r"F \d\e Y"))}
"""What a pattern for a day becomes: 15 May 2026 is 15 de mayo de 2026."""
GROUPS = {"hi": (3, 2, 0)}
"""Digits from the right that stand together: 1,50,000 is a lakh and a half."""
SIGN_LAST = {"es"}
"""Where the sign of a currency comes after the figure: 12,50 €."""
OWN_NAMES = (
    gettext_noop("September"),
    gettext_noop("November"),
    gettext_noop("December"),
    gettext_noop("Monday"),
    gettext_noop("Thursday"),
    gettext_noop("Thu"),
)
"""Our catalogue goes before Django's, whose Hindi spells these wrong."""


def written(value: date, pattern: str) -> str:
    """A day, or a moment in the zone it has, by *pattern* (Django's letters) in the language of the moment."""
    for english, own in ORDERS.get(_language(), ()):
        pattern = pattern.replace(english, own)
    return dateformat.format(value, pattern)


def sum_written(figure: Decimal, sign: str, *, places: int) -> str:
    """A sum of money: *sign* is the currency's, with a space of its own where it is a word."""
    language = _language()
    digits = numberformat.format(
        abs(figure),
        get_format("DECIMAL_SEPARATOR"),
        places,
        grouping=GROUPS.get(language, get_format("NUMBER_GROUPING")),
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
    )
    minus, mark = "−" if figure < 0 else "", sign.strip("\N{NO-BREAK SPACE}")
    return f"{minus}{digits}\N{NO-BREAK SPACE}{mark}" if language in SIGN_LAST else f"{minus}{sign}{digits}"


def _language() -> str:
    return (get_language() or "").partition("-")[0]
