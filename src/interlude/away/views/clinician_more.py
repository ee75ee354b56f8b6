"""A clinician's will, a colleague who cannot come, and the record of kept dates with one client."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interlude.away.forms import SuddenForm, WillForm
from interlude.away.models import Will
from interlude.away.sudden import start_sudden_absence
from interlude.away.wills import MAY_OPEN, write_will
from interlude.cover.models import Cover
from interlude.messaging.kept import kept_record
from interlude.practice.models import Client, Clinician, OfficeMember
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def will(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What is to be done if I cannot come back; who may open it together; and when it was opened."""
    now = timezone.now()
    found = Will.objects.filter(clinician=clinician).first()
    words = found.words() if found else ""
    form = WillForm(request.POST if request.method == "POST" else None, initial={"words": words})
    if form.is_bound and form.is_valid():
        write_will(form.cleaned_data["words"], clinician=clinician, now=now)
        messages.success(request, _("It is kept, sealed."))
        return CLINICIAN.then(request, "will")
    openers = OfficeMember.objects.filter(role__in=MAY_OPEN, left_at=None)
    openings = found.openings.select_related("asked_by", "confirmed_by") if found else []
    context = {"here": "time_away", "now": now, "form": form, "will": found, "openers": openers}
    context["openings"] = openings
    return CLINICIAN.page(request, "away/will.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sudden(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """A colleague for whom I stand in, or whom I supervise, cannot come: I say so for them."""
    now = timezone.now()
    form = SuddenForm(
        request.POST if request.method == "POST" else None, clinicians=_may_speak_for(clinician), now=now
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        start_sudden_absence(data["who"], last=data["last"], why=data["why"], by=clinician, now=now)
        messages.success(
            request, _("It is set. Dates have moved, whoever waits is told, and the office calls.")
        )
        return CLINICIAN.then(request, "covers")
    context = {"here": "time_away", "now": now, "form": form}
    return CLINICIAN.page(request, "away/sudden.html", context, status=422 if form.is_bound else 200)


def _may_speak_for(clinician: Clinician) -> dict[str, Clinician]:
    """Whom they stand in for, now or soon, and whom they supervise."""
    now = timezone.now()
    covers = (
        Cover.objects.not_over(now).filter(colleague=clinician, accepted=True).select_related("clinician")
    )
    people = {str(one.clinician_id): one.clinician for one in covers}
    return people | {str(one.pk): one for one in clinician.supervisees.filter(left_at=None)}


@require_safe
def kept(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """The dates that were given to this client, as the client reads them too."""
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    record = kept_record(client, clinician, now=now)
    context = {"here": "clients", "now": now, "client": client, "record": record}
    return CLINICIAN.page(request, "away/kept.html", context)
