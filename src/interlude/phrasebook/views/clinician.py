"""The phrasebook: templates by situation and language, one's own, reviews of drafts, and how one reads when filled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.core.packs.phrases import language, languages, shipped, situations
from interlude.phrasebook.actions import (
    Overtaken,
    bring_back,
    change_phrase,
    retire_phrase,
    review_shipped,
    write_phrase,
)
from interlude.phrasebook.forms import PhraseForm
from interlude.phrasebook.models import Landing, Phrase, PhraseVersion, Use
from interlude.phrasebook.picking import filled
from interlude.phrasebook.shelf import Template, by_situation, shelf_of
from interlude.practice.models import Client, Clinician
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLINICIAN

SHOWN = 20


@require_safe
def phrases(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """All templates of one language, by situation."""
    spoken = language(request.GET.get("language", ""))
    situation = request.GET.get("situation", "")
    shelf = shelf_of(clinician)
    ours = [one for one in shelf.offered() if one.language == spoken.code]
    shown = [one for one in ours if one.situation == situation] if situation in situations() else ours
    context = {
        "here": "phrases",
        "groups": by_situation(shown),
        "all_groups": by_situation(ours),
        "situation": situation if situation in situations() else "",
        "spoken": spoken,
        "languages": list(languages().values()),
        "retired": [one for one in shelf.all.values() if one.retired_at and one.source == "own"],
    }
    return CLINICIAN.page(request, "phrasebook/phrases.html", context)


@require_safe
def phrase(request: HttpRequest, clinician: Clinician, *, phrase_id: UUID) -> HttpResponse:
    """One template: its parts, how it reads with a client's values, where it was used and how it landed."""
    return _page(request, clinician, _template(clinician, phrase_id))


def _page(request: HttpRequest, clinician: Clinician, found: Template) -> HttpResponse:
    now = timezone.now()
    clients = list(Client.objects.visible_to(clinician).going_on(now))
    chosen = next((one for one in clients if str(one.pk) == request.GET.get("client")), None)
    uses = Use.objects.visible_to(clinician).filter(of=found.id).select_related("client")
    landings = Landing.objects.visible_to(clinician).filter(of=found.id).select_related("client")
    context: dict[str, Any] = {
        "here": "phrases",
        "now": now,
        "template": found,
        "parts": zip(("validation", "agreement", "next_step"), found.words.parts, strict=True),
        "clients": clients,
        "chosen": chosen,
        "preview": filled(found, chosen, now) if chosen else "",
        "uses": uses[:SHOWN],
        "times": uses.count(),
        "landings": landings[:SHOWN],
        "earlier": _earlier(clinician, found),
    }
    return CLINICIAN.page(request, "phrasebook/phrase.html", context)


def _template(clinician: Clinician, phrase_id: UUID) -> Template:
    found = shelf_of(clinician).get(phrase_id)
    if found is None:
        raise Http404
    return found


def _earlier(clinician: Clinician, found: Template) -> list[PhraseVersion]:
    versions = PhraseVersion.objects.visible_to(clinician).filter(phrase=found.id)
    return list(versions.exclude(number=found.version)[:SHOWN])


@require_http_methods(["GET", "HEAD", "POST"])
def new_phrase(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Write a template, from nothing or from another one; what was typed stays where something is missing."""
    start = shelf_of(clinician).get(id_or_none(request.POST.get("from") or request.GET.get("from")))
    form = PhraseForm(request.POST) if request.method == "POST" else PhraseForm.begun(start)
    if request.method != "POST" or not form.is_valid():
        return _written(request, form, start=start)
    made = write_phrase(
        form.entry,
        by=clinician,
        now=timezone.now(),
        phrase_id=form.cleaned_data["phrase_id"],
        made_from=start.id if start else None,
    )
    messages.success(request, _("Kept. It is on your list."))
    return CLINICIAN.then(request, "phrase", phrase_id=made.pk)


def _written(
    request: HttpRequest, form: PhraseForm, *, start: Template | None = None, own: Template | None = None
) -> HttpResponse:
    context = {"here": "phrases", "form": form, "start": start, "own": own}
    return CLINICIAN.page(request, "phrasebook/write.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, clinician: Clinician, *, phrase_id: UUID) -> HttpResponse:
    """Change one's own; the version before stays readable."""
    mine, own = _mine(clinician, phrase_id), _template(clinician, phrase_id)
    form = PhraseForm(request.POST) if request.method == "POST" else PhraseForm.of(own)
    if request.method != "POST" or not form.is_valid():
        return _written(request, form, own=own)
    outcome = change_phrase(
        mine, form.entry, by=clinician, now=timezone.now(), number=form.cleaned_data["number"]
    )
    if isinstance(outcome, Overtaken):
        again = request.POST.copy()
        again["number"] = str(outcome.number)
        form = PhraseForm(again)
        form.add_error(
            None,
            _("You changed it in another window. Your words are below; keep them to add them."),
        )
        return _written(request, form, own=own)
    messages.success(request, _("Kept. What stood before can still be read."))
    return CLINICIAN.then(request, "phrase", phrase_id=mine.pk)


@require_POST
def retire(request: HttpRequest, clinician: Clinician, *, phrase_id: UUID) -> HttpResponse:
    """Take one's own off the list, or bring it back."""
    mine = _mine(clinician, phrase_id)
    if request.POST.get("back"):
        bring_back(mine, by=clinician, now=timezone.now())
        messages.success(request, _("It is on your list again."))
    else:
        retire_phrase(mine, by=clinician, now=timezone.now())
        messages.success(request, _("It is off the list. You can bring it back."))
    return CLINICIAN.then(request, "phrase", phrase_id=mine.pk)


@require_POST
def review(request: HttpRequest, clinician: Clinician, *, phrase_id: UUID) -> HttpResponse:
    """Say that one has read a shipped draft, as somebody who speaks its language well."""
    draft = shipped().get(phrase_id)
    if draft is None or not draft.is_draft:
        raise Http404
    if not request.POST.get("speaks"):
        messages.error(
            request, _("Nothing was kept. Tick that you speak this language well and have read each line.")
        )
        return CLINICIAN.then(request, "phrase", phrase_id=phrase_id)
    review_shipped(draft, by=clinician, now=timezone.now())
    messages.success(request, _("Reviewed. It can be used in this practice now."))
    return CLINICIAN.then(request, "phrase", phrase_id=phrase_id)


def _mine(clinician: Clinician, phrase_id: UUID) -> Phrase:
    return get_object_or_404(Phrase.objects.visible_to(clinician), pk=phrase_id, clinician=clinician)
