"""Who can read what, alive: a guardian with something opened and something to come, and a number that two share."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.core.ages import AgeRules
from interlude.core.guardians import Because, Scope
from interlude.practice.birthdays import set_ages
from interlude.practice.contacts import say_phone
from interlude.practice.scopes import NewScope, change_scope

if TYPE_CHECKING:
    from interlude.demo.build import Stage

NUMBER = "+44 20 7946 0018"  # from a range kept free for stories


def say_who_reads(stage: Stage) -> None:
    """Mira's father sees what was agreed and soon hears how it goes; they gave one number. Her mother is apart."""
    mira, jonas, _helena = stage.writers["mira"]
    ada, began, now = stage.clinicians["ada"], stage.began, stage.now
    set_ages(stage.practice, AgeRules(own_account=12, own_consent=16), by=stage.owner, now=began)
    opened = NewScope(
        Scope.AGREEMENT,
        may=True,
        on=began.date() + timedelta(days=2),
        because=Because.TOGETHER,
        reason="So that he knows what we agreed on.",
    )
    change_scope(jonas, opened, by=ada, now=began)
    soon = NewScope(
        Scope.SUMMARY_TALKS,
        may=True,
        on=now.date() + timedelta(days=9),
        because=Because.TOGETHER,
        reason="You said he may know that school goes better. No more than that.",
    )
    change_scope(jonas, soon, by=ada, now=now - timedelta(days=1))
    for person in (mira, jonas):
        say_phone(person, NUMBER, by=stage.owner, now=began, knowing=True)
