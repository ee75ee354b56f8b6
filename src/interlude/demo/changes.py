"""Ada's rules have changed: two clients were told, one of them said yes, and the others are still to be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.agreements.actions import accept_agreement
from interlude.agreements.notice import Notice
from interlude.agreements.reach import offer_change, reaches
from interlude.boundaries.actions import publish_rules
from interlude.demo.people import THERAPISTS

if TYPE_CHECKING:
    from interlude.demo.build import Stage

TOLD, SAID_YES = ("noor", "kai"), "kai"
REASON = (
    "My room costs more from now on, so extra support costs more too. What you planned for a week stays, "
    "and there is more room in each message. If you want to talk about it, we take time for it."
)


def change_the_rules(stage: Stage) -> None:
    """Extra support costs more, messages may be longer; offered two days ago, with notice and a reason."""
    ada, then = stage.clinicians["ada"], stage.now - timedelta(days=2)
    (rules,) = [one.rules for one in THERAPISTS if one.key == "ada"]
    publish_rules(
        rules.replace('price = "18.00 GBP"', 'price = "22.00 GBP"').replace("words = 200", "words = 250"),
        practice=stage.practice,
        clinician=ada,
        by=ada,
        since=then.date(),
        now=then,
    )
    told = reaches(ada, [stage.clients[key] for key in TOLD], now=then)
    for agreement in offer_change(told, by=ada, now=then, notice=Notice(REASON)):
        if agreement.client == stage.clients[SAID_YES]:
            (writer,) = stage.writers[SAID_YES]
            accept_agreement(
                agreement=agreement,
                participant=writer,
                name_typed=writer.name,
                now=then + timedelta(hours=9),
            )
