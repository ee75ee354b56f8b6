"""Phones and computers on which somebody is told that something is here: added, tried, taken off."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interlude.outbox.device import Device
from interlude.outbox.devices import add_device, remove_device, try_device
from interlude.outbox.this_device import mark, marked
from interlude.outbox.webpush import own_key, public_text
from interlude.practice.device_forms import DeviceForm
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The list, and this browser: a POST brings what the browser gave when its person said yes."""
    now = timezone.now()
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and settings.PUSH_KEY and form.is_valid():
        subscription, kind = form.subscription(), form.cleaned_data["kind"]
        device = add_device(participant.user, subscription, kind=kind, now=now)
        if device is not None:
            messages.info(request, _("Notices come to this device now."))
            response = CLIENT.then(request, "devices")
            mark(response, device)
            return response
    mine = Device.objects.filter(user=participant.user).order_by("added_at")
    context = {
        "now": now,
        "me": participant,
        "here": "account",
        "form": form,
        "devices": mine,
        "this": marked(request),
        "key": public_text(own_key(settings.PUSH_KEY)) if settings.PUSH_KEY else "",
    }
    return CLIENT.page(request, "practice/devices.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: HttpRequest, participant: Participant, *, device_id: UUID) -> HttpResponse:
    """Nothing is told there any more."""
    if not remove_device(device_id, user=participant.user):
        raise Http404
    messages.info(request, _("It is taken off. Nothing comes to it any more."))
    return CLIENT.then(request, "devices")


@require_POST
def try_out(request: HttpRequest, participant: Participant, *, device_id: UUID) -> HttpResponse:
    """One notice, as every notice is."""
    now, practice_id = timezone.now(), participant.practice_id
    if not try_device(device_id, user=participant.user, practice_id=practice_id, now=now):
        raise Http404
    messages.info(request, _("A notice is on its way. It can take a minute, and waits for a safe hour."))
    return CLIENT.then(request, "devices")
