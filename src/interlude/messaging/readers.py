"""Who can read what somebody is about to write. Said above the box, before the first word."""

from __future__ import annotations

from dataclasses import dataclass

from interlude.messaging.outlook import Outlook
from interlude.practice.models import Participant


@dataclass(frozen=True, slots=True)
class Readers:
    """Beside the writer: nobody (`journal`), the front desk, or the therapist and who shares the care."""

    who: str  # journal, desk, therapist
    partners: tuple[str, ...] = ()
    not_guardians: bool = False
    supervised: bool = False


def readers_of(participant: Participant, outlook: Outlook) -> Readers:
    """One query, and only where the words go to the therapist."""
    if outlook.kind == "not_here":
        return Readers("journal")
    if outlook.kind in ("desk", "yourself"):
        return Readers("desk")
    others = [each for each in participant.client.participants.all() if each.pk != participant.pk]
    return Readers(
        "therapist",
        partners=tuple(each.first_name for each in others if each.reads_messages),
        not_guardians=any(not each.reads_messages for each in others),
        supervised=outlook.policy.supervised,
    )
