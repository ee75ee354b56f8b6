"""When a changed agreement may start, and why not sooner: nothing gets stricter silently (R-100 to R-108).

What only gives starts at once. What takes something away waits for the notice that was agreed, for a session
after it was shown, for eight weeks since the last such change, and for the client's yes. Safety and law start
on a written day, with a written reason, after the client was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interlude.core.layers import Change, Layer, Resolved, diff, resolve
from interlude.core.orders import Direction
from interlude.core.policy import Policy
from interlude.core.terms import ChannelUse, Handling
from interlude.core.zones import first_moment

BETWEEN_STRICTER = timedelta(weeks=8)
"""From the start of one stricter change to the start of the next. Rule: R-104."""


class Effect(StrEnum):
    """What a version does to the client, beside the one in force when it was shown. Rule: R-101."""

    FIRST = "first"
    LOOSER = "looser"
    LEVEL = "level"
    STRICTER = "stricter"


class Because(StrEnum):
    """Why something gets stricter; safety and law need their reason and their day in writing. Rule: R-105."""

    ORDINARY = "ordinary"
    SAFETY = "safety"
    LAW = "law"


class Waits(StrEnum):
    """What a version waits for before its start is certain."""

    NOTHING = "nothing"
    REASON = "reason"
    SESSION = "session"
    YES = "yes"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session that is planned, has been, or was cancelled at some moment."""

    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What decides when one version starts.

    Args:
        shown_at: when the client was told.
        effect: beside the version in force at that moment.
        notice_days: as agreed in the version before.
        has_reason: was one written, in plain words?
        accepted_at: when the last yes was given.
        starts_on: the written day: for safety and law the start, else a day before which it does not start.
        told: the start that was named when it was shown; it never starts sooner.
        withdrawn_at: when it was taken back; it never starts.
        started_at: when it started, once a later version has been built on it.
    """

    shown_at: datetime
    effect: Effect
    because: Because = Because.ORDINARY
    notice_days: int = 0
    has_reason: bool = False
    accepted_at: datetime | None = None
    starts_on: date | None = None
    told: datetime | None = None
    withdrawn_at: datetime | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """When a version starts, and what that rests on.

    Args:
        at: the start, as things stand; None while something is missing.
        waits_for: what is missing.
        planned: when it would start if the yes were given now; None where not even that is known.
        notice_ends: the first day after the notice.
        session: the one that lies between.
        held_until: the end of eight weeks since the last stricter change, if that is what it waits for.
    """

    at: datetime | None
    waits_for: Waits = Waits.NOTHING
    planned: datetime | None = None
    notice_ends: datetime | None = None
    session: Meeting | None = None
    held_until: datetime | None = None

    @property
    def session_at(self) -> datetime | None:
        """When the session between begins."""
        return self.session.starts_at if self.session else None


def changes_between(before: Policy, after: Policy) -> tuple[Change, ...]:
    """What would change, with the direction that a client would give it. Rule: R-100."""
    return tuple(
        Change(each.key, each.before, each.after, Direction.STRICTER) if takes_away(each) else each
        for each in diff(before, after)
    )


def effect_of(before: Policy | None, after: Policy) -> Effect:
    """Looser only if every changed rule is looser; stricter as soon as one takes something away. R-101."""
    if before is None:
        return Effect.FIRST
    directions = {each.direction for each in changes_between(before, after)}
    if Direction.STRICTER in directions:
        return Effect.STRICTER
    return Effect.LOOSER if directions == {Direction.LOOSER} else Effect.LEVEL


def takes_away(change: Change) -> bool:
    """Could the client get less, or later, by it? Where two values cannot be compared: yes, to be sure. R-100."""
    if change.direction is not Direction.NEITHER:
        return change.direction is Direction.STRICTER
    match change.key.partition(".")[0]:
        case "topics":
            return _ANSWERS[change.after] < _ANSWERS[change.before]
        case "channels":
            return _REACHES[change.after] <= _REACHES[change.before]
        case group:
            return group in _CANNOT_TELL


def loosened(agreed: Resolved, layers: Sequence[Layer], exceptions: Sequence[Layer], *, on: date) -> Resolved:
    """The rules of *layers* with exceptions on top, which give and never take: a change has its own way. R-108."""
    giving = list(exceptions)
    while True:
        laid_over = resolve([*layers, *giving], on)
        taken = {each.key for each in diff(agreed.policy, laid_over.policy) if takes_away(each)}
        if not taken:
            return laid_over
        giving = [
            replace(each, values={key: value for key, value in each.values.items() if key not in taken})
            for each in giving
        ]


_ANSWERS = {
    Handling.ANSWER: 3,
    Handling.ACKNOWLEDGE: 2,
    Handling.DESK: 2,
    Handling.SELF_SERVICE: 2,
    Handling.KEEP: 1,
}
_REACHES = {use: 1 for use in ChannelUse} | {
    ChannelUse.TWO_WAY: 3,
    ChannelUse.DESK_ONLY: 2,
    ChannelUse.TIMES_ONLY: 2,
    ChannelUse.COACHING: 2,
    ChannelUse.NONE: 0,
}
_CANNOT_TELL = {"zone", "extra", "charge", "late_cancel", "participants"}


def starts_of(offers: Iterable[Offer], *, sessions: Sequence[Meeting], zone: ZoneInfo) -> list[Start]:
    """When each version starts; *offers* in their order, *sessions* in any. Rules: R-101 to R-107."""
    starts: list[Start] = []
    last_stricter: datetime | None = None
    for offer in offers:
        start = start_of(offer, sessions=sessions, zone=zone, last_stricter=last_stricter)
        starts.append(start)
        if start.at is not None and offer.effect is Effect.STRICTER:
            last_stricter = max(start.at, last_stricter or start.at)
    return starts


def in_force(starts: Sequence[Start], now: datetime) -> int | None:
    """The place of the version in force at *now*: of those that have started, the newest. Rule: R-106."""
    started = [place for place, start in enumerate(starts) if start.at is not None and start.at <= now]
    return started[-1] if started else None


def start_of(
    offer: Offer, *, sessions: Sequence[Meeting], zone: ZoneInfo, last_stricter: datetime | None
) -> Start:
    """When one version starts, after a stricter change that started at *last_stricter*. R-101 to R-107."""
    if offer.started_at is not None:
        return Start(offer.started_at, planned=offer.started_at)
    if offer.withdrawn_at is not None:
        return Start(None, Waits.WITHDRAWN)
    if offer.effect is Effect.LOOSER:
        at = _not_before(offer, zone)
        return Start(at, planned=at)
    if offer.effect is not Effect.STRICTER:
        return _with_the_yes(offer, zone)
    if not offer.has_reason:
        return Start(None, Waits.REASON)
    if offer.because is not Because.ORDINARY and offer.starts_on is not None:
        at = max(first_moment(offer.starts_on, time(0), zone), _day_after(offer.shown_at, zone))
        return Start(at, planned=at)
    return _after_notice(offer, sessions, zone, last_stricter)


def _with_the_yes(offer: Offer, zone: ZoneInfo) -> Start:
    planned = _not_before(offer, zone)
    if offer.accepted_at is None:
        return Start(None, Waits.YES, planned)
    at = max(planned, offer.accepted_at)
    return Start(at, planned=at)


def _after_notice(
    offer: Offer, sessions: Sequence[Meeting], zone: ZoneInfo, last_stricter: datetime | None
) -> Start:
    """Notice, a session, eight weeks, the day that was named, the yes: the last of them. R-102 to R-104, R-107.

    A session that was cancelled before the start does not count, so the start moves to the next one. Cancelled
    later, it still does: what has started stays.
    """
    notice_ends = _whole_days(offer.shown_at + timedelta(days=offer.notice_days), zone)
    free = _whole_days(last_stricter + BETWEEN_STRICTER, zone) if last_stricter else offer.shown_at
    for session in sorted(sessions, key=lambda each: each.ends_at):
        if session.starts_at <= offer.shown_at:
            continue
        could = max(notice_ends, _day_after(session.ends_at, zone), _not_before(offer, zone))
        planned, held = max(could, free), free if free > could else None
        at = max(planned, offer.accepted_at) if offer.accepted_at else None
        if session.cancelled_at is None or (at is not None and at <= session.cancelled_at):
            return Start(at, Waits.NOTHING if at else Waits.YES, planned, notice_ends, session, held)
    return Start(None, Waits.SESSION, notice_ends=notice_ends)


def _not_before(offer: Offer, zone: ZoneInfo) -> datetime:
    """The moment it was shown, the day that was named then, the day that was written down: the last of them."""
    written = first_moment(offer.starts_on, time(0), zone) if offer.starts_on else offer.shown_at
    return max(offer.shown_at, offer.told or offer.shown_at, written)


def _whole_days(moment: datetime, zone: ZoneInfo) -> datetime:
    """The first midnight at or after *moment*: a rule changes between two days, never within one."""
    midnight = first_moment(moment.astimezone(zone).date(), time(0), zone)
    return midnight if midnight >= moment else _day_after(moment, zone)


def _day_after(moment: datetime, zone: ZoneInfo) -> datetime:
    return first_moment(moment.astimezone(zone).date() + timedelta(days=1), time(0), zone)
