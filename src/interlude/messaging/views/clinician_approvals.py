"""A supervisor's own list: replies of trainees that wait for their word, one to a page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interlude.core.tone import glance
from interlude.messaging.answering import note_reading
from interlude.messaging.approvals import (
    approve,
    can_be_undone,
    give_back,
    laid_before,
    undo_approval,
    waiting_for,
)
from interlude.messaging.forms_clinician import NoteForm
from interlude.messaging.models import Approval
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_safe
def approvals(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What waits, the first date first: who wrote it and by when its client hears. No words."""
    context = {"here": "window", "now": timezone.now(), "waiting": waiting_for(clinician)}
    return CLINICIAN.page(request, "messaging/approvals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, clinician: Clinician, *, approval_id: UUID) -> HttpResponse:
    """One reply with the message it answers. Approve it, give it back with a note, or undo that for a minute."""
    now = timezone.now()
    rows = Approval.objects.visible_to(clinician).select_related(
        "reply__message__participant", "reply__message__agreement", "reply__clinician", "supervisor"
    )
    found = get_object_or_404(rows, pk=approval_id)
    if request.method != "POST":
        note_reading(found.reply.message, by=clinician, now=now)
        return _page(request, found, clinician, form=NoteForm())
    form, outcome = NoteForm(request.POST), request.POST.get("outcome", "")
    form.full_clean()
    note = form.cleaned_data["note"]
    match outcome:
        case "undo":
            done, problem = undo_approval(found, by=clinician, now=now), "undone_too_late"
        case "back" if not note.strip():
            return _page(request, found, clinician, form=form, problem="no_note", status=422)
        case "back":
            done, problem = give_back(found, note, by=clinician, now=now), "settled"
        case "approve" if note.strip():
            return _page(request, found, clinician, form=form, problem="note_left", status=422)
        case _:
            done, problem = approve(found, by=clinician, now=now), "settled"
    if not done:
        return _page(request, rows.get(pk=found.pk), clinician, form=form, problem=problem, status=409)
    if outcome == "back":
        messages.info(request, _("It is back with its writer, with your note."))
        return CLINICIAN.then(request, "approvals")
    return CLINICIAN.then(request, "approval", approval_id=found.pk)


def _page(
    request: HttpRequest,
    found: Approval,
    clinician: Clinician,
    *,
    form: NoteForm,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now, laid = timezone.now(), laid_before(found)
    policy = laid.message.agreement.rules(clinician.date_at(laid.message.sent_at)).policy
    context = {
        "here": "window",
        "now": now,
        "laid": laid,
        "form": form,
        "problem": problem,
        "glance": glance(laid.words, planned=policy.words_per_message),
        "waits": found.decided_at is None and found.reply.held_back_at is None,
        "undoable": can_be_undone(found, now),
    }
    return CLINICIAN.page(request, "messaging/approval.html", context, status=status)
