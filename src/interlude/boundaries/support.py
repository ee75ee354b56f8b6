"""Extra support for a time, for one client: why, from when until when, and when it is looked at again."""

from __future__ import annotations

from datetime import date

from django.db import models

from interlude.practice.models import Client, Clinician, OfTheCare, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class ExtraSupportQuerySet(OfTheCare["ExtraSupport"]):
    def not_over(self, on: date) -> ExtraSupportQuerySet:
        """What runs on that day or is still to come, the first end first."""
        return self.filter(until__gte=on).order_by("until", "since")


class ExtraSupport(PracticeRow):
    """A plan with steps; each step is a dated layer of rules (`PolicyLayer.support`)."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="extra_support")
    sealed = models.BinaryField()  # what it is for, in the words that the client reads
    since = models.DateField()
    until = models.DateField()
    review_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Clinician, models.PROTECT, related_name="+")

    objects = PracticeManager.from_queryset(ExtraSupportQuerySet)()
    unscoped = models.Manager.from_queryset(ExtraSupportQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-since"]
        indexes = [models.Index(fields=["client", "until"], name="extra_support_of_client")]
        constraints = [
            models.CheckConstraint(
                name="extra_support_ends_after_its_start", condition=models.Q(until__gte=models.F("since"))
            ),
            models.CheckConstraint(
                name="extra_support_is_looked_at_within_it",
                condition=models.Q(review_on__gte=models.F("since"), review_on__lte=models.F("until")),
            ),
        ]

    def __str__(self) -> str:
        return f"extra support {self.pk}"

    @property
    def place(self) -> str:
        return f"boundaries.extrasupport:{self.pk}"

    def purpose(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed))


class SupportMove(models.Model):
    """An end that moved openly: longer, or sooner with notice, or as both agreed on a day."""

    support = models.ForeignKey(ExtraSupport, models.CASCADE, related_name="moves")
    from_until = models.DateField()
    to_until = models.DateField()
    agreed_on = models.DateField(null=True)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at"]

    def __str__(self) -> str:
        return f"moved end of extra support {self.support_id}"
