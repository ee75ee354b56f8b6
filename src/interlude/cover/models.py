"""Who stands in for a clinician, for which clients and topics, from when until when; and a client's break plan."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models

from interlude.boundaries.models import Absence
from interlude.core.cover import StandsIn
from interlude.practice.models import Client, Clinician, OfficeMember, OfTheCare, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> CoverQuerySet:
        """Who is away and who stands in know of it; so does the office; a client once it is accepted for them."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Clinician():
                return mine.filter(models.Q(clinician=person) | models.Q(colleague=person))
            case OfficeMember():
                return mine
            case Participant() if person.reads_messages:
                return mine.filter(accepted=True, parts__client=person.client_id)
            case _:
                return mine.none()

    def not_over(self, now: datetime) -> CoverQuerySet:
        """Asked or accepted, and still to come or going on."""
        return self.filter(ended_at=None, ends_at__gt=now).exclude(accepted=False)

    def standing(self, now: datetime) -> CoverQuerySet:
        """Accepted, and going on."""
        return self.filter(ended_at=None, accepted=True, starts_at__lte=now, ends_at__gt=now)


class Cover(PracticeRow):
    """A colleague was asked to stand in. It counts once they accepted, and ends by itself."""

    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="covers")
    colleague = models.ForeignKey(Clinician, models.PROTECT, related_name="stands_in")
    absence = models.ForeignKey(Absence, models.SET_NULL, null=True, related_name="covers")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    topics = models.JSONField(default=list)  # topics of the core, by name
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)  # None: not answered yet
    ended_at = models.DateTimeField(null=True)  # taken back or given back before its end

    objects = PracticeManager.from_queryset(CoverQuerySet)()
    unscoped = models.Manager.from_queryset(CoverQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["colleague", "ends_at"], name="cover_of_colleague"),
            models.Index(fields=["clinician", "ends_at"], name="cover_of_clinician"),
        ]
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="cover_is_somebody_else", condition=~models.Q(clinician=models.F("colleague"))
            ),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"

    def state(self, now: datetime) -> str:
        """asked, declined, ended, over, coming or on."""
        if self.ended_at is not None:
            return "ended"
        if self.accepted is False:
            return "declined"
        if self.ends_at <= now:
            return "over"
        if self.accepted is None:
            return "asked"
        return "on" if self.starts_at <= now else "coming"

    def value(self) -> StandsIn:
        return StandsIn(str(self.clinician_id), str(self.colleague_id), self.starts_at, self.ends_at)


class CoverPartQuerySet(models.QuerySet["CoverPart"]):
    def accepted(self, now: Any) -> CoverPartQuerySet:
        """Of covers that were accepted, are not over, and whose colleague still works here. *now*: also a parameter."""
        return self.filter(
            cover__accepted=True,
            cover__ended_at=None,
            cover__ends_at__gt=now,
            cover__colleague__left_at=None,
        )


class CoverPart(models.Model):
    """One client of a cover. A client may say no to it; then nothing of theirs is read by the colleague."""

    cover = models.ForeignKey(Cover, models.CASCADE, related_name="parts")
    client = models.ForeignKey(Client, models.CASCADE, related_name="cover_parts")
    refused_at = models.DateTimeField(null=True)

    objects = CoverPartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cover", "client"], name="cover_part_once")]

    def __str__(self) -> str:
        return f"part {self.pk} of cover {self.cover_id}"


class BreakPlanQuerySet(OfTheCare["BreakPlan"]):
    def not_over(self, now: datetime) -> BreakPlanQuerySet:
        """For the break that is on or comes next, the next first."""
        return self.filter(absence__ends_at__gt=now).order_by("absence__starts_at")


def has_plan_for(absence: Absence) -> models.Exists:
    """Whether a client's row, of a queryset that is visible already, has a plan for this break."""
    return models.Exists(BreakPlan.unscoped.filter(client=models.OuterRef("pk"), absence=absence))


class BreakPlan(PracticeRow):
    """What helps in a break and who is there, in words that both chose. Ends with the time away."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="break_plans")
    absence = models.ForeignKey(Absence, models.CASCADE, related_name="break_plans")
    sealed = models.BinaryField()
    set_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(BreakPlanQuerySet)()
    unscoped = models.Manager.from_queryset(BreakPlanQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["client", "absence"], name="break_plan_once")]

    def __str__(self) -> str:
        return f"break plan {self.pk}"

    @property
    def place(self) -> str:
        return f"cover.breakplan:{self.pk}"

    def said(self, sealer: Sealer) -> dict[str, str]:
        """`helps` and `there`, as written."""
        said: dict[str, str] = json.loads(sealer.open(self.client_id, self.place, bytes(self.sealed)))
        return said
