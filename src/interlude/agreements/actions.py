"""Making an agreement with one client, and accepting it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from interlude.agreements.course import Course, course_of, sessions_after
from interlude.agreements.models import Acceptance, Agreement
from interlude.agreements.notice import NOTHING_WRITTEN, Notice
from interlude.audit.record import Fact, record
from interlude.boundaries.calendars import clinician_layers
from interlude.boundaries.stamp import stamped
from interlude.core.layers import LayerKind, Resolved, resolve
from interlude.core.notice import effect_of
from interlude.core.packs.load import preset as shipped
from interlude.core.toml_text import dump_layer, load_layer
from interlude.outbox.actions import leave_notice, withdraw_notice
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
    notice: Notice = NOTHING_WRITTEN,
) -> Agreement:
    """Offer a version: the layers of today, the preset as starting point, and what is this client's alone.

    When it starts is read from its course (R-100 to R-107): a stricter one without a reason never does. An offer
    that stood open is withdrawn. With *number*, the version that the page spoke of, pressing twice offers once.
    Raises BadPolicy where the layers do not come to one set of rules.
    """
    _one_at_a_time(client)
    course = course_of(client, now)
    newest = client.agreements.order_by("-number").first()
    next_number = newest.number + 1 if newest else 1
    if newest and number is not None and number != next_number:
        return newest
    on = today_of(by, now)
    base = clinician_layers(by, on)
    layers = layers_from(base, preset=preset, text=text, number=next_number, on=on)
    rules = resolve([load_layer(each, file="agreement") for each in layers], on)
    agreement = Agreement(
        practice_id=client.practice_id,
        client=client,
        number=next_number,
        layers=layers,
        language=language,
        published_at=now,
        published_by=by,
    )
    _put_notice(agreement, notice, rules, course)
    _settle(course, by=by)
    agreement.save(force_insert=True)
    _tell(agreement)
    facts: dict[str, Fact] = {"number": next_number, "effect": agreement.effect, "because": agreement.because}
    record("agreement.published", by=by, on=agreement, practice_id=client.practice_id, at=now, **facts)
    return agreement


def _one_at_a_time(client: Client) -> None:
    list(Client.unscoped.select_for_update(no_key=True).filter(pk=client.pk).values_list("pk"))


def _put_notice(agreement: Agreement, notice: Notice, rules: Resolved, course: Course) -> None:
    """What decides about its start: beside what, why, with how much notice, and the day that is named."""
    before = course.in_force.as_offered().policy if course.in_force else None
    agreement.effect = effect_of(before, rules.policy)
    agreement.because, agreement.starts_on = notice.because, notice.starts_on
    agreement.notice_days = before.change_notice_days if before else 0
    if notice.reason.strip():
        sealer = Sealer(agreement.practice_id)
        agreement.sealed_reason = sealer.seal(agreement.client_id, agreement.place, notice.reason.strip())
    sessions = sessions_after(course.now, clients=[agreement.client_id])[agreement.client_id]
    zone = agreement.client.clinician.time_zone()
    start = course.after(agreement.offer(), sessions=sessions, zone=zone)
    agreement.told_start = start.planned
    agreement.told_session = start.session.starts_at if start.session else None


def _settle(course: Course, *, by: Clinician) -> None:
    """The version in force keeps its start for good; an offer that stood open is taken back openly."""
    if course.in_force and course.in_force.started_at is None:
        start = course.start_of(course.in_force).at
        Agreement.unscoped.filter(pk=course.in_force.pk).update(started_at=start)
    if course.offered:
        _withdraw(course.offered, by=by, now=course.now)


@transaction.atomic
def withdraw_agreement(*, agreement: Agreement, by: Clinician, now: datetime) -> bool:
    """Take back an offer that has not started; False if it holds already, or is not the newest."""
    _one_at_a_time(agreement.client)
    if course_of(agreement.client, now).offered != agreement:
        return False
    _withdraw(agreement, by=by, now=now)
    return True


def _withdraw(agreement: Agreement, *, by: Clinician, now: datetime) -> None:
    Agreement.unscoped.filter(pk=agreement.pk, withdrawn_at=None).update(withdrawn_at=now)
    for participant in writers_of(agreement.client).select_related("user"):
        withdraw_notice(f"agreement:{agreement.pk}", to=participant.user)
    record(
        "agreement.withdrawn",
        by=by,
        on=agreement,
        practice_id=agreement.practice_id,
        at=now,
        number=agreement.number,
    )


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
    on = today_of(by, now)
    layers = layers_from(clinician_layers(by, on), preset=preset, text=text, number=0, on=on)
    return resolve([load_layer(each, file="agreement") for each in layers], on)


def layers_from(base: Sequence[str], *, preset: str, text: str, number: int, on: date) -> list[str]:
    """What a version is made from: the clinician's layers, the starting point, and what is this client's alone."""
    layers = [*base, *([preset_text(preset)] if preset else [])]
    if text:
        layers.append(stamped(text, kind=LayerKind.AGREEMENT, name=f"version {number}", since=on))
    return layers


def today_of(clinician: Clinician, now: datetime) -> date:
    """The date where the clinician is."""
    return now.astimezone(clinician.time_zone()).date()


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, participant: Participant, name_typed: str, now: datetime
) -> Acceptance | None:
    """Somebody's own act. With the last of those whose word counts the version has its yes.

    What takes nothing away holds from then on; for the rest, see `agreements.course`. None where a newer version
    was offered meanwhile, or this one was withdrawn: what is there now is to be read first.
    """
    _one_at_a_time(agreement.client)
    newer = Agreement.unscoped.filter(client_id=agreement.client_id, number__gt=agreement.number)
    withdrawn = Agreement.unscoped.filter(pk=agreement.pk, withdrawn_at__isnull=False)
    if newer.exists() or withdrawn.exists():
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


def in_force_for(client: Client, now: datetime) -> Agreement | None:
    """The version in force at that moment; else the newest offered; else None."""
    course = course_of(client, now)
    return course.in_force or course.offered


def preset_text(preset: str) -> str:
    """A preset as it is shipped, as TOML."""
    return dump_layer(shipped(preset).layer)
