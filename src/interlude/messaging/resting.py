"""After a session a draft may rest for a day or two: offered, never done by itself. Rule: R-300."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interlude.agenda.journal import session_just_over
from interlude.agenda.models import Pause
from interlude.appointments.models import Session
from interlude.core.policy import Policy
from interlude.messaging.enclosed import enclosed_in
from interlude.messaging.models import Draft
from interlude.practice.models import Participant


@dataclass(frozen=True, slots=True)
class Rest:
    """The session it is offered after. *days* is what its writer wished for, or what was agreed; 0 where neither."""

    session: Session
    days: int
    is_own_wish: bool = False


def before_sending(
    participant: Participant, draft: Draft, *, policy: Policy, now: datetime, is_calm: bool
) -> dict[str, Any]:
    """What the last page has beside the words: files that go with them, and a rest where one is offered."""
    files = enclosed_in([draft.pk]).get(draft.pk, [])
    return {"files": files, "rest": rest_offered(participant, policy, now) if is_calm else None}


def rest_offered(participant: Participant, policy: Policy, now: datetime) -> Rest | None:
    """None but in the days after a session; and a guardian has no session to think over. One's own wish goes first."""
    if not participant.reads_messages:
        return None
    session = session_just_over(participant, now)
    if session is None:
        return None
    wish = Pause.objects.visible_to(participant).first()
    return Rest(session, wish.days, is_own_wish=True) if wish else Rest(session, policy.pause_days)
