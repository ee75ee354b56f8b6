"""Writing down, together, whether messages fit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from interlude.agreements.actions import writers_of
from interlude.agreements.models import Suitability
from interlude.audit.record import record
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer


@transaction.atomic
def write_decision(
    said: Mapping[str, str], *, decision: str, client: Client, by: Clinician, now: datetime, record_id: UUID
) -> Suitability:
    """Another version of the record, with the decision that a person chose. The same *record_id* is one version.

    It changes no rule: what follows from it is offered as an agreement, and holds with a yes.
    """
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)  # one version at a time
    known = Suitability.unscoped.filter(pk=record_id).first()
    if known is not None and known.client_id == client.pk:
        return known
    newest = client.suitability.order_by("-number").first()
    row = Suitability(
        id=record_id if known is None else uuid4(),
        practice_id=client.practice_id,
        client=client,
        number=newest.number + 1 if newest else 1,
        decision=decision,
        decided_at=now,
        decided_by=by,
    )
    row.sealed = Sealer(row.practice_id).seal(client.pk, row.place, json.dumps(dict(said)))
    row.save(force_insert=True)
    for participant in writers_of(client, now=now).select_related("user"):
        leave_notice(
            "agreement",
            to=participant.user,
            practice_id=row.practice_id,
            once=f"suitability:{row.pk}",
            link="/my/agreement/",
            send_at=now,
        )
    record("suitability.written", by=by, on=row, practice_id=row.practice_id, at=now, number=row.number)
    return row


def note_reading(rows: Sequence[Suitability], *, on: Client, by: Clinician, now: datetime) -> None:
    """Every reading of clinical content by staff leaves a line (security 36). None where nothing was shown."""
    if rows:
        ids = ",".join(str(one.pk) for one in rows)
        record("suitability.opened", by=by, on=on, practice_id=by.practice_id, at=now, ids=ids)
