"""The next break of one client, as both sides read it: from when until when, who stands in, what helps, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.boundaries.models import Absence
from interlude.cover.models import BreakPlan, Cover, CoverPart
from interlude.cover.sight import accepted_parts
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Break:
    """One break. *after* is the first session after it; empty words where nothing was written."""

    absence: Absence
    helps: str
    there: str
    covers: list[Cover]
    refused: list[CoverPart]
    after: Session | None

    @property
    def has_words(self) -> bool:
        return bool(self.helps.strip() or self.there.strip())

    def is_on(self, now: datetime) -> bool:
        return self.absence.starts_at <= now


def next_break(client: Client, person: Participant | Clinician, *, now: datetime) -> Break | None:
    """The break that is on or comes next, the one with a plan first; None where none is planned. Four queries."""
    plan = (
        BreakPlan.objects.visible_to(person)
        .filter(client=client)
        .not_over(now)
        .select_related("absence")
        .first()
    )
    ahead = Absence.objects.filter(clinician=client.clinician_id, ends_at__gt=now)
    absence = plan.absence if plan is not None else ahead.first()
    if absence is None:
        return None
    said = plan.said(Sealer(client.practice_id)) if plan is not None else {}
    parts = accepted_parts(client, now)
    return Break(
        absence,
        said.get("helps", ""),
        said.get("there", ""),
        [one.cover for one in parts if one.refused_at is None],
        [one for one in parts if one.refused_at is not None],
        next_session(client, max(absence.ends_at, now)),
    )
