"""The check window: one calm batch, one message at a time, and the few ways to close a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interlude.agreements.own_wish import wishes_handed
from interlude.cover.models import Cover
from interlude.messaging import answering, promises
from interlude.messaging.answering import Answered, TakenBack
from interlude.messaging.batch import (
    Batch,
    Part,
    Sight,
    done_since,
    grouped,
    namesakes,
    seconds_spent,
    sight_of,
)
from interlude.messaging.covering import covered_batch, seen_by, was_covered
from interlude.messaging.forms_clinician import AnswerForm
from interlude.messaging.models import Message, MessageQuerySet, Reply
from interlude.messaging.opened import opened
from interlude.messaging.promises import NotLate
from interlude.messaging.repair_words import repair_words
from interlude.phrasebook import picking
from interlude.plans.beside_danger import at_hand
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN

LOOKS_SHOWN = 10


@require_safe
def window(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Between windows one sentence, the same whatever waits; from the opening on, the batch."""
    sight = sight_of(clinician, timezone.now())
    if request.GET.get("look") == "early":
        return _looks(request, sight)
    stays = not {"stay", "done"}.isdisjoint(request.GET)
    if not (sight.window.is_open or sight.is_early or stays):
        return CLINICIAN.page(request, "messaging/between.html", {"now": sight.now, "window": sight.window})
    part = Batch(clinician, sight.at).page(_known(sight, request.GET.get("from", "")))
    context = _beside(sight, part) | {"wishes": wishes_handed(clinician, until=sight.window.opened_at)}
    context["covered"] = covered_batch(clinician, now=sight.now)
    if context["groups"] or any(one.waiting for one in context["covered"]):
        return CLINICIAN.page(request, "messaging/window.html", context)
    context["spent"] = timedelta(seconds=seconds_spent(clinician, since=sight.since))
    return CLINICIAN.page(request, "messaging/done.html", context)


def _looks(request: HttpRequest, sight: Sight) -> HttpResponse:
    """What looking early means, the button that does it, and the clinician's own list of looks."""
    context = {
        "now": sight.now,
        "window": sight.window,
        "may_look": sight.may_look,
        "looks": sight.clinician.early_openings.all()[:LOOKS_SHOWN],
    }
    return CLINICIAN.page(request, "messaging/early.html", context)


def _beside(sight: Sight, part: Part) -> dict[str, Any]:
    """A page of the batch, grouped; what was done in this sitting; where the windows stand."""
    done = done_since(sight.clinician, sight.since)
    return {
        "now": sight.now,
        "sight": sight,
        "window": sight.window,
        "groups": grouped(part.entries),
        "first": part.entries[0] if part.entries else None,
        "following": part.following,
        "from_start": part.from_start,
        "done": done,
        "namesakes": namesakes([*part.entries, *done]),
    }


def _known(sight: Sight, message_id: str) -> Message | None:
    """The message with which a page of the batch begins; None for anything else."""
    try:
        wanted = UUID(message_id)
    except ValueError:
        return None
    return Message.objects.visible_to(sight.clinician, at=sight.at).filter(pk=wanted).first()


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
    found = get_object_or_404(_rows(sight, early=sight.is_early), pk=message_id)
    answering.note_reading(found, by=clinician, now=sight.now)
    return _sheet(request, found, sight, repairs="repair" in request.GET)


def _rows(sight: Sight, *, early: bool) -> MessageQuerySet:
    at = sight.acts_at if early else sight.now
    seen = seen_by(sight.clinician, at=at, now=sight.now)
    return seen.select_related("client", "participant", "clinician", "agreement__client")


