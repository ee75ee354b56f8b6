"""Answers that are still owed to one client: promised, and not written."""

from __future__ import annotations

from datetime import datetime

from interlude.messaging.models import Message
from interlude.practice.models import Client, Clinician


def owed_to(client: Client, *, by: Clinician, now: datetime) -> list[Message]:
    """Of the messages that the clinician was handed by now (law 6), those with a date that still stands.

    What was not handed over yet keeps its date as well; between windows nobody learns that it is there.
    """
    rows = Message.objects.visible_to(by, at=now).filter(client=client, resolved_at=None)
    return list(rows.filter(reply_due__isnull=False).order_by("reply_due").defer("sealed"))
