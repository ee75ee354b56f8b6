"""What stands on a client's page of sessions: dates, what was asked, and a time that is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from interlude.appointments.actions import LATE_FROM
from interlude.appointments.models import EarlierWish, FreedOffer, MoveRequest, OfferedTime, Session
from interlude.appointments.offering import open_times
from interlude.core.guardians import Scope
from interlude.messaging.actions import Ground
from interlude.messaging.overview import LATELY, is_in_doubt
from interlude.practice.guardians import reach_of
from interlude.sealing.vault import Sealer

PAST_SHOWN = 12
REQUESTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to move a session, ready to be shown to whoever asked."""

    row: MoveRequest
    words: str
    answer: str
    late: bool
    too_late: bool  # the session began before anybody answered
    times: tuple[OfferedTime, ...] = ()


def hides_times(ground: Ground) -> bool:
    """A guardian from whom times were taken: the page must not say that none is set."""
    guardian = ground.participant
    return not guardian.reads_messages and not reach_of(guardian, ground.now).sees(Scope.TIMES)


def dates(ground: Ground) -> dict[str, Any]:
    """Coming and past sessions, those that were cancelled among them; one that is on now stands apart."""
    now, mine = ground.now, Session.objects.visible_to(ground.participant, at=ground.now).with_links()
    ahead = list(mine.filter(starts_at__gt=now, moved_to=None).order_by("starts_at"))
    past = list(mine.filter(starts_at__lte=now, moved_to=None).order_by("-starts_at")[:PAST_SHOWN])
    on_now = next((one for one in past if one.is_on(now)), None)
    coming = [one for one in ahead if one.state == Session.State.PLANNED]
    near = on_now or (coming[0] if coming else None)
    return {
        "near": near,
        "coming": ([on_now] if on_now else []) + ahead,
        "past": [one for one in past if one is not on_now],
        "on_now": on_now,
        "in_doubt": is_in_doubt(near, ground),
        "may_join": ground.participant.reads_messages and near is not None and near.can_be_joined(now),
        "may_be_late": near is not None and near.starts_at - now < LATE_FROM,
    }


def asked_and_held(ground: Ground) -> dict[str, Any]:
    """Requests that wait or were answered for a session ahead, the place in line, a time that is held.

    One that nobody answered before its session began stays until somebody does, and the answer for some days.
    """
    person, now = ground.participant, ground.now
    if hides_times(ground):
        return {"requests": [], "wish": None, "held": None}
    mine, state = MoveRequest.objects.visible_to(person), MoveRequest.State
    answered_after = Q(state=state.NO, answered_at__gte=F("session__starts_at"), answered_at__gt=now - LATELY)
    rows = mine.filter(Q(session__starts_at__gt=now) | Q(state=state.OPEN) | answered_after)
    shown = rows.exclude(state__in=[MoveRequest.State.WITHDRAWN, MoveRequest.State.GONE])
    whole = shown.select_related(
        "session__moved_to", "offer__clinician", "offer__instead_of", "offer__session"
    )
    wish = EarlierWish.objects.visible_to(person).waiting().first()
    held = FreedOffer.objects.visible_to(person).held(now).first() if wish else None
    return {
        "requests": [
            _asked(row, now) for row in whole.prefetch_related("times", "offer__times")[:REQUESTS_SHOWN]
        ],
        "wish": wish,
        "held": held,
    }


def _asked(row: MoveRequest, now: datetime) -> Asked:
    sealer = Sealer(row.practice_id)
    times = tuple(open_times(row.offer, now)) if row.offer is not None else ()
    return Asked(row, row.words(sealer), row.answer(sealer), row.is_late(now), row.came_too_late(now), times)
