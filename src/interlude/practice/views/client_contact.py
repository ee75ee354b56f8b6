"""When it is safe to reach somebody: by mail, by phone, or never there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.outbox.contact import contact_points, held_since, wants_asking
from interlude.outbox.models import ContactPoint
from interlude.practice.models import Participant
from interlude.practice.place_forms import ContactForm, as_chosen
from interlude.practice.whereabouts import say_safe_contact
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Say when mail and phone are safe. Saying the same once more confirms it for another year."""
    now = timezone.now()
    points = contact_points(participant.user)
    typed = request.POST if request.method == "POST" else None
    forms = {
        kind: ContactForm(typed, prefix=kind, initial=as_chosen(points.get(kind)))
        for kind in ContactPoint.Kind.values
    }
    if typed is not None and all([form.is_valid() for form in forms.values()]):
        say_safe_contact(participant, [form.said(kind) for kind, form in forms.items()], now=now)
        messages.info(request, _("This is kept. Nothing leaves from here at another hour."))
        return CLIENT.then(request, "contact")
    today = participant.date_at(now)
    context = {
        "now": now,
        "me": participant,
        "mail": forms["email"],
        "phone": forms["phone"],
        "confirmed_on": min((point.confirmed_on for point in points.values()), default=None),
        "is_due": wants_asking(participant.user, today),
        "practice": participant.practice,
        "held_since": held_since([participant.user_id], practice_id=participant.practice_id).get(
            participant.user_id
        ),
        "here": "account",
    }
    return CLIENT.page(request, "practice/contact.html", context, status=422 if typed is not None else 200)
