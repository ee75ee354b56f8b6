"""A layer as a file that a person can read and write: TOML in and out, exactly the same both ways."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from interlude.core import bounds, plain
from interlude.core.errors import BadPolicy
from interlude.core.keys import DEFAULTS, KEYS, suggestion
from interlude.core.layers import Layer, LayerKind, check_key
from interlude.core.terms import Handling, Topic

LONGEST_FILE = 200_000
"""Characters in one file."""

HEADER = ("layer", "name", "since", "until", "review_on", "reason", "locks")
ABOUT = "about"
"""A table for people who choose a starting point; it sets nothing."""

_TABLES = ("hours", "check", "plan", "channels", "review")


def load_layer(text: str, *, file: str = "policy.toml") -> Layer:
    """The layer that *text* describes. Rules: R-61, R-67.

    Raises:
        BadPolicy: names *file*, the key, its value and the remedy; for broken TOML, the line.
    """
    return layer_of(parse(text, file=file), file=file)


def parse(text: str, *, file: str) -> dict[str, Any]:
    """*text* as tables. Raises BadPolicy with the line of what cannot be read."""
    if len(text) > LONGEST_FILE:
        raise BadPolicy(file, "file", f"{len(text)} characters", f"keep it below {LONGEST_FILE} characters")
    try:
        return tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as wrong:  # broken TOML, a number of thousands of digits, deep nesting
        deep = "it is nested too deeply" if isinstance(wrong, RecursionError) else "a number is too long"
        where = str(wrong) if isinstance(wrong, tomllib.TOMLDecodeError) else deep
        raise BadPolicy(
            file, "file", where[:200], "correct that line; docs/reference/core.md shows the form"
        ) from None


def layer_of(tables: Mapping[str, Any], *, file: str) -> Layer:
    """The layer in *tables*, as `parse` gives them. Raises BadPolicy."""
    kind = _kind(tables, file=file)
    values = {key: plain.read(key, value, file=file) for key, value in _flat(tables, file=file)}
    days = {
        key: _day(key, tables[key], file=file) for key in ("since", "until", "review_on") if key in tables
    }
    try:
        return Layer(
            kind,
            _header(tables, "name", file=file),
            values,
            locks=_locks(tables.get("locks", []), values, file=file),
            reason=_header(tables, "reason", file=file),
            **days,
        )
    except BadPolicy as wrong:
        raise BadPolicy(file, wrong.key, wrong.value, wrong.remedy) from None


def dump_layer(layer: Layer) -> str:
    """*layer* as text that `load_layer` reads back to an equal one."""
    lines = [f"layer = {_written(str(layer.kind))}", f"name = {_written(layer.name)}"]
    for key in ("since", "until", "review_on", "reason"):
        if value := getattr(layer, key):
            lines.append(f"{key} = {_written(value)}")
    if layer.locks:
        lines.append(f"locks = {_written([key for key in KEYS if key in layer.locks])}")
    return "\n".join([*lines, *_value_lines(layer.values)]) + "\n"


def dump_values(values: Mapping[str, Any]) -> str:
    """All or some rules as text, without a header, as `Policy.values()` names them.

    The starting point is left out: it is a layer of its own.
    """
    return "\n".join(_value_lines(values)).lstrip("\n") + "\n"


def _value_lines(values: Mapping[str, Any]) -> Iterator[str]:
    written = {key: plain.write(key, values[key]) for key in DEFAULTS if key in values and key != "preset"}
    simple = {key: value for key, value in written.items() if "." not in key and not isinstance(value, dict)}
    yield from ["", *_lines(simple)] if simple else []
    for name, table in _tables(written):
        yield from ("", f"[{name}]", *_lines(table))


def _tables(written: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for group in _TABLES:
        prefix = f"{group}."
        if table := {
            key.removeprefix(prefix): value for key, value in written.items() if key.startswith(prefix)
        }:
            yield group, table
    topics = {
        key.removeprefix("topics."): value for key, value in written.items() if key.startswith("topics.")
    }
    if topics:
        by_handling = ((each, [topic for topic in topics if topics[topic] == each]) for each in Handling)
        yield "topics", {handling: named for handling, named in by_handling if named}
    yield from ((key, value) for key, value in written.items() if isinstance(value, dict))


def _lines(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_written(value)}" for key, value in table.items()]


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(_written(each) for each in value)}]"
        case dict():
            return f"{{ {', '.join(_lines(value))} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON's escapes are TOML's too


def _flat(tables: Mapping[str, Any], *, file: str) -> Iterator[tuple[str, Any]]:
    """Each rule by its key, as `Policy.values()` names it."""
    for name, value in tables.items():
        if name in HEADER or (name == ABOUT and tables.get("layer") == LayerKind.PRESET):
            continue
        if name == "topics":
            yield from _topics(value, file=file)
            continue
        pairs = _inside(name, value, file=file) if name in (*_TABLES, "law") else [(name, value)]
        for key, each in pairs:
            check_key(key, each, file=file)
            yield key, each


def _inside(name: str, table: object, *, file: str) -> list[tuple[str, Any]]:
    if not isinstance(table, dict):
        raise BadPolicy(file, name, bounds.shown(table), f"make it a table: [{name}]")
    return [(f"{name}.{key}", value) for key, value in table.items()]


def _topics(table: object, *, file: str) -> Iterator[tuple[str, Any]]:
    """topics.answer = ["schedule", ...]: each topic once, under what happens to it."""
    named: dict[str, str] = {}
    for key, topics in _inside("topics", table, file=file):
        handling = key.removeprefix("topics.")
        if handling not in set(Handling):
            raise BadPolicy(file, key, bounds.shown(topics), suggestion(handling, dict.fromkeys(Handling)))
        if not isinstance(topics, list):
            raise BadPolicy(
                file, key, bounds.shown(topics), 'list the topics, such as ["schedule", "billing"]'
            )
        for topic in topics:
            yield _topic(topic, handling, named, file=file), handling


def _topic(topic: object, handling: str, named: dict[str, str], *, file: str) -> str:
    key = f"topics.{handling}"
    if topic == "crisis":
        raise BadPolicy(file, key, topic, "danger is no topic: it leads to help at once; take it out")
    if not isinstance(topic, str) or topic not in set(Topic):
        raise BadPolicy(file, key, bounds.shown(topic), suggestion(str(topic), dict.fromkeys(Topic)))
    if topic in named:
        raise BadPolicy(file, key, topic, f"it is under topics.{named[topic]} too; name each topic once")
    named[topic] = handling
    return f"topics.{topic}"


def _kind(tables: Mapping[str, Any], *, file: str) -> LayerKind:
    kind = tables.get("layer", "missing")
    if kind not in list(LayerKind):
        raise BadPolicy(file, "layer", bounds.shown(kind), f"say which one it is: {', '.join(LayerKind)}")
    return LayerKind(kind)


def _header(tables: Mapping[str, Any], key: str, *, file: str) -> str:
    text = tables.get(key, "")
    if fault := bounds.text_fault(text, longest=500):
        raise BadPolicy(file, key, bounds.shown(text), fault)
    return str(text)


def _day(key: str, value: object, *, file: str) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadPolicy(file, key, bounds.shown(str(value)), "write a date such as 2026-03-03")
    return day


def _locks(locks: object, values: Mapping[str, Any], *, file: str) -> frozenset[str]:
    """The keys that are locked; the name of a table stands for those of its keys that this file sets."""
    if not isinstance(locks, list) or not all(isinstance(key, str) for key in locks):
        raise BadPolicy(file, "locks", bounds.shown(locks), 'list keys, such as ["messages", "minimum_age"]')
    found: set[str] = set()
    for key in locks:
        group = {each for each in values if each.startswith(f"{key}.")}
        if not group and key not in KEYS:
            raise BadPolicy(file, "locks", bounds.shown(key), suggestion(key))
        found |= group or {key}
    return frozenset(found)
