"""Making an agreement with one client, and accepting it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from interlude.agreements.models import Acceptance, Agreement
from interlude.audit.record import record
from interlude.boundaries.calendars import clinician_layers
from interlude.boundaries.stamp import stamped
from interlude.core.layers import LayerKind, Resolved, resolve
from interlude.core.toml_text import load_layer
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Clinician, Participant, ParticipantQuerySet


@transaction.atomic
def publish_agreement(
    *,
    client: Client,
    by: Clinician,
    now: datetime,
    preset: str = "",
    text: str = "",
    language: str = "en",
    number: int | None = None,
) -> Agreement:
    """Offer a version: the layers of today, the preset as starting point, and what is this client's alone.

    Without *preset* it starts where the clinician's own rules start.

    It is in force once everybody whose word counts has accepted it. With *number*, the version that the page
    spoke of, pressing twice offers once. Raises BadPolicy where the layers do not come to one set of rules.
    """
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)  # one version at a time
    newest = client.agreements.order_by("-number").first()
    next_number = newest.number + 1 if newest else 1
    if newest and number is not None and number != next_number:
        return newest
    layers = _layers(by, now, preset=preset, text=text, number=next_number)
    resolve([load_layer(each, file="agreement") for each in layers], _day(by, now))
    agreement = Agreement.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        number=next_number,
        layers=layers,
        language=language,
        published_at=now,
        published_by=by,
    )
    _tell(agreement)
    record(
        "agreement.published",
        by=by,
        on=agreement,
        practice_id=client.practice_id,
        at=now,
        number=next_number,
    )
    return agreement


def _tell(agreement: Agreement) -> None:
    for participant in writers_of(agreement.client).select_related("user"):
        leave_notice(
            "agreement",
            to=participant.user,
            practice_id=agreement.practice_id,
            once=f"agreement:{agreement.pk}",
            link="/my/agreement/",
            send_at=agreement.published_at,
        )


def would_be_agreed(*, by: Clinician, now: datetime, preset: str = "", text: str = "") -> Resolved:
    """What publishing would come to, as rules. Writes nothing; raises BadPolicy as publishing does."""
    layers = _layers(by, now, preset=preset, text=text, number=0)
    return resolve([load_layer(each, file="agreement") for each in layers], _day(by, now))


def _layers(by: Clinician, now: datetime, *, preset: str, text: str, number: int) -> list[str]:
    on = _day(by, now)
    layers = clinician_layers(by, on, preset=preset)
    if text:
        layers.append(stamped(text, kind=LayerKind.AGREEMENT, name=f"version {number}", since=on))
    return layers


def _day(clinician: Clinician, now: datetime) -> date:
    return now.astimezone(clinician.time_zone()).date()


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, participant: Participant, name_typed: str, now: datetime
) -> Acceptance | None:
    """Somebody's own act. With the last of those whose word counts the version is in force.

    None where a newer version was offered meanwhile: that one is to be read first.
    """
    if Agreement.unscoped.filter(client_id=agreement.client_id, number__gt=agreement.number).exists():
        return None
    acceptance, new = Acceptance.unscoped.get_or_create(
        agreement=agreement,
        participant=participant,
        defaults={"practice_id": agreement.practice_id, "name_typed": name_typed, "at": now},
    )
    if new:
        record(
            "agreement.accepted",
            by=participant,
            on=agreement,
            practice_id=agreement.practice_id,
            at=now,
            number=agreement.number,
        )
    if not still_to_accept(agreement):
        Agreement.unscoped.filter(pk=agreement.pk, accepted_at=None).update(accepted_at=now)
    return acceptance


def writers_of(client: Client) -> ParticipantQuerySet:
    """Those whose word counts: everybody in the care but guardians, who are told and do not write."""
    return client.participants.exclude(role=Participant.Role.GUARDIAN)


def still_to_accept(agreement: Agreement) -> list[Participant]:
    """Whose word is missing."""
    return list(writers_of(agreement.client).exclude(acceptances__agreement=agreement))


def in_force_for(client: Client) -> Agreement | None:
    """The newest accepted version; else the newest offered; else None."""
    versions = Agreement.unscoped.filter(client=client)
    return versions.accepted().first() or versions.order_by("-number").first()
