"""Many people press at the same moment, each on a connection of their own. Run as a program; prints JSON.

The environment names the database: a file of SQLite, or a PostgreSQL of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

ROUNDS = 4


def main() -> int:
    import django  # noqa: PLC0415  run as a program

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tests.cast import build_cast  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    print(json.dumps(race(build_cast())))
    return 0


def race(cast: Any) -> list[dict[str, int]]:
    """For each round, how many pressed, how many heard yes, and how many sessions stand in that hour."""
    from interlude.appointments.models import Session  # noqa: PLC0415  after Django's set-up

    found = []
    for number in range(ROUNDS):
        at = datetime(2026, 6, 1 + number, 9, tzinfo=UTC)
        presses = presses_for(cast, at)
        heard = together(presses)
        there = Session.unscoped.filter(starts_at=at, state="planned").count()
        found.append({"pressed": len(presses), "heard": sum(heard), "planned": there})
    return found


def presses_for(cast: Any, at: datetime) -> list[Callable[[], bool]]:
    """One hour, wanted by four: held out to two clients, asked for by a third, freed and held for a couple of two."""
    from interlude.appointments import freed, offering, requests  # noqa: PLC0415  after Django's set-up
    from interlude.appointments.actions import next_session, plan_session  # noqa: PLC0415
    from interlude.appointments.models import FreedOffer  # noqa: PLC0415
    from interlude.practice.actions import add_client, add_participant  # noqa: PLC0415
    from tests.cast import LONG_AGO, NOW  # noqa: PLC0415

    def someone(name: str) -> Any:
        client = add_client(clinician=cast.ada, name=name, by=None, now=LONG_AGO)
        plan_session(client=client, starts_at=at.replace(month=7, hour=15), by=None, now=LONG_AGO)
        return add_participant(client=client, name=name, role="self", by=None, now=LONG_AGO)

    def tap(person: Any) -> Callable[[], bool]:
        offer = offering.offer_times(
            [at], client=person.client, by=cast.ada, now=NOW, expires_at=at, minutes=50
        )
        time = offer.times.select_related("offer__clinician", "offer__client").get()
        return lambda: isinstance(offering.take_time(time, by=person, now=NOW), freed.Booked)

    one, two, three, four, gone = (
        someone(f"{name} {at.day}") for name in ("Uma", "Vera", "Wim", "Xia", "Yan")
    )
    wanted = requests.Wanted([at], "", "desk", None)
    session = next_session(three.client, NOW)
    assert session is not None
    asked = requests.ask_to_move(session, wanted, by=three, now=NOW, request_id=uuid4())
    assert asked is not None
    freed.wait_for_earlier(freed.Wishes(), by=four, now=NOW)
    was = plan_session(client=gone.client, starts_at=at, by=None, now=LONG_AGO)
    freed.free_up(was, by=gone, now=NOW)
    held = FreedOffer.unscoped.select_related("freed__client").get(freed=was)
    wished = asked.times.get()
    yes = lambda: isinstance(requests.say_yes(asked, wished, by=cast.ada, now=NOW), freed.Booked)  # noqa: E731
    take = lambda: freed_once(freed.take_freed(held, by=four, now=NOW))  # noqa: E731
    return [tap(one), tap(two), yes, take, take]


def freed_once(outcome: Any) -> bool:
    """A second press by the same person hears of the first one's session; that is one yes."""
    return hasattr(outcome, "session") and not outcome.again


def together(presses: list[Callable[[], bool]]) -> list[bool]:
    from django.db import connections  # noqa: PLC0415  after Django's set-up

    gate = Barrier(len(presses))

    def press(act: Callable[[], bool]) -> bool:
        gate.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


if __name__ == "__main__":
    sys.exit(main())
