"""Templates of the demo: one of a clinician's own, one in words for Noor, how a line landed, and one reviewed draft."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.core.packs.phrases import id_of, shipped
from interlude.core.wording import Words
from interlude.phrasebook.actions import (
    Entry,
    Said,
    note_landing,
    review_shipped,
    write_phrase,
    write_variant,
)

if TYPE_CHECKING:
    from interlude.demo.build import Stage

OURS = Words(
    "It takes some courage to ask about a bill. Thank you for doing it.",
    "As we agreed, money questions go to the front desk, so that our time stays yours.",
    "Olu answers you under Sessions. If it worries you, we talk about it {next_session}.",
)
FOR_NOOR = Words(
    "You held on through that evening and wrote it down in the morning. I see what that took.",
    "We said that long evenings go on our list, where they get real time.",
    "I have kept it. We begin with it {next_session}, with the curtains open.",
)


def write_phrases(stage: Stage) -> None:
    """Through the same acts, with the clock of those days."""
    noor, first = stage.clients["noor"], stage.now - timedelta(weeks=6)
    by, of = noor.clinician, id_of("kept_for_session", "en")
    entry = Entry("A question about a bill", "limits", "en", OURS, is_shared=True)
    write_phrase(entry, by=by, now=first, phrase_id=stage.new_id())
    said = by.date_at(first)
    badly = Said(of, "badly", "client", said, "“Have their place in the session” sounded like a door.")
    note_landing(badly, client=noor, by=by, now=first, landing_id=stage.new_id())
    write_variant(FOR_NOOR, of=of, client=noor, by=by, now=first + timedelta(hours=1))
    well = Said(
        of, "well", "client", said + timedelta(weeks=2), "“With the curtains open” was said back at the door."
    )
    note_landing(well, client=noor, by=by, now=first + timedelta(weeks=2), landing_id=stage.new_id())
    speaks = stage.clients["carmen"].clinician
    for name in ("kept_for_session", "set_hours"):
        review_shipped(shipped()[id_of(name, "es")], by=speaks, now=first)
