"""Plans for hard moments of the demo: one that is shared, one that is its owner's alone; and whom we may call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.core.hard_moments import HardMoments, PlanPart, Step
from interlude.plans.actions import look_at_together, share_plan, write_plan
from interlude.plans.beside_danger import say_whom_to_call
from interlude.practice.contacts import say_phone

if TYPE_CHECKING:
    from interlude.demo.build import Stage

NOOR = HardMoments(
    parts=(
        PlanPart("signs", "I stop opening the curtains.\nI check the door more than twice."),
        PlanPart("alone", "Warm water over my hands.\nThe long playlist, from the first song."),
        PlanPart("company", "The bakery on the corner. The reading room, until 20:00."),
        PlanPart("people", "Salma, my cousin. She said that I may call at any hour."),
        PlanPart("services", "The help lines that stand under Help now."),
        PlanPart("safer", "Salma keeps the key on the evenings when I ask her."),
        PlanPart("live_for", "The balcony in May. Salma’s little one."),
    ),
    levels=("I write it down.", "I go out, to people.", "I call Salma, then a line."),
    steps=(Step("I lie awake at three", "I get up, make tea and put on a light"),),
)
KAI = HardMoments(
    parts=(
        PlanPart("signs", "Long silence, then too many messages."),
        PlanPart("alone", "Run to the bridge and back."),
        PlanPart("services", "The text line. It is in my phone."),
    )
)


def write_plans(stage: Stage) -> None:
    """Through the same acts, with the clock of those days."""
    noor, kai = stage.writers["noor"][0], stage.writers["kai"][0]
    first = stage.now - timedelta(weeks=9)
    early = HardMoments(parts=NOOR.parts[:4])
    write_plan(early, participant=noor, now=first, version_id=stage.new_id())
    version = write_plan(NOOR, participant=noor, now=first + timedelta(weeks=3), version_id=stage.new_id())
    share_plan(version.plan, by=noor, now=first + timedelta(weeks=3, hours=1))
    looked = first + timedelta(weeks=5)
    by = noor.client.clinician
    look_at_together(version.plan, on=by.date_at(looked), by=by, now=looked)
    write_plan(KAI, participant=kai, now=stage.now - timedelta(weeks=4), version_id=stage.new_id())
    told = {
        "place": "Most days at home, in Lewisham",
        "contact": "Salma, my cousin",
        "phone": "020 7946 0991",
    }
    say_whom_to_call(told, participant=noor, now=first)
    say_phone(noor, "020 7946 0990", by=stage.owner, now=first)
