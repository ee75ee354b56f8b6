"""Who can read what in one care, as its clinician sees and settles it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.agreements.actions import in_force_for
from interlude.agreements.forms import SecretsForm
from interlude.agreements.readers import readings_of
from interlude.agreements.secrets_rule import choose_secrets
from interlude.boundaries.calendars import clinician_layers
from interlude.core.ages import today_in
from interlude.core.layers import resolve
from interlude.core.policy import Policy
from interlude.core.toml_text import load_layer
from interlude.practice.birthdays import coming_birthdays
from interlude.practice.contacts import shared_in
from interlude.practice.guardians import Guardianship, guardianships, zone_of
from interlude.practice.models import Client, Clinician, Participant
from interlude.practice.scope_forms import ScopeForm, first_day
from interlude.practice.scopes import NotChanged, change_scope
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN


@require_safe
def readers(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """The same answer that the clients read, for each who writes, and everything that can change it."""
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    return _page(request, clinician, client, now=timezone.now())


@require_POST
def secrets(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Choose the rule on secrets that the next version will say."""
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    form = SecretsForm(request.POST)
    if not form.is_valid():
        return _page(request, clinician, client, now=now, secrets_form=form)
    if choose_secrets(client, form.cleaned_data["secrets"], by=clinician, now=now):
        messages.info(request, _("Chosen. It holds with the next version, once everybody has said yes."))
    return CLINICIAN.then(request, "readers", client_id=client.pk)


@require_POST
def scope(request: HttpRequest, clinician: Clinician, *, guardian_id: UUID) -> HttpResponse:
    """Open or close something for a guardian, from a day on."""
    now = timezone.now()
    rows = Participant.objects.visible_to(clinician).guardians().select_related("client__practice")
    guardian = get_object_or_404(rows, pk=guardian_id)
    form = ScopeForm(request.POST, auto_id=f"{guardian.pk}_%s")
    if form.is_valid():
        done = change_scope(guardian, form.wanted(), by=clinician, now=now)
        if not isinstance(done, NotChanged):
            messages.info(
                request, _("Written down. The young person is told first, the guardian on the day.")
            )
            return CLINICIAN.then(request, "readers", client_id=guardian.client_id)
        form.say_why_not(done, guardian)
    return _page(request, clinician, guardian.client, now=now, scope_forms={guardian.pk: form})


def _page(
    request: HttpRequest,
    clinician: Clinician,
    client: Client,
    *,
    now: datetime,
    secrets_form: SecretsForm | None = None,
    scope_forms: dict[UUID, ScopeForm] | None = None,
) -> HttpResponse:
    client.clinician = clinician
    agreement, zone = in_force_for(client, now), zone_of(client)
    if agreement is not None:
        agreement.client = client
    today = today_in(zone, now)
    policy = agreement.rules(today).policy if agreement else _own_rules(clinician, now)
    context: dict[str, Any] = {
        "here": "clients",
        "now": now,
        "me": clinician,
        "client": client,
        "agreement": agreement,
        "policy": policy,
        "readings": readings_of(client, policy, agreement=agreement, now=now),
        "guardians": [
            _shown(one, (scope_forms or {}).get(one.guardian.pk), today) for one in guardianships(client, now)
        ],
        "secrets_form": secrets_form or SecretsForm(initial={"secrets": client.secrets}),
        "birthdays": coming_birthdays(client, today, messages=policy.minimum_age),
        "shared": shared_in(client),
    }
    status = 422 if secrets_form or scope_forms else 200
    return CLINICIAN.page(request, "agreements/readers.html", context, status=status)


def _own_rules(clinician: Clinician, now: datetime) -> Policy:
    on = clinician.date_at(now)
    layers = [load_layer(text, file="rules") for text in clinician_layers(clinician, on)]
    return resolve(layers, on).policy


def _shown(known: Guardianship, form: ScopeForm | None, today: Any) -> dict[str, Any]:
    """A guardian, what was entered for them with its words, and a form for the next change."""
    sealer = Sealer(known.guardian.practice_id)
    changes = sorted(known.changes, key=lambda row: (row.on, row.number))
    blank = ScopeForm(initial=first_day(today), auto_id=f"{known.guardian.pk}_%s")
    return {
        "known": known,
        "form": form or blank,
        "changes": [
            {"row": row, "reason": row.reason(sealer), "document": row.document(sealer)} for row in changes
        ],
    }
