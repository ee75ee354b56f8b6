"""Who of my clients asked for a copy of their record, and by when it is due."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interlude.papers.actions import hand_out
from interlude.papers.models import RecordRequest
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def records(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Those that wait, the most urgent first. It calls nobody: this page is looked at when there is time for it."""
    now = timezone.now()
    rows = RecordRequest.objects.visible_to(clinician).open().select_related("client", "participant")
    context = {"here": "records", "now": now, "today": clinician.date_at(now), "rows": rows[:100]}
    return CLINICIAN.page(request, "papers/records.html", context)


@require_POST
def record_ready(request: HttpRequest, clinician: Clinician, *, request_id: UUID) -> HttpResponse:
    """Looked through: its person can save it from now on."""
    rows = RecordRequest.objects.visible_to(clinician).select_related("participant__user")
    hand_out(get_object_or_404(rows, pk=request_id), by=clinician, now=timezone.now())
    return CLINICIAN.then(request, "records")
