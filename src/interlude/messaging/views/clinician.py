"""The check window: one calm batch, one message at a time, and the few ways to close a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interlude.agreements.own_wish import wishes_handed
from interlude.appointments.week import requests_for
from interlude.messaging import answering, promises
from interlude.messaging.answering import Answered, Gesture, TakenBack, Unsupervised, needs_approval
from interlude.messaging.approvals import waiting_for
from interlude.messaging.batch import Batch, Sight, seconds_spent, sight_of
from interlude.messaging.covering import covered_batch
from interlude.messaging.desk import attempt, beside, is_the_draft, onwards, rows_seen, sheet_page, went
from interlude.messaging.forms_clinician import AnswerForm
from interlude.messaging.models import Message, Reply
from interlude.messaging.promises import NotLate
from interlude.outbox.bounces import failed_since
from interlude.phrasebook import picking
from interlude.practice.models import Clinician
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLINICIAN

LOOKS_SHOWN = 10


@require_safe
def window(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Between windows one sentence, the same whatever waits; from the opening on, the batch."""
    sight = sight_of(clinician, timezone.now())
    if request.GET.get("look") == "early":
        return _looks(request, sight)
    stays = not {"stay", "done"}.isdisjoint(request.GET)
    mail = {"mail_failed_at": failed_since([clinician.user_id]).get(clinician.user_id)}
    if not (sight.window.is_open or sight.is_early or stays):
        return CLINICIAN.page(request, "messaging/between.html", _between(sight) | mail)
    part = Batch(clinician, sight.at).page(_known(sight, request.GET.get("from", "")))
    context: dict[str, Any] = (
        beside(sight, part)
        | mail
        | {
            "wishes": wishes_handed(clinician, until=sight.window.opened_at),
            "approvals": waiting_for(clinician),
            "covered": covered_batch(clinician, now=sight.now),
            "moves": requests_for(clinician, sight.now, until=sight.window.opened_at),
        }
    )
    if context["groups"] or any(one.waiting for one in context["covered"]):
        return CLINICIAN.page(request, "messaging/window.html", context)
    context["spent"] = timedelta(seconds=seconds_spent(clinician, since=sight.since))
    return CLINICIAN.page(request, "messaging/done.html", context)


def _between(sight: Sight) -> dict[str, Any]:
    """Whether somebody is supervised is said; what waits of theirs is not, until it is opened."""
    supervises = sight.clinician.supervisees.filter(left_at=None).exists()
    return {"now": sight.now, "window": sight.window, "supervises": supervises}


def _looks(request: HttpRequest, sight: Sight) -> HttpResponse:
    """What looking early means, the button that does it, and the clinician's own list of looks."""
    context = {
        "now": sight.now,
        "window": sight.window,
        "may_look": sight.may_look,
        "looks": sight.clinician.early_openings.all()[:LOOKS_SHOWN],
    }
    return CLINICIAN.page(request, "messaging/early.html", context)


def _known(sight: Sight, message_id: str) -> Message | None:
    """The message with which a page of the batch begins; None for anything else."""
    wanted, rows = id_or_none(message_id), Message.objects.visible_to(sight.clinician, at=sight.at)
    return rows.filter(pk=wanted).first() if wanted else None


