"""Countries and territories by their ISO 3166-1 code, for addresses of help and for holidays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from interlude.core.errors import InterludeError

FILE = Path(__file__).parent / "places.json"
COUNTRIES: Mapping[str, str] = MappingProxyType(json.loads(FILE.read_text(encoding="utf-8"))["names"])
"""Code to short English name, in the order of the names."""


class NoSuchCountry(InterludeError):
    """A code that ISO 3166-1 does not know."""


def country(code: str) -> str:
    """The code in capitals. Raises NoSuchCountry for anything but an ISO 3166-1 alpha-2 code."""
    known = code.strip().upper()
    if known not in COUNTRIES:
        raise NoSuchCountry(
            f"there is no country {code[:20]!r}; use two letters as in ISO 3166-1, such as GB or IN"
        )
    return known
