"""Time zones by name, what a clock on the wall means in them, and which zone data is in use."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from interlude.core._moments import day_number, moment, since_midnight, ticks
from interlude.core._offsets import wall_clock
from interlude.core.errors import BadHours

_NO_PLACE = ("localtime", "posixrules", "Factory", "posix/", "right/")
"""Files beside the zones: they differ from machine to machine, or count leap seconds."""


@dataclass(frozen=True, slots=True)
class ZoneData:
    """The release of the zone data in use ("2026f", or "unknown"), and where it was read."""

    version: str
    source: str


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name, such as "Europe/Berlin". Raises BadHours for any other name."""
    try:
        if name.startswith(_NO_PLACE):
            raise ValueError(name)
        return ZoneInfo(name)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        raise BadHours(f"there is no time zone {str(name)[:60]!r}; {_suggestion(str(name))}") from None


def from_wall(local: datetime, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The UTC moment that a reading of the clock in *zone* denotes, as PEP 495 has it.

    In a gap, fold 0 takes the offset before the change and fold 1 the one after; a reading
    that occurs twice is its first occurrence with fold 0, its second with fold 1.
    """
    return moment(ticks(local.replace(tzinfo=zone, fold=fold)))


def first_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first UTC moment at which the calendar and clock in *zone* show *day*, *clock* or later.

    Rule: R-20. In a gap this is the moment of the change; of two occurrences, the first.
    """
    return moment(wall_clock(zone).first(day_number(day), since_midnight(clock)))


def zone_data() -> ZoneData:
    """Which release of the zone data answers here, and from where; "unknown" where nothing says so."""
    for folder in map(Path, TZPATH):
        if (folder / "UTC").is_file():
            return ZoneData(_release(folder), f"system files in {folder}")
    try:
        package = importlib.import_module("tzdata")
    except ImportError:
        return ZoneData("unknown", "no zone data found; install tzdata")
    return ZoneData(getattr(package, "IANA_VERSION", "unknown"), "the tzdata package")


def _release(folder: Path) -> str:
    return next(_releases(folder), "unknown")


def _releases(folder: Path) -> Iterator[str]:
    for name in ("+VERSION", "tzdata.zi"):
        try:
            with (folder / name).open(encoding="utf-8", errors="replace") as lines:
                first = lines.readline().removeprefix("# version").strip()
        except OSError:
            continue
        if first:
            yield first


def _suggestion(name: str) -> str:
    known = {each.casefold(): each for each in available_timezones() if not each.startswith(_NO_PLACE)}
    near = get_close_matches(name.strip().replace(" ", "_").casefold(), known, n=1, cutoff=0.75)
    if near:
        return f"did you mean {known[near[0]]!r}?"
    return "use an IANA name such as 'Europe/Berlin' or 'Asia/Kolkata'"
