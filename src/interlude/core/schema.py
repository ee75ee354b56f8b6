"""The form of a layer's file as JSON Schema, for editors and for those who write such files by program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from interlude.core.bounds import CHOICES, LONGEST_TEXT, MAY_BE_MISSING, WHOLE
from interlude.core.keys import DEFAULTS, KEYS
from interlude.core.layers import LayerKind
from interlude.core.terms import WEEKDAYS, Channel, ChannelUse, Handling, Topic

SCHEMA_ID = "urn:interlude:policy-layer"

_CLOCK = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_OPENING = {
    "type": "string",
    "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
}
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "maxLength": LONGEST_TEXT}
_SHORT = {"type": "string", "maxLength": 500}
_TEXTS = {"type": "array", "items": _SHORT}


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one layer; published as docs/reference/policy.schema.json. Rule: R-61."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Interlude policy layer",
        "description": "Some of the rules of contact between sessions, as one party sets them.",
        **_table(_header() | _simple() | _tables(), required=["layer", "name"]),
        "$defs": {"promise": {"oneOf": _promises()}},
    }


def _header() -> dict[str, Any]:
    return {
        "layer": {"enum": [str(kind) for kind in LayerKind], "description": "who sets these rules"},
        "name": _SHORT | {"minLength": 1},
        "since": _DAY | {"description": "first day in force"},
        "until": _DAY | {"description": "last day in force; an exception needs one"},
        "review_on": _DAY | {"description": "day on which an exception is looked at again"},
        "reason": _SHORT | {"description": "in plain words"},
        "locks": {"type": "array", "items": {"enum": _lockable()}, "uniqueItems": True},
        "about": _about(),
    }


def _simple() -> dict[str, Any]:
    """Rules that stand at the top of a file, each with its meaning."""
    special: dict[str, Any] = {
        "zone": {"type": "string", "description": "IANA name, such as Europe/Berlin"},
        "client_text": _TEXT,
        "supervised": {"type": "boolean"},
        "promise": {"$ref": "#/$defs/promise"},
        "desk_promise": {"$ref": "#/$defs/promise"},
        "extra": {"oneOf": [{"const": "none"}, _extra()]},
        "late_cancel": {"oneOf": [{"const": "none"}, _late_cancel()]},
    }
    top = [key for key in DEFAULTS if "." not in key and key != "preset"]
    return {key: {"description": KEYS[key].label} | special.get(key, {}) | _limits(key) for key in top}


def _tables() -> dict[str, Any]:
    openings = {"type": "array", "items": _OPENING}
    times = {"type": "array", "items": _CLOCK, "uniqueItems": True}
    topics = {"type": "array", "items": {"enum": [str(topic) for topic in Topic]}, "uniqueItems": True}
    return {
        "hours": _table({day: openings for day in WEEKDAYS}),
        "check": _table({day: times for day in WEEKDAYS} | {"minutes": _limits("check.minutes")}),
        "plan": _table({key: _limits(f"plan.{key}") for key in _inside("plan")}),
        "review": _table({key: _limits(f"review.{key}") for key in _inside("review")}),
        "topics": _table({str(handling): topics for handling in Handling}),
        "channels": _table({str(each): {"enum": [str(use) for use in ChannelUse]} for each in Channel}),
    }


def _limits(key: str) -> dict[str, Any]:
    if key in CHOICES:
        return {"enum": list(CHOICES[key])}
    if key not in WHOLE:
        return {}
    number = {"type": "integer", "minimum": WHOLE[key][0], "maximum": WHOLE[key][1]}
    return {"oneOf": [number, {"const": MAY_BE_MISSING[key]}]} if key in MAY_BE_MISSING else number


def _promises() -> list[dict[str, Any]]:
    def kind(name: str, **fields: Any) -> dict[str, Any]:
        return _table({"kind": {"const": name}, **fields}, required=["kind", *fields])

    days = {"type": "array", "items": {"enum": list(WEEKDAYS)}, "minItems": 1, "uniqueItems": True}
    return [
        kind("working_days", days={"type": "integer", "minimum": 1, "maximum": 60}, cut_off=_CLOCK),
        kind("open_hours", hours={"type": "integer", "minimum": 1, "maximum": 500}),
        kind("open_hours", minutes={"type": "integer", "minimum": 1, "maximum": 30_000}),
        kind("next_check"),
        kind("fixed_turns", weekdays=days, at=_CLOCK),
        kind("session_only"),
    ]


def _extra() -> dict[str, Any]:
    price = {"type": "string", "pattern": "^[0-9]{1,12}(\\.[0-9]{1,3})? [A-Z]{3}$"}
    return _table({"price": price, "promise": {"$ref": "#/$defs/promise"}}, required=["price", "promise"])


def _late_cancel() -> dict[str, Any]:
    price = {"type": "string", "pattern": "^[0-9]{1,12}(\\.[0-9]{1,3})? [A-Z]{3}$"}
    hours = {"type": "integer", "minimum": 1, "maximum": 336}
    return _table({"hours": hours, "price": price}, required=["hours", "price"])


def _about() -> dict[str, Any]:
    """What a starting point says to the person who chooses it; it sets nothing."""
    fields = {key: _SHORT for key in ("label", "purpose", "help_note", "group")}
    lists = {key: _TEXTS for key in ("fits", "not_for", "consent", "notes", "sources")}
    return _table(fields | lists | {"checked_on": _DAY}, required=["label", "fits", "not_for", "purpose"])


def _lockable() -> list[str]:
    groups = dict.fromkeys(key.partition(".")[0] for key in DEFAULTS if "." in key)
    return [*groups, *(key for key in DEFAULTS if key != "preset")]


def _inside(group: str) -> list[str]:
    return [key.partition(".")[2] for key in DEFAULTS if key.startswith(f"{group}.")]


def _table(properties: dict[str, Any], required: Iterable[str] = ()) -> dict[str, Any]:
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    return table | ({"required": list(required)} if required else {})
