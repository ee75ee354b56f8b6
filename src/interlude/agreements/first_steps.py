"""The first steps as somebody stands in them: what is on the page, what was passed, which page comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interlude.agreements.actions import writers_of
from interlude.agreements.models import Acceptance, Agreement, StepPassed
from interlude.agreements.own_wish import ways_for
from interlude.agreements.readers import readers_for
from interlude.agreements.today import today
from interlude.agreements.versions import versions_of
from interlude.core.first_steps import Step, next_step, right_answer, steps_for
from interlude.core.policy import Policy
from interlude.practice.models import Participant


@dataclass(frozen=True, slots=True)
class Path:
    """All pages in order, and where somebody is among them; *here* is None on the first page of all."""

    steps: tuple[Step, ...]
    passed: frozenset[str]
    here: Step | None
    following: Step
    said_yes: bool

    @property
    def number(self) -> int:
        return self.steps.index(self.here) + 1 if self.here else 0

    @property
    def before(self) -> Step | None:
        """The page that stands before this one."""
        return self.steps[self.number - 2] if self.number > 1 else None

    @property
    def begun(self) -> bool:
        return bool(self.passed)


def is_open(participant: Participant, offered: Agreement | None) -> bool:
    """Are the first steps still before this person? A yes to any version ends them. One query at most."""
    return offered is not None and not Acceptance.unscoped.filter(participant=participant).exists()


def page_of(participant: Participant, *, here: Step | None, now: datetime) -> dict[str, Any] | None:
    """Everything that a page of the first steps shows; None where there is no agreement to read."""
    care = participant.client
    versions = versions_of(
        Agreement.objects.visible_to(participant), list(writers_of(care, now=now)), now=now
    )
    shown = versions.shown
    if shown is None:
        return None
    on = care.clinician.date_at(now)
    rules = shown.agreement.rules(on) if shown is versions.in_force else shown.agreement.as_offered()
    path = _path(participant, rules.policy, here=here, said_yes=not shown.waits_for(participant))
    age = care.age(on)
    return {
        "here": "agreement",
        "now": now,
        "me": participant,
        "therapist": care.clinician,
        "practice": care.clinician.practice,
        "others": [one for one in care.participants.all() if one != participant],
        "versions": versions,
        "shown": shown,
        "may_accept": shown is versions.offered and shown.waits_for(participant),
        "today": today(rules, clinician=care.clinician, now=now),
        "policy": rules.policy,
        "readers": readers_for(participant, rules.policy, agreement=shown.agreement, now=now),
        "path": path,
        "right": right_answer(here, rules.policy) if here else "",
        "too_young": age is not None and age < rules.policy.minimum_age,
        "other_ways": ways_for(shown.agreement, now),
    }


def _path(participant: Participant, policy: Policy, *, here: Step | None, said_yes: bool) -> Path:
    rows = StepPassed.objects.visible_to(participant).values_list("step", flat=True)
    passed = frozenset(rows)
    first = next_step(Step.YES, passed, policy) if here is None else next_step(here, passed, policy)
    return Path(steps_for(policy), passed, here, first, said_yes)


def pass_step(participant: Participant, step: Step) -> None:
    """Keep that this page was passed. No line in the record: who read what, and when, is nobody's (law 4)."""
    StepPassed.unscoped.get_or_create(
        participant=participant, step=str(step), defaults={"practice_id": participant.practice_id}
    )
