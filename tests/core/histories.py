"""Histories for replay: what was sent, decided and promised, as some rules of that time would have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from interlude.core.delivery import AnsweredHere, Decision, Draft, KeptForSession, Standing, decide_delivery
from interlude.core.outcomes import KeptReason
from interlude.core.policy import Policy
from interlude.core.replay import Past, _met

BERLIN = ZoneInfo("Europe/Berlin")


def lived_through(sent: Iterable[dict[str, Any]], policy: Policy, *, zone: ZoneInfo = BERLIN) -> list[Past]:
    """What a portal would have stored: each message decided as it was sent, weeks counted by hand."""
    calendar, counted, found = policy.calendar(), dict[tuple[Any, date], int](), list[Past]()
    for one in sent:
        monday = monday_of(one["sent_at"], zone)
        week = (one["client"], monday)
        decision = decide_delivery(
            Draft(one["topic"], one["words"], no_answer=one["no_answer"], keep=one["keep"]),
            policy=policy,
            standing=Standing("1", "1", counted.get(week, 0), one["age"], choice=one["choice"]),
            calendar=calendar,
            desk_calendar=None,
            next_session=None,
            now=one["sent_at"],
        )
        counted[week] = counted.get(week, 0) + counts_in_the_plan(decision)
        end, due, over = _met(decision)
        assert over == (is_beyond(decision))
        found.append(Past(end=end, due=due, over_plan=over, **one))
    return found


def counts_in_the_plan(decision: Decision) -> bool:
    return isinstance(decision, AnsweredHere) and decision.price is None


def is_beyond(decision: Decision) -> bool:
    if isinstance(decision, KeptForSession):
        return decision.reason is KeptReason.OVER_PLAN
    return isinstance(decision, AnsweredHere) and decision.over is not None


def monday_of(at: datetime, zone: ZoneInfo) -> date:
    on = at.astimezone(zone).date()
    return on - timedelta(days=on.weekday())
