"""Who can read what somebody writes here, who cannot, and why. Facts of a care in, two lists out.

The one place that answers the question: the line above the box, the page of the agreement, the page about it and
the clinician's pages all put this answer into words. Rules: R-134 to R-139.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from interlude.core.guardians import Reach, Scope
from interlude.core.terms import Secrets


class Place(StrEnum):
    """Where the words go."""

    THERAPIST = "therapist"
    DESK = "desk"
    JOURNAL = "journal"


class Who(StrEnum):
    """Whom a line speaks of."""

    WRITER = "writer"
    MEMBER = "member"
    THERAPIST = "therapist"
    SUPERVISOR = "supervisor"
    COVER = "cover"
    GUARDIAN = "guardian"
    DESK = "desk"
    KEEPER = "keeper"
    GROUP = "group"


class Why(StrEnum):
    """The reason that a line gives."""

    WROTE = "wrote"
    TREATS = "treats"
    NO_SECRETS = "no_secrets"
    LIMITED_SECRETS = "limited_secrets"
    CAME_LATER = "came_later"  # not in the version under which it is written
    SUPERVISES = "supervises"
    COVERS = "covers"
    TIMES_AND_BILLS = "times_and_bills"  # what the desk and guardians are here for
    LAW_DEMANDS = "law_demands"
    ASKED = "asked"  # the desk, for what it is asked
    TWO_OPEN = "two_open"  # the record, by two people together, and written down
    OWN_CARE = "own_care"  # everybody of a group has a care of their own
    NOT_SENT = "not_sent"
    ELSEWHERE = "elsewhere"  # it goes to the desk and nowhere else


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who writes in this care. *in_version*: they accepted the version under which it is written."""

    key: str
    name: str
    in_version: bool = True


@dataclass(frozen=True, slots=True)
class Guardian:
    """A guardian and what they see today."""

    key: str
    name: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody who looks after this care while the therapist is away, first and last day included."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a care on one day.

    Args:
        writer: the key of a member or a guardian.
        members: everybody who writes here and has not left.
        supervised: a supervisor reads too; *supervisor* is their name, if one is named.
        keepers: people of the practice who may open records, two of them together.
        in_group: the writer is in a group, whose others have a care of their own.
    """

    writer: str
    therapist: str
    on: date
    place: Place = Place.THERAPIST
    members: tuple[Member, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    secrets: Secrets = "not_chosen"
    supervised: bool = False
    supervisor: str = ""
    in_training: bool = False
    covers: tuple[Cover, ...] = ()
    keepers: tuple[str, ...] = ()
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person or kind of person, and the reason. Dates and scopes where the reason has them."""

    who: Who
    why: Why
    name: str = ""
    scopes: frozenset[Scope] = field(default_factory=frozenset)
    starts: date | None = None
    ends: date | None = None

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""


@dataclass(frozen=True, slots=True)
class Readers:
    """The answer. Nobody stands in both lists."""

    place: Place
    can: tuple[Line, ...]
    cannot: tuple[Line, ...]
    in_training: bool = False

    def those(self, who: Who, *, can: bool) -> tuple[Line, ...]:
        """The lines of one kind of people."""
        return tuple(line for line in (self.can if can else self.cannot) if line.who is who)

    @property
    def members(self) -> tuple[Line, ...]:
        """Others of the care who read along."""
        return self.those(Who.MEMBER, can=True)

    @property
    def apart(self) -> tuple[Line, ...]:
        """Others of the care who do not."""
        return self.those(Who.MEMBER, can=False)

    @property
    def guardians(self) -> tuple[Line, ...]:
        return self.those(Who.GUARDIAN, can=False)

    @property
    def copies(self) -> tuple[Line, ...]:
        """Guardians who may ask for a copy, because the law demands it."""
        return self.those(Who.GUARDIAN, can=True)

    @property
    def supervisors(self) -> tuple[Line, ...]:
        return self.those(Who.SUPERVISOR, can=True)

    @property
    def covers(self) -> tuple[Line, ...]:
        return self.those(Who.COVER, can=True)

    @property
    def shut_out(self) -> tuple[Line, ...]:
        """Those by name who may wonder, and cannot read it."""
        return (*self.apart, *self.guardians)

    @property
    def is_limited(self) -> bool:
        """Does each of several people write for themself?"""
        return any(line.why is Why.LIMITED_SECRETS for line in self.apart)

    @property
    def keepers(self) -> tuple[Line, ...]:
        return self.those(Who.KEEPER, can=True)

    @property
    def is_between_two(self) -> bool:
        """Does nobody but the writer and the therapist read it?"""
        return {line.who for line in self.can} == {Who.WRITER, Who.THERAPIST}

    @property
    def in_group(self) -> bool:
        return bool(self.those(Who.GROUP, can=False))


