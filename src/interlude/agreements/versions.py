"""The versions of one agreement: which holds, which is offered, which came before, whose word is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from interlude.agreements.course import course_from
from interlude.agreements.models import Acceptance, Agreement, AgreementQuerySet
from interlude.core.notice import Effect, Start, Waits
from interlude.practice.models import Participant


@dataclass(frozen=True, slots=True)
class Version:
    """One version: whose word it has and whose it still needs, when it starts."""

    agreement: Agreement
    acceptances: list[Acceptance]
    missing: list[Participant]
    start: Start
    now: datetime

    @property
    def number(self) -> int:
        return self.agreement.number

    def waits_for(self, participant: Participant) -> bool:
        """Is this person's own word missing?"""
        return participant in self.missing

    @property
    def is_stricter(self) -> bool:
        return self.agreement.effect == Effect.STRICTER

    @property
    def is_looser(self) -> bool:
        """It only gives, and so it holds from the day it is shown."""
        return self.agreement.effect == Effect.LOOSER

    @property
    def is_withdrawn(self) -> bool:
        return self.start.waits_for is Waits.WITHDRAWN

    @property
    def since(self) -> datetime | None:
        """Since when it holds, or held; None if it never did so far."""
        return self.start.at if self.start.at and self.start.at <= self.now else None

    @property
    def starts_at(self) -> datetime | None:
        """When it starts, or would if the yes came today; None if that is not known, or only a yes is missing."""
        start = self.start.at or self.start.planned
        return start if start and start > self.now else None

    @property
    def moved_from(self) -> datetime | None:
        """The day that was named when it was offered, if it starts later."""
        told, start = self.agreement.told_start, self.start.at or self.start.planned
        told = told if self.is_stricter else None
        moved = told is not None and self.since is None and (start is None or start > told)
        return told if moved and not self.is_withdrawn else None

    @property
    def lost_session(self) -> datetime | None:
        """The session that was to lie between and does not, as it was moved or cancelled."""
        told, session = self.agreement.told_session, self.start.session
        if told is None or self.agreement.started_at or self.is_withdrawn:
            return None
        return told if session is None or session.starts_at > told else None


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one client's agreement, newest first in *others*."""

    in_force: Version | None
    offered: Version | None
    others: list[Version]

    @property
    def shown(self) -> Version | None:
        """The version that a page speaks of first."""
        return self.in_force or self.offered or next(iter(self.others), None)

    @property
    def coming(self) -> Version | None:
        """The version offered, if nothing is missing but its day."""
        return self.offered if self.offered and self.offered.start.at else None

    @property
    def to_accept(self) -> Version | None:
        """The newest version, if a yes is asked for: also one that holds because it only gives."""
        newest = self.all[0] if self.all else None
        return (
            newest
            if newest and newest.agreement.asks_for_a_yes() and not newest.agreement.accepted_at
            else None
        )

    @property
    def before(self) -> Version | None:
        """What a change is read beside: the version in force, or the one before a new one that only gives."""
        held, newest = self.in_force, self.to_accept
        if held is None or newest is None or newest is not held:
            return held
        earlier = [one for one in self.others if one.since and one.number < held.number]
        return next(iter(earlier), None)

    @property
    def all(self) -> list[Version]:
        """Every version, newest first."""
        here = [one for one in (self.in_force, self.offered, *self.others) if one is not None]
        return sorted(here, key=lambda one: one.number, reverse=True)

    def numbered(self, raw: str) -> Version | None:
        """The version with the number that an address names; None for anything else."""
        number = int(raw) if raw.isdecimal() and len(raw) < 9 else None
        return next((one for one in self.all if one.number == number), None)


def versions_of(rows: AgreementQuerySet, writers: list[Participant], *, now: datetime) -> Versions:
    """The versions in *rows*, those of one client; *writers* are all whose word counts. Three queries.

    Only the newest can be accepted: an older offer is over once a newer one is made.
    """
    ordered = rows.order_by("-number").select_related(
        "client__clinician__practice", "wished_by", "read_aloud_by", "read_as"
    )
    known = list(ordered.prefetch_related("acceptances__participant"))
    if not known:
        return Versions(None, None, [])
    course = course_from(known, client=known[0].client, now=now)
    in_force, offered = course.in_force, course.offered
    found = {
        one.pk: _version(one, writers, start, now)
        for one, start in zip(course.versions, course.starts, strict=True)
    }
    others = [one for one in known if one not in (in_force, offered)]
    return Versions(
        found[in_force.pk] if in_force else None,
        found[offered.pk] if offered else None,
        [found[one.pk] for one in others],
    )


def _version(agreement: Agreement, writers: Iterable[Participant], start: Start, now: datetime) -> Version:
    given = sorted(agreement.acceptances.all(), key=lambda one: one.at)
    have = {one.participant_id for one in given}
    return Version(agreement, given, [one for one in writers if one.pk not in have], start, now)
