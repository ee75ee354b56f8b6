"""From the journal into a message: the words become a draft, and their writer goes on from there."""

from __future__ import annotations

from uuid import uuid5

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from interlude.agenda.models import JournalEntry
from interlude.core.policy import Topic
from interlude.core.words import normal_form
from interlude.messaging.drafts import keep_typed
from interlude.messaging.models import Draft
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_fresh, id_or_none
from interlude.ui.rooms import CLIENT


@require_POST
def journal_message(request: HttpRequest, participant: Participant) -> HttpResponse:
    """A page, or a summary that was read over, as a copy: the page stays as it is. One press, one draft."""
    if not participant.reads_messages:
        raise Http404
    if "entry" in request.POST:
        rows = JournalEntry.objects.visible_to(participant).select_related("participant")
        entry = get_object_or_404(rows, pk=id_or_none(request.POST["entry"]))
        words, key = entry.words(Sealer(participant.practice_id)), uuid5(entry.pk, "message")
    else:
        words = normal_form(request.POST.get("words", ""))
        key = uuid5(id_or_fresh(request.POST.get("item_id")), "message")
    if not words.strip():
        return CLIENT.then(request, "journal")
    now = timezone.now()
    kept = keep_typed(words, participant=participant, draft_id=key, topic=Topic.SESSION, now=now)
    if isinstance(kept, Draft):
        return HttpResponseRedirect(f"{reverse('client:write')}?draft={kept.pk}")
    return CLIENT.then(request, "message", message_id=kept.pk)
