"""What extra support costs the clinician, week by week: messages handed over, minutes measured. For them alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from interlude.agreements.extra_support import SupportShown
from interlude.messaging.models import Message, PutAway, Reply
from interlude.practice.models import Clinician

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """The days of one week that belong to the plan: what was planned, what came, how long it took."""

    since: date
    until: date
    planned: int | None
    agreed: int | None
    messages: int
    seconds: int

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


@dataclass(frozen=True, slots=True)
class Load:
    """All weeks so far, and their sums."""

    weeks: list[Week]

    @property
    def messages(self) -> int:
        return sum(week.messages for week in self.weeks)

    @property
    def minutes(self) -> int:
        return round(sum(week.seconds for week in self.weeks) / 60)


def load_of(shown: SupportShown, *, clinician: Clinician, now: datetime) -> Load:
    """Three queries. What no check window has handed over is not counted yet (law 6)."""
    zone = clinician.time_zone()
    since, until = shown.support.since, min(shown.support.until, now.astimezone(zone).date())
    if until < since:
        return Load([])
    span = (_start(since, zone), _start(until + _DAY, zone))
    client = shown.support.client_id
    handed = Message.objects.visible_to(clinician, at=now).filter(client=client)
    sent = list(handed.filter(sent_at__range=span).values_list("sent_at", flat=True))
    replies = Reply.unscoped.filter(message__client=client, clinician=clinician, written_at__range=span)
    aside = PutAway.objects.filter(message__client=client, clinician=clinician, at__range=span)
    spent = [*replies.values_list("written_at", "seconds"), *aside.values_list("at", "seconds")]
    return Load(
        [
            Week(
                first,
                last,
                shown.planned_on(last),
                shown.agreed,
                sum(1 for at in sent if _is_in(at, first, last, zone)),
                sum(seconds for at, seconds in spent if _is_in(at, first, last, zone)),
            )
            for first, last in _weeks(since, until)
        ]
    )


def _weeks(since: date, until: date) -> Iterable[tuple[date, date]]:
    """Monday to Sunday, the first and the last cut where the plan begins and ends."""
    first = since
    while first <= until:
        last = min(until, first - timedelta(days=first.weekday()) + _WEEK - _DAY)
        yield first, last
        first = last + _DAY


def _is_in(at: datetime, first: date, last: date, zone: ZoneInfo) -> bool:
    return first <= at.astimezone(zone).date() <= last


def _start(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), tzinfo=zone)
