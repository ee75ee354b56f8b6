"""The versions of one agreement: which holds, which is offered, which came before, whose word is missing."""

from __future__ import annotations

from dataclasses import dataclass

from interlude.agreements.models import Acceptance, Agreement, AgreementQuerySet
from interlude.practice.models import Participant


@dataclass(frozen=True, slots=True)
class Version:
    """One version, with whose word it has and whose it still needs."""

    agreement: Agreement
    acceptances: list[Acceptance]
    missing: list[Participant]

    @property
    def number(self) -> int:
        return self.agreement.number

    def waits_for(self, participant: Participant) -> bool:
        """Is this person's own word missing?"""
        return participant in self.missing


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one client's agreement, newest first in *others*."""

    in_force: Version | None
    offered: Version | None
    others: list[Version]

    @property
    def shown(self) -> Version | None:
        """The version that a page speaks of first."""
        return self.in_force or self.offered

    @property
    def all(self) -> list[Version]:
        """Every version, newest first."""
        here = [one for one in (self.in_force, self.offered, *self.others) if one is not None]
        return sorted(here, key=lambda one: one.number, reverse=True)

    def numbered(self, raw: str) -> Version | None:
        """The version with the number that an address names; None for anything else."""
        number = int(raw) if raw.isdecimal() and len(raw) < 9 else None
        return next((one for one in self.all if one.number == number), None)


def versions_of(rows: AgreementQuerySet, writers: list[Participant]) -> Versions:
    """The versions in *rows*, those of one client; *writers* are all whose word counts. Two queries.

    Only the newest can be accepted: an older offer is over once a newer one is made.
    """
    ordered = rows.order_by("-number").select_related(
        "client__clinician__practice", "wished_by", "read_aloud_by"
    )
    known = [_version(row, writers) for row in ordered.prefetch_related("acceptances__participant")]
    in_force = next((one for one in known if one.agreement.accepted_at), None)
    offered = known[0] if known and known[0] is not in_force else None
    return Versions(in_force, offered, [one for one in known if one is not in_force and one is not offered])


def _version(agreement: Agreement, writers: list[Participant]) -> Version:
    given = sorted(agreement.acceptances.all(), key=lambda one: one.at)
    have = {one.participant_id for one in given}
    return Version(agreement, given, [one for one in writers if one.pk not in have])
