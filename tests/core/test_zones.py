"""Zones by name, clocks on the wall, and which zone data answers."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core import zones as subject
from interlude.core.errors import BadHours, BadMoment
from interlude.core.zones import ZoneData, first_moment, from_wall, zone, zone_data
from tests.core.calendars import BERLIN, MINUTE, moments_in, zones


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
def test_a_zone_is_found_by_its_name(name):
    assert zone(name) is ZoneInfo(name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("europe/berlin", "did you mean 'Europe/Berlin'"),
        ("America/New York", "did you mean 'America/New_York'"),
        ("Europe/Berlim", "did you mean 'Europe/Berlin'"),
        ("Atlantis/Centre", "use an IANA name such as 'Europe/Berlin'"),
        ("", "use an IANA name"),
        ("America", "use an IANA name"),
        ("../etc/passwd", "use an IANA name"),
        ("/etc/localtime", "use an IANA name"),
        ("localtime", "use an IANA name"),
        ("right/Europe/Berlin", "did you mean 'Europe/Berlin'"),
        ("Europe/\0Berlin", "no time zone"),
        ("Europe/\ud800", "no time zone"),
        ("x" * 5000, "no time zone 'x{60}';"),
        (None, "no time zone 'None'"),
        (5.5, "no time zone '5.5'"),
    ],
)
def test_an_unknown_zone_is_refused_with_a_remedy(name, says):
    with pytest.raises(BadHours, match=says):
        zone(name)


@pytest.mark.parametrize(
    ("local", "fold", "utc"),
    [
        ("2026-03-29 02:30", 0, "2026-03-29 01:30"),  # skipped: the offset before the change
        ("2026-03-29 02:30", 1, "2026-03-29 00:30"),  # and the one after
        ("2026-10-25 02:30", 0, "2026-10-25 00:30"),
        ("2026-10-25 02:30", 1, "2026-10-25 01:30"),
    ],
)
def test_a_reading_of_the_clock_denotes_one_moment(local, fold, utc):
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    found = from_wall(datetime.fromisoformat(local), BERLIN, fold=fold)
    assert (found, found.tzinfo) == (expected, UTC)


def test_a_reading_in_a_year_that_nobody_meant_is_refused():
    with pytest.raises(BadMoment, match="outside the years"):
        from_wall(datetime.max, BERLIN)  # noqa: DTZ901


@pytest.mark.parametrize(
    ("place", "day", "clock", "utc"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00"),  # skipped: when the clock is set
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),  # twice: the first
        ("Pacific/Apia", "2011-12-30", "17:00", "2011-12-30 10:00"),  # a whole day: as the next begins
        ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29 01:00"),  # skipped up to midnight
        ("Asia/Kolkata", "2026-03-03", "17:00", "2026-03-03 11:30"),
    ],
)
def test_a_clock_time_on_a_date_is_the_first_moment_that_shows_it(place, day, clock, utc):
    found = first_moment(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(place))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), moments_in(zone))), st.integers(-180, 180))
@settings(max_examples=200)
def test_before_the_first_moment_of_a_reading_no_clock_shows_it(where, shift):
    place, near = where
    wall = near.astimezone(place).replace(tzinfo=None) + shift * MINUTE
    first = first_moment(wall.date(), wall.time(), place)
    before = first - timedelta(microseconds=1)
    assert first.astimezone(place).replace(tzinfo=None) >= wall
    assert before.astimezone(place).replace(tzinfo=None) < wall
    assert before.astimezone(place).replace(tzinfo=None) < first.astimezone(place).replace(tzinfo=None)


def test_changes_only_days_apart_are_both_seen():
    """Boa Vista tried summer time for a week in October 2000: the shortest of the last eighty years."""
    place = ZoneInfo("America/Boa_Vista")
    noons = [first_moment(date(2000, 10, day), time(12), place).hour for day in (7, 8, 14, 15)]
    assert noons == [16, 15, 15, 16]


# Which data


def test_the_zone_data_in_use_is_reported():
    found = zone_data()
    assert found.version == "unknown" or found.version[:4].isdigit()
    assert found.source


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"+VERSION": "2026f\n"}, "2026f"),
        ({"tzdata.zi": "# version 2025b\n# more\n"}, "2025b"),
        ({"+VERSION": "\n", "tzdata.zi": "# version 2025b\n"}, "2025b"),
        ({}, "unknown"),
    ],
)
def test_system_files_say_their_release_or_it_is_unknown(tmp_path, monkeypatch, files, version):
    (tmp_path / "UTC").touch()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(subject, "TZPATH", ("nowhere", str(tmp_path)))
    assert zone_data() == ZoneData(version, f"system files in {tmp_path}")


def test_without_system_files_the_package_answers(monkeypatch):
    monkeypatch.setattr(subject, "TZPATH", ())
    monkeypatch.setitem(sys.modules, "tzdata", SimpleNamespace(IANA_VERSION="2026f"))
    assert zone_data() == ZoneData("2026f", "the tzdata package")


def test_without_any_zone_data_that_is_said(monkeypatch):
    monkeypatch.setattr(subject, "TZPATH", ())
    monkeypatch.setitem(sys.modules, "tzdata", None)
    assert zone_data() == ZoneData("unknown", "no zone data found; install tzdata")
