"""Help lines of a practice. Nothing is shown to anybody until a person has checked it."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

from django.db import models

from interlude.core.packs.lines import EVIDENCE, help_line
from interlude.core.packs.lines import HelpLine as Draft
from interlude.core.packs.places import COUNTRIES
from interlude.practice.models import OfficeMember, PracticeRow
from interlude.practice.scope import PracticeManager

CHECK_AGAIN = timedelta(days=90)  # numbers move; source: domain/crisis_lines.json, "upkeep"


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def shown(self) -> HelpLineQuerySet:
        """Lines that a person has checked, danger to life first."""
        return self.filter(checked_on__isnull=False).order_by("country", "position", "name")

    def visible_to(self, person: OfficeMember) -> HelpLineQuerySet:
        """The practice's lines, checked or not: only the office sees drafts."""
        return self.filter(practice_id=person.practice_id)

    def to_check_again(self, today: date) -> HelpLineQuerySet:
        """Shown lines whose last check is old."""
        return self.shown().filter(checked_on__lte=today - CHECK_AGAIN)


class HelpLine(PracticeRow):
    """One way to reach somebody now."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency"
        LINE = "line"

    source_id = models.CharField(max_length=24, blank=True)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LINE)
    position = models.PositiveSmallIntegerField(default=50)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # as a person reads it
    dial = models.CharField(max_length=40, blank=True)  # for a tel: link
    text_number = models.CharField(max_length=40, blank=True)
    text_word = models.CharField(max_length=40, blank=True)
    url = models.URLField(blank=True)
    hours = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=240, blank=True)
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")
    how_checked = models.CharField(max_length=12, blank=True)  # called, page

    objects = PracticeManager.from_queryset(HelpLineQuerySet)()
    unscoped = models.Manager.from_queryset(HelpLineQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["country", "position", "name"]
        constraints = [
            models.CheckConstraint(
                name="help_line_checked_by_somebody",
                condition=models.Q(checked_on=None, checked_by=None)
                | models.Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"help line {self.pk} ({self.country})"

    @property
    def tel(self) -> str:
        """For a `tel:` link: a star or a hash must survive the address."""
        return quote(self.dial, safe="+")

    @property
    def country_name(self) -> str:
        return COUNTRIES.get(self.country, self.country)

    @property
    def draft(self) -> Draft | None:
        """The pack's entry that this line came from, with what a checker should know."""
        return help_line(self.source_id) if self.source_id else None

    @property
    def evidence(self) -> str:
        return EVIDENCE[self.draft.evidence] if self.draft else ""

    def wants_a_check(self, today: date) -> bool:
        return self.checked_on is None or self.checked_on <= today - CHECK_AGAIN
