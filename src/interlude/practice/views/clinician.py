"""A clinician's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from interlude.outbox.bounces import failed_since
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


def account(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Name, zone, practice, and the ways to sign in."""
    failed_at = failed_since([clinician.user_id]).get(clinician.user_id)
    context = {"clinician": clinician, "now": timezone.now(), "failed_at": failed_at}
    return CLINICIAN.page(request, "practice/account.html", context)
