"""What nobody else can see, who cannot come and must be spoken for, and wills that two people open together."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.away.forms import SuddenForm
from interlude.away.models import Will, WillOpening
from interlude.away.standing_in import TOPICS
from interlude.away.sudden import list_to_call, start_sudden_absence, tick_call
from interlude.away.unseen import Unseen, see_to, unseen_in, worker_is_silent
from interlude.away.wills import ask_to_open, confirm_opening, may_open, read_will, wills_of
from interlude.boundaries.models import Absence
from interlude.cover.actions import Asked, ask_cover
from interlude.cover.models import Cover
from interlude.cover.sight import FOR_A_WHILE
from interlude.practice.models import Client, Clinician, OfficeMember, PracticeRow
from interlude.ui.rooms import OFFICE

R = TypeVar("R", bound=PracticeRow)


@require_safe
def unseen(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """What was accepted and whose person cannot see it; found now, so that it needs no worker."""
    _at_work(office)
    now = timezone.now()
    found = unseen_in(office.practice, now=now)
    context = {
        "now": now,
        "open": [one for one in found if one.taken is None],
        "taken": [one for one in found if one.taken is not None],
        "colleagues": Clinician.objects.filter(left_at=None, user__is_active=True),
        "asked": Cover.objects.visible_to(office).not_over(now).select_related("clinician", "colleague"),
        "silent": worker_is_silent(now),
    }
    return OFFICE.page(request, "away/unseen.html", context)


@require_POST
def take(request: HttpRequest, office: OfficeMember, *, message_id: UUID) -> HttpResponse:
    """I see to it: the client is called, or a colleague asked. Its words stay closed to the office."""
    found = _unseen(office, message_id)
    assert found.message is not None
    see_to(found.message, by=office, now=timezone.now())
    messages.success(request, _("Your name stands beside it."))
    return OFFICE.then(request, "unseen")


@require_POST
def hand(request: HttpRequest, office: OfficeMember, *, message_id: UUID) -> HttpResponse:
    """Ask a colleague to stand in for this client for two weeks; whoever asks takes it on."""
    now = timezone.now()
    found = _unseen(office, message_id)
    if not office.is_owner or found.message is None or found.clinician is None:
        raise Http404
    here = Clinician.objects.filter(left_at=None).exclude(pk=found.clinician.pk)
    colleague = _named(here, request.POST.get("colleague"))
    if colleague is None:
        raise Http404
    topics = [key for key, _name in TOPICS]
    asked = Asked(colleague, [found.client], topics, now, now + FOR_A_WHILE)
    ask_cover(asked, clinician=found.clinician, by=office, absence=None, now=now, cover_id=uuid4())
    see_to(found.message, by=office, now=now)
    messages.success(request, _("You have asked. It opens for your colleague once the answer is yes."))
    return OFFICE.then(request, "unseen")


def _at_work(office: OfficeMember) -> None:
    """A records custodian is not of the desk: they see no client here."""
    if office.role == OfficeMember.Role.CUSTODIAN:
        raise Http404


def _unseen(office: OfficeMember, message_id: UUID) -> Unseen:
    _at_work(office)
    found = unseen_in(office.practice, now=timezone.now())
    one = next((one for one in found if one.message and one.message.pk == message_id), None)
    if one is None:
        raise Http404
    return one


def _named(rows: models.QuerySet[R], given: str | None) -> R | None:
    """The row that a form named; None for anything else, whether it is elsewhere or nowhere."""
    try:
        return rows.filter(pk=UUID(given or "")).first()
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def sudden(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """Somebody cannot come: their dates move at once, whoever waits is told, and a list to call opens."""
    _at_work(office)
    now = timezone.now()
    clinicians = {str(one.pk): one for one in Clinician.objects.filter(left_at=None)}
    form = SuddenForm(request.POST if request.method == "POST" else None, clinicians=clinicians, now=now)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        absence = start_sudden_absence(data["who"], last=data["last"], why=data["why"], by=office, now=now)
        messages.success(request, _("It is set. Dates have moved, and whoever waits is told now."))
        return OFFICE.then(request, "calls", absence_id=absence.pk)
    running = Absence.objects.exclude(unplanned="").filter(ends_at__gt=now).select_related("clinician")
    context = {"now": now, "form": form, "running": running}
    return OFFICE.page(request, "away/sudden.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: HttpRequest, office: OfficeMember, *, absence_id: UUID) -> HttpResponse:
    """Whom to call, as they allow it, the next session, and who called. A POST ticks one."""
    _at_work(office)
    now = timezone.now()
    ahead = Absence.objects.filter(ends_at__gt=now).select_related("clinician")
    absence = get_object_or_404(ahead, pk=absence_id)
    theirs = Client.objects.visible_to(office).filter(clinician=absence.clinician)
    client = _named(theirs, request.POST.get("client"))
    if client is not None:
        tick_call(client, absence=absence, by=office, now=now)
        return OFFICE.then(request, "calls", absence_id=absence.pk)
    context = {"here": "sudden", "now": now, "absence": absence, "rows": list_to_call(absence, now=now)}
    status = 422 if request.method == "POST" else 200
    return OFFICE.page(request, "away/calls.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def wills(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """Which wills there are, and asking to open one: the first of two people."""
    _may_open(office)
    now = timezone.now()
    will = _named(Will.objects.all(), request.POST.get("will"))
    if will is not None:
        ask_to_open(will, by=office, now=now)
        messages.info(request, _("You have asked. Somebody else confirms it within three days."))
        return OFFICE.then(request, "wills")
    rows = [(each, _opening(each, now)) for each in wills_of(office.practice_id)]
    status = 422 if request.method == "POST" else 200
    return OFFICE.page(request, "away/wills.html", {"now": now, "rows": rows}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def will(request: HttpRequest, office: OfficeMember, *, opening_id: UUID) -> HttpResponse:
    """The words, for a day after two people opened it. A POST confirms: the second of two."""
    _may_open(office)
    now = timezone.now()
    rows: models.QuerySet[WillOpening] = WillOpening.objects.select_related("will__clinician", "asked_by")
    opening = get_object_or_404(rows, pk=opening_id)
    if request.method == "POST":
        if confirm_opening(opening, by=office, now=now):
            return OFFICE.then(request, "will", opening_id=opening.pk)
        messages.info(request, _("It takes a second person, within three days of asking."))
        return OFFICE.then(request, "wills")
    if not opening.is_open(now):
        raise Http404
    context = {
        "here": "wills",
        "now": now,
        "opening": opening,
        "words": read_will(opening, by=office, now=now),
    }
    return OFFICE.page(request, "away/will.html", context)


def _may_open(office: OfficeMember) -> None:
    if not may_open(office):
        raise Http404


def _opening(will: Will, now: datetime) -> WillOpening | None:
    """The opening that waits or is open, if there is one."""
    return next((one for one in will.openings.all() if one.waits(now) or one.is_open(now)), None)
