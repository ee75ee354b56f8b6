"""The rule on secrets for several people: chosen by their clinician before anything is written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from interlude.audit.record import record
from interlude.practice.models import Client, Clinician


@transaction.atomic
def choose_secrets(client: Client, rule: str, *, by: Clinician, now: datetime) -> bool:
    """Choose what the next version will say; False where that was chosen already. Rule: R-136.

    What was written so far keeps its readers: a version that is in force is not touched by this.
    """
    rule = Client.Secrets(rule)
    if not Client.unscoped.filter(pk=client.pk).exclude(secrets=rule).update(secrets=rule):
        return False
    client.secrets = rule
    record("client.secrets_chosen", by=by, on=client, practice_id=client.practice_id, at=now, rule=str(rule))
    return True
