"""Making an agreement with one client, and accepting it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import get_language

from interlude.agreements.frozen import words_shown
from interlude.agreements.models import SECRETS, Acceptance, Agreement
from interlude.audit.record import record
from interlude.boundaries.calendars import clinician_layers
from interlude.boundaries.stamp import stamped
from interlude.core.errors import BadPolicy
from interlude.core.layers import LayerKind, Resolved, resolve
from interlude.core.sheet import fingerprint
from interlude.core.toml_text import load_layer
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Clinician, Participant, ParticipantQuerySet
from interlude.sealing.vault import Sealer


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
    fresh = Client.unscoped.select_related("clinician").get(pk=client.pk)
    layers = _layers(by, now, preset=preset, text=text, number=next_number, client=fresh)
    rules = resolve([load_layer(each, file="agreement") for each in layers], _day(by, now))
    check_readers(fresh, rules, now)
    agreement = Agreement.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        number=next_number,
        layers=layers,
        language=language,
        published_at=now,
        published_by=by,
        shares=rules.policy.secrets != "limited_secrets",
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


def would_be_agreed(
    *, by: Clinician, now: datetime, preset: str = "", text: str = "", client: Client | None = None
) -> Resolved:
    """What publishing would come to, as rules. Writes nothing; raises BadPolicy as publishing does.

    Whether somebody still has to be named or a choice to be made is told by `what_is_missing`.
    """
    layers = _layers(by, now, preset=preset, text=text, number=0, client=client)
    return resolve([load_layer(each, file="agreement") for each in layers], _day(by, now))


def what_is_missing(client: Client, rules: Resolved, now: datetime) -> str:
    """What must be settled before anything is written: `secrets`, `supervisor`, or nothing. R-136, R-139."""
    if rules.policy.secrets == "not_chosen" and writers_of(client, now=now).count() > 1:
        return "secrets"
    if rules.policy.supervised and client.clinician.supervisor_id is None:
        return "supervisor"
    return ""


def check_readers(client: Client, rules: Resolved, now: datetime) -> None:
    """Raise BadPolicy while it is not settled who will read what is written."""
    remedies = {
        "secrets": "several people write here: choose “no secrets” or “limited secrets” for them first",
        "supervisor": "a supervisor reads along: have the owner name one first",
    }
    if missing := what_is_missing(client, rules, now):
        raise BadPolicy("agreement", missing, "nobody has said", remedies[missing])


def _layers(
    by: Clinician, now: datetime, *, preset: str, text: str, number: int, client: Client | None
) -> list[str]:
    on = _day(by, now)
    layers = clinician_layers(by, on, preset=preset)
    if client is not None and client.secrets:
        chosen = f'secrets = "{client.secrets}"'
        layers.append(stamped(chosen, kind=LayerKind.AGREEMENT, name=SECRETS, since=on))
    if text:
        layers.append(stamped(text, kind=LayerKind.AGREEMENT, name=f"version {number}", since=on))
    return layers


def _day(clinician: Clinician, now: datetime) -> date:
    return now.astimezone(clinician.time_zone()).date()


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, participant: Participant, name_typed: str, now: datetime, shown: str = ""
) -> Acceptance | None:
    """Somebody's own act, kept with the words they were given. With the last word that counts it is in force.

    None where a newer version was offered meanwhile, or where the words are not those of the fingerprint
    *shown*: what is there now is to be read first. And None where it took force without them: who reads along in
    a version is settled with its last yes (R-134).
    """
    fresh = Agreement.unscoped.select_for_update(of=("self",)).get(pk=agreement.pk)
    if fresh.accepted_at is not None and not fresh.acceptances.filter(participant=participant).exists():
        return None
    if Agreement.unscoped.filter(client_id=agreement.client_id, number__gt=agreement.number).exists():
        return None
    known = Acceptance.unscoped.filter(agreement=agreement, participant=participant).first()
    words = "" if known else words_shown(agreement, reader=participant)
    if not known and shown and shown != fingerprint(words):
        return None
    acceptance, new = (known, False) if known else _say_yes(agreement, participant, words, name_typed, now)
    if new:
        record(
            "agreement.accepted",
            by=participant,
            on=agreement,
            practice_id=agreement.practice_id,
            at=now,
            number=agreement.number,
        )
    if not still_to_accept(agreement, now=now):
        Agreement.unscoped.filter(pk=agreement.pk, accepted_at=None).update(accepted_at=now)
    return acceptance


def _say_yes(
    agreement: Agreement, participant: Participant, words: str, name_typed: str, now: datetime
) -> tuple[Acceptance, bool]:
    acceptance = Acceptance(id=uuid4(), agreement=agreement)
    fields = {
        "id": acceptance.pk,
        "practice_id": agreement.practice_id,
        "name_typed": name_typed,
        "at": now,
        "sealed": Sealer(agreement.practice_id).seal(agreement.client_id, acceptance.place, words),
        "sha256": fingerprint(words),
        "language": get_language() or agreement.language,
    }
    return Acceptance.unscoped.get_or_create(agreement=agreement, participant=participant, defaults=fields)


@transaction.atomic
def note_read_aloud(*, agreement: Agreement, by: Clinician, on: date | None, now: datetime) -> None:
    """Write down on which day this version was read aloud together; None takes a date away again."""
    row = Agreement.unscoped.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.read_aloud_on != on:
        row.read_aloud_on, row.read_aloud_by = on, by if on else None
        row.save(update_fields=["read_aloud_on", "read_aloud_by"])
        record(
            "agreement.read_aloud",
            by=by,
            on=agreement,
            practice_id=agreement.practice_id,
            at=now,
            day=on.isoformat() if on else None,
        )


def writers_of(client: Client, *, now: datetime | None = None) -> ParticipantQuerySet:
    """Those whose word counts: everybody in the care but guardians; with *now*, without those who left."""
    writers = client.participants.exclude(role=Participant.Role.GUARDIAN)
    return writers if now is None else writers.open_at(now)


def still_to_accept(agreement: Agreement, *, now: datetime | None = None) -> list[Participant]:
    """Whose word is missing."""
    return list(writers_of(agreement.client, now=now).exclude(acceptances__agreement=agreement))


def part_in(agreement: Agreement, participant: Participant, now: datetime) -> str:
    """How somebody stands to a version in force: `in`, `late` (it was agreed without them), or `left`.

    `left`: somebody who had accepted it is gone, so those who stay agree anew before they go on (R-137).
    """
    accepters = [one.participant for one in agreement.acceptances.select_related("participant")]
    if accepters and participant not in accepters:
        return "late"
    gone = [one for one in accepters if one.access_ends is not None and one.access_ends <= now]
    return "left" if gone else "in"


def in_force_for(client: Client) -> Agreement | None:
    """The newest accepted version; else the newest offered; else None."""
    versions = Agreement.unscoped.filter(client=client)
    return versions.accepted().first() or versions.order_by("-number").first()
