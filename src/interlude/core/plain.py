"""Values as files write them: texts, whole numbers, lists and tables; errors say what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from typing import Any, assert_never

from interlude.core import bounds
from interlude.core.errors import BadHours, BadPolicy
from interlude.core.hours import Opening
from interlude.core.keys import suggestion
from interlude.core.money import BadMoney, Money
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, Promise, SessionOnly, WorkingDays
from interlude.core.terms import WEEKDAYS, ChannelUse, Extra, Handling, LateCancel

PROMISE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "working_days": ("days", "cut_off"),
    "open_hours": ("hours", "minutes"),
    "next_check": (),
    "fixed_turns": ("weekdays", "at"),
    "session_only": (),
}


def read(key: str, plain: object, *, file: str) -> Any:
    """The value of *key* that a file writes as *plain*. Raises BadPolicy. Rule: R-61."""
    if plain == bounds.MAY_BE_MISSING.get(key, ...):
        return None
    try:
        value = _READERS.get(_kind(key), _as_it_is)(plain)
    except _Unreadable as wrong:
        name = f"{key}.{wrong.field}" if wrong.field else key
        raise BadPolicy(file, name, bounds.shown(wrong.value), wrong.remedy) from None
    except BadHours as wrong:
        raise BadPolicy(file, key, bounds.shown(plain), str(wrong)) from None
    bounds.check(key, value, file=file)
    return value


def write(key: str, value: Any) -> Any:
    """The way back: *value* of *key* as texts, numbers, lists and tables."""
    if value is None:
        return bounds.MAY_BE_MISSING[key]
    match _kind(key):
        case "hours":
            return [str(opening) for opening in value]
        case "check":
            return [f"{clock:%H:%M}" for clock in value]
        case "promise":
            return _promise_written(value)
        case "extra":
            return {"price": str(value.price), "promise": _promise_written(value.promise)}
        case "late_cancel":
            return {"hours": value.hours, "price": str(value.price)}
        case "topics" | "channels":
            return str(value)
    return value


class _Unreadable(Exception):
    """A plain value of the wrong shape; *field* names the part of a table that is meant."""

    def __init__(self, value: object, remedy: str, field: str = "") -> None:
        super().__init__(remedy)
        self.value, self.remedy, self.field = value, remedy, field


def _kind(key: str) -> str:
    if key in ("check.minutes", "hours", "check"):
        return "plain"
    return "promise" if key == "desk_promise" else key.partition(".")[0]


def _as_it_is(plain: object) -> object:
    return plain


def _openings(plain: object) -> tuple[Opening, ...]:
    if not isinstance(plain, list) or not all(isinstance(each, str) for each in plain):
        raise _Unreadable(
            plain, 'write openings such as ["09:00-12:30", "13:30-17:00"], or [] for a closed day'
        )
    return tuple(sorted(Opening.parse(each) for each in plain))


def _times(plain: object) -> tuple[time, ...]:
    if not isinstance(plain, list):
        raise _Unreadable(plain, 'write clock times such as ["12:00"], or [] for none')
    return tuple(sorted(_clock(each) for each in plain))


def _clock(plain: object, field: str = "") -> time:
    if isinstance(plain, time):
        return plain
    try:
        hours, minutes = str(plain).split(":")
        return time(int(hours), int(minutes))
    except ValueError:
        raise _Unreadable(plain, 'write a clock time such as "17:00"', field) from None


def _promise(plain: object) -> Promise:
    if not isinstance(plain, dict) or plain.get("kind") not in list(PROMISE_FIELDS):
        raise _Unreadable(plain, f"name its kind, one of: {', '.join(PROMISE_FIELDS)}", "kind")
    fields = PROMISE_FIELDS[plain["kind"]]
    for name in plain.keys() - {"kind", *fields}:
        raise _Unreadable(plain[name], suggestion(name, dict.fromkeys(fields)), name)
    match plain["kind"]:
        case "working_days":
            return WorkingDays(_number(plain, "days"), _clock(_field(plain, "cut_off"), "cut_off"))
        case "open_hours":
            return OpenHours(_amount(plain))
        case "next_check":
            return NextCheck()
        case "fixed_turns":
            return FixedTurns(_weekdays(_field(plain, "weekdays")), _clock(_field(plain, "at"), "at"))
    return SessionOnly()


def _promise_written(promise: Promise) -> dict[str, Any]:
    match promise:
        case WorkingDays(days=days, cut_off=cut_off):
            return {"kind": "working_days", "days": days, "cut_off": f"{cut_off:%H:%M}"}
        case OpenHours(amount=amount):
            hours, rest = divmod(amount, timedelta(hours=1))
            return {"kind": "open_hours"} | ({"minutes": amount // _MINUTE} if rest else {"hours": hours})
        case NextCheck():
            return {"kind": "next_check"}
        case FixedTurns(weekdays=weekdays, at=at):
            return {
                "kind": "fixed_turns",
                "weekdays": [WEEKDAYS[day] for day in sorted(weekdays)],
                "at": f"{at:%H:%M}",
            }
        case SessionOnly():
            return {"kind": "session_only"}
        case never:  # pragma: no cover
            assert_never(never)


_MINUTE = timedelta(minutes=1)


def _amount(plain: dict[str, Any]) -> timedelta:
    if ("hours" in plain) == ("minutes" in plain):
        raise _Unreadable(plain, "give hours = 3, or minutes = 90", "hours")
    unit = "hours" if "hours" in plain else "minutes"
    number = _number(plain, unit)
    if not 0 < number <= 30_000:
        raise _Unreadable(number, "promise more than 0 and at most 500 open hours", unit)
    return timedelta(**{unit: number})


def _number(plain: dict[str, Any], field: str) -> int:
    value = _field(plain, field)
    if type(value) is not int:
        raise _Unreadable(value, "use a whole number", field)
    return value


def _field(plain: dict[str, Any], field: str) -> Any:
    if field not in plain:
        raise _Unreadable("missing", f"add {field} to it", field)
    return plain[field]


def _weekdays(plain: object) -> frozenset[int]:
    if not isinstance(plain, list) or not all(day in WEEKDAYS for day in plain):
        raise _Unreadable(plain, 'name weekdays such as ["tue", "fri"]', "weekdays")
    return frozenset(WEEKDAYS.index(day) for day in plain)


def _extra(plain: object) -> Extra:
    if not isinstance(plain, dict) or plain.keys() != {"price", "promise"}:
        raise _Unreadable(plain, 'give a price, such as "15.00 EUR", and a promise; or "none"')
    try:
        return Extra(Money.parse(str(plain["price"])), _promise(plain["promise"]))
    except BadMoney as wrong:
        raise _Unreadable(plain["price"], str(wrong), "price") from None
    except _Unreadable as wrong:
        raise _Unreadable(wrong.value, wrong.remedy, f"promise.{wrong.field}") from None


def _late_cancel(plain: object) -> LateCancel:
    if not isinstance(plain, dict) or plain.keys() != {"hours", "price"}:
        raise _Unreadable(plain, 'give hours and a price, such as 24 and "60.00 EUR"; or "none"')
    try:
        return LateCancel(_number(plain, "hours"), Money.parse(str(plain["price"])))
    except BadMoney as wrong:
        raise _Unreadable(plain["price"], str(wrong), "price") from None


def _handling(plain: object) -> object:
    return Handling(plain) if isinstance(plain, str) and plain in set(Handling) else plain


def _use(plain: object) -> object:
    return ChannelUse(plain) if isinstance(plain, str) and plain in set(ChannelUse) else plain


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "hours": _openings,
    "check": _times,
    "promise": _promise,
    "extra": _extra,
    "late_cancel": _late_cancel,
    "topics": _handling,
    "channels": _use,
}