@require_POST
def early(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Look before the window, for an hour; written down for this clinician alone."""
    sight = sight_of(clinician, timezone.now())
    if sight.may_look and sight.window.next_at:
        answering.open_early(clinician=clinician, until=sight.window.next_at, now=sight.now)
    return CLINICIAN.then(request, "window")


@require_safe
def message(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """One message, as a letter. Opening it leaves a line in the record; its writer sees nothing of that."""
    sight = sight_of(clinician, timezone.now())
    found = get_object_or_404(rows_seen(sight, early=sight.is_early), pk=message_id)
    answering.note_reading(found, by=clinician, now=sight.now)
    return sheet_page(request, found, sight, repairs="repair" in request.GET)


@require_POST
def reply(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Answer; or, for a late message, own the delay and give a new date."""
    return _act(request, clinician, message_id, kind=Reply.Kind.ANSWER)


@require_POST
def acknowledge(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Acknowledge, with a line or without."""
    return _act(request, clinician, message_id, kind=Reply.Kind.ACKNOWLEDGED)


@require_POST
def keep(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Keep for the session, with a line or without."""
    return _act(request, clinician, message_id, kind=Reply.Kind.KEPT)


@require_POST
def phone(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Handled by phone, with a line or without."""
    return _act(request, clinician, message_id, kind=Reply.Kind.BY_PHONE)


def _act(request: HttpRequest, clinician: Clinician, message_id: UUID, *, kind: str) -> HttpResponse:
    """Close a message in one way, and go on to the next one."""
    at = attempt(request, sight_of(clinician, timezone.now()), message_id)
    if isinstance(at, HttpResponse):
        return at
    sight, form, found = at.sight, at.form, at.message
    if kind == Reply.Kind.ANSWER and not form.said["words"].strip():
        return sheet_page(request, found, sight, form=form, problem="empty", status=422)
    if kind != Reply.Kind.BY_PHONE and form.said["note"].strip():
        return sheet_page(request, found, sight, form=form, problem="note_left", status=422)
    said = form.said
    shared = {"by": clinician, "now": sight.now, "reply_id": said["reply_id"]}
    outcome: Answered | TakenBack | Unsupervised | NotLate
    if kind == Reply.Kind.ANSWER and said["later"]:
        if needs_approval(found, by=clinician, now=sight.now) and not is_the_draft(
            found, sight, said["words"]
        ):
            return sheet_page(request, found, sight, form=form.again(), problem="own_repair", status=409)
        outcome = promises.repair(found, said["words"], to=said["later"], seconds=said["seconds"], **shared)
    else:
        note = said["note"] if kind == Reply.Kind.BY_PHONE else ""
        gesture = Gesture(said["words"], kind, said["seconds"], said["at_once"], note)
        outcome = answering.close_message(found, gesture, **shared)
    return went(request, found, sight, form=form, outcome=outcome)


@require_POST
def aside(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Lay a message that wants no answer aside. Words in the box are not thrown away: they come back."""
    at = attempt(request, sight_of(clinician, timezone.now()), message_id)
    if isinstance(at, HttpResponse):
        return at
    sight, form, found = at.sight, at.form, at.message
    if form.said["words"].strip() or form.said["note"].strip():
        return sheet_page(request, found, sight, form=form, problem="words_left", status=422)
    laid = answering.lay_aside(found, by=clinician, now=sight.now, seconds=form.said["seconds"])
    if laid or found.resolved_at is not None:
        return onwards(request, found, sight)
    return sheet_page(request, found, sight, form=form, problem="wants_answer", status=409)


@require_POST
def call_back(request: HttpRequest, clinician: Clinician, *, reply_id: UUID) -> HttpResponse:
    """Take back a reply that has not left; words typed meanwhile stay in the box."""
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    mine = Reply.objects.filter(message__in=rows_seen(sight, early=True))
    found = get_object_or_404(mine.select_related("message"), pk=reply_id)
    called = answering.call_back(found, by=clinician, now=sight.now)
    message = rows_seen(sight, early=True).get(pk=found.message_id)
    if called and not form.said["words"].strip():
        return CLINICIAN.then(request, "message", message_id=message.pk)
    problem = "" if called else "left"
    return sheet_page(
        request, message, sight, form=form.again(), problem=problem, status=200 if called else 409
    )


@require_POST
def begin_from(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Open a template in the box, at the cursor, beside what stands there. Nothing is sent."""
    at = attempt(request, sight_of(clinician, timezone.now()), message_id)
    if isinstance(at, HttpResponse):
        return at
    sight, form, found = at.sight, at.form, at.message
    answering.note_reading(found, by=clinician, now=sight.now)
    words = picking.opened_in(
        form.said["words"],
        clinician=clinician,
        client=found.client,
        to=found.participant,
        posted=request.POST,
        now=sight.now,
    )
    again = AnswerForm(initial=form.said | {"words": words})
    return sheet_page(request, found, sight, form=again, repairs="repair" in request.GET)
