"""A file that goes with a message."""

from __future__ import annotations

import base64

from django.db import models

from interlude.core.file_kinds import KINDS, FileKind
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> EnclosureQuerySet:
        """Its writer's. Whoever else sees one has come through a message that they see (`of`)."""
        if isinstance(person, Participant) and person.reads_messages:
            return self.filter(practice_id=person.practice_id, participant=person)
        return self.none()

    def of(self, messages: models.QuerySet[models.Model]) -> EnclosureQuerySet:
        """Those of *messages*, which somebody sees by the door of that table. Rule: R-306."""
        return self.filter(key__in=messages.order_by().values("pk"))


class Enclosure(PracticeRow):
    """A photo or a PDF beside a draft; *key* is the draft's id, which becomes the message's."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="enclosures")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="enclosures")
    key = models.UUIDField(db_index=True)
    suffix = models.CharField(max_length=4)  # of core.file_kinds, told from the bytes
    size = models.PositiveIntegerField()  # bytes, as it is kept
    sealed = models.BinaryField()
    added_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(EnclosureQuerySet)()
    unscoped = models.Manager.from_queryset(EnclosureQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"enclosure {self.pk}"

    @property
    def place(self) -> str:
        return f"enclosures.enclosure:{self.pk}"

    @property
    def kind(self) -> FileKind:
        return KINDS[self.suffix]

    @property
    def is_picture(self) -> bool:
        return self.suffix != "pdf"

    def seal(self, data: bytes, sealer: Sealer) -> None:
        self.sealed = sealer.seal(self.client_id, self.place, base64.b64encode(data).decode())

    def data(self, sealer: Sealer) -> bytes:
        return base64.b64decode(sealer.open(self.client_id, self.place, bytes(self.sealed)))
