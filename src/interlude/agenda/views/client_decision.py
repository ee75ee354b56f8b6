"""A client's own line about whether messages fit."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.agenda.actions import say_view
from interlude.agreements.models import Suitability
from interlude.agreements.suitability import decisions_shown, with_views
from interlude.agreements.suitability_forms import ViewForm
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_fresh
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, participant: Participant, *, record_id: UUID) -> HttpResponse:
    """What was decided, whole, and a place for one's own view of it."""
    now = timezone.now()
    rows = Suitability.objects.visible_to(participant).select_related("decided_by")
    found = get_object_or_404(with_views(rows, reader=participant), pk=record_id)
    form = ViewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        say_view(
            form.cleaned_data["words"],
            decision=found,
            by=participant,
            now=now,
            view_id=id_or_fresh(request.POST.get("view_id")),
        )
        messages.info(request, _("Your view is written down. It is on our list too."))
        return CLIENT.then(request, "decision", record_id=found.pk)
    context = {
        "here": "agreement",
        "now": now,
        "me": participant,
        "therapist": participant.client.clinician,
        "decision": decisions_shown([found], Sealer(participant.practice_id))[0],
        "form": form,
        "view_id": uuid4(),
    }
    return CLIENT.page(request, "agenda/decision.html", context, status=422 if form.errors else 200)
