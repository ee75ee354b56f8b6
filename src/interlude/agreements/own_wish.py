"""A client's own wish not to use messages, and the way back. Rules: R-95 to R-97."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext

from interlude.agreements.actions import accept_agreement, in_force_for, publish_agreement, settle, writers_of
from interlude.agreements.course import course_of
from interlude.agreements.models import Agreement
from interlude.audit.record import record
from interlude.core.layers import resolve
from interlude.core.notice import Effect
from interlude.core.own_wish import OtherWay, other_ways, without_messages
from interlude.core.toml_text import dump_layer
from interlude.outbox.actions import leave_notice
from interlude.practice.models import Client, Clinician, Participant
from interlude.ui.languages import heard

TOLD_FOR = timedelta(days=14)  # how long a window's page speaks of a wish


def ways_for(agreement: Agreement, now: datetime) -> tuple[OtherWay, ...]:
    """Other ways that the rules of today allow; none where messages are not used anyway."""
    policy = agreement.rules(agreement.client.clinician.date_at(now)).policy
    return () if policy.messages == "none" else other_ways(policy)


@transaction.atomic
def would_rather_not(*, participant: Participant, way: OtherWay, now: datetime) -> Agreement | None:
    """A new version without messages, in force at once; where others write too, their word is asked first (R-97).

    Pressing twice makes one version. None where there is nothing to change: no agreement, or no messages in it.
    The clinician gets no notice: it stands on the page of the next check window (law 6).
    """
    client = participant.client
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)  # one version at a time
    newest = client.agreements.order_by("-number").first()
    course = course_of(client, now)
    holds = course.in_force or course.offered
    if newest is None or holds is None or way not in ways_for(holds, now):
        return None
    if newest.wished_by_id == participant.pk and newest.accepted_at is None:
        return newest
    settle(course, by=participant)
    wish = _version(holds, participant, number=newest.number + 1, way=way, now=now)
    record(
        "agreement.wished",
        by=participant,
        on=wish,
        practice_id=wish.practice_id,
        at=now,
        number=wish.number,
    )
    accept_agreement(agreement=wish, participant=participant, name_typed="", now=now)
    wish.refresh_from_db()
    if wish.accepted_at is None:
        _tell_the_others(wish, participant)
    return wish


def _version(
    holds: Agreement, participant: Participant, *, number: int, way: OtherWay, now: datetime
) -> Agreement:
    on = holds.client.clinician.date_at(now)
    layers = without_messages(holds.frozen(), words=_in_words(way), name=f"version {number}", since=on)
    resolve(layers, on)
    return Agreement.unscoped.create(
        practice_id=holds.practice_id,
        client=holds.client,
        number=number,
        layers=[dump_layer(layer) for layer in layers],
        language=heard(),
        published_at=now,
        published_by=holds.client.clinician,
        wished_by=participant,
        effect=Effect.LEVEL,  # asked for, not imposed: it holds with the yes, without notice
        shares=holds.shares,
    )


def _in_words(way: OtherWay) -> str:
    """What the agreement says from then on, to the client."""
    said = gettext("You would rather not use messages. That is fine.")
    others = {
        OtherWay.SESSION: gettext("We talk in our sessions."),
        OtherWay.PHONE: gettext("Between our sessions we use the phone."),
        OtherWay.EMAIL: gettext("Between our sessions we use e-mail."),
    }
    return f"{said} {others[way]}"


def _tell_the_others(wish: Agreement, participant: Participant) -> None:
    for other in writers_of(wish.client).exclude(pk=participant.pk).select_related("user"):
        leave_notice(
            "agreement",
            to=other.user,
            practice_id=wish.practice_id,
            once=f"agreement:{wish.pk}",
            link="/my/agreement/",
            send_at=wish.published_at,
        )


def messages_again(*, client: Client, by: Clinician, number: int, now: datetime) -> Agreement | None:
    """Offer messages again, as they were agreed before the wish. It holds once the yes is given.

    None where the version that holds is nobody's wish. Raises BadPolicy as publishing does.
    """
    wish = in_force_for(client, now)
    if wish is None or wish.wished_by_id is None:
        return None
    before = client.agreements.filter(number__lt=wish.number, wished_by=None).order_by("-number").first()
    return publish_agreement(
        client=client,
        by=by,
        now=now,
        preset=wish.preset,
        text=before.own_text() if before else "",
        language=wish.language,
        number=number,
    )


def wishes_handed(clinician: Clinician, *, until: datetime | None) -> list[Agreement]:
    """Wishes of the last fourteen days, as the last check window left them; between windows none turns up."""
    if until is None:
        return []
    newer = Agreement.objects.filter(client=models.OuterRef("client"), number__gt=models.OuterRef("number"))
    wishes = Agreement.objects.visible_to(clinician).filter(
        wished_by__isnull=False, published_at__lte=until, published_at__gt=until - TOLD_FOR
    )
    return list(wishes.exclude(models.Exists(newer)).select_related("client", "wished_by")[:20])
