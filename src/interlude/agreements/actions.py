"""Making an agreement with one client, and accepting it."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from interlude.agreements.models import Acceptance, Agreement
from interlude.audit.record import record
from interlude.boundaries.calendars import clinician_layers
from interlude.boundaries.stamp import stamped
from interlude.core.layers import LayerKind
from interlude.core.packs.load import preset as shipped
from interlude.core.toml_text import dump_layer
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Clinician, Participant


@transaction.atomic
def publish_agreement(
    *, client: Client, by: Clinician, now: datetime, preset: str = "", text: str = "", language: str = "en"
) -> Agreement:
    """Offer a version to the client: the layers of today, the preset as starting point, and what is theirs alone.

    It is in force once everybody whose word counts has accepted it. Raises BadPolicy where *text* cannot be read.
    """
    on = now.astimezone(by.time_zone()).date()
    number = (client.agreements.aggregate(models.Max("number"))["number__max"] or 0) + 1
    layers = [*clinician_layers(by, on), *([preset_text(preset)] if preset else [])]
    if text:
        layers.append(stamped(text, kind=LayerKind.AGREEMENT, name=f"version {number}", since=on))
    agreement = Agreement.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        number=number,
        layers=layers,
        language=language,
        published_at=now,
        published_by=by,
    )
    for participant in client.participants.exclude(role=Participant.Role.GUARDIAN).select_related("user"):
        leave_notice(
            "agreement", to=participant.user, practice_id=client.practice_id, once=f"agreement:{agreement.pk}",
            link="/my/agreement/", send_at=now,
        )
    record("agreement.published", by=by, on=agreement, practice_id=client.practice_id, at=now, number=number)
    return agreement


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, participant: Participant, name_typed: str, now: datetime
) -> Acceptance:
    """Somebody's own act. With the last of those whose word counts the version is in force."""
    acceptance, new = Acceptance.unscoped.get_or_create(
        agreement=agreement,
        participant=participant,
        defaults={"practice_id": agreement.practice_id, "name_typed": name_typed, "at": now},
    )
    if new:
        record(
            "agreement.accepted", by=participant, on=agreement, practice_id=agreement.practice_id, at=now,
            number=agreement.number,
        )
    if not still_to_accept(agreement):
        Agreement.unscoped.filter(pk=agreement.pk, accepted_at=None).update(accepted_at=now)
    return acceptance


def still_to_accept(agreement: Agreement) -> list[Participant]:
    """Whose word is missing: everybody in the care but guardians, who are told and do not write."""
    writers = agreement.client.participants.exclude(role=Participant.Role.GUARDIAN)
    return list(writers.exclude(acceptances__agreement=agreement))


def in_force_for(client: Client) -> Agreement | None:
    """The newest accepted version; else the newest offered; else None."""
    versions = Agreement.unscoped.filter(client=client)
    return versions.accepted().first() or versions.order_by("-number").first()


def preset_text(preset: str) -> str:
    """A preset as it is shipped, as TOML."""
    return dump_layer(shipped(preset).layer)
