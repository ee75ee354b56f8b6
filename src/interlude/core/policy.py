"""The rules of contact with one client, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

from interlude.core import bounds
from interlude.core.errors import BadPolicy
from interlude.core.hours import Absence, Calendar, Opening, WeeklyHours
from interlude.core.promises import Promise, WorkingDays
from interlude.core.terms import (
    PAGE_FOR,
    WEEKDAYS,
    Channel,
    ChannelUse,
    Charge,
    CheckPlan,
    Extra,
    Handling,
    Hours,
    LateCancel,
    Messages,
    Page,
    Participants,
    RepliesLeave,
    Review,
    Secrets,
    Topic,
)
from interlude.core.windows import CheckTimes
from interlude.core.zones import zone

__all__ = [
    "PAGE_FOR",
    "WEEKDAYS",
    "Channel",
    "ChannelUse",
    "Charge",
    "Extra",
    "Handling",
    "LateCancel",
    "Messages",
    "Page",
    "Participants",
    "Policy",
    "RepliesLeave",
    "Review",
    "Secrets",
    "Topic",
]


_TWO_WORKING_DAYS = WorkingDays(2, time(17))
_ONE_WORKING_DAY = WorkingDays(1, time(17))
_QUARTERLY = Review()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of contact in force for one client. Each field has a starting value; all are checked.

    Args:
        preset: the starting point it came from, "none" when written freely.
        zone: IANA name of the clinician's zone; *hours* and *check_times* are clock times there.
        hours: (weekday, openings), Monday is 0; days without openings are left out.
        check_times: (weekday, times) at which messages are read, each for *check_minutes*.
        promise, desk_promise: by when the clinician and the front desk answer.
        topics: what happens to each topic; all topics are named.
        words_per_message, messages_per_week: the shared plan for the week; None is no limit.
        minutes_per_week: the clinician's own plan, for the clinician alone; None is no limit.

    Raises:
        BadPolicy: names the key, the value and the remedy.

    Rules: R-60, R-61.
    """

    preset: str = "none"
    zone: str = "UTC"
    hours: Hours = tuple((day, (Opening(time(9), time(17)),)) for day in range(5))
    check_times: CheckPlan = tuple((day, (time(12),)) for day in range(5))
    check_minutes: int = 45
    promise: Promise = _TWO_WORKING_DAYS
    desk_promise: Promise = _ONE_WORKING_DAY
    topics: tuple[tuple[Topic, Handling], ...] = (
        (Topic.SCHEDULE, Handling.ANSWER),
        (Topic.BILLING, Handling.ANSWER),
        (Topic.TECH, Handling.ANSWER),
        (Topic.LATE, Handling.ACKNOWLEDGE),
        (Topic.HOMEWORK, Handling.KEEP),
        (Topic.SKILL_HELP, Handling.KEEP),
        (Topic.BRIEF_UPDATE, Handling.ACKNOWLEDGE),
        (Topic.SESSION, Handling.KEEP),
        (Topic.RELATIONSHIP_REPAIR, Handling.ACKNOWLEDGE),
        (Topic.OUR_MESSAGING, Handling.ANSWER),
        (Topic.RESOURCE, Handling.ANSWER),
        (Topic.MEDICATION, Handling.KEEP),
        (Topic.THIRD_PARTY, Handling.KEEP),
        (Topic.PARENT_LOGISTICS, Handling.ANSWER),
        (Topic.ASYNC_SESSION, Handling.KEEP),
    )
    messages: Messages = "open"
    minimum_age: int = 18
    words_per_message: int | None = 330
    messages_per_week: int | None = 3
    minutes_per_week: int | None = None
    pause_days: int = 0
    extra: Extra | None = None
    channels: tuple[tuple[Channel, ChannelUse], ...] = (
        (Channel.PORTAL, ChannelUse.TWO_WAY),
        (Channel.SMS, ChannelUse.ALERTS),
        (Channel.EMAIL, ChannelUse.ALERTS),
        (Channel.PHONE, ChannelUse.NONE),
        (Channel.MESSENGER_APPS, ChannelUse.NONE),
    )
    participants: Participants = "one_to_one"
    secrets: Secrets = "not_chosen"
    charge: Charge = "none"
    late_cancel: LateCancel | None = None
    supervised: bool = False
    replies_leave: RepliesLeave = "office_hours"
    change_notice_days: int = 14
    review: Review = _QUARTERLY
    client_text: str = ""

    def __post_init__(self) -> None:
        _put_in_order(self)
        for key, value in self.values().items():
            bounds.check(key, value, file="policy")
        bounds.check_that_it_answers(self.hours, self.check_times, self.promise)

    def handling(self, topic: Topic) -> Handling:
        """What happens to messages about *topic*."""
        return dict(self.topics)[topic]

    def weekly_hours(self) -> WeeklyHours:
        """The open hours of a week in the clinician's zone."""
        return _weekly_hours(self.zone, self.hours)

    def checks(self) -> CheckTimes:
        """When messages are read."""
        return _check_times(self.zone, self.check_times, self.check_minutes)

    def calendar(self, *, closed_on: Iterable[date] = (), absences: Iterable[Absence] = ()) -> Calendar:
        """The hours with public holidays, closures and time away taken out. Build it once, use it often."""
        return Calendar(self.weekly_hours(), closed_on=frozenset(closed_on), absences=tuple(absences))

    def values(self) -> dict[str, Any]:
        """Every rule by its key, as layers and explanations name it. Rule: R-60."""
        return {
            "preset": self.preset,
            "zone": self.zone,
            **_by_day("hours", self.hours),
            **_by_day("check", self.check_times),
            "check.minutes": self.check_minutes,
            "promise": self.promise,
            "desk_promise": self.desk_promise,
            **{f"topics.{topic}": handling for topic, handling in self.topics},
            "messages": self.messages,
            "minimum_age": self.minimum_age,
            "plan.words": self.words_per_message,
            "plan.messages_per_week": self.messages_per_week,
            "plan.minutes_per_week": self.minutes_per_week,
            "extra": self.extra,
            **{f"channels.{channel}": use for channel, use in self.channels},
            "participants": self.participants,
            "secrets": self.secrets,
            "charge": self.charge,
            "late_cancel": self.late_cancel,
            "pause_days": self.pause_days,
            "supervised": self.supervised,
            "replies_leave": self.replies_leave,
            "change_notice_days": self.change_notice_days,
            "review.first_weeks": self.review.first_weeks,
            "review.every_weeks": self.review.every_weeks,
            "review.ends_weeks": self.review.ends_weeks,
            "client_text": self.client_text,
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Policy:
        """The policy with these *values*, all keys named; the other way round of `values()`."""
        return cls(
            preset=values["preset"],
            zone=values["zone"],
            hours=_of_days("hours", values),
            check_times=_of_days("check", values),
            check_minutes=values["check.minutes"],
            promise=values["promise"],
            desk_promise=values["desk_promise"],
            topics=tuple((topic, values[f"topics.{topic}"]) for topic in Topic),
            messages=values["messages"],
            minimum_age=values["minimum_age"],
            words_per_message=values["plan.words"],
            messages_per_week=values["plan.messages_per_week"],
            minutes_per_week=values["plan.minutes_per_week"],
            extra=values["extra"],
            channels=tuple((channel, values[f"channels.{channel}"]) for channel in Channel),
            participants=values["participants"],
            secrets=values["secrets"],
            charge=values["charge"],
            late_cancel=values["late_cancel"],
            pause_days=values["pause_days"],
            supervised=values["supervised"],
            replies_leave=values["replies_leave"],
            change_notice_days=values["change_notice_days"],
            review=Review(
                values["review.first_weeks"], values["review.every_weeks"], values["review.ends_weeks"]
            ),
            client_text=values["client_text"],
        )


@lru_cache(maxsize=256)
def _weekly_hours(zone_name: str, days: Hours) -> WeeklyHours:
    return WeeklyHours(zone(zone_name), dict(days))


@lru_cache(maxsize=256)
def _check_times(zone_name: str, days: CheckPlan, minutes: int) -> CheckTimes:
    return CheckTimes(zone(zone_name), dict(days), minutes)


def _by_day(group: str, days: Iterable[tuple[int, tuple[Any, ...]]]) -> dict[str, tuple[Any, ...]]:
    set_days = dict(days)
    return {f"{group}.{name}": set_days.get(day, ()) for day, name in enumerate(WEEKDAYS)}


def _of_days(group: str, values: Mapping[str, Any]) -> tuple[tuple[int, tuple[Any, ...]], ...]:
    return tuple(
        (day, values[f"{group}.{name}"]) for day, name in enumerate(WEEKDAYS) if values[f"{group}.{name}"]
    )


def _put_in_order(policy: Policy) -> None:
    """One way to write each policy, so that equal rules are equal values."""
    for field in ("hours", "check_times"):
        days = getattr(policy, field)
        if len(dict(days)) < len(days) or not set(dict(days)) <= set(range(7)):
            raise BadPolicy("policy", field, days, "name each weekday once, from 0 (Monday) to 6 (Sunday)")
        object.__setattr__(
            policy, field, tuple((day, tuple(sorted(when))) for day, when in sorted(days) if when)
        )
    for field, names in (("topics", Topic), ("channels", Channel)):
        named = dict(getattr(policy, field))
        if missing := [str(name) for name in names if name not in named]:
            raise BadPolicy("policy", field, "not complete", f"name these too: {', '.join(missing)}")
        object.__setattr__(policy, field, tuple((name, named[name]) for name in names))
