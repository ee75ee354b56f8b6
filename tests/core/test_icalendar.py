"""A calendar is read back, by an independent library, as what was put in: whatever the words and the moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.icalendar import Event, Feed, escaped, folded, in_utc, written

AT = datetime(2026, 5, 19, 9, tzinfo=UTC)
HOUR = timedelta(minutes=50)


def event(**other: object) -> Event:
    values = {"uid": "one", "title": "Appointment", "starts_at": AT, "ends_at": AT + HOUR, "changed_at": AT}
    return Event(**values | other)  # type: ignore[arg-type]


def read(*events: Event, name: str = "Calendar") -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(written(Feed(name, events)))
    assert isinstance(found, icalendar.Calendar)
    assert not found.errors
    assert not [one.errors for one in found.walk("VEVENT") if one.errors]
    return found


def test_every_field_is_read_back() -> None:
    feed = read(event(sequence=3), name="Notes")
    (found,) = feed.walk("VEVENT")
    assert (feed["VERSION"], feed["METHOD"], feed["X-WR-CALNAME"]) == ("2.0", "PUBLISH", "Notes")
    assert str(feed["PRODID"])
    assert (found["UID"], found["SUMMARY"], found["SEQUENCE"]) == ("one", "Appointment", 3)
    assert (found["STATUS"], found["TRANSP"], found["CLASS"]) == ("CONFIRMED", "OPAQUE", "PRIVATE")
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (AT, AT + HOUR)
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == AT
    for absent in ("ATTENDEE", "ORGANIZER", "DESCRIPTION", "LOCATION", "URL", "CONFERENCE", "VALARM"):
        assert absent not in found


def test_a_cancelled_event_says_so_and_takes_no_time() -> None:
    (found,) = read(event(is_cancelled=True, sequence=1)).walk("VEVENT")
    assert (found["STATUS"], found["TRANSP"], found["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])
def test_a_weekly_hour_stays_that_hour_over_changes_of_summer_time(zone: str) -> None:
    """Every week of two years, at ten by the clock where somebody is."""
    first, there = datetime(2026, 1, 6, 10, tzinfo=ZoneInfo(zone)), ZoneInfo(zone)
    starts = [first + timedelta(weeks=week) for week in range(104)]
    found = read(*(event(uid=str(one), starts_at=one, ends_at=one + HOUR) for one in starts)).walk("VEVENT")
    assert {one["DTSTART"].dt.astimezone(there).hour for one in found} == {10}
    hours = {one["DTSTART"].dt.astimezone(UTC).hour for one in found}
    assert len(hours) == (2 if zone in ("Europe/Berlin", "America/New_York") else 1)


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    twice = [datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1)]
    assert [in_utc(one) for one in twice] == ["20261025T003000Z", "20261025T013000Z"]


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        in_utc(datetime(2026, 5, 19, 9))  # noqa: DTZ001  that is the point


@given(st.text(max_size=300))
def test_any_title_is_read_back_in_lines_of_75_octets(title: str) -> None:
    data = written(Feed(title, (event(title=title, uid=title or "x"),)))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        line.decode("utf-8")  # no letter is torn apart
    (found,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(found["SUMMARY"]) == as_read(title)


def as_read(text: str) -> str:
    """A line end is one; a control character became a space."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return "".join(" " if one != "\n" and (ord(one) < 32 or ord(one) == 127) else one for one in plain)


def test_a_title_cannot_add_a_line_of_its_own() -> None:
    evil = "x\r\nATTENDEE:mailto:noor@example.org\nEND:VEVENT"
    assert escaped(evil) == "x\\nATTENDEE:mailto:noor@example.org\\nEND:VEVENT"
    assert len(read(event(title=evil)).walk("VEVENT")) == 1


def test_folding_leaves_a_short_line_alone() -> None:
    assert folded("A" * 75) == b"A" * 75 + b"\r\n"
    assert folded("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert folded("\u0939" * 30).split(b"\r\n")[0] == ("\u0939" * 25).encode()
