"""Time away: what is set, what another stretch would move, and setting, changing and cancelling it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from interlude.away.forms import AwayForm, StretchForm, as_typed
from interlude.away.standing_in import covers_shown
from interlude.boundaries.models import Absence
from interlude.cover.models import has_plan_for
from interlude.messaging.time_away import (
    Preview,
    cancel_time_away,
    change_time_away,
    preview,
    set_time_away,
)
from interlude.practice.models import Client, Clinician
from interlude.ui.rooms import CLINICIAN

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def time_away(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What is ahead, and a form for more. A POST shows first what it moves, then sets it."""
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = AwayForm(sent, zone=clinician.time_zone(), now=now)
    if not form.is_bound or not form.is_valid():
        return _page(request, clinician, form, now=now, status=422 if form.is_bound else 200)
    seen = preview(clinician, form.stretches(), now=now)
    if not _is_sure(request, seen):
        unsure = "sure" in request.POST
        return _page(
            request, clinician, form, now=now, seen=seen, unsure=unsure, status=422 if unsure else 200
        )
    made, moved = set_time_away(seen.stretches, clinician=clinician, by=clinician, now=now)
    _say(request, moved)
    return CLINICIAN.then(request, "absence", absence_id=made[0].pk)


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, clinician: Clinician, *, absence_id: UUID) -> HttpResponse:
    """One stretch: what falls into it, and a form to change it. A POST shows first what the change moves."""
    now, zone = timezone.now(), clinician.time_zone()
    found = _mine(clinician, absence_id, now)
    if request.method != "POST":
        form = StretchForm(initial=as_typed(found.starts_at, found.ends_at, zone), zone=zone, now=now)
        return _one(request, clinician, found, form, now=now)
    form = StretchForm(request.POST, zone=zone, now=now)
    if not form.is_valid():
        return _one(request, clinician, found, form, now=now, status=422)
    seen = preview(clinician, form.stretches(), now=now, instead_of=found)
    if not _is_sure(request, seen):
        unsure = "sure" in request.POST
        status = 422 if unsure else 200
        return _one(request, clinician, found, form, now=now, seen=seen, unsure=unsure, status=status)
    _say(request, change_time_away(found, seen.stretches[0], clinician=clinician, by=clinician, now=now))
    return CLINICIAN.then(request, "absence", absence_id=found.pk)


@require_POST
def cancel(request: HttpRequest, clinician: Clinician, *, absence_id: UUID) -> HttpResponse:
    """Take a stretch back; with *all*, the later ones of its series too. What has begun ends now."""
    now = timezone.now()
    found = _mine(clinician, absence_id, now)
    cancel_time_away(found, by=clinician, now=now, all_after="all" in request.POST)
    messages.info(request, _("It is taken back. Dates that were given stay; answers only come sooner."))
    return CLINICIAN.then(request, "time_away")


def _mine(clinician: Clinician, absence_id: UUID, now: datetime) -> Absence:
    return get_object_or_404(_ahead(clinician, now), pk=absence_id)


def _ahead(clinician: Clinician, now: datetime) -> models.QuerySet[Absence]:
    return Absence.objects.filter(clinician=clinician, ends_at__gt=now)


def _is_sure(request: HttpRequest, seen: Preview) -> bool:
    """Was the preview seen and said yes to; and for a date of today, that it moves? Rule: R-242."""
    return "sure" in request.POST and (not seen.today or "move_today" in request.POST)


def _say(request: HttpRequest, moved: int) -> None:
    said = _("It is set. No date had to move.")
    if moved:
        said = ngettext(
            "It is set. %(n)d date has moved, and whoever waits is told now.",
            "It is set. %(n)d dates have moved, and whoever waits is told now.",
            moved,
        ) % {"n": moved}
    messages.success(request, said)


def _page(
    request: HttpRequest,
    clinician: Clinician,
    form: AwayForm,
    *,
    now: datetime,
    seen: Preview | None = None,
    unsure: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "now": now,
        "rows": _ahead(clinician, now)[:SHOWN],
        "form": form,
        "seen": seen,
        "unsure": unsure,
    }
    return CLINICIAN.page(request, "away/time_away.html", context, status=status)


def _one(
    request: HttpRequest,
    clinician: Clinician,
    absence: Absence,
    form: StretchForm,
    *,
    now: datetime,
    seen: Preview | None = None,
    unsure: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "time_away",
        "now": now,
        "absence": absence,
        "form": form,
        "seen": seen,
        "unsure": unsure,
        "covers": [
            one for one in covers_shown(clinician, now=now).for_me if one.cover.absence_id == absence.pk
        ],
        "clients": _with_plans(clinician, absence, now),
    }
    return CLINICIAN.page(request, "away/absence.html", context, status=status)


def _with_plans(clinician: Clinician, absence: Absence, now: datetime) -> models.QuerySet[Client]:
    """Clients whose work goes on, and whether a plan for this break is written."""
    return Client.objects.visible_to(clinician).going_on(now).annotate(has_plan=has_plan_for(absence))
