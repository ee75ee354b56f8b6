"""Clients whose agreement was made before a clinician's rules of today."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from interlude.practice.models import Client, Clinician


def clients_from_before(clinician: Clinician, at: datetime | None = None, *, now: datetime) -> int:
    """How many clients have an agreement, and were offered none since *at*. Theirs stays as it is (ADR 21)."""
    mine = Client.objects.visible_to(clinician).going_on(now)
    offers = models.Q(agreements__wished_by=None)  # a client's own wish is made of the rules that were
    offered = mine.annotate(newest=models.Max("agreements__published_at", filter=offers)).exclude(newest=None)
    return (offered.filter(newest__lt=at) if at else offered).count()
