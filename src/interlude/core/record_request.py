"""By when somebody who asks for a copy of their record has it. Rule: R-303.

United States law gives thirty days, European law one month. The sooner of the two keeps both; a practice whose place
gives less time is sooner by hand.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

LONGEST = timedelta(days=30)


def record_due(asked_on: date) -> date:
    """Thirty days later, or the same day of the next month (its last, where it is shorter), whichever is sooner."""
    year, month = (asked_on.year, asked_on.month + 1) if asked_on.month < 12 else (asked_on.year + 1, 1)
    last = calendar.monthrange(year, month)[1]
    return min(asked_on + LONGEST, date(year, month, min(asked_on.day, last)))
