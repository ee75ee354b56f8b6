"""A break plan of one client: what helps, who is there, the first session after."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.away.forms import BreakForm
from interlude.cover.actions import write_break_plan
from interlude.cover.breaks import next_break
from interlude.practice.models import Client, Clinician
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def break_plan(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """What this client has for the break, and a form for it; the client reads it at once."""
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    client.clinician = clinician
    found = next_break(client, clinician, now=now)
    initial = {"helps": found.helps, "there": found.there} if found else {}
    form = BreakForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and found is not None:
        write_break_plan(form.cleaned_data, client=client, absence=found.absence, by=clinician, now=now)
        messages.success(request, _("It is kept. Your client reads it on their home page."))
        return CLINICIAN.then(request, "break_plan", client_id=client.pk)
    status = 409 if form.is_bound and found is None else 200
    context = {"here": "clients", "now": now, "client": client, "found": found, "form": form}
    return CLINICIAN.page(request, "away/break_plan.html", context, status=status)
