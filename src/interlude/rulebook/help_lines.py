"""Help lines of a practice's place that nobody has checked yet: named to the office, said to a clinician."""

from __future__ import annotations

from interlude.core.packs.places import COUNTRIES
from interlude.crisis.models import HelpLine
from interlude.crisis.places import places_of
from interlude.practice.models import OfficeMember, Practice


def nothing_checked_in(practice: Practice) -> str:
    """The name of the practice's country, while nobody has checked a help line there; else empty."""
    checked = {place.code for place in places_of(practice.slug)}
    return "" if practice.country in checked else COUNTRIES.get(practice.country, practice.country)


def unchecked_lines(office: OfficeMember) -> list[HelpLine]:
    """The lines of the practice's country that wait for a check."""
    lines = HelpLine.objects.visible_to(office).filter(country=office.practice.country, checked_on=None)
    return list(lines.order_by("position", "name"))
