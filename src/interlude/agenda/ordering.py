"""Our list in the order that its people like: each side has its own, so that neither sees the other's hand. R-263."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from interlude.agenda.models import ListItem, ListItemQuerySet
from interlude.audit.record import record
from interlude.practice.models import Clinician, Participant

TIES = ("added_at", "id")


def in_order_of(rows: ListItemQuerySet, person: Participant | Clinician) -> ListItemQuerySet:
    """As *person* sees them: in their own order; a clinician who made none sees the client's."""
    theirs = models.F("client_place").asc(nulls_last=True)
    if isinstance(person, Clinician):
        return rows.order_by(models.F("clinician_place").asc(nulls_last=True), theirs, *TIES)
    return rows.order_by(theirs, *TIES)


@transaction.atomic
def move_in_order(
    item: ListItem, *, sooner: bool, among: ListItemQuerySet, by: Participant | Clinician, now: datetime
) -> bool:
    """Put *item* one place sooner or later among those that *by* sees open; False at the end of the list."""
    rows = list(in_order_of(among.filter(client=item.client_id, closed_at=None), by))
    place = next((n for n, one in enumerate(rows) if one.pk == item.pk), None)
    other = None if place is None else place + (-1 if sooner else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    field = "clinician_place" if isinstance(by, Clinician) else "client_place"
    for number, one in enumerate(rows):
        setattr(one, field, number)
    ListItem.unscoped.bulk_update(rows, [field])
    record("list.ordered", by=by, on=item, practice_id=item.practice_id, at=now)
    return True
