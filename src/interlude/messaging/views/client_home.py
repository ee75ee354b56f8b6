"""Where a client arrives, and what was written so far."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from interlude.appointments.models import Session
from interlude.core.guardians import Scope
from interlude.cover.breaks import next_break
from interlude.desk.models import Question
from interlude.library.finding import for_home
from interlude.messaging.correspondence import page_of
from interlude.messaging.models import Message
from interlude.messaging.overview import overview_for
from interlude.messaging.readers import readers_now
from interlude.outbox.bounces import failed_since
from interlude.outbox.contact import wants_asking
from interlude.plans.beside_danger import pause_shown
from interlude.practice.guardians import reach_of
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_GET
def home(request: HttpRequest, participant: Participant) -> HttpResponse:
    """When messages are next read, what I wait for and by when, the next session, what is open for me."""
    now = timezone.now()
    view = overview_for(participant, now)
    context = {"now": now, "me": participant, "therapist": participant.client.clinician, "view": view}
    context["contact_due"] = wants_asking(participant.user_id, timezone.localtime(now).date())
    context["mail_failed_at"] = failed_since([participant.user_id]).get(participant.user_id)
    if not participant.reads_messages:
        context["sessions"] = Session.objects.visible_to(participant, at=now).coming(now)[:4]
        context["reach"] = reach = reach_of(participant, now)
        context["sees_times"] = reach.sees(Scope.TIMES)
        context["child"] = participant.client.name.split()[0]
        return CLIENT.page(request, "messaging/home_guardian.html", context)
    context |= {"pause": pause_shown(participant, now), "things": for_home(participant, now)}
    if view.break_near:
        context["break"] = next_break(participant.client, participant, now=now)
    page = "messaging/home_closed.html" if view.closed else "messaging/home.html"
    return CLIENT.page(request, page, context)


@require_GET
def conversation(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Messages and what came back, oldest first, fifty to a page; `before` names where the page ends."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    context = {
        "now": now,
        "readers": readers_now(participant, now),
        "me": participant,
        "therapist": participant.client.clinician,
        "page": page_of(participant, before=_before(request, participant, now), now=now),
        "questions": Question.objects.visible_to(participant).order_by("-asked_at")[:5],
    }
    return CLIENT.page(request, "messaging/conversation.html", context)


def _before(request: HttpRequest, participant: Participant, now: datetime) -> Message | None:
    if "before" not in request.GET:
        return None
    try:
        key = UUID(request.GET["before"])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(
        Message.objects.visible_to(participant, at=timezone.now()).defer("sealed"), pk=key
    )
