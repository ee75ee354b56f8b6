"""What the demo knows of its places: public holidays, and help lines that nobody has checked."""

from __future__ import annotations

from datetime import date, datetime

from interlude.boundaries.holidays import public_holidays
from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from interlude.practice.models import OfficeMember, Practice


def holidays_of(country: str, region: str, year: int) -> list[tuple[date, str]]:
    """Public holidays from the year before until the year after."""
    return [day for y in (year - 1, year, year + 1) for day in public_holidays(country, region, y)]


def bring_in_help_lines(practice: Practice, owner: OfficeMember, *, now: datetime) -> None:
    """The lines of the demo's places. The demo says on its pages that nobody checked them."""
    for country in ("GB", "ES", "IN", "MX"):
        bring_in_lines(country, practice=practice, by=owner, now=now)
    for line in HelpLine.unscoped.filter(practice=practice):
        confirm_line(line, by=owner, how="demo", on=now.date(), now=now)
