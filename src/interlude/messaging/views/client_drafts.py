"""All drafts on one page, the pause after a session, and a copy of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.agenda.actions import want_a_pause
from interlude.agenda.models import Pause
from interlude.messaging.drafts import let_rest
from interlude.messaging.models import Draft
from interlude.messaging.purposes import Purpose, purpose_of
from interlude.messaging.sent_copy import sent_as_text
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.files import as_stream
from interlude.ui.rooms import CLIENT

SHOWN = 100
DAYS = {"1": 1, "2": 2}


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft in the list."""

    draft: Draft
    words: str
    purpose: Purpose


@require_safe
def drafts(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What is not sent yet, newest first; how each stands, and whether drafts rest after a session."""
    _only_writers(participant)
    now, sealer = timezone.now(), Sealer(participant.practice_id)
    rows = Draft.objects.visible_to(participant).select_related("participant")[:SHOWN]
    context: dict[str, Any] = {
        "here": "write",
        "now": now,
        "drafts": [
            Shown(one, one.text(sealer), purpose_of(one.topic, no_answer=one.no_answer)) for one in rows
        ],
        "pause": Pause.objects.visible_to(participant).first(),
        "therapist": participant.client.clinician,
    }
    return CLIENT.page(request, "messaging/drafts.html", context)


@require_POST
def rest(request: HttpRequest, participant: Participant, *, draft_id: UUID) -> HttpResponse:
    """Let a draft rest for a day or two, or no longer. Nothing is sent, and nothing is in the way of sending."""
    kept = get_object_or_404(Draft.objects.visible_to(participant), pk=draft_id)
    until = _until(timezone.now(), DAYS.get(request.POST.get("days", "")))
    let_rest(kept.pk, participant=participant, until=until)
    if until is not None:
        messages.info(request, _("Your draft rests. You can send it sooner at any time."))
    return CLIENT.then(request, "drafts")


@require_POST
def pause(request: HttpRequest, participant: Participant) -> HttpResponse:
    """One's own wish: drafts rest for a day or two after a session, or do not."""
    _only_writers(participant)
    days = DAYS.get(request.POST.get("days", ""), 0)
    want_a_pause(days, participant=participant, now=timezone.now())
    messages.info(request, _("It is as you want it now."))
    return CLIENT.then(request, "drafts")


@require_safe
def sent_copy(request: HttpRequest, participant: Participant) -> StreamingHttpResponse:
    """All that one sent, oldest first, as plain text; its name says nothing."""
    _only_writers(participant)
    return as_stream(sent_as_text(participant, now=timezone.now()), name="sent.txt")


def _until(now: datetime, days: int | None) -> datetime | None:
    """The same hour of another day."""
    return timezone.localtime(now) + timedelta(days=days) if days else None


def _only_writers(participant: Participant) -> None:
    if not participant.reads_messages:
        raise Http404
