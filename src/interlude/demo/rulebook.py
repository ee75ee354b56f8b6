"""Rules that were written lately: Ada's from a starting point, with her own words; the practice's, with locks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.boundaries.actions import publish_rules
from interlude.demo import people

if TYPE_CHECKING:
    from interlude.demo.build import Stage

ADA_WORDS = (
    "You can write at any hour, and nothing is lost. I read at noon, and three days a week at five as well. You "
    "always see the day by which you hear from me. What is deep goes on our list, so that we have time for it. If "
    "a rule does not suit you, tell me: we look at it together."
)
LOCKED = """
locks = ["change_notice_days", "minimum_age", "channels"]
change_notice_days = 21
"""
CHANNELS = """
[channels]
messenger_apps = "none"
"""


def write_rules(stage: Stage) -> None:
    """Ada writes hers nine days ago; six days ago the owner holds what nobody below may loosen."""
    ada, mine = stage.clinicians["ada"], next(one for one in people.THERAPISTS if one.key == "ada")
    at = stage.now - timedelta(days=9)
    publish_rules(
        f'client_text = "{ADA_WORDS}"\nchange_notice_days = 14\n{mine.rules}',
        practice=stage.practice,
        clinician=ada,
        by=ada,
        since=at.date(),
        now=at,
        preset=mine.preset,
    )
    at = stage.now - timedelta(days=6)
    publish_rules(
        f"{LOCKED}{people.PRACTICE_RULES}{CHANNELS}",
        practice=stage.practice,
        by=stage.owner,
        since=at.date(),
        now=at,
    )