def _sheet(
    request: HttpRequest,
    message: Message,
    sight: Sight,
    *,
    form: AnswerForm | None = None,
    problem: str = "",
    repairs: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of one message. *problem* says why an act did not go through; the words are in the form."""
    facts = opened(message, sight=sight)
    words = repair_words(facts) if repairs and facts.new_date else facts.draft
    batch = Batch(sight.clinician, sight.at)
    part = batch.part_with(message)
    before, following = batch.beside(message, part)
    context = _beside(sight, part)
    context |= {
        "here": "window",
        "opened": facts,
        "form": form or AnswerForm.fresh(words),
        "problem": problem,
        "repairs": repairs and facts.new_date is not None,
        "next": following,
        "before": before,
        "safety": at_hand(message.client, clinician=sight.clinician),
        "safety_of": message.client_id,
        "picker": picking.picker_for(sight.clinician, message.client, message.topic, posted=request.POST),
    }
    return CLINICIAN.page(request, "messaging/message.html", context, status=status)


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
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    found = _acted_on(sight, message_id)
    if isinstance(found, Cover):
        return _cover_over(request, found, form, sight)
    if found.taken_back_at is not None:
        return _taken_back(request, found, form)
    if kind == Reply.Kind.ANSWER and not form.said["words"].strip():
        return _sheet(request, found, sight, form=form, problem="empty", status=422)
    said = form.said
    shared = {"by": clinician, "now": sight.now, "reply_id": said["reply_id"], "seconds": said["seconds"]}
    outcome: Answered | TakenBack | NotLate
    if kind == Reply.Kind.ANSWER and said["later"]:
        outcome = promises.repair(found, said["words"], to=said["later"], **shared)
    else:
        outcome = answering.reply_to(found, said["words"], kind=kind, at_once=said["at_once"], **shared)
    return _went(request, found, sight, form=form, outcome=outcome)


def _acted_on(sight: Sight, message_id: UUID) -> Message | Cover:
    """The message of a form. One that was taken back while somebody typed is found too; of one that they stood
    in for and cannot see any more, the cover."""
    rows = _rows(sight, early=True)
    gone = Message.objects.filter(
        clinician=sight.clinician, taken_back_at__isnull=False, handed_at__lte=sight.acts_at
    )
    found = rows.filter(pk=message_id).first() or was_covered(sight.clinician, message_id, now=sight.now)
    return found or get_object_or_404(gone, pk=message_id)


def _cover_over(request: HttpRequest, cover: Cover, form: AnswerForm, sight: Sight) -> HttpResponse:
    """It cannot be answered by who stood in: why, and the words, so that nothing typed is lost. Rule: R-246."""
    stands = cover.state(sight.now) == "on"
    context = {"here": "window", "now": sight.now, "cover": cover, "stands": stands, "form": form.again()}
    return CLINICIAN.page(request, "messaging/cover_over.html", context, status=409)


def _went(
    request: HttpRequest,
    message: Message,
    sight: Sight,
    *,
    form: AnswerForm,
    outcome: Answered | TakenBack | NotLate,
) -> HttpResponse:
    """On to the next message; or the page again, with the words in the box and why."""
    match outcome:
        case TakenBack():
            return _taken_back(request, message, form)
        case NotLate(new_date=new_date):
            problem = "date_moved" if new_date else "not_late"
            return _sheet(request, message, sight, form=form.again(), problem=problem, status=409)
        case Answered(too_late=True):
            return _sheet(request, message, sight, form=form.again(), problem="answered", status=409)
        case Answered(reply=reply):
            picking.note_sent(
                form.said["words"],
                posted=request.POST,
                reply=reply.pk,
                client=message.client,
                clinician=sight.clinician,
                now=sight.now,
            )
            return _onwards(request, message, sight)


def _onwards(request: HttpRequest, message: Message, sight: Sight) -> HttpResponse:
    batch = Batch(sight.clinician, sight.at)
    following = batch.next_after(message)
    if following is None:
        following = next((entry for entry in batch.page().entries if entry.id != message.pk), None)
    if following is not None:
        return CLINICIAN.then(request, "message", message_id=following.id)
    return HttpResponseRedirect(resolve_url("clinician:window") + "?done=1")


def _taken_back(request: HttpRequest, message: Message, form: AnswerForm) -> HttpResponse:
    context = {"here": "window", "message": message, "form": form.again()}
    return CLINICIAN.page(request, "messaging/taken_back.html", context, status=409)


@require_POST
def aside(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Lay a message that wants no answer aside. Words in the box are not thrown away: they come back."""
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    found = _acted_on(sight, message_id)
    if isinstance(found, Cover):
        return _cover_over(request, found, form, sight)
    if found.taken_back_at is not None:
        return _taken_back(request, found, form)
    if form.said["words"].strip():
        return _sheet(request, found, sight, form=form, problem="words_left", status=422)
    laid = answering.lay_aside(found, by=clinician, now=sight.now, seconds=form.said["seconds"])
    if laid or found.resolved_at is not None:
        return _onwards(request, found, sight)
    return _sheet(request, found, sight, form=form, problem="wants_answer", status=409)


@require_POST
def call_back(request: HttpRequest, clinician: Clinician, *, reply_id: UUID) -> HttpResponse:
    """Take back a reply that has not left; words typed meanwhile stay in the box."""
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    mine = Reply.objects.filter(message__in=_rows(sight, early=True))
    found = get_object_or_404(mine.select_related("message"), pk=reply_id)
    called = answering.call_back(found, by=clinician, now=sight.now)
    message = _rows(sight, early=True).get(pk=found.message_id)
    if called and not form.said["words"].strip():
        return CLINICIAN.then(request, "message", message_id=message.pk)
    problem = "" if called else "left"
    return _sheet(request, message, sight, form=form.again(), problem=problem, status=200 if called else 409)


@require_POST
def begin_from(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """Open a template in the box, at the cursor, beside what stands there. Nothing is sent."""
    sight, form = sight_of(clinician, timezone.now()), AnswerForm(request.POST)
    found = _acted_on(sight, message_id)
    if isinstance(found, Cover):
        return _cover_over(request, found, form, sight)
    if found.taken_back_at is not None:
        return _taken_back(request, found, form)
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
    return _sheet(request, found, sight, form=again, repairs="repair" in request.GET)
