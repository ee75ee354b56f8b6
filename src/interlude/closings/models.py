"""Closings: the days on which the work with a client ends, told ahead."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from interlude.core.closing import ClosingDays
from interlude.practice.models import Client, Clinician, OfTheCare, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class Closing(PracticeRow):
    """One version of how it ends. A moved day is another version; the newest that is not undone holds."""

    class Contact(models.TextChoices):
        NONE = "none", _("None from here on")
        TIMES_ONLY = "times_only", _("Times and bills, through the front desk")
        AS_AGREED = "as_agreed", _("As we agreed, in words")

    client = models.ForeignKey(Client, models.PROTECT, related_name="closings")
    number = models.PositiveIntegerField()
    last_answer_on = models.DateField()
    last_read_on = models.DateField()
    answers_end = models.DateTimeField()  # when that day is over, on the latest of everybody's clocks
    reading_ends = models.DateTimeField()
    contact = models.CharField(max_length=12, choices=Contact.choices)
    sealed = models.BinaryField()  # the farewell, and contact afterwards in words
    offers_copy = models.BooleanField(default=True)
    agreed_on = models.DateField(null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)  # taken back before the end, or opened again after it

    objects = PracticeManager.from_queryset(OfTheCare)()
    unscoped = models.Manager.from_queryset(OfTheCare)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="closing_number_once"),
            models.CheckConstraint(
                name="closing_leaves_time_to_read",
                condition=models.Q(last_read_on__gt=models.F("last_answer_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"closing {self.number} of client {self.client_id}"

    @property
    def place(self) -> str:
        return f"closings.closing:{self.pk}"

    def said(self, sealer: Sealer) -> dict[str, str]:
        """`farewell` and `contact`, in words; either may be empty."""
        found: dict[str, str] = json.loads(sealer.open(self.client_id, self.place, bytes(self.sealed)))
        return found

    def days(self) -> ClosingDays:
        return ClosingDays(self.last_answer_on, self.last_read_on)

    def has_ended(self, now: datetime) -> bool:
        """Are the last answers behind us? By the clock."""
        return self.answers_end <= now


def current(rows: OfTheCare[Closing]) -> Closing | None:
    """The closing that holds, of the rows of one client; None if none does."""
    newest = rows.order_by("-number").first()
    return newest if newest is not None and newest.undone_at is None else None
