"""Whether messages fit this client: the record of it, and writing another version."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.agreements.deciding import note_reading, write_decision
from interlude.agreements.models import Suitability
from interlude.agreements.suitability import decisions_shown, with_views
from interlude.agreements.suitability_forms import SuitabilityForm
from interlude.boundaries.windows import window_of
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def suitability(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Every version, newest first, and an empty form. Lines of the client come with the check window (law 6)."""
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    form = SuitabilityForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        write_decision(
            form.said,
            decision=form.cleaned_data["decision"],
            client=client,
            by=clinician,
            now=now,
            record_id=form.key,
        )
        messages.info(request, _("It is written down. Your client can read it and say their view."))
        return CLINICIAN.then(request, "suitability", client_id=client.pk)
    rows = Suitability.objects.visible_to(clinician).filter(client=client).select_related("decided_by")
    shown = decisions_shown(
        with_views(rows, reader=clinician),
        Sealer(clinician.practice_id),
        until=window_of(clinician, now).opened_at,
    )
    note_reading([one.record for one in shown], on=client, by=clinician, now=now)
    context = {
        "here": "clients",
        "now": now,
        "client": client,
        "form": form,
        "decisions": shown,
        "record_id": form.key if form.is_bound else uuid4(),
    }
    return CLINICIAN.page(request, "agreements/suitability.html", context, status=422 if form.errors else 200)
