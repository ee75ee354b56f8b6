"""Taking a time that was offered, with one tap."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from interlude.appointments.freed import NotBooked
from interlude.appointments.offering import take_time
from interlude.messaging.taking import offered_for_a_move, offered_to
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT
from interlude.ui.templatetags.moments import plain_moment

GONE = {
    "expired": gettext_lazy("This time is no longer held. Nothing was changed. You can ask for another one."),
    "other": gettext_lazy("Another of these times was taken already. You find it in our sessions."),
    "busy": gettext_lazy("This time is not free any more. Nothing was changed. You can take another one."),
}


@require_POST
def take(request: HttpRequest, participant: Participant, *, time_id: UUID) -> HttpResponse:
    """It becomes a session; the message it came with says so from then on."""
    now = timezone.now()
    found = offered_to(participant, time_id, now=now)
    offered = found[0] if found else offered_for_a_move(participant, time_id)
    if offered is None:
        raise Http404
    match take_time(offered, by=participant, now=now):
        case NotBooked(why=why):
            messages.info(request, GONE[why])
        case _:
            when = plain_moment(offered.starts_at)
            messages.info(request, gettext("Our session is set: %(when)s.") % {"when": when})
    if found is None:
        return CLIENT.then(request, "sessions")
    return CLIENT.then(request, "message", message_id=found[1].pk)
