"""Told from the public page that a number is wrong: no name, no address, no hour; a list for the office."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from interlude.crisis.models import HelpLine, WrongNumber

MOST_FOR_A_LINE = 3  # that is enough to make somebody look
MOST_IN_A_PRACTICE = 30


@transaction.atomic
def tell_wrong_number(line: HelpLine, *, what: str, note: str, today: date) -> bool:
    """Put it on the office's list. False where the list has enough of it already. Rule: R-162.

    It changes nothing that is shown: anybody may tell, and only a person who looked takes a number down.
    """
    open_ones = WrongNumber.unscoped.open().filter(practice_id=line.practice_id)
    if open_ones.filter(line=line).count() >= MOST_FOR_A_LINE or open_ones.count() >= MOST_IN_A_PRACTICE:
        return False
    WrongNumber.unscoped.create(practice_id=line.practice_id, line=line, what=what, note=note, told_on=today)
    return True
