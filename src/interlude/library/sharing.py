"""The form with which a piece is shared, for any page of a clinician that has one client before it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from interlude.core.search_terms import terms_of
from interlude.library.forms import ShareForm
from interlude.library.models import Piece, title_of
from interlude.practice.models import Client, Clinician


def share_form(client: Client, *, by: Clinician, now: datetime, data: Any = None) -> ShareForm:
    """What can be shared with *client*, by title. Two queries."""
    ready = Piece.objects.visible_to(by).at_hand().filter(ready_at__isnull=False).with_newest()
    pieces = sorted(((str(one.pk), title_of(one)) for one in ready), key=lambda one: terms_of(one[1]))
    return ShareForm(
        data,
        initial={"share_id": uuid4()},
        pieces=pieces,
        people=list(client.participants.writers()),
        today=by.date_at(now),
    )
