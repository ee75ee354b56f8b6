"""What the pages of the check window share: which messages are seen, the page of one, and where an act leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url

from interlude.core.tone import glance
from interlude.cover.models import Cover
from interlude.messaging.answering import Answered, TakenBack, Unsupervised
from interlude.messaging.batch import Batch, Part, Sight, done_since, grouped, namesakes
from interlude.messaging.covering import seen_by, was_covered
from interlude.messaging.forms_clinician import AnswerForm
from interlude.messaging.models import Message, MessageQuerySet
from interlude.messaging.opened import Opened, opened
from interlude.messaging.promises import NotLate
from interlude.messaging.repair_words import repair_words
from interlude.messaging.undoing import undoable
from interlude.phrasebook import picking
from interlude.plans.beside_danger import at_hand, at_hand_for_cover
from interlude.ui.rooms import CLINICIAN


def beside(sight: Sight, part: Part) -> dict[str, Any]:
    """A page of the batch, grouped; what was done in this sitting and can be undone; where the windows stand."""
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
        "undo": undoable(done, sight.now),
        "namesakes": namesakes([*part.entries, *done]),
    }


def rows_seen(sight: Sight, *, early: bool) -> MessageQuerySet:
    """The messages that may be opened by now; during an early look, those of the window to come."""
    at = sight.acts_at if early else sight.now
    seen = seen_by(sight.clinician, at=at, now=sight.now)
    return seen.select_related("client", "participant", "clinician__supervisor", "agreement__client")


def acted_on(sight: Sight, message_id: UUID) -> Message | Cover:
    """The message of a form. One that was taken back while somebody typed is found too; of one that they stood
    in for and cannot see any more, the cover."""
    gone = Message.objects.filter(
        clinician=sight.clinician, taken_back_at__isnull=False, handed_at__lte=sight.acts_at
    )
    found = rows_seen(sight, early=True).filter(pk=message_id).first()
    over = None if found else was_covered(sight.clinician, message_id, now=sight.now)
    return found or over or get_object_or_404(gone, pk=message_id)


def own_acted_on(sight: Sight, message_id: UUID) -> Message:
    """The same for what only the treating clinician does: parts, times, and the rules of the agreement."""
    found = acted_on(sight, message_id)
    if isinstance(found, Cover) or found.clinician_id != sight.clinician.pk:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Attempt:
    """A gesture at a message that it can still be made at: the hour, what was typed, the message."""

    sight: Sight
    form: AnswerForm
    message: Message


def attempt(
    request: HttpRequest, sight: Sight, message_id: UUID, *, own: bool = False
) -> Attempt | HttpResponse:
    """Begin a gesture; or the page that says why it cannot be made, with the typed words on it.

    *own*: only the treating clinician does it, nobody who stands in.
    """
    form = AnswerForm(request.POST)
    found = own_acted_on(sight, message_id) if own else acted_on(sight, message_id)
    if isinstance(found, Cover):
        return cover_over_page(request, found, form, sight=sight)
    if found.taken_back_at is not None:
        return taken_back_page(request, found, form)
    return Attempt(sight, form, found)


def sheet_page(
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
    facts, is_own = opened(message, sight=sight), message.clinician_id == sight.clinician.pk
    words = repair_words(facts) if repairs and facts.new_date else facts.draft
    batch = Batch(sight.clinician, sight.at)
    part = batch.part_with(message)
    before, following = batch.beside(message, part)
    context = beside(sight, part)
    context |= {
        "here": "window",
        "opened": facts,
        "form": form or AnswerForm.fresh(words),
        "glance": glance(_in_the_box(form, words), planned=facts.agreed.words),
        "problem": problem,
        "repairs": repairs and facts.new_date is not None,
        "next": following,
        "before": before,
        "safety": at_hand(message.client, clinician=sight.clinician)
        if is_own
        else at_hand_for_cover(message.client),
        "safety_of": message.client_id if is_own else None,
        "correctable": _correctable(facts, sight),
        "picker": picking.picker_for(sight.clinician, message.client, message.topic, posted=request.POST),
    }
    return CLINICIAN.page(request, "messaging/message.html", context, status=status)


def is_the_draft(message: Message, sight: Sight, words: str) -> bool:
    """Are these the house's own words for a delay? A trainee may send those without a supervisor (R-258)."""
    return words.split() == repair_words(opened(message, sight=sight)).split()


def _in_the_box(form: AnswerForm | None, words: str) -> str:
    if form is None:
        return words
    return str(form.said["words"] if form.is_bound else form.initial.get("words", ""))


def _correctable(facts: Opened, sight: Sight) -> bool:
    """Has a reply of one's own with words left, and is no correction on its way?"""
    standing, newest = facts.standing, facts.newest
    if standing is None or newest is None or not newest.words:
        return False
    is_mine = standing.reply.clinician_id == sight.clinician.pk
    return is_mine and newest.reply.leaves_at <= sight.now and not newest.reply.awaits_approval


def went(
    request: HttpRequest,
    message: Message,
    sight: Sight,
    *,
    form: AnswerForm,
    outcome: Answered | TakenBack | Unsupervised | NotLate,
) -> HttpResponse:
    """On to the next message; or the page again, with the words in the box and why."""
    match outcome:
        case TakenBack():
            return taken_back_page(request, message, form)
        case Unsupervised():
            return sheet_page(request, message, sight, form=form.again(), problem="unsupervised", status=409)
        case NotLate(new_date=new_date):
            problem = "date_moved" if new_date else "not_late"
            return sheet_page(request, message, sight, form=form.again(), problem=problem, status=409)
        case Answered(too_late=True):
            return sheet_page(request, message, sight, form=form.again(), problem="answered", status=409)
        case Answered(reply=reply):
            picking.note_sent(
                form.said["words"],
                posted=request.POST,
                reply=reply.pk,
                client=message.client,
                clinician=sight.clinician,
                now=sight.now,
            )
            return onwards(request, message, sight)


def onwards(request: HttpRequest, message: Message, sight: Sight) -> HttpResponse:
    """To the message that follows; from the last one to the end of the sitting."""
    batch = Batch(sight.clinician, sight.at)
    following = batch.next_after(message)
    if following is None:
        following = next((entry for entry in batch.page().entries if entry.id != message.pk), None)
    if following is not None:
        return CLINICIAN.then(request, "message", message_id=following.id)
    return HttpResponseRedirect(resolve_url("clinician:window") + "?done=1")


def taken_back_page(request: HttpRequest, message: Message, form: AnswerForm) -> HttpResponse:
    """Its writer took it back first; what was typed is shown, for the clinician to keep."""
    context = {"here": "window", "message": message, "form": form.again()}
    return CLINICIAN.page(request, "messaging/taken_back.html", context, status=409)


def cover_over_page(request: HttpRequest, cover: Cover, form: AnswerForm, *, sight: Sight) -> HttpResponse:
    """It cannot be answered by who stood in: why, and the words, so that nothing typed is lost. Rule: R-246."""
    stands = cover.state(sight.now) == "on"
    context = {"here": "window", "now": sight.now, "cover": cover, "stands": stands, "form": form.again()}
    return CLINICIAN.page(request, "messaging/cover_over.html", context, status=409)
