"""A plan for the break: sealed, on the client's home before it and in it, gone after it."""

from __future__ import annotations

from typing import Any

import pytest

from interlude.appointments.actions import plan_session
from interlude.boundaries.models import Absence
from interlude.core.hours import Absence as Stretch
from interlude.cover.models import BreakPlan
from interlude.messaging.time_away import set_time_away
from tests.cast import NOW
from tests.laws.pages import plain
from tests.messaging.post import may, page

HELPS = "Walk by the canal in the morning."
pytestmark = pytest.mark.usefixtures("in_alder")


def away(cast: Any) -> Absence:
    made, _ = set_time_away([Stretch(may(20, 0), may(30, 0))], clinician=cast.ada, by=cast.ada, now=NOW)
    return made[0]


def write(cast: Any, visit: Any, **more: str) -> Any:
    form = {"helps": HELPS, "there": "My sister."} | more
    return visit(cast.ada).post(f"/practice/clients/{cast.noor.client_id}/break/", form)


@pytest.mark.contract("C16", "C17")
def test_the_plan_is_on_the_clients_home_before_the_break_and_in_it(
    cast: Any, visit: Any, clock: Any
) -> None:
    away(cast)
    plan_session(client=cast.noor.client, starts_at=may(31, 10), by=None, now=NOW)
    assert write(cast, visit).status_code == 302
    assert HELPS.encode() not in bytes(BreakPlan.unscoped.get().sealed)
    home = page(visit(cast.noor).get("/my/"))
    assert HELPS in home and "Ada is away from Wed 20 May until Fri 29 May" in plain(home)
    whole = plain(page(visit(cast.noor).get("/my/break/")))
    assert "My sister." in whole and "Our first session after that is on Sun 31 May, 10:00" in whole
    clock.set(may(21, 9))
    home = page(visit(cast.noor).get("/my/"))
    assert HELPS in home and "While Ada is away" in home and "Ada is away until Fri 29 May" in plain(home)
    clock.set(may(30, 0, 1))
    assert HELPS not in page(visit(cast.noor).get("/my/"))
    assert "no time away planned" in page(visit(cast.noor).get("/my/break/"))


def test_it_is_replaced_when_written_again_and_nobody_else_reads_it(cast: Any, visit: Any) -> None:
    away(cast)
    write(cast, visit)
    write(cast, visit, helps="Tea with my aunt.")
    assert BreakPlan.unscoped.count() == 1
    assert "Tea with my aunt." in page(visit(cast.noor).get("/my/break/"))
    for other in (cast.kai, cast.mira, cast.tove):
        assert "Tea with my aunt." not in page(visit(other).get("/my/break/"))
    assert visit(cast.jonas).get("/my/break/").status_code == 404
    for staff in (cast.ben, cast.priya):
        assert visit(staff).get(f"/practice/clients/{cast.noor.client_id}/break/").status_code == 404


def test_without_time_away_nothing_is_kept_and_the_words_stay_in_the_box(cast: Any, visit: Any) -> None:
    answer = write(cast, visit)
    assert answer.status_code == 409 and HELPS in page(answer)
    assert not BreakPlan.unscoped.exists()
