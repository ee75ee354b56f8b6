"""Which of the first steps somebody has passed: their own bookmark, and nobody else's to see."""

from __future__ import annotations

from django.db import models

from interlude.practice.models import Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager


class StepPassedQuerySet(models.QuerySet["StepPassed"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> StepPassedQuerySet:
        """One's own; a clinician who saw them would have a sign of what was read (law 4)."""
        if not isinstance(person, Participant):
            return self.none()
        return self.filter(participant=person)


class StepPassed(PracticeRow):
    """That a page was passed. Not when, not how often, and nothing of what was answered on it (ADR 23)."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="steps_passed")
    step = models.CharField(max_length=16)

    objects = PracticeManager.from_queryset(StepPassedQuerySet)()
    unscoped = models.Manager.from_queryset(StepPassedQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["participant", "step"], name="step_passed_once"),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"
