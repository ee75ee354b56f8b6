"""What somebody has about the times of their sessions, for the table of who may do what."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from interlude.appointments.freed import Wishes, wait_for_earlier
from interlude.appointments.models import FreedOffer
from interlude.appointments.requests import Wanted, ask_to_move
from interlude.practice.models import Participant
from tests.cast import NOW


def about_times(writer: Participant) -> dict[str, UUID]:
    """A request to move the session, a place in line, and a time that became free."""
    then, session = NOW - timedelta(days=2), writer.client.sessions.get()
    wanted = Wanted([NOW + timedelta(days=8)], "Later, if you can.", "desk", NOW + timedelta(days=1))
    move = ask_to_move(session, wanted, by=writer, now=then, request_id=uuid4())
    wish = wait_for_earlier(Wishes(), by=writer, now=then)
    freed = FreedOffer.unscoped.create(
        practice=writer.practice,
        wish=wish,
        freed=session,
        starts_at=NOW + timedelta(days=4, hours=2),
        minutes=50,
        offered_at=NOW,
        answer_by=NOW + timedelta(hours=4),
    )
    assert move is not None
    return {"move": move.pk, "freed": freed.pk}
