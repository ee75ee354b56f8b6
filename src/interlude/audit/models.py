"""The append-only record: who, what, which row, when; never content."""

from __future__ import annotations

from django.db import models


class ChainHead(models.Model):
    """The end of one practice's chain. Locked while an event is added, so the chain has no forks."""

    practice_id = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    mac = models.BinaryField()

    def __str__(self) -> str:
        return f"end of the record of practice {self.practice_id}: {self.number}"


class Event(models.Model):
    """One thing that happened. Rows are added, never changed: triggers in the database refuse both."""

    practice_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    verb = models.CharField(max_length=48)
    subject = models.CharField(max_length=96)
    facts = models.JSONField(default=dict)
    mac = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice_id", "number"], name="event_number_once"),
        ]

    def __str__(self) -> str:
        return f"event {self.number}: {self.verb}"
