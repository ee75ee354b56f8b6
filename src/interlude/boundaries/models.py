"""Published layers of rules, days on which nothing is open, and time away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import models

from interlude.boundaries.support import ExtraSupport, SupportMove
from interlude.core.hours import Absence as CoreAbsence
from interlude.core.layers import Layer
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.models import Client, Clinician, PracticeRow
from interlude.practice.scope import PracticeManager

__all__ = ["Absence", "ClosedDay", "ExtraSupport", "PolicyLayer", "SupportMove"]


class PolicyLayerQuerySet(models.QuerySet["PolicyLayer"]):
    def in_force(self, on: date) -> PolicyLayerQuerySet:
        """The published layers that hold on that day; of each place the newest."""
        published = models.Q(until=None) | models.Q(until__gte=on)
        not_cut = models.Q(cut_on=None) | models.Q(cut_on__gte=on)
        return self.filter(published, not_cut, since__lte=on).order_by("since", "number")


class PolicyLayer(PracticeRow):
    """One published set of rules at one place. Rows are added, never edited (ADR 12); one may be cut short (ADR 25)."""

    class Kind(models.TextChoices):
        PRACTICE = "practice"
        CLINICIAN = "clinician"
        EXCEPTION = "exception"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    clinician = models.ForeignKey(Clinician, models.PROTECT, null=True, related_name="policy_layers")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="exceptions")
    number = models.PositiveIntegerField()
    preset = models.CharField(max_length=40, blank=True)
    text = models.TextField()  # TOML as published; the rules of a practice, never a client's words
    reason = models.CharField(max_length=400, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    published_at = models.DateTimeField()
    support = models.ForeignKey(ExtraSupport, models.PROTECT, null=True, related_name="layers")
    cut_on = models.DateField(null=True)  # its last day, where the end was moved to sooner than published

    objects = PracticeManager.from_queryset(PolicyLayerQuerySet)()
    unscoped = models.Manager.from_queryset(PolicyLayerQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(
                name="practice_rules_number_once",
                fields=["practice", "number"],
                condition=models.Q(kind="practice"),
            ),
            models.UniqueConstraint(
                name="clinician_rules_number_once",
                fields=["clinician", "number"],
                condition=models.Q(kind="clinician"),
            ),
            models.UniqueConstraint(
                name="exception_number_once",
                fields=["client", "number"],
                condition=models.Q(kind="exception"),
            ),
            models.CheckConstraint(
                name="policy_layer_has_its_owner",
                condition=(
                    models.Q(kind="practice", clinician=None, client=None)
                    | models.Q(kind="clinician", clinician__isnull=False, client=None)
                    | models.Q(kind="exception", client__isnull=False, until__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} rules {self.number} of {self.since}"

    def layer(self) -> Layer:
        """This row as the core's plain value."""
        return load_layer(self.text, file=f"{self.kind} rules {self.number}")

    def held_text(self) -> str:
        """The text as it holds: as published, up to the day on which it was cut."""
        return dump_layer(replace(self.layer(), until=self.cut_on)) if self.cut_on else self.text

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None for no end."""
        return self.cut_on or self.until


class ClosedDay(PracticeRow):
    """A public holiday or a one-off closure. Picked from the `holidays` package, then edited by the practice."""

    on = models.DateField()
    name = models.CharField(max_length=80)
    clinician = models.ForeignKey(Clinician, models.CASCADE, null=True, related_name="closed_days")
    set_at = models.DateTimeField(null=True)  # None: before this was written down

    objects = PracticeManager()
    unscoped = models.Manager["ClosedDay"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                name="closed_day_of_practice_once",
                fields=["practice", "on"],
                condition=models.Q(clinician=None),
            ),
            models.UniqueConstraint(
                name="closed_day_of_clinician_once",
                fields=["clinician", "on"],
                condition=models.Q(clinician__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"closed on {self.on}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def going_on(self, now: datetime) -> AbsenceQuerySet:
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Absence(PracticeRow):
    """A clinician's time away, as instants: from a moment to a moment."""

    class Why(models.TextChoices):
        """The kind of reason, where somebody else had to set it. Never more than the kind."""

        ILL = "ill"
        FAMILY = "family"
        OTHER = "other"

    clinician = models.ForeignKey(Clinician, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    set_at = models.DateTimeField(null=True)  # None: before this was written down
    series = models.UUIDField(null=True)  # those that were set together, as one that comes again
    unplanned = models.CharField(max_length=8, choices=Why.choices, blank=True)  # set by a second person

    objects = PracticeManager.from_queryset(AbsenceQuerySet)()
    unscoped = models.Manager.from_queryset(AbsenceQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"

    def value(self) -> CoreAbsence:
        return CoreAbsence(self.starts_at, self.ends_at)
