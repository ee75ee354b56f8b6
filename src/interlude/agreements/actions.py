"""Making an agreement with one client, and accepting it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.agreements.course import Course, course_of, sessions_after
from interlude.agreements.frozen import words_shown
from interlude.agreements.models import SECRETS, Acceptance, Agreement
from interlude.agreements.notice import NOTHING_WRITTEN, Notice
from interlude.audit.record import record
from interlude.boundaries.calendars import clinician_layers
from interlude.boundaries.stamp import stamped
from interlude.core.approval import asks_supervisor, leaves_time
from interlude.core.errors import BadPolicy
from interlude.core.layers import LayerKind, Resolved, resolve
from interlude.core.notice import Effect, effect_of
from interlude.core.sheet import fingerprint
from interlude.core.toml_text import load_layer
from interlude.outbox.actions import leave_notice, withdraw_notice
from interlude.practice.models import Client, Clinician, Participant, ParticipantQuerySet
from interlude.practice.prepared import Prepared
from interlude.sealing.vault import Sealer
from interlude.ui.languages import heard

_ACCEPTERS: Prepared[tuple[UUID, datetime | None]] = Prepared(
    lambda agreement: Acceptance.unscoped.filter(agreement=agreement).values_list(
        "participant", "participant__access_ends"
    ),
    agreement=models.UUIDField(),
)


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

    Without *preset* it is made from where the clinician's own rules start.

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
    on = by.date_at(now)
    base = clinician_layers(by, on, preset=preset)
    fresh = Client.unscoped.select_related("clinician").get(pk=client.pk)
    layers = layers_from(base, text=text, number=next_number, on=on, client=fresh)
    rules = resolve([load_layer(each, file="agreement") for each in layers], on)
    check_readers(fresh, rules, now)
    agreement = Agreement(
        practice_id=client.practice_id,
        client=client,
        number=next_number,
        layers=layers,
        language=language,
        published_at=now,
        published_by=by,
        shares=rules.policy.secrets != "limited_secrets",
    )
    _put_notice(agreement, notice, rules, course)
    settle(course, by=by)
    _offer(agreement, by=by)
    return agreement


def _offer(agreement: Agreement, *, by: Clinician) -> None:
    agreement.save(force_insert=True)
    _tell(agreement)
    record(
        "agreement.published",
        by=by,
        on=agreement,
        practice_id=agreement.practice_id,
        at=agreement.published_at,
        number=agreement.number,
        effect=str(agreement.effect),
        because=str(agreement.because),
    )


def _one_at_a_time(client: Client) -> None:
    list(Client.unscoped.select_for_update(no_key=True).filter(pk=client.pk).values_list("pk"))


def _put_notice(agreement: Agreement, notice: Notice, rules: Resolved, course: Course) -> None:
    """What decides about its start: beside what, why, with how much notice, and the day that is named."""
    before = course.in_force.as_offered().policy if course.in_force else None
    agreement.effect = effect_of(before, rules.policy)
    if agreement.effect == Effect.LOOSER and _wants_a_yes(agreement.client, course):
        agreement.effect = Effect.LEVEL
    agreement.because, agreement.starts_on = notice.because, notice.starts_on
    agreement.notice_days = before.change_notice_days if before else 0
    if not agreement.asks_for_a_yes() and course.in_force:
        agreement.read_as = course.in_force.yes_given_to()
    if notice.reason.strip():
        sealer = Sealer(agreement.practice_id)
        agreement.sealed_reason = sealer.seal(agreement.client_id, agreement.place, notice.reason.strip())
    sessions = sessions_after(course.now, clients=[agreement.client_id])[agreement.client_id]
    zone = agreement.client.clinician.time_zone()
    start = course.after(agreement.offer(), sessions=sessions, zone=zone)
    agreement.told_start = start.planned
    agreement.told_session = start.session.starts_at if start.session else None


def _wants_a_yes(client: Client, course: Course) -> bool:
    """Also what only gives: over a client's own wish (R-96), and where who reads along hangs on each yes (R-134)."""
    wished = course.in_force is not None and course.in_force.wished_by_id is not None
    return wished or writers_of(client, now=course.now).count() > 1


