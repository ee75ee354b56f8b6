"""More gestures of the check window: undo, split, a glance at the words, correct what has left."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from interlude.core.tone import glance as glance_at
from interlude.cover.models import Cover
from interlude.messaging.answering import UNDO, Unsupervised
from interlude.messaging.batch import sight_of
from interlude.messaging.correcting import Corrected, NotLeft, correct
from interlude.messaging.desk import (
    acted_on,
    attempt,
    cover_over_page,
    rows_seen,
    sheet_page,
    taken_back_page,
)
from interlude.messaging.forms_clinician import AnswerForm
from interlude.messaging.models import Reply
from interlude.messaging.splitting import split_message
from interlude.messaging.undoing import undo as undo_last
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_POST
def undo(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Undo the last gesture at this message, within its minute; the message is there again."""
    at = attempt(request, sight_of(clinician, timezone.now()), message_id)
    if isinstance(at, HttpResponse):
        return at
    sight, form, found = at.sight, at.form, at.message
    if undo_last(found, by=clinician, now=sight.now):
        return CLINICIAN.then(request, "message", message_id=found.pk)
    return sheet_page(request, found, sight, form=form.again(), problem="undone_too_late", status=409)


@require_POST
def split(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Keep the chosen parts for the session; the rest is still to be answered. Typed words stay in the box."""
    at = attempt(request, sight_of(clinician, timezone.now()), message_id, own=True)
    if isinstance(at, HttpResponse):
        return at
    sight, form, found = at.sight, at.form, at.message
    kept = [int(raw) for raw in request.POST.getlist("part") if raw.isdecimal() and len(raw) < 4]
    done = split_message(found, kept, by=clinician, now=sight.now, undo=UNDO)
    if done is None:
        return sheet_page(request, found, sight, form=form.again(), problem="not_split", status=422)
    if form.said["words"].strip():
        return sheet_page(request, found, sight, form=form.again())
    return CLINICIAN.then(request, "message", message_id=found.pk)


@require_POST
def glance(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """How the words in the box read, beside the box; nothing is sent and nothing is kept."""
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    found = acted_on(sight, message_id)
    if isinstance(found, Cover):
        return cover_over_page(request, found, form, sight=sight)
    if getattr(request, "htmx", False):
        policy = found.agreement.rules(clinician.date_at(found.sent_at)).policy
        context = {"glance": glance_at(form.said["words"], planned=policy.words_per_message)}
        return CLINICIAN.page(request, "messaging/_glance.html", context)
    if found.taken_back_at is not None:
        return taken_back_page(request, found, form)
    return sheet_page(request, found, sight, form=form)


@require_POST
def correction(request: HttpRequest, clinician: Clinician, *, reply_id: UUID) -> HttpResponse:
    """Put other words in the place of a reply that has left; both are kept, and the client sees that."""
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    mine = Reply.objects.filter(message__in=rows_seen(sight, early=False)).select_related("message")
    found = get_object_or_404(mine, pk=reply_id)
    message = rows_seen(sight, early=False).get(pk=found.message_id)
    said = form.said
    if not said["words"].strip():
        return sheet_page(request, message, sight, form=form, problem="empty_correction", status=422)
    done = correct(
        found,
        said["words"],
        by=clinician,
        now=sight.now,
        reply_id=said["reply_id"],
        at_once=said["at_once"],
    )
    match done:
        case Unsupervised():
            problem = "unsupervised"
        case NotLeft():
            problem = "not_left"
        case Corrected(too_late=True):
            problem = "corrected"
        case _:
            return CLINICIAN.then(request, "message", message_id=message.pk)
    return sheet_page(request, message, sight, form=form.again(), problem=problem, status=409)
