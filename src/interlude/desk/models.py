"""Questions to the front desk: times, bills, technical things. A table of their own, so that no clinical row can
ever stand in the office's queue (ADR 20)."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> QuestionQuerySet:
        """Whoever asked, and the office."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(participant=person)
            case Clinician():
                return mine.none()
            case OfficeMember() if person.role == OfficeMember.Role.CUSTODIAN:
                return mine.none()  # opens a will with a second person, and nothing else
            case OfficeMember():
                return mine

    def waiting(self) -> QuestionQuerySet:
        return self.filter(answered_at=None).order_by(models.F("reply_due").asc(nulls_last=True), "asked_at")


class Question(PracticeRow):
    """A question to the desk with the date of its answer."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="questions")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="questions")
    topic = models.CharField(max_length=24)
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    reply_due = models.DateTimeField(null=True)  # None: the writer wants no answer
    moved_from = models.DateTimeField(null=True)  # the date that was given first, where it moved openly
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")
    sealed_answer = models.BinaryField(null=True)

    objects = PracticeManager.from_queryset(QuestionQuerySet)()
    unscoped = models.Manager.from_queryset(QuestionQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["practice", "reply_due"],
                name="question_waiting",
                condition=models.Q(answered_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="question_answer_is_whole",
                condition=(
                    models.Q(answered_at=None, answered_by=None, sealed_answer=None)
                    | models.Q(
                        answered_at__isnull=False, answered_by__isnull=False, sealed_answer__isnull=False
                    )
                ),
            ),
            models.CheckConstraint(
                name="question_date_moves_later",
                condition=models.Q(moved_from=None) | models.Q(reply_due__gt=models.F("moved_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def place(self) -> str:
        return f"desk.question:{self.pk}"

    @property
    def answer_place(self) -> str:
        return f"desk.question.answer:{self.pk}"

    def words(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed))

    def answer(self, sealer: Sealer) -> str:
        sealed = self.sealed_answer
        return sealer.open(self.client_id, self.answer_place, bytes(sealed)) if sealed is not None else ""

    def is_late(self, now: datetime) -> bool:
        return self.answered_at is None and self.reply_due is not None and now > self.reply_due
