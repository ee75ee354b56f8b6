"""What is at hand if a clinician happens to see danger; and a client's plan, where it is shared."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.plans.actions import look_at_together
from interlude.plans.beside_danger import (
    at_hand,
    end_pause,
    hold_contact,
    let_contact_go,
    note_opening,
    pause_coaching,
    with_holds,
    write_consult_note,
)
from interlude.plans.files import sent
from interlude.plans.forms import ConsultForm, LookForm, PauseForm, TimelineForm
from interlude.plans.models import CoachingPause, ConsultNote, Plan, PlanFile, PlanVersion
from interlude.plans.pages import shown
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN

NOTES_SHOWN = 50


@require_safe
def safety(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Place, person to call, plan if shared, notes, the file of dates. Opening it leaves a line in the record."""
    found = _client(clinician, client_id)
    note_opening(found, what="safety", by=clinician, now=timezone.now())
    return _page(request, clinician, found)


def _page(
    request: HttpRequest, clinician: Clinician, client: Client, *, form: ConsultForm | None = None
) -> HttpResponse:
    now, sealer = timezone.now(), Sealer(clinician.practice_id)
    notes = ConsultNote.objects.visible_to(clinician).filter(client=client).select_related("clinician")
    pauses = CoachingPause.objects.visible_to(clinician).filter(client=client)
    context: dict[str, Any] = {
        "here": "clients",
        "now": now,
        "client": client,
        "people": with_holds(at_hand(client, clinician=clinician)),
        "notes": [(note, note.words(sealer)) for note in notes[:NOTES_SHOWN]],
        "pause": pauses.running(now).first(),
        "form": form or ConsultForm(initial={"note_id": uuid4()}),
        "pause_form": PauseForm(initial={"pause_id": uuid4()}),
        "timeline_form": TimelineForm(),
    }
    return CLINICIAN.page(request, "plans/safety.html", context, status=422 if form else 200)


@require_POST
def consult_note(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Write a note; it stays as it is."""
    found, form = _client(clinician, client_id), ConsultForm(request.POST)
    if not form.is_valid():
        return _page(request, clinician, found, form=form)
    said = form.cleaned_data
    write_consult_note(said["words"], client=found, by=clinician, now=timezone.now(), note_id=said["note_id"])
    messages.success(request, _("The note is kept. It cannot be changed."))
    return CLINICIAN.then(request, "safety", client_id=found.pk)


@require_POST
def coaching_pause(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Set the 24-hour note, or end it early."""
    found, now = _client(clinician, client_id), timezone.now()
    form = PauseForm(request.POST)
    if request.POST.get("end"):
        end_pause(found, by=clinician, now=now)
        messages.success(request, _("The note has ended."))
    elif form.is_valid():
        said = form.cleaned_data
        pause_coaching(
            client=found, by=clinician, now=now, is_shown=said["is_shown"], pause_id=said["pause_id"]
        )
        messages.success(request, _("The note stands for 24 hours, and then ends by itself."))
    return CLINICIAN.then(request, "safety", client_id=found.pk)


@require_POST
def contact_hold(request: HttpRequest, clinician: Clinician, *, participant_id: UUID) -> HttpResponse:
    """It is not safe to send this person anything now; or it is again."""
    rows, now = Participant.objects.visible_to(clinician).writers().select_related("user"), timezone.now()
    person = get_object_or_404(rows, pk=participant_id)
    if request.POST.get("safe"):
        let_contact_go(person, by=clinician, now=now)
        messages.success(request, _("Mail may leave again, as they said themselves."))
    else:
        hold_contact(person, by=clinician, now=now)
        messages.success(request, _("Nothing is sent to them from now on."))
    return CLINICIAN.then(request, "safety", client_id=person.client_id)


@require_safe
def plan(request: HttpRequest, clinician: Clinician, *, plan_id: UUID) -> HttpResponse:
    """A client's plan as it is now, while it is shared."""
    found = _plan(clinician, plan_id)
    note_opening(found.participant.client, what="plan", by=clinician, now=timezone.now())
    return _plan_page(request, clinician, found)


@require_POST
def plan_looked(request: HttpRequest, clinician: Clinician, *, plan_id: UUID) -> HttpResponse:
    """Put down a day on which both looked at it."""
    found, now, form = _plan(clinician, plan_id), timezone.now(), LookForm(request.POST)
    if form.is_valid() and form.cleaned_data["on"] > clinician.date_at(now):
        form.add_error("on", _("This day lies ahead. Put down a day that has come."))
    if not form.is_valid():
        return _plan_page(request, clinician, found, form=form)
    look_at_together(found, on=form.cleaned_data["on"], by=clinician, now=now)
    messages.success(request, _("The day is put down."))
    return CLINICIAN.then(request, "plan", plan_id=found.pk)


@require_safe
def plan_file(request: HttpRequest, clinician: Clinician, *, file_id: UUID) -> HttpResponse:
    """The form that a client added, while the plan is shared."""
    rows = PlanFile.objects.visible_to(clinician).select_related("plan__participant__client")
    found = get_object_or_404(rows, pk=file_id)
    note_opening(found.plan.participant.client, what="plan.file", by=clinician, now=timezone.now())
    return sent(found)


def _plan_page(
    request: HttpRequest, clinician: Clinician, found: Plan, *, form: LookForm | None = None
) -> HttpResponse:
    rows = PlanVersion.objects.visible_to(clinician).filter(plan=found)
    version = rows.select_related("plan__participant").first()
    now = timezone.now()
    context = {
        "here": "clients",
        "now": now,
        "plan": found,
        "shown": shown(version, Sealer(clinician.practice_id)) if version else None,
        "file": PlanFile.objects.visible_to(clinician).filter(plan=found).defer("sealed").first(),
        "look_form": form or LookForm(initial={"on": clinician.date_at(now)}),
    }
    return CLINICIAN.page(request, "plans/plan.html", context, status=422 if form else 200)


def _plan(clinician: Clinician, plan_id: UUID) -> Plan:
    rows = Plan.objects.visible_to(clinician).select_related("participant__client")
    return get_object_or_404(rows.prefetch_related("looks"), pk=plan_id)


def _client(clinician: Clinician, client_id: UUID) -> Client:
    return get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
