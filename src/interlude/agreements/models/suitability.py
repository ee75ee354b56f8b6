"""Whether messages fit: the record that two people make together, in numbered versions, and a client's own lines."""

from __future__ import annotations

import json
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from interlude.agreements.models.agreement import Acceptance, Agreement
from interlude.practice.models import Client, Clinician, OfficeMember, OfTheCare, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class SuitabilityQuerySet(OfTheCare["Suitability"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> Self:
        theirs = super().visible_to(person)
        return theirs.filter(person.was_there("decided_at")) if isinstance(person, Participant) else theirs


class Suitability(PracticeRow):
    """One version of the record. Never edited: another decision is another version."""

    class Decision(models.TextChoices):
        FITS = "fits", _("Messages fit")
        TIMES_ONLY = "times_only", _("Messages for times and dates only")
        NOT_NOW = "not_now", _("No messages for now")

    client = models.ForeignKey(Client, models.PROTECT, related_name="suitability")
    number = models.PositiveIntegerField()
    decision = models.CharField(max_length=12, choices=Decision.choices)
    sealed = models.BinaryField()  # what was chosen and said for each aspect, and what instead
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Clinician, models.PROTECT, related_name="+")

    objects = PracticeManager.from_queryset(SuitabilityQuerySet)()
    unscoped = models.Manager.from_queryset(SuitabilityQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["client", "number"], name="suitability_number_once")]

    def __str__(self) -> str:
        return f"suitability {self.number} of client {self.client_id}"

    @property
    def place(self) -> str:
        return f"agreements.suitability:{self.pk}"

    def said(self, sealer: Sealer) -> dict[str, str]:
        """By field: `age`, `age_why`, …, `instead`."""
        found: dict[str, str] = json.loads(sealer.open(self.client_id, self.place, bytes(self.sealed)))
        return found


class SuitabilityViewQuerySet(models.QuerySet["SuitabilityView"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> SuitabilityViewQuerySet:
        """One's own, and what was shared when it was said (R-134); a clinician's clients'. No guardian, no office."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if not person.reads_messages:
                return mine.none()
            case Participant():
                shared = models.Exists(Acceptance.unscoped.of_rows(person).sharing())
                own = models.Q(participant=person) | shared
                return mine.filter(own, record__client_id=person.client_id)
            case Clinician():
                return mine.filter(record__client__clinician=person)
            case OfficeMember():
                return mine.none()


class SuitabilityView(PracticeRow):
    """A client's own line about a decision."""

    record = models.ForeignKey(Suitability, models.PROTECT, related_name="views")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+")  # who else reads it
    sealed = models.BinaryField()
    said_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(SuitabilityViewQuerySet)()
    unscoped = models.Manager.from_queryset(SuitabilityViewQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["said_at"]

    def __str__(self) -> str:
        return f"view {self.pk}"

    @property
    def place(self) -> str:
        return f"agreements.suitabilityview:{self.pk}"

    def words(self, sealer: Sealer) -> str:
        return sealer.open(self.participant.client_id, self.place, bytes(self.sealed))
