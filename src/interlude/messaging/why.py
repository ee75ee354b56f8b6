"""Why this date: the promise behind it, who set it, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import assert_never

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise as Later

from interlude.core.layers import LayerKind, explain
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, SessionOnly, WorkingDays
from interlude.messaging.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Why:
    """The facts; the sentences are the template's, keyed by `kind` and `set_by`.

    Args:
        kind: working_days, open_hours, next_check, fixed_turns or session_only.
        set_by: practice, preset, clinician, agreement, exception, law, or nothing for a starting value.
        since: when it began to hold for this client.
    """

    kind: str
    set_by: str
    version: int | None
    since: date | None
    until: date | None = None
    days: int = 0
    cut_off: time | None = None
    open_for: timedelta | None = None
    weekdays: tuple[str | Later, ...] = ()


def why_this_date(outlook: Outlook) -> Why:
    """What the core explains of the promise, the client's or the desk's."""
    explanation = explain(outlook.rules, "desk_promise" if outlook.kind == "desk" else "promise")
    agreement = outlook.agreement if outlook.kind != "desk" else None
    origin = explanation.set_by
    held = agreement.start.at if agreement and agreement.start else None
    since = held.date() if held and origin.kind is not LayerKind.EXCEPTION else origin.since
    promise = explanation.value
    set_by, version = str(origin.kind or ""), agreement.number if agreement else None
    match promise:
        case WorkingDays(days=days, cut_off=cut_off):
            return Why("working_days", set_by, version, since, origin.until, days=days, cut_off=cut_off)
        case OpenHours(amount=amount):
            return Why("open_hours", set_by, version, since, origin.until, open_for=amount)
        case NextCheck():
            return Why("next_check", set_by, version, since, origin.until)
        case FixedTurns(weekdays=weekdays, at=at):
            names = tuple(WEEKDAYS[day] for day in sorted(weekdays))
            return Why("fixed_turns", set_by, version, since, origin.until, cut_off=at, weekdays=names)
        case SessionOnly():
            return Why("session_only", set_by, version, since, origin.until)
        case never:
            assert_never(never)