def settle(course: Course, *, by: Clinician | Participant) -> None:
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


def _withdraw(agreement: Agreement, *, by: Clinician | Participant, now: datetime) -> None:
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


def would_be_agreed(
    *, by: Clinician, now: datetime, preset: str = "", text: str = "", client: Client | None = None
) -> Resolved:
    """What publishing would come to, as rules. Writes nothing; raises BadPolicy as publishing does.

    Whether somebody still has to be named or a choice to be made is told by `what_is_missing`.
    """
    on = by.date_at(now)
    base = clinician_layers(by, on, preset=preset)
    layers = layers_from(base, text=text, number=0, on=on, client=client)
    return resolve([load_layer(each, file="agreement") for each in layers], on)


def what_is_missing(client: Client, rules: Resolved, now: datetime) -> str:
    """What must be settled before anything is written: `secrets`, `supervisor`, `time_for_approval`, or nothing.

    Rules: R-136, R-139, R-262.
    """
    if rules.policy.secrets == "not_chosen" and writers_of(client, now=now).count() > 1:
        return "secrets"
    if rules.policy.supervised and client.clinician.supervisor_id is None:
        return "supervisor"
    if asks_supervisor(rules.policy) and not leaves_time(rules.policy):
        return "time_for_approval"
    return ""


def check_readers(client: Client, rules: Resolved, now: datetime) -> None:
    """Raise BadPolicy while it is not settled who will read what is written."""
    remedies = {
        "secrets": "several people write here: choose “no secrets” or “limited secrets” for them first",
        "supervisor": "a supervisor reads along: have the owner name one first",
        "time_for_approval": "a supervisor approves what is written: promise two working days or more",
    }
    if missing := what_is_missing(client, rules, now):
        raise BadPolicy("agreement", missing, "nobody has said", remedies[missing])


def layers_from(base: Sequence[str], *, text: str, number: int, on: date, client: Client | None) -> list[str]:
    """What a version is made from: the clinician's layers on a starting point, and what is this client's alone."""
    layers = list(base)
    if client is not None and client.secrets:
        chosen = f'secrets = "{client.secrets}"'
        layers.append(stamped(chosen, kind=LayerKind.AGREEMENT, name=SECRETS, since=on))
    if text:
        layers.append(stamped(text, kind=LayerKind.AGREEMENT, name=f"version {number}", since=on))
    return layers


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, participant: Participant, name_typed: str, now: datetime, shown: str = ""
) -> Acceptance | None:
    """Somebody's own act, kept with the words they were given. With the last word that counts it has its yes.

    What takes nothing away holds from then on; for the rest, see `agreements.course`. None where a newer version
    was offered meanwhile, where this one was withdrawn, or where the words are not those of the fingerprint
    *shown*: what is there now is to be read first. And None where it was agreed without them: who reads along in
    a version is settled with its last yes (R-134).
    """
    _one_at_a_time(agreement.client)
    fresh = Agreement.unscoped.get(pk=agreement.pk)
    known = Acceptance.unscoped.filter(agreement=agreement, participant=participant).first()
    newer = Agreement.unscoped.filter(client_id=agreement.client_id, number__gt=agreement.number)
    is_over = fresh.withdrawn_at is not None or (fresh.accepted_at is not None and known is None)
    if is_over or newer.exists():
        return None
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
        "language": heard(),
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
    ends = dict(_ACCEPTERS(agreement=agreement.yes_given_to().pk))
    if ends and participant.pk not in ends:
        return "late"
    return "left" if any(end is not None and end <= now for end in ends.values()) else "in"


def version_held(client: Client, now: datetime) -> Agreement | None:
    """The version that holds at that moment; None before the first yes."""
    return course_of(client, now).in_force


def in_force_for(client: Client, now: datetime) -> Agreement | None:
    """The version in force at that moment; else the newest offered; else None."""
    course = course_of(client, now)
    return course.in_force or course.offered
