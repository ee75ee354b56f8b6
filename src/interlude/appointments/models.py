"""Sessions: the two posts between which everything here happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models

from interlude.core.guardians import Scope
from interlude.practice.guardians import reach_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(
        self, person: Participant | Clinician | OfficeMember, *, at: datetime | None = None
    ) -> SessionQuerySet:
        """A client's own, a clinician's own, and the times for the office.

        A guardian sees them while they may see times, which is a matter of the day: *at* says when, and without
        it they see none.
        """
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if not person.reads_messages:
                may = at is not None and reach_of(person, at).sees(Scope.TIMES)
                return mine.filter(client_id=person.client_id) if may else mine.none()
            case Participant():
                return mine.filter(client_id=person.client_id)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember():
                return mine

    def coming(self, now: datetime) -> SessionQuerySet:
        """Planned sessions that have not begun, the next one first."""
        return self.filter(state=Session.State.PLANNED, starts_at__gt=now).order_by("starts_at")

    def past(self, now: datetime) -> SessionQuerySet:
        return self.filter(starts_at__lte=now).exclude(state=Session.State.CANCELLED).order_by("-starts_at")


class Session(PracticeRow):
    """One meeting of a client and their clinician."""

    class State(models.TextChoices):
        PLANNED = "planned"
        CANCELLED = "cancelled"

    client = models.ForeignKey(Client, models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=50)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    join_url = models.URLField(blank=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(SessionQuerySet)()
    unscoped = models.Manager.from_queryset(SessionQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["client", "starts_at"], name="session_of_client")]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_on(self, now: datetime) -> bool:
        """Has it begun, and not ended yet?"""
        return self.state == self.State.PLANNED and self.starts_at <= now < self.ends_at

    @property
    def opens_at(self) -> datetime:
        """From when it can be joined: ten minutes before."""
        return self.starts_at - timedelta(minutes=10)

    def can_be_joined(self, now: datetime) -> bool:
        """From ten minutes before until the end."""
        return bool(self.join_url) and self.opens_at <= now < self.ends_at


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
