"""How long open-time arithmetic takes at its edges, in milliseconds of processor time (median of runs).

    .venv/bin/python -m bench.working_time_limits [--runs 15]

Each run starts from nothing: a new calendar, and what is known of the zone's clock forgotten.
"""

import argparse
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

from interlude.core._offsets import wall_clock
from interlude.core.errors import BadHours
from interlude.core.hours import Absence, Calendar, Opening, WeeklyHours

NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICE = (Opening.parse("09:00-12:00"), Opening.parse("13:00-17:00"))
ALL_DAY = (Opening(time(0), time(0)),)
HALF_HOURS = tuple(Opening(time(n // 2, n % 2 * 30), time(n // 2, n % 2 * 30 + 15)) for n in range(48))


def main() -> None:
    parser = argparse.ArgumentParser(description="Open-time arithmetic at its edges")
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    print(f"{'':44}" + "".join(f"{name:>9}" for name in QUESTIONS))
    for name, build in _calendars().items():
        print(f"{name:44}" + "".join(f"{_spent(build, ask, runs):9.3f}" for ask in QUESTIONS.values()))


def _calendars() -> dict[str, Callable[[], Calendar]]:
    """Calendars by name, each to be built anew; what they are built from is ready."""
    office = WeeklyHours(NEW_YORK, dict.fromkeys(range(5), OFFICE))
    always = WeeklyHours(NEW_YORK, dict.fromkeys(range(7), ALL_DAY))
    often = WeeklyHours(NEW_YORK, dict.fromkeys(range(7), HALF_HOURS))
    closed = frozenset(date(2025, 1, 1) + timedelta(days=11 * n) for n in range(20))
    mondays = frozenset(date(2024, 12, 30) + timedelta(weeks=n) for n in range(1100))
    away = tuple(Absence(START + 27 * n * HOUR, START + (27 * n + 1) * HOUR) for n in range(10_000))
    for_good = (Absence(START, START + timedelta(days=20_000)),)
    return {
        "office hours, 20 closed dates, 6 absences": lambda: Calendar(office, closed, away[:6]),
        "round the clock": lambda: Calendar(always),
        "round the clock, 20 closed dates": lambda: Calendar(always, closed),
        "no openings": lambda: Calendar(WeeklyHours(NEW_YORK, {})),
        "away for good": lambda: Calendar(office, absences=for_good),
        "closed for good": lambda: Calendar(WeeklyHours(NEW_YORK, {0: OFFICE}), mondays),
        "48 openings a day": lambda: Calendar(often),
        "10,000 absences": lambda: Calendar(office, absences=away),
    }


QUESTIONS: dict[str, Callable[[Calendar], object]] = {
    "build": lambda calendar: calendar,
    "is open": lambda calendar: calendar.is_open(START),
    "add 48 h": lambda calendar: calendar.add(START, 48 * HOUR),
    "5 days": lambda calendar: calendar.working_day_close(START, 5),
    "2 years": lambda calendar: calendar.between(START, START + timedelta(days=730)),
}


def _spent(build: Callable[[], Calendar], ask: Callable[[Calendar], object], runs: int) -> float:
    """Milliseconds for building a calendar and asking it once; a refusal is an answer."""
    spent = []
    for _ in range(runs):
        wall_clock.cache_clear()
        since = process_time()
        with suppress(BadHours):
            ask(build())
        spent.append(process_time() - since)
    return median(spent) * 1000


if __name__ == "__main__":
    main()
