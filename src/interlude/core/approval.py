"""Is a promise long enough for a second pair of eyes? Where a trainee's words wait for a supervisor."""

from __future__ import annotations

from datetime import timedelta

from interlude.core.policy import Policy
from interlude.core.promises import NextCheck, OpenHours, WorkingDays

LEAST_DAYS = 2
LEAST_OPEN = timedelta(hours=16)  # two days of eight hours


def asks_supervisor(policy: Policy) -> bool:
    """Do words of the therapist wait for a supervisor? As agreed: in training, and supervised. Rule: R-258."""
    return policy.supervised and policy.participants == "one_to_one_supervised"


def leaves_time(policy: Policy) -> bool:
    """May a supervisor take a working day? The rest of the promise is for reading and writing. Rule: R-262."""
    match policy.promise:
        case WorkingDays(days=days):
            return days >= LEAST_DAYS
        case OpenHours(amount=amount):
            return amount >= LEAST_OPEN
        case NextCheck():
            return False
        case _:
            return True
