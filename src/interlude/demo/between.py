"""Between two people alone: whether messages fit, extra support for a time, and how a course of care ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from interlude.agenda.actions import SUITABILITY, close_item, say_view
from interlude.agenda.models import ListItem
from interlude.agreements.deciding import write_decision
from interlude.agreements.models import Suitability
from interlude.closings.actions import Ending, set_closing
from interlude.closings.models import Closing
from interlude.core.closing import ClosingDays
from interlude.core.support import Plan, Step
from interlude.practice.models import Participant
from interlude.support.actions import give_support

if TYPE_CHECKING:
    from interlude.demo.build import Stage

DAY = timedelta(days=1)
WEEKLY = "plan.messages_per_week"

DECISIONS = {
    "noor": ("fits", "", {"comfort_why": "A few lines help you to keep what you found out until Tuesday."}),
    "kai": (
        "fits",
        "",
        {"steadiness": "some", "steadiness_why": "The plan for bad nights hangs on your fridge."},
    ),
    "mira": (
        "fits",
        "Your father asks the front desk about times. What you write stays between us.",
        {"age": "young_agreed", "age_why": "Your father knows that you write, and does not read it."},
    ),
    "mateo": (
        "times_only",
        "We talk in the session. Between sessions the front desk moves times for you.",
        {"comfort": "rather_not", "therapy": "session", "comfort_why": "You said that a voice is easier."},
    ),
    "elif": ("fits", "", {"understanding": "partly", "understanding_why": "We look at the times once more."}),
}
USUAL = {
    "age": "adult",
    "steadiness": "calm",
    "understanding": "clear",
    "comfort": "likes",
    "setting": "allowed",
    "therapy": "some",
}
FAREWELL = (
    "Dear Rhea,\n\n"
    "You came with the wish to get through an evening without the old way out. You have eleven such evenings now, "
    "and a drawer full of other ways. They are yours; they do not need me.\n\n"
    "I have enjoyed this work with you.\n\n"
    "Anil"
)


def lay_between(stage: Stage) -> None:
    """Decisions of the first weeks, extra support that runs for Kai, and Rhea's end in sight."""
    for key, (decision, instead, said) in DECISIONS.items():
        _decide(stage, key, decision, USUAL | said | {"instead": instead})
    _support_kai(stage)
    _close_with_rhea(stage)


def _decide(stage: Stage, key: str, decision: str, said: dict[str, str]) -> None:
    client = stage.clients[key]
    at = stage.now - 2 * DAY if key == "elif" else stage.began
    row = write_decision(
        said,
        decision=decision,
        client=client,
        by=client.clinician,
        now=at,
        record_id=uuid5(client.pk, "decision"),
    )
    if key == "noor":
        _answer(row, stage.writers["noor"][0], "Good. I was afraid that I would write too much.")


def _answer(row: Suitability, writer: Participant, words: str) -> None:
    at = row.decided_at + timedelta(hours=5)
    say_view(words, decision=row, by=writer, now=at, view_id=uuid5(row.pk, "view"))
    item = ListItem.unscoped.get(client=row.client, topic=SUITABILITY)
    close_item(item, brought_up=True, by=row.decided_by, now=at + 6 * DAY)


def _support_kai(stage: Stage) -> None:
    client, today = stage.clients["kai"], stage.now.date()
    given = today - 24 * DAY
    steps = (Step(today + 4 * DAY, {WEEKLY: 5}), Step(today + 18 * DAY, {WEEKLY: 4}))
    plan = Plan(given, today + 18 * DAY, today + 6 * DAY, {"plan.words": 300}, steps)
    give_support(
        "Two exams and a move in one month. A line more in between helps you to sort the days.",
        plan,
        client=client,
        by=client.clinician,
        now=stage.now - 24 * DAY,
        support_id=uuid5(client.pk, "support"),
    )


def _close_with_rhea(stage: Stage) -> None:
    client, today = stage.clients["rhea"], stage.now.date()
    ending = Ending(
        ClosingDays(today + 19 * DAY, today + 70 * DAY),
        contact=Closing.Contact.AS_AGREED,
        contact_words="In half a year I ask you in one message how it goes. You may answer, and need not.",
        farewell=FAREWELL,
        offers_copy=True,
    )
    set_closing(
        ending,
        client=client,
        by=client.clinician,
        now=stage.now - 2 * DAY,
        closing_id=uuid5(client.pk, "closing"),
    )
