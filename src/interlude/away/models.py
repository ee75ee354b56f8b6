"""Who took on what nobody else can see, who called whom, and what a clinician left for the day they cannot come."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from django.db import models

from interlude.boundaries.models import Absence
from interlude.messaging.models import Message
from interlude.practice.models import Client, Clinician, OfficeMember, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer, open_for_installation

OF_PRACTICE = "practice:"  # before what is sealed under the practice's key; earlier wills bear no mark
CONFIRM_WITHIN = timedelta(hours=72)
READ_FOR = timedelta(hours=24)


class SeenTo(PracticeRow):
    """Somebody of the office sees to a message whose own person cannot see it. They never read its words."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="seen_to")
    member = models.ForeignKey(OfficeMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PracticeManager()
    unscoped = models.Manager["SeenTo"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"message {self.message_id} is seen to"


class Call(PracticeRow):
    """A client was called because their therapist cannot come."""

    absence = models.ForeignKey(Absence, models.CASCADE, related_name="calls")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    member = models.ForeignKey(OfficeMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PracticeManager()
    unscoped = models.Manager["Call"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["absence", "client"], name="call_once")]

    def __str__(self) -> str:
        return f"call {self.pk}"


class Will(PracticeRow):
    """What is to be done if a clinician cannot come back: in their words, opened by two people together."""

    clinician = models.OneToOneField(Clinician, models.CASCADE, related_name="professional_will")
    sealed = models.TextField()
    written_at = models.DateTimeField()

    objects = PracticeManager()
    unscoped = models.Manager["Will"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"professional will {self.pk}"

    @property
    def place(self) -> str:
        return f"away.will:{self.pk}"

    def seal(self, text: str) -> None:
        """Under the practice's own key: another practice's opens nothing of it."""
        sealed = Sealer(self.practice_id).seal_for_practice(self.place, text)
        self.sealed = OF_PRACTICE + base64.urlsafe_b64encode(sealed).decode()

    def words(self) -> str:
        if not self.sealed.startswith(OF_PRACTICE):
            return open_for_installation(self.place, self.sealed)
        sealed = base64.urlsafe_b64decode(self.sealed.removeprefix(OF_PRACTICE))
        return Sealer(self.practice_id).open_for_practice(self.place, sealed)


class WillOpening(PracticeRow):
    """One opening: asked by one person, confirmed by another, read for a day. Each step is in the record."""

    will = models.ForeignKey(Will, models.CASCADE, related_name="openings")
    asked_by = models.ForeignKey(OfficeMember, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = PracticeManager()
    unscoped = models.Manager["WillOpening"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="will_opened_by_two",
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=models.F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"

    def waits(self, now: datetime) -> bool:
        """Can a second person still confirm it?"""
        return self.confirmed_at is None and now < self.asked_at + CONFIRM_WITHIN

    def is_open(self, now: datetime) -> bool:
        return self.confirmed_at is not None and now < self.confirmed_at + READ_FOR
