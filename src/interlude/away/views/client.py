"""A client's page about a break: when, who stands in, what helps, the first session after; and who may read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from interlude.cover.breaks import next_break
from interlude.cover.models import Cover, CoverPart
from interlude.messaging.covering import say_no
from interlude.messaging.kept import kept_record
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_GET
def time_away(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The break that is on or comes next, or that none is planned."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    context = {
        "here": "home",
        "now": now,
        "therapist": participant.client.clinician,
        "found": next_break(participant.client, participant, now=now),
    }
    return CLIENT.page(request, "away/break.html", context)


@require_POST
def cover(request: HttpRequest, participant: Participant, *, cover_id: UUID) -> HttpResponse:
    """I would rather wait; or they may read it after all."""
    now = timezone.now()
    found = get_object_or_404(Cover.objects.visible_to(participant).not_over(now), pk=cover_id)
    part = get_object_or_404(
        CoverPart.objects.select_related("cover"), cover=found, client=participant.client_id
    )
    refuses = request.POST.get("may") != "yes"
    part.cover = found
    say_no(part, by=participant, now=now, refuses=refuses)
    messages.info(request, _("You wait for your own therapist.") if refuses else _("They may read it."))
    return CLIENT.then(request, "time_away")


@require_GET
def kept(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The dates that were given to me, and what became of them; my therapist reads the same."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    context = {
        "here": "conversation",
        "now": now,
        "therapist": participant.client.clinician,
        "record": kept_record(participant.client, participant, now=now),
    }
    return CLIENT.page(request, "away/kept.html", context)
