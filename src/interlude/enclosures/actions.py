"""Adding a photo or a PDF to a draft, and taking it away. Rules: R-305, R-306."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from interlude.audit.record import record
from interlude.core.clean_files import cleaned
from interlude.core.file_kinds import JPEG, MOST, PNG, kind_of, refusal_of
from interlude.enclosures.models import Enclosure
from interlude.enclosures.redrawn import redrawn
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer

LARGEST_PICTURE = 15 * 1024 * 1024  # as it comes; drawn anew it has a tenth of that
MOST_FILES = 5


def fit_to_keep(data: bytes) -> tuple[str, bytes] | str:
    """How it ends and what is kept of it; or why it is not: as `core.clean_files`, of the bytes alone."""
    kind = kind_of(data[:MOST] if len(data) <= MOST else data)
    if kind in (JPEG, PNG):
        if len(data) > LARGEST_PICTURE:
            return "large"
        made = redrawn(data, kind)
        return made if isinstance(made, str) else (kind.suffix, made)
    if refused := refusal_of(data, kind):
        return refused
    clean = cleaned(data)
    return clean if isinstance(clean, str) else (clean.kind.suffix, clean.data)


def enclose(
    data: bytes, *, participant: Participant, key: UUID, file_id: UUID, now: datetime
) -> Enclosure | str:
    """Keep a file beside the draft *key*; or why not: `many`, or what `fit_to_keep` says. One *file_id*, one file."""
    known = Enclosure.unscoped.filter(pk=file_id, participant=participant).first()
    if known is not None:
        return known
    fit = fit_to_keep(data)
    return fit if isinstance(fit, str) else _kept(fit, participant, key=key, file_id=file_id, now=now)


@transaction.atomic
def _kept(
    fit: tuple[str, bytes], participant: Participant, *, key: UUID, file_id: UUID, now: datetime
) -> Enclosure | str:
    if Enclosure.unscoped.filter(participant=participant, key=key).count() >= MOST_FILES:
        return "many"
    suffix, data = fit
    row = Enclosure(
        id=file_id,
        practice_id=participant.practice_id,
        client_id=participant.client_id,
        participant=participant,
        key=key,
        suffix=suffix,
        size=len(data),
        added_at=now,
    )
    row.seal(data, Sealer(participant.practice_id))
    row.save(force_insert=True)
    record("enclosure.added", by=participant, on=row, practice_id=row.practice_id, at=now, kind=suffix)
    return row


@transaction.atomic
def take_out(row: Enclosure, *, by: Participant, now: datetime) -> None:
    """It goes no further, and is gone."""
    record("enclosure.taken_out", by=by, on=row, practice_id=row.practice_id, at=now)
    row.delete()


def follow(key: UUID, to: UUID, *, participant: Participant) -> None:
    """The words are under another key by now; what goes with them is too."""
    Enclosure.unscoped.filter(participant=participant, key=key).update(key=to)


def forget_enclosures(key: UUID, *, participant: Participant) -> None:
    """The draft is thrown away, and what went with it."""
    Enclosure.unscoped.filter(participant=participant, key=key).delete()
