"""What a practice chose from the neutral sets: names, icon, subjects, bank line, where leaving leads. Rule: R-164."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from interlude.audit.record import record
from interlude.crisis.copies import write_copies_after
from interlude.outbox.actions import say_subject
from interlude.practice.models import OfficeMember, Practice

CHOSEN = (
    "shown_name",
    "icon",
    "subject",
    "bank_line",
    "exit_to",
    "plain_titles",
    "second_language",
    "spanish",
)


@transaction.atomic
def choose_discretion(
    practice: Practice, chosen: Mapping[str, Any], *, by: OfficeMember, now: datetime
) -> None:
    """Keep what was chosen; mails and the copies of help now follow at once. The same once more changes nothing."""
    if all(getattr(practice, name) == chosen[name] for name in CHOSEN):
        return
    for name in CHOSEN:
        setattr(practice, name, chosen[name])
    practice.save(update_fields=CHOSEN)
    say_subject(practice.subject, practice_id=practice.id)
    record("practice.discretion_chosen", by=by, on=practice, practice_id=practice.id, at=now)
    write_copies_after(practice)
