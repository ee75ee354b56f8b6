"""A client's own calendar address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from interlude.appointments.calendar_page import Here, calendar_page
from interlude.appointments.feeds import may_have_feed
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Make it, change it, stop it. A guardian has one while they may see times."""
    now = timezone.now()
    if not may_have_feed(participant, now):
        raise Http404
    return calendar_page(request, Here(CLIENT, participant, now, {"me": participant}))
