"""A clinician's clients, and one client's page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.appointments.models import Session
from interlude.messaging.answering import note_list_reading
from interlude.messaging.caseload import care_of
from interlude.messaging.models import Message
from interlude.plans.beside_danger import at_hand
from interlude.practice.models import Client, Clinician
from interlude.practice.whereabouts import safe_contact_of
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLINICIAN

PAGE = 50


@require_safe
def clients(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Everybody this clinician sees, by name, with the next session; those whose care has ended come last."""
    now = timezone.now()
    coming = Session.objects.coming(now).filter(client=OuterRef("pk")).values("starts_at")[:1]
    mine = Client.objects.visible_to(clinician).annotate(next_session_at=Subquery(coming))
    over = Case(
        When(ended_at__lte=now, then=F("ended_at")), default=None
    )  # an end that lies ahead is none yet
    rows = mine.order_by(over.asc(nulls_first=True), "name", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return CLINICIAN.page(request, "messaging/clients.html", {"now": now, "page": page})


@require_safe
def client(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """One client: messages that were handed over, and what was written back. Opening it is reading."""
    now = timezone.now()
    found = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    before = _known(found, request.GET.get("before", ""), by=clinician, now=now)
    care = care_of(found, clinician=clinician, now=now, before=before)
    note_list_reading(found, care.read, by=clinician, now=now)
    context = {"here": "clients", "now": now, "care": care, "is_newest": before is None}
    context["safe_contact"] = safe_contact_of(found)
    context |= {"safety": at_hand(found, clinician=clinician), "safety_of": found.pk}
    return CLINICIAN.page(request, "messaging/client.html", context)


def _known(client: Client, message_id: str, *, by: Clinician, now: datetime) -> Message | None:
    """The message that a page ends before; None for anything else."""
    wanted, rows = id_or_none(message_id), Message.objects.visible_to(by, at=now).filter(client=client)
    return rows.filter(pk=wanted).first() if wanted else None
