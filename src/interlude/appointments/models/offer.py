"""Times held out to one client, who takes one or lets them pass."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from interlude.appointments.models.session import Session
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> OfferQuerySet:
        """Their clinician's own. A client finds an offer with the reply that it came with, and in no other way."""
        mine = self.filter(practice_id=person.practice_id)
        return mine.filter(clinician=person) if isinstance(person, Clinician) else mine.none()


class Offer(PracticeRow):
    """Times that a clinician holds out to one client, who takes one with a tap or lets them pass. Rule: R-259."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="offers")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=50)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    instead_of = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    session = models.OneToOneField(Session, models.PROTECT, null=True, related_name="+")  # what came of it
    taken_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(OfferQuerySet)()
    unscoped = models.Manager.from_queryset(OfferQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class OfferedTime(models.Model):
    """One of the times of an offer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["offer", "starts_at"], name="offered_time_once")]

    def __str__(self) -> str:
        return f"offered time {self.pk}"
