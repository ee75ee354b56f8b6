"""Who can read what: for those who write, all of it; for a guardian, what they see and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.agreements.actions import in_force_for
from interlude.agreements.models import Agreement
from interlude.agreements.readers import readers_for
from interlude.boundaries.calendars import practice_rules
from interlude.core.ages import AgeKind, today_in
from interlude.core.policy import Policy
from interlude.practice.birthdays import coming_birthdays
from interlude.practice.contacts import shared_in
from interlude.practice.guardians import Guardianship, guardianships, reach_of, zone_of
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT

TOLD = 4  # of the changes that hold already, so many of the newest are still named


@require_safe
def readers(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The whole answer to "who can read this", with every change that is coming."""
    now, client = timezone.now(), participant.client
    context = {"now": now, "me": participant, "here": "agreement", "therapist": client.clinician}
    if not participant.reads_messages:
        context |= {"here": "readers", "reach": reach_of(participant, now), "child": client.name.split()[0]}
        return CLIENT.page(request, "agreements/readers_guardian.html", context)
    agreement = in_force_for(client, now)
    policy = _policy(participant, agreement, now)
    today = today_in(zone_of(client), now)
    known = guardianships(client, now)
    context |= {
        "policy": policy,
        "readers": readers_for(participant, policy, agreement=agreement, now=now),
        "guardianships": [_told(one, participant, today) for one in known],
        "birthdays": [
            event
            for event in coming_birthdays(client, today, messages=policy.minimum_age)
            if event.kind is not AgeKind.OWN_ACCOUNT and (known or event.kind is AgeKind.MESSAGES)
        ],
        "shared": [
            {"kind": one.kind, "other": one.beside(participant)}
            for one in shared_in(client)
            if one.beside(participant) is not None
        ],
    }
    return CLIENT.page(request, "agreements/readers.html", context)


def _policy(participant: Participant, agreement: Agreement | None, now: datetime) -> Policy:
    on = participant.client.clinician.date_at(now)
    rules = agreement.rules(on) if agreement else practice_rules(participant.practice, on)
    return rules.policy


@dataclass(frozen=True, slots=True)
class Told:
    """A change as the young person reads it, with its reason in writing."""

    on: date
    scope: str
    may: bool
    because: str
    reason: str
    document: str
    is_over: bool


def _told(known: Guardianship, reader: Participant, today: date) -> dict[str, object]:
    sealer = Sealer(reader.practice_id)
    rows = sorted(known.changes, key=lambda row: (row.on, row.number))
    shown = [row for row in rows if row.on > today] + [row for row in rows if row.on <= today][-TOLD:]
    told = [
        Told(
            row.on,
            row.scope,
            row.may,
            row.because,
            row.reason(sealer),
            row.document(sealer),
            row.on <= today,
        )
        for row in sorted(shown, key=lambda row: (row.on, row.number))
    ]
    return {"guardian": known.guardian, "reach": known.reach, "told": told}
