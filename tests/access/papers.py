"""Copies of a record, and files with a message, of one writer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from interlude.enclosures.actions import enclose
from interlude.papers.actions import ask_for_record, hand_out
from interlude.practice.models import Participant
from tests.cast import NOW
from tests.enclosures.photos import a_photo


def papers_of(writer: Participant) -> dict[str, UUID]:
    """A copy of the record that is ready, and one that was asked for since."""
    ready = ask_for_record(participant=writer, now=NOW - timedelta(days=9))
    hand_out(ready, by=writer.client.clinician, now=NOW - timedelta(days=1))
    asked = ask_for_record(participant=writer, now=NOW)
    return {"ready record": ready.pk, "record request": asked.pk}


def enclosed_by(writer: Participant, *keys: UUID) -> dict[str, UUID]:
    """A photo that came with a message, and one beside a draft."""
    made = [
        enclose(a_photo(), participant=writer, key=key, file_id=uuid4(), now=NOW - timedelta(days=2))
        for key in keys
    ]
    return dict(zip(("enclosure", "enclosure of a draft"), (one.pk for one in made), strict=True))  # type: ignore[union-attr]
