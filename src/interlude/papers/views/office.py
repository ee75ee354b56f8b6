"""Requests for a copy of a record, for the office: who asked and by when, and nothing of what is in it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interlude.papers.actions import hand_out
from interlude.papers.models import RecordRequest
from interlude.practice.models import OfficeMember
from interlude.ui.rooms import OFFICE


@require_safe
def records(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """Those that wait, the most urgent first."""
    _at_work(office)
    now = timezone.now()
    rows = RecordRequest.objects.visible_to(office).open().select_related("client__clinician", "participant")
    context = {"here": "records", "now": now, "today": office.date_at(now), "rows": rows[:100]}
    return OFFICE.page(request, "papers/records.html", context)


@require_POST
def record_ready(request: HttpRequest, office: OfficeMember, *, request_id: UUID) -> HttpResponse:
    """The therapist said that it may go: its person can save it from now on."""
    rows = RecordRequest.objects.visible_to(office).select_related("participant__user")
    hand_out(get_object_or_404(rows, pk=request_id), by=office, now=timezone.now())
    return OFFICE.then(request, "records")


def _at_work(office: OfficeMember) -> None:
    if office.role == OfficeMember.Role.CUSTODIAN:
        raise Http404
