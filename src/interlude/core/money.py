"""Money as whole minor units and a currency: cents and "EUR", never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interlude.core.errors import InterludeError

_NO_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"}
)
_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_WRITTEN = re.compile(
    r"(?P<sign>-?)(?P<whole>\d{1,12})(?:\.(?P<part>\d{1,3}))? (?P<currency>[A-Z]{3})", re.ASCII
)


class BadMoney(InterludeError):
    """An amount that cannot be read, or two currencies in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in *minor* units of *currency* (ISO 4217): Money(1500, "EUR") is 15 euro."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise BadMoney(f"{self.minor!r} is no whole number; 15.00 EUR is Money(1500, 'EUR')")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise BadMoney(f"{self.currency!r} is no currency; use three capital letters, such as EUR")

    @classmethod
    def parse(cls, text: str) -> Money:
        """*text* as written by a person: "15.00 EUR", "500 INR". Raises BadMoney."""
        if not (found := _WRITTEN.fullmatch(text)):
            raise BadMoney(f"{text!r} is no amount; write it like 15.00 EUR")
        part, places = found["part"] or "", decimals(found["currency"])
        if len(part) > places:
            raise BadMoney(f"{text!r} has {len(part)} decimals, but {found['currency']} has {places}")
        minor = int(found["whole"] + part.ljust(places, "0"))
        return cls(-minor if found["sign"] else minor, found["currency"])

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise BadMoney(f"{self} and {other} cannot be added; convert one of them first")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        places = decimals(self.currency)
        digits = str(abs(self.minor)).rjust(places + 1, "0")
        written = f"{digits[:-places]}.{digits[-places:]}" if places else digits
        return f"{'-' if self.minor < 0 else ''}{written} {self.currency}"


def decimals(currency: str) -> int:
    """How many decimals *currency* is written with."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2
