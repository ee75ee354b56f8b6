"""What each value of a policy may be, and the words that say so when it is something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from interlude.core.errors import BadHours, BadPolicy
from interlude.core.hours import Opening, WeeklyHours
from interlude.core.money import Money
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, SessionOnly, WorkingDays
from interlude.core.terms import (
    PAGE_FOR,
    WEEKDAYS,
    ChannelUse,
    Charge,
    CheckPlan,
    Extra,
    Handling,
    Hours,
    LateCancel,
    Messages,
    Participants,
    RepliesLeave,
    Secrets,
    Topic,
)
from interlude.core.zones import zone

LONGEST_TEXT = 5_000
"""Characters in one text of a policy."""

NO_LIMIT = "no limit"
"""How "there is none" is written where a number could stand; "never" and "none" for ends and offers."""

WHOLE: Mapping[str, tuple[int, int]] = {
    "minimum_age": (0, 25),
    "check.minutes": (5, 240),
    "plan.words": (10, 100_000),
    "plan.messages_per_week": (1, 200),
    "plan.minutes_per_week": (1, 2_400),
    "pause_days": (0, 2),
    "change_notice_days": (0, 365),
    "review.first_weeks": (1, 104),
    "review.every_weeks": (1, 104),
    "review.ends_weeks": (1, 520),
}
MAY_BE_MISSING: Mapping[str, str] = {
    "plan.words": NO_LIMIT,
    "plan.messages_per_week": NO_LIMIT,
    "plan.minutes_per_week": NO_LIMIT,
    "review.ends_weeks": "never",
    "extra": "none",
    "late_cancel": "none",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "messages": get_args(Messages),
    "participants": get_args(Participants),
    "secrets": get_args(Secrets),
    "charge": get_args(Charge),
    "replies_leave": get_args(RepliesLeave),
}

_HIDDEN_TURNS = re.compile("[\u202a-\u202e]")


def check(key: str, value: object, *, file: str) -> None:
    """Raise BadPolicy, naming file, key, value and remedy, unless *value* may stand for *key*. Rule: R-61."""
    if remedy := _remedy(key, value):
        raise BadPolicy(file, key, shown(value), remedy)


def check_that_it_answers(hours: Hours, check_times: CheckPlan, promise: object) -> None:
    """Raise BadPolicy for rules under which nobody would ever read or answer. Rule: R-61."""
    open_days = {day for day, openings in hours if openings}
    if not open_days:
        remedy = 'open on one day at least, for example mon = ["09:00-12:30"]'
        raise BadPolicy("policy", "hours", "never open", remedy)
    if not any(times for _, times in check_times):
        remedy = 'name one time at least at which messages are read, for example mon = ["12:00"]'
        raise BadPolicy("policy", "check", "never", remedy)
    if isinstance(promise, FixedTurns) and not promise.weekdays & open_days:
        turns = ", ".join(WEEKDAYS[day] for day in sorted(promise.weekdays))
        raise BadPolicy("policy", "promise.weekdays", turns, "name a weekday that has open hours")


def shown(value: object) -> object:
    """*value* as a file would write it, short enough for an error message."""
    if isinstance(value, str) and len(value) <= 80:
        return str(value)
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return (
        value
        if isinstance(value, int) or len(repr(value)) <= 60
        else text
        if len(text) <= 80
        else f"{text[:60]} …"
    )


def text_fault(value: object, *, longest: int = LONGEST_TEXT) -> str | None:
    """The remedy for a text that cannot be stored and shown as it stands; None if it can."""
    if not isinstance(value, str):
        return "write a text in quotation marks"
    if len(value) > longest:
        return f"shorten it to {longest} characters; it has {len(value)}"
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in value):
        return "take out the control characters; they cannot be shown"
    if _HIDDEN_TURNS.search(value):
        return "take out the marks that turn the writing direction; they make a text read other than it is"
    return None


def _remedy(key: str, value: object) -> str | None:
    if value is None and key in MAY_BE_MISSING:
        return None
    if key in WHOLE:
        return _whole(key, value)
    if key in CHOICES:
        return _one_of(CHOICES[key], value)
    return _FAULTS[key.partition(".")[0]](key, value)


def _whole(key: str, value: object) -> str | None:
    low, high = WHOLE[key]
    if type(value) is int and low <= value <= high:
        return None
    missing = f', or "{MAY_BE_MISSING[key]}"' if key in MAY_BE_MISSING else ""
    return f"use a whole number from {low} to {high}{missing}"


def _one_of(choices: tuple[str, ...], value: object) -> str | None:
    return None if value in choices else f"use one of: {', '.join(choices)}"


def _text(_key: str, value: object) -> str | None:
    return text_fault(value)


def _zone(_key: str, value: object) -> str | None:
    try:
        zone(value if isinstance(value, str) else repr(value))
    except BadHours as wrong:
        return str(wrong)
    return None


def _openings(key: str, value: object) -> str | None:
    if not _tuple_of(Opening, value):
        return 'write openings such as ["09:00-12:30", "13:30-17:00"], or [] for a closed day'
    try:
        WeeklyHours(ZoneInfo("UTC"), {WEEKDAYS.index(key.partition(".")[2]): value})  # type: ignore[dict-item]
    except BadHours as wrong:
        return str(wrong)
    return None


def _times(_key: str, value: object) -> str | None:
    if not _tuple_of(time, value) or any(each.second or each.microsecond or each.tzinfo for each in value):  # type: ignore[attr-defined]
        return 'write clock times such as ["12:00"], or [] for none'
    if len(set(value)) < len(value):  # type: ignore[call-overload, arg-type]
        return "name each time once"
    return None


def _promise(key: str, value: object) -> str | None:
    if key == "desk_promise" and isinstance(value, SessionOnly):
        return 'the desk has no sessions; promise a time, for example kind = "working_days", days = 1'
    return promise_fault(value)


def promise_fault(value: object) -> str | None:
    """The remedy for a promise that nobody could keep or check; None if it is sound."""
    match value:
        case WorkingDays(days=int(days), cut_off=time()):
            return None if days <= 60 else "promise from 1 to 60 working days"
        case OpenHours(amount=amount):
            if amount % timedelta(minutes=1):
                return "promise whole minutes"
            return None if amount <= timedelta(hours=500) else "promise at most 500 open hours"
        case NextCheck() | FixedTurns() | SessionOnly():
            return None
    return "use one of the kinds: working_days, open_hours, next_check, fixed_turns, session_only"


def _extra(_key: str, value: object) -> str | None:
    match value:
        case Extra(price=Money(minor=minor), promise=promise) if minor > 0:
            if isinstance(promise, SessionOnly):
                return "extra support needs a date; choose another promise for it"
            return promise_fault(promise)
    return 'give a price above 0, such as "15.00 EUR", and a promise; or "none"'


def _late_cancel(_key: str, value: object) -> str | None:
    match value:
        case LateCancel(hours=int(hours), price=Money(minor=minor)) if 1 <= hours <= 336 and minor > 0:
            return None
    return 'give hours from 1 to 336 and a price above 0, such as "60.00 EUR"; or "none"'


def _handling(key: str, value: object) -> str | None:
    if not isinstance(value, Handling):
        return f"use one of: {', '.join(Handling)}"
    if value is Handling.SELF_SERVICE and Topic(key.partition(".")[2]) not in PAGE_FOR:
        return f"no page does this; self_service fits {', '.join(PAGE_FOR)}"
    return None


def _use(_key: str, value: object) -> str | None:
    return None if isinstance(value, ChannelUse) else f"use one of: {', '.join(ChannelUse)}"


def _flag(_key: str, value: object) -> str | None:
    return None if isinstance(value, bool) else "use true or false"


def _tuple_of(kind: type, value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, kind) for each in value)


_FAULTS: Mapping[str, Callable[[str, Any], str | None]] = {
    "preset": _text,
    "client_text": _text,
    "zone": _zone,
    "hours": _openings,
    "check": _times,
    "promise": _promise,
    "desk_promise": _promise,
    "topics": _handling,
    "extra": _extra,
    "late_cancel": _late_cancel,
    "channels": _use,
    "supervised": _flag,
}
