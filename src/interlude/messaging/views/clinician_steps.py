"""Setting up, in small actions for this week."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.messaging.small_steps import small_steps
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def steps(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What is done and what is not, each with the page for it. Nothing reminds of it anywhere else."""
    rows = [(step, reverse(f"clinician:{step.page}")) for step in small_steps(clinician, now=timezone.now())]
    left = sum(not step.is_done for step, _ in rows)
    return CLINICIAN.page(request, "messaging/steps.html", {"here": "rules", "rows": rows, "left": left})
