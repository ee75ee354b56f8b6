"""Before anybody published a rule, the clock on the wall is that of the place, never UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from interlude.boundaries.calendars import clinician_layers, desk_calendar_of, practice_rules
from interlude.boundaries.windows import window_of
from interlude.core.layers import explain
from interlude.practice.actions import add_clinician, open_practice
from tests.cast import NOW, Cast


def test_a_new_practice_is_open_by_its_own_clock(db: None) -> None:
    practice = open_practice(name="New", zone="Asia/Kolkata", country="IN", now=NOW)
    policy, calendar = desk_calendar_of(practice, NOW.date())
    assert policy.zone == "Asia/Kolkata"
    assert calendar.is_open(datetime(2026, 5, 13, 4, 0, tzinfo=UTC)), "9:30 in Kolkata"
    assert not calendar.is_open(datetime(2026, 5, 13, 14, 0, tzinfo=UTC))
    assert explain(practice_rules(practice, NOW.date()), "zone").set_by.name == "New"


def test_a_new_therapist_reads_by_theirs(db: None) -> None:
    practice = open_practice(name="New", zone="Europe/London", country="GB", now=NOW)
    clinician = add_clinician(practice=practice, name="Ana Vic", zone="Asia/Kolkata", by=None, now=NOW)
    assert window_of(clinician, NOW).policy.zone == "Asia/Kolkata"


def test_a_published_zone_wins(cast: Cast, visit: Any) -> None:
    type(cast.ada).unscoped.filter(pk=cast.ada.pk).update(zone="Asia/Kolkata")
    cast.ada.refresh_from_db()
    assert len(clinician_layers(cast.ada, NOW.date())) == 3
    assert window_of(cast.ada, NOW).policy.zone == "Europe/London"
