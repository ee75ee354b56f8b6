"""Standing in: asking a colleague, their answer, ending it, and what one stands in for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.away.forms import CoverForm, as_typed
from interlude.away.standing_in import TOPICS, covers_shown, with_doubts
from interlude.boundaries.models import Absence
from interlude.cover.actions import Doubts, ask_cover, doubts_about, known_about
from interlude.cover.models import Cover
from interlude.messaging.covering import accept_or_decline, end_standing_in
from interlude.practice.models import Client, Clinician
from interlude.ui.forms import id_or_fresh
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, clinician: Clinician, *, absence_id: UUID) -> HttpResponse:
    """Ask a colleague for the time of one absence; doubts are said first, and asking stays possible."""
    now = timezone.now()
    mine = Absence.objects.filter(clinician=clinician, ends_at__gt=now)
    absence = get_object_or_404(mine, pk=absence_id)
    form = _form(request, clinician, absence, now)
    if not form.is_bound or not form.is_valid():
        return _page(request, absence, form, now=now, status=422 if form.is_bound else 200)
    asked = form.asked()
    known = known_about(asked.colleague, now=now)
    doubts = doubts_about(asked, clinician=clinician, known=known)
    if doubts and "anyway" not in request.POST:
        return _page(request, absence, form, now=now, doubts=doubts, status=409)
    ask_cover(
        asked,
        clinician=clinician,
        by=clinician,
        absence=absence,
        now=now,
        cover_id=id_or_fresh(request.POST.get("cover_id")),
    )
    messages.success(request, _("You have asked. Nobody sees anything before the answer is yes."))
    return CLINICIAN.then(request, "absence", absence_id=absence.pk)


def _form(request: HttpRequest, clinician: Clinician, absence: Absence, now: datetime) -> CoverForm:
    colleagues = Clinician.objects.filter(left_at=None, user__is_active=True).exclude(pk=clinician.pk)
    clients = Client.objects.visible_to(clinician).going_on(now)
    zone = clinician.time_zone()
    days = as_typed(max(absence.starts_at, now), absence.ends_at, zone)
    choices = [key for key, _name in TOPICS]
    known = {str(one.pk): one for one in clients}
    return CoverForm(
        request.POST if request.method == "POST" else None,
        zone=zone,
        now=now,
        colleagues={str(one.pk): one for one in colleagues},
        clients=known,
        topics=TOPICS,
        within=absence.value(),
        initial=days | {"topics": choices, "clients": list(known)},
    )


def _page(
    request: HttpRequest,
    absence: Absence,
    form: CoverForm,
    *,
    now: datetime,
    doubts: Doubts | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "time_away",
        "now": now,
        "absence": absence,
        "form": form,
        "doubts": doubts,
        "cover_id": id_or_fresh(request.POST.get("cover_id")),
    }
    return CLINICIAN.page(request, "away/ask_cover.html", context, status=status)


@require_safe
def covers(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What I am asked for, what I stand in for, and who stands in for me."""
    now = timezone.now()
    shown = covers_shown(clinician, now=now)
    context = {
        "here": "time_away",
        "now": now,
        "asked": with_doubts(shown.asked, clinician, now=now),
        "mine": shown.mine,
        "for_me": shown.for_me,
    }
    return CLINICIAN.page(request, "away/covers.html", context)


@require_POST
def answer(request: HttpRequest, clinician: Clinician, *, cover_id: UUID) -> HttpResponse:
    """Yes or no to a colleague."""
    asked = Cover.objects.visible_to(clinician).filter(colleague=clinician)
    found = get_object_or_404(asked, pk=cover_id)
    accepts = request.POST.get("answer") == "yes"
    if not accept_or_decline(found, accepts=accepts, by=clinician, now=timezone.now()):
        messages.info(request, _("That was answered, taken back, or is over. Nothing has changed."))
    elif accepts:
        messages.success(request, _("You stand in. What waits comes with your own check windows."))
    else:
        messages.info(request, _("You said no. Your colleague reads that on the page of the time away."))
    return CLINICIAN.then(request, "covers")


@require_POST
def end(request: HttpRequest, clinician: Clinician, *, cover_id: UUID) -> HttpResponse:
    """Take it back, or give it back: at once."""
    found = get_object_or_404(Cover.objects.visible_to(clinician), pk=cover_id)
    if end_standing_in(found, by=clinician, now=timezone.now()):
        messages.info(request, _("It is ended. What was not read yet waits for its own therapist."))
    return CLINICIAN.then(request, "covers")
