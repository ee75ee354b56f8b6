"""The promise watch: dates that need a thought, before and after they pass."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.appointments.week import promised_by
from interlude.boundaries.windows import window_of
from interlude.messaging.promises import SHOWN, promise_watch
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def watch(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What is late, what is due before the next window, what has time. Dates only: no words are opened."""
    now = timezone.now()
    window = window_of(clinician, now)
    dates = promise_watch(clinician, now=now, next_window=window.next_at)
    asked = promised_by(clinician, now, next_window=window.next_at)
    context = {"now": now, "window": window, "watch": dates, "asked": asked, "shown": SHOWN}
    return CLINICIAN.page(request, "messaging/watch.html", context)
