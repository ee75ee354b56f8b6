"""Who hands a message over, and when: its own clinician's window, or sooner that of a colleague who stands in."""

from __future__ import annotations

from datetime import datetime

from interlude.cover.sight import read_sooner
from interlude.messaging.models import Message


def hand_to_who_stands_in(message: Message, *, after: datetime) -> None:
    """Have it read sooner, by a colleague who stands in; sets two columns, saves nothing. Rule: R-244."""
    if message.outcome == Message.Outcome.KEEP:
        return
    sooner = read_sooner(
        message.client,
        message.topic,
        of=message.clinician_id,
        after=max(after, message.sent_at),
        otherwise=message.handed_at,
    )
    if sooner is not None:
        message.handed_at, message.stands_in = sooner.at, sooner.colleague
