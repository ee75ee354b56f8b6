"""A copy of what was written, to print or to save, for somebody whose work with us ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.closings.models import Closing
from interlude.library.finding import finished_by
from interlude.messaging.correspondence import everything_of
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_safe
def copy(request: HttpRequest, participant: Participant, *, closing_id: UUID) -> HttpResponse:
    """All messages and what came back, oldest first, on one page."""
    return CLIENT.page(request, "messaging/copy.html", _all(participant, closing_id))


@require_safe
def copy_text(request: HttpRequest, participant: Participant, *, closing_id: UUID) -> HttpResponse:
    """The same as plain text; its name says nothing about anybody."""
    context = _all(participant, closing_id)
    context["help"] = request.build_absolute_uri(
        reverse("public:help_practice", args=[participant.practice.slug])
    )
    text = render_to_string("client/messaging/copy.txt", context)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _all(participant: Participant, closing_id: UUID) -> dict[str, Any]:
    closing = get_object_or_404(Closing.objects.visible_to(participant), pk=closing_id)
    if closing.undone_at is not None or not closing.offers_copy:
        raise Http404
    now = timezone.now()
    return {
        "here": "conversation",
        "now": now,
        "me": participant,
        "therapist": participant.client.clinician,
        "closing": closing,
        "sheets": everything_of(participant, now=now),
        "pages": finished_by(participant),
    }
