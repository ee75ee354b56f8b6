"""A request for a copy of the whole record."""

from __future__ import annotations

from datetime import date

from django.db import models

from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager


class RecordRequestQuerySet(models.QuerySet["RecordRequest"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> RecordRequestQuerySet:
        """One's own; those of one's clients; for the office all, which is a name and a day and nothing else.

        A custodian sees none: their way goes through two people (R-250).
        """
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                return mine.filter(participant=person)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember() if person.role != OfficeMember.Role.CUSTODIAN:
                return mine
            case _:
                return mine.none()

    def open(self) -> RecordRequestQuerySet:
        return self.filter(ready_at=None, withdrawn_at=None)


class RecordRequest(PracticeRow):
    """Somebody wants all that is kept of them. It ends when a person has made it ready, or who asked takes it back."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="record_requests")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="record_requests")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    ready_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(RecordRequestQuerySet)()
    unscoped = models.Manager.from_queryset(RecordRequestQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["due_on", "asked_at", "id"]
        indexes = [models.Index(fields=["client", "ready_at"], name="record_request_of_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=models.Q(ready_at=None, withdrawn_at=None),
                name="record_request_one_open",
            ),
            models.CheckConstraint(
                name="record_request_ready_or_taken_back",
                condition=models.Q(ready_at=None) | models.Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"record request {self.pk}"

    def is_late(self, today: date) -> bool:
        return self.ready_at is None and self.withdrawn_at is None and today > self.due_on
