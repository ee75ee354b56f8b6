"""My things: what was shared with me, to read, to try and to fill in; and what I can do now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.library.actions import fill_in, say_it_helped, throw_draft_away
from interlude.library.files import sent
from interlude.library.finding import Thing, answered, things_of
from interlude.library.forms import AnswersForm
from interlude.library.models import Filled
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLIENT

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def things(request: HttpRequest, participant: Participant) -> HttpResponse:
    """All of it, or what a search found. What is searched for travels in the body, never in an address."""
    _only_writers(participant)
    now, words = timezone.now(), request.POST.get("words", "")[:200]
    found = things_of(participant, now, words=words)
    written = list(_written(participant)[:SHOWN])
    context = _around(participant, now) | {
        "things": found,
        "words": words,
        "today": participant.date_at(now),
        "written": written,
        "finished": {row.version_id for row in written if row.finished_at},
    }
    return CLIENT.page(request, "library/things.html", context)


@require_safe
def what_now(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What can I do now? The pieces for it, ready to use; help first."""
    _only_writers(participant)
    now = timezone.now()
    found = [one for one in things_of(participant, now) if one.piece.for_now]
    return CLIENT.page(request, "library/now.html", _around(participant, now) | {"things": found})


@require_safe
def piece(request: HttpRequest, participant: Participant, *, piece_id: UUID) -> HttpResponse:
    """One piece, to read or to fill in. Opening it is written down nowhere."""
    return _page(request, participant, _one(participant, piece_id), now=timezone.now())


@require_safe
def piece_file(request: HttpRequest, participant: Participant, *, piece_id: UUID) -> HttpResponse:
    """Its file, to save."""
    return sent(_one(participant, piece_id).version)


@require_safe
def filled(request: HttpRequest, participant: Participant, *, filled_id: UUID) -> HttpResponse:
    """What somebody wrote into a page, theirs to read also when the page was taken back or has changed."""
    _only_writers(participant)
    row, now = get_object_or_404(_written(participant), pk=filled_id), timezone.now()
    row.participant = participant
    context = {"filled": row, "answers": answered(row, Sealer(participant.practice_id))}
    return CLIENT.page(request, "library/filled.html", _around(participant, now) | context)


@require_POST
def piece_answers(request: HttpRequest, participant: Participant, *, piece_id: UUID) -> HttpResponse:
    """Keep what was written as a draft, finish it, or throw the draft away."""
    thing, now = _one(participant, piece_id), timezone.now()
    if not thing.version.fields:
        raise Http404
    form = AnswersForm(request.POST, asked=thing.version.fields)
    if request.POST.get("to") == "away":
        throw_draft_away(thing.version, by=participant)
        messages.info(request, _("The draft is gone."))
        return CLIENT.then(request, "piece", piece_id=piece_id)
    form.is_valid()  # no box is required
    said, finish = form.answers(), request.POST.get("to") == "finish"
    if finish and not any(answer.strip() for answer in said):
        form.add_error(
            None, _("All boxes are empty. Write in one of them, or leave the page for another day.")
        )
        return _page(request, participant, thing, now=now, form=form)
    key = form.cleaned_data["filled_id"]
    fill_in(said, version=thing.version, by=participant, now=now, finish=finish, filled_id=key)
    name = participant.client.clinician.first_name
    done = _("It is kept. %(name)s can read it now.") % {"name": name}
    messages.info(request, done if finish else _("Your draft is kept. Only you can see it."))
    return CLIENT.then(request, "piece", piece_id=piece_id)


@require_POST
def piece_helped(request: HttpRequest, participant: Participant, *, piece_id: UUID) -> HttpResponse:
    """This helped; and, if so, that no message is needed any more."""
    thing, now = _one(participant, piece_id), timezone.now()
    instead = request.POST.get("instead") == "yes"
    say_it_helped(thing.piece, by=participant, now=now, instead=instead)
    context = _around(participant, now) | {
        "thing": thing,
        "draft": id_or_none(request.POST.get("draft")),
        "instead": instead,
    }
    return CLIENT.page(request, "library/helped.html", context)


def _page(
    request: HttpRequest,
    participant: Participant,
    thing: Thing,
    *,
    now: datetime,
    form: AnswersForm | None = None,
) -> HttpResponse:
    sealer = Sealer(participant.practice_id)
    mine = list(_written(participant).filter(version__piece=thing.piece))
    for row in mine:
        row.participant = participant
    draft = next((one for one in mine if not one.finished_at and one.version_id == thing.version.pk), None)
    if form is None and thing.version.fields:
        begun = draft.answers(sealer) if draft else []
        start = {"filled_id": draft.pk if draft else uuid4()} | {
            f"answer_{n}": text for n, text in enumerate(begun)
        }
        form = AnswersForm(initial=start, asked=thing.version.fields)
    context = _around(participant, now) | {
        "thing": thing,
        "line": thing.share.line(sealer) if thing.share else "",
        "form": form,
        "kept": draft,
        "finished": [(one, answered(one, sealer)) for one in mine if one.finished_at],
        "draft": id_or_none(request.GET.get("draft")),
    }
    return CLIENT.page(request, "library/piece.html", context, status=422 if form and form.errors else 200)


def _one(participant: Participant, piece_id: UUID) -> Thing:
    _only_writers(participant)
    found = things_of(participant, timezone.now(), only=piece_id)
    if not found:
        raise Http404
    return found[0]


def _written(participant: Participant) -> QuerySet[Filled]:
    return Filled.objects.visible_to(participant).select_related("version").defer("version__sealed")


def _around(participant: Participant, now: datetime) -> dict[str, Any]:
    return {"now": now, "here": "things", "me": participant, "therapist": participant.client.clinician}


def _only_writers(participant: Participant) -> None:
    """A parent or guardian has nothing here, and no sign that there is anything."""
    if not participant.reads_messages:
        raise Http404
