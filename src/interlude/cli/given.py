"""What a person or a program gives a command: texts, numbers, moments, rules; read, or refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from interlude.core.errors import BadPolicy, InterludeError
from interlude.core.hours import Absence, Calendar
from interlude.core.layers import Layer, Resolved, resolve
from interlude.core.packs import preset
from interlude.core.packs.load import preset_ids
from interlude.core.policy import Policy
from interlude.core.toml_text import LONGEST_FILE, load_layer
from interlude.core.zones import from_wall, zone

RULES = ("policy", "zone", "client_zone", "closed", "away", "on")
"""Names that say under which rules, and on which calendar."""


class NotUnderstood(InterludeError):
    """Something was given that cannot be read; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Rules, the calendar they are counted on, and the clock by which moments are shown."""

    policy: Policy
    calendar: Calendar
    clock: ZoneInfo


@dataclass(frozen=True, slots=True)
class Given:
    """Values by name, from the command line or from a line of JSON; *now* is the clock's."""

    values: Mapping[str, Any]
    now: datetime

    def text(self, name: str, default: str | None = None) -> str | None:
        """A text, or *default*."""
        found = self.values.get(name)
        if found is not None and not isinstance(found, str):
            raise NotUnderstood(f"{name}: {_short(found)} is no text; put it in quotation marks")
        return default if found is None else found

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or several."""
        found = self.values.get(name) or []
        found = [found] if isinstance(found, str) else found
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise NotUnderstood(f"{name}: {_short(found)} is no list of texts")
        return tuple(found)

    def whole(self, name: str, default: int | None = None) -> int | None:
        """A whole number, or *default*."""
        found = self.values.get(name)
        if found is not None and type(found) is not int:
            raise NotUnderstood(f"{name}: {_short(found)} is no whole number")
        return default if found is None else found

    def flag(self, name: str) -> bool:
        """True or false; false if it was not given."""
        found = self.values.get(name, False)
        if not isinstance(found, bool):
            raise NotUnderstood(f"{name}: {_short(found)} is neither true nor false")
        return found

    def moment(self, name: str, zone_name: str) -> datetime | None:
        """An aware moment; without an offset, by the clock in that zone."""
        text = self.text(name)
        return None if text is None else moment_of(name, text, zone_name)

    def day(self) -> date:
        """The day on which the rules hold: `on`, or today."""
        text = self.text("on")
        return self.now.date() if text is None else _day("on", text)

    def date(self, name: str) -> date | None:
        """A date, if one was given."""
        text = self.text(name)
        return None if text is None else _day(name, text)

    def setting(self) -> Setting:
        """Rules, calendar and clock as given."""
        policy = resolved(self.texts("policy"), self.day()).policy
        if zone_name := self.text("zone"):
            policy = replace(policy, zone=zone_name)
        calendar = _calendar(policy, self.texts("closed"), self.texts("away"))
        return Setting(policy, calendar, zone(self.text("client_zone") or policy.zone))


@lru_cache(maxsize=64)
def resolved(sources: tuple[str, ...], on: date) -> Resolved:
    """What the layers in *sources* come to on that day."""
    return resolve([layer_from(source) for source in sources], on)


@lru_cache(maxsize=256)
def layer_from(source: str) -> Layer:
    """The layer that *source* is (TOML text), names (a file), or starts from (the id of a starting point)."""
    if "\n" in source or "=" in source:
        return load_layer(source, file="rules")
    if source in preset_ids():
        return preset(source).layer
    return load_layer(_file(source), file=Path(source).name)


def moment_of(name: str, text: str, zone_name: str) -> datetime:
    """The aware moment in *text*; without an offset, by the clock in that zone. Raises NotUnderstood."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"{name}: {_short(text)} is no moment; write it like 2026-03-03T10:00") from None
    return from_wall(found, zone(zone_name)) if found.tzinfo is None else found


@lru_cache(maxsize=64)
def _calendar(policy: Policy, closed: tuple[str, ...], away: tuple[str, ...]) -> Calendar:
    absences = []
    for each in away:
        starts, _, ends = (part.strip() for part in each.partition("/"))
        absences.append(Absence(moment_of("away", starts, policy.zone), moment_of("away", ends, policy.zone)))
    return policy.calendar(closed_on=[_day("closed", day) for day in closed], absences=absences)


def _file(source: str) -> str:
    try:
        with Path(source).open("rb") as file:
            return file.read(4 * LONGEST_FILE + 4).decode("utf-8")
    except UnicodeDecodeError:
        raise BadPolicy(_short(source), "file", "not UTF-8", "save it as UTF-8 text") from None
    except (OSError, ValueError):
        near = get_close_matches(source, preset_ids(), n=1)
        meant = f"did you mean {near[0]}?" if near else "`interlude policy presets` lists the starting points"
        raise BadPolicy(
            _short(source), "file", "cannot be read", f"name a file or a starting point; {meant}"
        ) from None


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"{name}: {_short(text)} is no date; write it like 2026-03-03") from None


def _short(value: object) -> str:
    return repr(value)[:60]
