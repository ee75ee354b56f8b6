"""A browser that somebody chose to be told in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import uuid4

from django.conf import settings
from django.db import models

from interlude.sealing.vault import open_for_installation, seal_for_installation

PLACE = "outbox.device"


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gave: where its push service takes messages, and the keys that only it opens."""

    endpoint: str
    p256dh: str
    auth: str


class Device(models.Model):
    """One browser of one person. `push_at`: something waits to be told there; one push, however much there is.

    Where it is told is sealed: the address alone would say which browser belongs to whom.
    """

    class Kind(models.TextChoices):
        PHONE = "phone"
        TABLET = "tablet"
        COMPUTER = "computer"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    fingerprint = models.CharField(max_length=64, unique=True)  # of the endpoint: one browser is one device
    sealed = models.TextField()
    added_at = models.DateTimeField()
    push_at = models.DateTimeField(null=True)
    practice_id = models.UUIDField(null=True)  # whose neutral words what waits there carries
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["push_at"], name="push_waiting", condition=models.Q(push_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"

    def subscription(self) -> Subscription:
        return Subscription(**json.loads(open_for_installation(f"{PLACE}:{self.fingerprint}", self.sealed)))

    def seal(self, subscription: Subscription) -> None:
        self.sealed = seal_for_installation(f"{PLACE}:{self.fingerprint}", json.dumps(asdict(subscription)))
