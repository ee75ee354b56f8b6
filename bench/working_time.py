"""The core's answers in the form that the working-time oracle asks for: text in, text out.

In the project's root, with `$data` for ../shared/data/working_time:

    python $data/oracle.py check $data/dev.jsonl bench.working_time:answer
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from interlude.core.hours import Absence, Calendar, Opening, WeeklyHours
from interlude.core.zones import from_wall, zone

Case = Mapping[str, Any]


def prepare(spec: Mapping[str, Any]) -> Calendar:
    """The oracle's description of a calendar as the core's."""
    week = {
        int(day): tuple(Opening.parse(f"{opens}-{closes}") for opens, closes in spans)
        for day, spans in spec["hours"].items()
    }
    return Calendar(
        WeeklyHours(zone(spec["tz"]), week),
        closed_on=frozenset(map(date.fromisoformat, spec["holidays"])),
        absences=tuple(Absence(_moment(starts), _moment(ends)) for starts, ends in spec["absences"]),
    )


def answer(calendar: Calendar, case: Case) -> str | bool | int:
    """The answer to one question of the oracle; an unknown operation is a KeyError."""
    return _OPERATIONS[case["op"]](calendar, case)


answer.prepare = prepare  # type: ignore[attr-defined]


def _add(calendar: Calendar, case: Case) -> str:
    return _text(calendar.add(_moment(case["start"]), timedelta(seconds=case["amount_s"])))


def _between(calendar: Calendar, case: Case) -> int:
    return calendar.between(_moment(case["start"]), _moment(case["end"])) // timedelta(seconds=1)


def _is_open(calendar: Calendar, case: Case) -> bool:
    return calendar.is_open(_moment(case["start"]))


def _next_open(calendar: Calendar, case: Case) -> str:
    return _text(calendar.next_open(_moment(case["start"])))


def _add_days(calendar: Calendar, case: Case) -> str:
    return _text(calendar.working_day_close(_moment(case["start"]), case["days"]))


def _resolve(calendar: Calendar, case: Case) -> str:
    local = datetime.fromisoformat(case["local"])
    return _text(from_wall(local, calendar.hours.zone, fold=case["fold"]))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return moment.isoformat()[:19] + "Z"


_OPERATIONS: dict[str, Callable[[Calendar, Case], str | bool | int]] = {
    "add": _add,
    "between": _between,
    "is_open": _is_open,
    "next_open": _next_open,
    "add_days": _add_days,
    "resolve": _resolve,
}
