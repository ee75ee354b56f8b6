"""The week and its requests, of everybody here: the office's side of times."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.appointments import at_work
from interlude.appointments.at_work import At
from interlude.practice.models import OfficeMember
from interlude.ui.rooms import OFFICE


@require_safe
def calendar(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    return at_work.calendar(_at(request, office))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_sessions(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    return at_work.plan(_at(request, office))


@require_POST
def mark_session(request: HttpRequest, office: OfficeMember, *, session_id: UUID) -> HttpResponse:
    return at_work.mark(_at(request, office), session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_session(request: HttpRequest, office: OfficeMember, *, session_id: UUID) -> HttpResponse:
    return at_work.cancel(_at(request, office), session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def move_request(request: HttpRequest, office: OfficeMember, *, request_id: UUID) -> HttpResponse:
    return at_work.request(_at(request, office), request_id)


def _at(request: HttpRequest, office: OfficeMember) -> At:
    return At(OFFICE, request, office, timezone.now())
