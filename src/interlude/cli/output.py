"""How answers are shown: in words for a person, as JSON for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from interlude.core.errors import BadPolicy
from interlude.core.money import Money


def say(label: str, text: str) -> None:
    """One line of an answer: a label and its text, in two columns."""
    print(f"{label:<12}{text}")


def show_json(value: Any) -> None:
    """*value* as one line of JSON. Characters beyond ASCII are escaped, so that any reader can read it."""
    print(json.dumps(plain(value)))


def complain(wrong: Exception) -> None:
    """What is wrong, on the other stream."""
    print(f"interlude: {wrong}", file=sys.stderr)


def problem(wrong: Exception) -> dict[str, Any]:
    """What is wrong, for a program: the words, and for a policy its file, key, value and remedy."""
    return {"words": str(wrong)} | (in_parts(wrong) if isinstance(wrong, BadPolicy) else {})


def in_parts(wrong: BadPolicy) -> dict[str, Any]:
    """Where a policy is wrong, and what to do."""
    return {"file": wrong.file, "key": wrong.key, "value": wrong.value, "remedy": wrong.remedy}


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment by the clock in *zone*: Thu 5 Mar 2026, 17:00 Europe/Berlin."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} {zone.key}"


def utc(at: datetime) -> str:
    """A moment for a program: 2026-03-05T16:00:00Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """*value* as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date | Money):
        return str(value)
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | None) else str(value)
