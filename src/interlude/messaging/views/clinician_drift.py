"""How it goes beside what was agreed: for the clinician who opens it, and nobody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.messaging.drift import drift_of
from interlude.messaging.rates import rates_of
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def drift(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Computed as it is read, kept nowhere. The address names nobody, so it can only show one's own."""
    now = timezone.now()
    context = {"now": now, "drift": drift_of(clinician, now), "rates": rates_of(clinician, now)}
    return CLINICIAN.page(request, "messaging/drift.html", context)