def who_can_read(facts: Facts) -> Readers:
    """Everybody who can read what *facts.writer* writes, and everybody who may wonder and cannot."""
    lines = list(_lines(facts))
    can = tuple(line for reads, line in lines if reads)
    cannot = tuple(line for reads, line in lines if not reads)
    return Readers(facts.place, can, cannot, facts.in_training)


def _lines(facts: Facts) -> Iterator[tuple[bool, Line]]:
    yield True, Line(Who.WRITER, Why.WROTE)
    match facts.place:
        case Place.JOURNAL:
            yield False, Line(Who.THERAPIST, Why.NOT_SENT, facts.therapist)
        case Place.DESK:
            yield True, Line(Who.DESK, Why.ASKED)
            yield False, Line(Who.THERAPIST, Why.ELSEWHERE, facts.therapist)
        case Place.THERAPIST:
            yield True, Line(Who.THERAPIST, Why.TREATS, facts.therapist)
            yield from _beside_the_therapist(facts)
    yield from _members(facts)
    yield from _guardians(facts)
    if facts.place is not Place.DESK:
        yield False, Line(Who.DESK, Why.TIMES_AND_BILLS)
    if facts.in_group:
        yield False, Line(Who.GROUP, Why.OWN_CARE)


def _beside_the_therapist(facts: Facts) -> Iterator[tuple[bool, Line]]:
    """Rule: R-139."""
    if facts.supervised:
        yield True, Line(Who.SUPERVISOR, Why.SUPERVISES, facts.supervisor)
    for cover in facts.covers:
        if cover.ends >= facts.on:
            yield True, Line(Who.COVER, Why.COVERS, cover.name, starts=cover.starts, ends=cover.ends)
    for name in facts.keepers:
        yield True, Line(Who.KEEPER, Why.TWO_OPEN, name)


def _members(facts: Facts) -> Iterator[tuple[bool, Line]]:
    """Rule: R-134."""
    writer_is_in = any(one.key == facts.writer and one.in_version for one in facts.members)
    for one in facts.members:
        if one.key == facts.writer:
            continue
        if facts.place is not Place.THERAPIST:
            why = Why.NOT_SENT if facts.place is Place.JOURNAL else Why.ELSEWHERE
            yield False, Line(Who.MEMBER, why, one.name)
        elif not (one.in_version and writer_is_in):
            yield False, Line(Who.MEMBER, Why.CAME_LATER, one.name)
        elif facts.secrets == "limited_secrets":
            yield False, Line(Who.MEMBER, Why.LIMITED_SECRETS, one.name)
        else:
            yield True, Line(Who.MEMBER, Why.NO_SECRETS, one.name)


def _guardians(facts: Facts) -> Iterator[tuple[bool, Line]]:
    """A guardian is told of no other guardian. Rule: R-135."""
    if any(one.key == facts.writer for one in facts.guardians):
        return
    for one in facts.guardians:
        if not one.reach.is_open:
            continue
        by_law = facts.place is Place.THERAPIST and one.reach.sees(Scope.COPY)
        why = Why.LAW_DEMANDS if by_law else Why.TIMES_AND_BILLS
        yield by_law, Line(Who.GUARDIAN, why, one.name, one.reach.scopes)
