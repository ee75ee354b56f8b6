"""The week and its requests, of one's own clients: the clinician's side of times."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.appointments import at_work
from interlude.appointments.at_work import At
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def calendar(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    return at_work.calendar(_at(request, clinician))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_sessions(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    return at_work.plan(_at(request, clinician))


@require_POST
def mark_session(request: HttpRequest, clinician: Clinician, *, session_id: UUID) -> HttpResponse:
    return at_work.mark(_at(request, clinician), session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_session(request: HttpRequest, clinician: Clinician, *, session_id: UUID) -> HttpResponse:
    return at_work.cancel(_at(request, clinician), session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def move_request(request: HttpRequest, clinician: Clinician, *, request_id: UUID) -> HttpResponse:
    return at_work.request(_at(request, clinician), request_id)


def _at(request: HttpRequest, clinician: Clinician) -> At:
    return At(CLINICIAN, request, clinician, timezone.now())
