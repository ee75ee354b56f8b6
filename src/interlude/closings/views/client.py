"""How our work ends, for the client: the days, a farewell, what comes after, and a copy."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.closings.models import Closing, current
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT


@require_safe
def ending(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The last days, or that none are set. Looking leaves no trace (law 4)."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    closing = current(Closing.objects.visible_to(participant).select_related("set_by"))
    context = {
        "here": "agreement",
        "now": now,
        "me": participant,
        "therapist": participant.client.clinician,
        "practice": participant.practice,
        "closing": closing,
        "said": closing.said(Sealer(participant.practice_id)) if closing else {},
        "has_ended": closing.has_ended(now) if closing else False,
    }
    return CLIENT.page(request, "closings/ending.html", context)
