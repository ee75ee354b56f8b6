"""What our papers say about ages by place: suggestions with source and date, and no more. A practice decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).parent / "ages.json"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An age that a source names for a country.

    Args:
        ages: more than one where sources differ.
        basis: `page` if the page itself was kept, `extract` if only a search result was.
    """

    ages: tuple[int, ...]
    source: str
    basis: str
    note: str
    checked_on: date

    @property
    def is_clear(self) -> bool:
        return len(self.ages) == 1


def own_consent(country: str) -> Suggestion | None:
    """From what age a person may say yes to care alone; None where our papers say nothing, or differ too much."""
    return _read("own_consent").get(country)


def majority(country: str) -> Suggestion | None:
    """From what age a person is of full age; None where our papers say nothing."""
    return _read("majority").get(country)


@lru_cache(maxsize=4)
def _read(kind: str) -> Mapping[str, Suggestion]:
    pack = json.loads(FILE.read_text(encoding="utf-8"))
    on = date.fromisoformat(pack["checked_on"])
    return MappingProxyType(
        {
            country: Suggestion(tuple(row["ages"]), row["source"], row["basis"], row.get("note", ""), on)
            for row in pack[kind]
            for country in row["countries"]
        }
    )
