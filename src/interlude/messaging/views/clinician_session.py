"""One session with our list: what was kept for it, opened."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.appointments.models import Session
from interlude.boundaries.windows import window_of
from interlude.messaging.answering import note_list_reading
from interlude.messaging.our_list import list_for
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def session(request: HttpRequest, clinician: Clinician, *, session_id: UUID) -> HttpResponse:
    """The session's page. Opening it is reading: one line in the record names what was shown."""
    now = timezone.now()
    rows = Session.objects.visible_to(clinician).select_related("client")
    found = get_object_or_404(rows, pk=session_id)
    window = window_of(clinician, now)
    ours = list_for(found, clinician=clinician, now=now, window=window)
    note_list_reading(found, ours.read, by=clinician, now=now)
    context = {
        "here": "sessions",
        "now": now,
        "window": window,
        "session": found,
        "can_join": found.can_be_joined(now),
        "ours": ours,
    }
    return CLINICIAN.page(request, "messaging/session.html", context)
