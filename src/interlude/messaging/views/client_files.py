"""Photos and PDFs beside a draft, and with a message."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.enclosures.actions import LARGEST_PICTURE, enclose, take_out
from interlude.enclosures.models import Enclosure
from interlude.messaging.enclosed import refused_here, sent
from interlude.messaging.forms import FileForm
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def draft_files(request: HttpRequest, participant: Participant, *, draft_id: UUID) -> HttpResponse:
    """Add one at a time. They go with the message, once it is sent."""
    if not participant.reads_messages:
        raise Http404
    kept = get_object_or_404(Draft.objects.visible_to(participant), pk=draft_id)
    form = FileForm(request.POST or None, request.FILES or None, initial={"file_id": uuid4()})
    if form.is_bound and form.is_valid():
        given, now = form.cleaned_data["file"], timezone.now()
        data = given.read(LARGEST_PICTURE + 1)
        added = enclose(
            data, participant=participant, key=kept.pk, file_id=form.cleaned_data["file_id"], now=now
        )
        if isinstance(added, Enclosure):
            messages.info(request, _("Your file is kept. It goes with the message once you send it."))
            return CLIENT.then(request, "draft_files", draft_id=kept.pk)
        form.add_error("file", refused_here(added, given.size))
    context: dict[str, Any] = {
        "here": "write",
        "now": timezone.now(),
        "kept": kept,
        "form": form,
        "files": Enclosure.objects.visible_to(participant).filter(key=kept.pk).defer("sealed"),
        "therapist": participant.client.clinician,
    }
    return CLIENT.page(request, "messaging/draft_files.html", context, status=422 if form.is_bound else 200)


@require_safe
def enclosure(request: HttpRequest, participant: Participant, *, file_id: UUID) -> HttpResponse:
    """The file again, as a download: one's own, or of a message that one can read."""
    own = Enclosure.objects.visible_to(participant).filter(pk=file_id).first()
    if own is not None:
        return sent(own)
    seen = Message.objects.visible_to(participant, at=timezone.now()).filter(taken_back_at=None)
    return sent(get_object_or_404(Enclosure.objects.of(seen), pk=file_id))


@require_POST
def enclosure_out(request: HttpRequest, participant: Participant, *, file_id: UUID) -> HttpResponse:
    """Take it away from a draft; with what was sent it stays, as its words do."""
    mine = get_object_or_404(Enclosure.objects.visible_to(participant), pk=file_id)
    kept = get_object_or_404(Draft.objects.visible_to(participant), pk=mine.key)
    take_out(mine, by=participant, now=timezone.now())
    messages.info(request, _("The file is gone from here."))
    return CLIENT.then(request, "draft_files", draft_id=kept.pk)
