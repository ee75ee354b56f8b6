"""A calendar for other programs to read (RFC 5545): events in UTC, neutral words, no person. Rule: R-278.

Moments are written in UTC, so that no program needs to know a zone, and a change of summer time moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WIDEST = 75  # octets in a line, its end not counted (RFC 5545, 3.1)
_MEANS_SOMETHING = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting. `uid` stays the same for good; `sequence` grows with each change, at `changed_at`."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar by its neutral name, and how often a program may come back for it."""

    name: str
    events: tuple[Event, ...]
    every: timedelta = timedelta(hours=1)


def written(feed: Feed) -> bytes:
    """The feed as it goes out: lines folded by octets, each with CR LF at its end."""
    return b"".join(folded(line) for line in _lines(feed))


def _lines(feed: Feed) -> Iterator[str]:
    name, every = escaped(feed.name), f"PT{int(feed.every.total_seconds()) // 60}M"
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Interlude//Calendar//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"NAME:{name}", f"X-WR-CALNAME:{name}")
    yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{every}", f"X-PUBLISHED-TTL:{every}")
    for event in feed.events:
        yield from _event(event)
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterable[str]:
    changed = in_utc(event.changed_at)
    return (
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{in_utc(event.starts_at)}",
        f"DTEND:{in_utc(event.ends_at)}",
        f"SUMMARY:{escaped(event.title)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if event.is_cancelled else 'OPAQUE'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    )


def in_utc(moment: datetime) -> str:
    """20260519T090000Z

    Raises:
        ValueError: the moment has no offset, so nobody knows when it is.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset; a calendar needs a moment, not a clock")
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text whose letters mean nothing to the format; a control character becomes a space."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (
        letter if letter == "\n" or (ord(letter) >= 32 and ord(letter) != 127) else " " for letter in plain
    )
    return "".join(_MEANS_SOMETHING.get(letter, letter) for letter in seen)


def folded(line: str) -> bytes:
    """One line in pieces of at most 75 octets, no letter torn apart, each next one begun with a space."""
    pieces, piece, room = [], b"", WIDEST
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", WIDEST - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
