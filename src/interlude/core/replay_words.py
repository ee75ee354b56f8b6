"""What a replay found, for a terminal: sentences and two small tables; and as plain values, for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from interlude.core.replayed import End, Part, Replayed, Shift

ENDS: Mapping[End, str] = {
    End.ANSWERED: "answered here",
    End.ACKNOWLEDGED: "acknowledged",
    End.KEPT: "kept for the session",
    End.NO_ANSWER: "handed over, no answer wanted",
    End.DESK: "at the front desk, or done on a page",
    End.NOT_HERE: "left in the client's own journal",
}
CANNOT_KNOW = (
    "What this cannot know: people write differently under other rules, and may shorten, split or pay for what is\n"
    "counted here as kept."
)


def told(found: Replayed) -> Iterator[str]:
    """Line by line, as a command prints it."""
    if not found.all.messages:
        yield "No message was sent in that time: there is nothing to try these rules on."
        return
    yield from _sentences(found)
    yield ""
    yield f"{'':38}{'as it was':>12}{'under these rules':>20}"
    for end, words in ENDS.items():
        if found.all.before[end] or found.all.after[end]:
            yield f"{words:38}{found.all.before[end]:>12}{found.all.after[end]:>20}"
    yield ""
    yield f"{'':38}{'messages':>12}{'differ':>10}{'at the median':>26}".rstrip()
    for topic, (part, shift) in found.by_topic.items():
        yield _row(topic, part, length(shift.middle) if shift else "no date both times")
    for (year, month), part in found.by_month.items():
        yield _row(f"{year}-{month:02}", part, "")
    yield ""
    yield CANNOT_KNOW


def plain(found: Replayed) -> dict[str, Any]:
    """As JSON can hold it; lengths of time are minutes, later being more."""
    return {
        "first": found.first and found.first.isoformat(),
        "last": found.last and found.last.isoformat(),
        **_counts(found.all),
        "dates": _dates(found.all, found.shift),
        "answers": {"given": found.answers, "late": found.late_before, "late_by_new_dates": found.late_after},
        "clients": {
            "all": found.clients,
            "unchanged": found.unchanged,
            "most": {"differ": found.most[0], "messages": found.most[1]},
        },
        "by_topic": {
            str(topic): _counts(part) | {"dates": _dates(part, shift)}
            for topic, (part, shift) in found.by_topic.items()
        },
        "by_month": {
            f"{year}-{month:02}": _counts(part) | {"dates": _dates(part, None)}
            for (year, month), part in found.by_month.items()
        },
    }


def length(shift: timedelta) -> str:
    """How far a date moves: `9 hours later`, `1 day 3 hours sooner`, `at the same time`."""
    minutes = round(abs(shift).total_seconds() / 60)
    if not minutes:
        return "at the same time"
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        _many(number, unit) for number, unit in ((days, "day"), (hours, "hour"), (rest, "minute")) if number
    ]
    return f"{' '.join(parts[:2])} {'later' if shift > timedelta(0) else 'sooner'}"


def _sentences(found: Replayed) -> Iterator[str]:
    every = found.all
    assert found.first and found.last  # there are messages
    whose = f"of {_many(found.clients, 'client')}, {_day(found.first)} to {_day(found.last)}"
    yield f"{_many(every.messages, 'message')} {whose}."
    if not every.differ:
        yield "Nothing would have differed."
        return
    yield f"{every.differ} of {_many(every.messages, 'message')} would have gone another way."
    for (was, would_be), number in sorted(every.moved.items(), key=lambda each: -each[1]):
        yield f"  {number}, {ENDS[was]}, would have been {ENDS[would_be]}."
    if every.over_before or every.over_after:
        yield f"Beyond the plan for the week: {every.over_before} as it was, {every.over_after} under these rules."
    if found.shift:
        low, middle, high = (length(each) for each in (found.shift.low, found.shift.middle, found.shift.high))
        half = "" if low == high else f" Half of them lie between: {low}, and: {high}."
        yield f"Of {_many(every.dated, 'date')}, {every.sooner} would have been sooner and {every.later} later."
        yield f"At the median: {middle}.{half}"
    if found.answers:
        late = f"{found.late_before} came late; by the new dates, {found.late_after} would have."
        yield f"Of {_many(found.answers, 'answer')} that left, {late}"
    yield f"For {found.unchanged} of {_many(found.clients, 'client')} nothing differs."
    yield f"Where most differs, it is {found.most[0]} of {_many(found.most[1], 'message')}."


def _row(name: str, part: Part, more: str) -> str:
    return f"{name:38}{part.messages:>12}{part.differ:>10}{more:>26}".rstrip()


def _counts(part: Part) -> dict[str, Any]:
    return {
        "messages": part.messages,
        "differ": part.differ,
        "before": {str(end): number for end, number in part.before.items()},
        "after": {str(end): number for end, number in part.after.items()},
        "moved": [
            {"from": str(was), "to": str(would_be), "messages": number}
            for (was, would_be), number in sorted(part.moved.items())
        ],
        "beyond_plan": {"before": part.over_before, "after": part.over_after},
    }


def _dates(part: Part, shift: Shift | None) -> dict[str, int | None]:
    same = part.dated - part.sooner - part.later
    found: dict[str, int | None] = {
        "both": part.dated,
        "sooner": part.sooner,
        "same": same,
        "later": part.later,
    }
    for name in ("low", "middle", "high"):
        moved: timedelta | None = getattr(shift, name) if shift else None
        found[f"{name}_minutes"] = None if moved is None else moved // timedelta(minutes=1)
    return found


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
