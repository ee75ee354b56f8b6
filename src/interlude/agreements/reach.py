"""How changed rules reach each client: what changes for whom, which way, from when, and who is not offered it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from interlude.agreements.actions import layers_from, publish_agreement
from interlude.agreements.course import Course, courses_of, sessions_after
from interlude.agreements.models import Agreement, rules_of
from interlude.agreements.notice import Notice
from interlude.boundaries.calendars import clinician_layers
from interlude.core.errors import BadPolicy
from interlude.core.layers import Change
from interlude.core.notice import Effect, Meeting, Offer, Start, changes_between, effect_of
from interlude.core.orders import Direction
from interlude.core.policy import Policy
from interlude.practice.models import Client, Clinician

NOT_KNOWN = Start(None)


@dataclass(frozen=True, slots=True)
class Told:
    """Rules that change in the same way, to be told in one sentence."""

    keys: tuple[str, ...]
    before: Any
    after: Any
    direction: Direction


@dataclass(frozen=True, slots=True)
class Reach:
    """What a new version would be to one client.

    Args:
        state: `open` to be offered; `held`, as something got stricter less than eight weeks before; `offered`
            already; `same`, as nothing would change; `wrong`, as the layers do not come to one set of rules.
        replaces: an offer that stands open and would be withdrawn.
        wrong: what does not fit together.
    """

    client: Client
    state: str
    number: int
    preset: str = ""
    text: str = ""
    changes: tuple[Told, ...] = ()
    effect: Effect = Effect.LEVEL
    start: Start = NOT_KNOWN
    replaces: Agreement | None = None
    offered: Agreement | None = None
    wrong: str = ""

    @property
    def key(self) -> str:
        """The client, the version and its way of working, as a page spoke of them."""
        return f"{self.client.pk}:{self.number}:{self._sign}"

    @property
    def key_before(self) -> str:
        """The key under which the version that is offered by now was spoken of."""
        return f"{self.client.pk}:{self.number - 1}:{self._sign}"

    @property
    def _sign(self) -> str:
        return sign_of([self.preset, self.text])

    @property
    def is_stricter(self) -> bool:
        return self.effect is Effect.STRICTER


def together(changes: Iterable[Change]) -> tuple[Told, ...]:
    """Changes with the same values in one: five working days are one sentence, not five."""
    grouped: dict[object, list[Change]] = {}
    for each in changes:
        group = (
            each.key.partition(".")[0]
            if each.key[-3:] in _DAYS or each.key.startswith("topics.")
            else each.key
        )
        grouped.setdefault((group, each.before, each.after, each.direction), []).append(each)
    return tuple(
        Told(tuple(each.key for each in group), group[0].before, group[0].after, group[0].direction)
        for group in grouped.values()
    )


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def reaches(clinician: Clinician, clients: Sequence[Client], *, now: datetime) -> list[Reach]:
    """How the clinician's rules of today reach those with an agreement. As many queries for sixty as for one."""
    on = clinician.date_at(now)
    base = cache(lambda preset: clinician_layers(clinician, on, preset=preset))
    courses = courses_of(clients, now)
    sessions = sessions_after(now, clients=courses)
    return [
        _reach(each, courses[each.pk], base, sessions[each.pk], now=now, zone=clinician.time_zone())
        for each in clients
        if courses[each.pk].in_force
    ]


def _reach(
    client: Client,
    course: Course,
    base: Callable[[str], Sequence[str]],
    sessions: Sequence[Meeting],
    *,
    now: datetime,
    zone: ZoneInfo,
) -> Reach:
    stands = course.offered or course.in_force
    assert stands is not None and course.newest is not None  # as `reaches` asks
    number, on = course.newest.number + 1, now.astimezone(zone).date()
    preset, text = stands.preset, stands.own_text()
    try:
        layers = layers_from(base(preset), text=text, number=number, on=on, client=client)
        after = rules_of(tuple(layers), on).policy
    except BadPolicy as wrong:
        return Reach(client, "wrong", number, wrong=str(wrong))
    if course.offered and course.offered.as_offered().policy == after:
        start = course.start_of(course.offered)
        return Reach(client, "offered", number, preset, text, offered=course.offered, start=start)
    return reach_of(client, after, course, sessions=sessions, number=number, preset=preset, text=text)


def reach_of(
    client: Client,
    after: Policy,
    course: Course,
    *,
    sessions: Sequence[Meeting],
    number: int,
    preset: str,
    text: str,
) -> Reach:
    """What a version with the rules *after* would be to somebody with an agreement."""
    assert course.in_force is not None
    before = course.in_force.as_offered().policy
    changes, effect = changes_between(before, after), effect_of(before, after)
    offer = Offer(course.now, effect, notice_days=before.change_notice_days, has_reason=True)
    start = course.after(offer, sessions=sessions, zone=client.clinician.time_zone())
    state = "same" if not changes else "held" if start.held_until else "open"
    return Reach(
        client, state, number, preset, text, together(changes), effect, start, replaces=course.offered
    )


def fingerprint(clinician: Clinician, now: datetime) -> str:
    """A short sign for the rules that a page was made from: other rules, another sign."""
    return sign_of(clinician_layers(clinician, clinician.date_at(now)))


def sign_of(texts: Sequence[str]) -> str:
    """A short sign for texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


@transaction.atomic
def offer_change(chosen: Iterable[Reach], *, by: Clinician, now: datetime, notice: Notice) -> list[Agreement]:
    """Offer the changed rules to all of *chosen* in one act: to everybody, or after a fault to nobody."""
    return [
        publish_agreement(
            client=each.client,
            by=by,
            now=now,
            preset=each.preset,
            text=each.text,
            number=each.number,
            notice=notice,
        )
        for each in sorted(chosen, key=lambda each: each.client.pk)
    ]
