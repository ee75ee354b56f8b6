"""The dates of one client in one file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from interlude.messaging.timeline import export_timeline
from interlude.plans.forms import TimelineForm
from interlude.practice.models import Client, Clinician
from interlude.ui.files import as_download


@require_POST
def timeline(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Make the file. Its name says a day and nothing else."""
    found = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    form, now = TimelineForm(request.POST), timezone.now()
    with_words = form.is_valid() and form.cleaned_data["with_words"]
    text = export_timeline(found, by=clinician, now=now, with_words=with_words)
    name = f"dates-{clinician.date_at(now).isoformat()}.txt"
    return as_download(text.encode(), media="text/plain; charset=utf-8", name=name)
