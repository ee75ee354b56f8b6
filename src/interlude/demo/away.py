"""Marta's week away: Anil stands in for her clients, and each has a plan for the break."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.away.standing_in import TOPICS
from interlude.core.time_away import TimeAway
from interlude.cover.actions import Asked, ask_cover, write_break_plan
from interlude.demo.people import CARES
from interlude.messaging.covering import accept_or_decline
from interlude.messaging.time_away import set_time_away

if TYPE_CHECKING:
    from interlude.demo.build import Stage

HELPS = "Un paseo antes de desayunar, y el cuaderno por la noche. Lo que quede escrito ahí nos espera."
THERE = "Mi hermano, los domingos. Anil, para lo que no pueda esperar a Marta."


def plan_a_week_away(stage: Stage) -> None:
    """Marta goes away in two weeks; dates that fall into it were moved and told."""
    marta, anil, now = stage.clinicians["marta"], stage.clinicians["anil"], stage.now
    first = marta.date_at(now) + timedelta(days=14)
    (week,) = TimeAway(first, first + timedelta(days=6)).stretches(marta.time_zone())
    (absence,), _moved = set_time_away([week], clinician=marta, by=marta, now=now)
    clients = [stage.clients[care.key] for care in CARES if care.therapist == "marta"]
    topics = [key for key, _name in TOPICS]
    asked = Asked(anil, clients, topics, week.starts, week.ends)
    cover = ask_cover(asked, clinician=marta, by=marta, absence=absence, now=now, cover_id=stage.new_id())
    accept_or_decline(cover, accepts=True, by=anil, now=now)
    for client in clients:
        write_break_plan({"helps": HELPS, "there": THERE}, client=client, absence=absence, by=marta, now=now)
