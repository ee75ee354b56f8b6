"""The library: writing pieces, making them ready, taking over some of our own."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.core.packs.starter import starters
from interlude.core.readability import reading
from interlude.core.reading_ease import hindi_measure, perspicuity
from interlude.library import actions
from interlude.library.files import sent
from interlude.library.finding import Sum, found_by, sums_of
from interlude.library.forms import BESIDE, KIND_WORDS, KINDS, PieceForm, opened
from interlude.library.models import Piece, Share
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN

PAGE = 40
STATES = {
    "ready": actions.make_ready,
    "for_all": actions.give_to_all,
    "for_chosen": actions.keep_for_chosen,
    "away": actions.put_away,
    "back": actions.bring_back,
}


@require_http_methods(["GET", "HEAD", "POST"])
def library(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """All pieces, or what a search found. What is searched for travels in the body, never in an address."""
    words, away = request.POST.get("words", "")[:200], "away" in request.GET or "away" in request.POST
    mine = Piece.objects.visible_to(clinician).filter(put_away_at__isnull=not away)
    page = Paginator(found_by(words, mine), PAGE).get_page(request.GET.get("page"))
    sums = sums_of([one.pk for one in page])
    context = {
        "here": "library",
        "now": timezone.now(),
        "page": page,
        "rows": [(one, KIND_WORDS[Piece.Kind(one.kind)], sums.get(one.pk, Sum())) for one in page],
        "words": words,
        "away": away,
        "kinds": KINDS,
    }
    return CLINICIAN.page(request, "library/library.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_piece(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Write a piece, or add a file; it is a draft until it is said to be ready."""
    kind = request.POST.get("kind") or request.GET.get("kind", Piece.Kind.EXERCISE)
    if kind not in Piece.Kind.values:
        raise Http404
    if request.method != "POST":
        form = PieceForm(kind=kind, initial={"piece_id": uuid4(), "language": "en"})
        return _form_page(request, form)
    form = PieceForm(request.POST, request.FILES, kind=kind)
    if not form.is_valid():
        return _form_page(request, form)
    now, key = timezone.now(), form.cleaned_data["piece_id"]
    made = actions.write_piece(
        form.words(), kind=kind, by=clinician, now=now, piece_id=key, places=form.places(), file=form.file
    )
    if request.POST.get("to") == "ready":
        actions.make_ready(made, by=clinician, now=now)
    messages.success(request, _("It is in your library."))
    return CLINICIAN.then(request, "piece", piece_id=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change_piece(request: HttpRequest, clinician: Clinician, *, piece_id: UUID) -> HttpResponse:
    """Change a piece: another version. Who has it already keeps the one that was shared."""
    found = _piece(clinician, piece_id)
    version = actions.newest(found)
    shape: dict[str, Any] = {"kind": found.kind, "has_file": bool(version.suffix)}
    if request.method != "POST":
        return _form_page(request, PieceForm(initial=opened(found, version), **shape), found)
    form = PieceForm(request.POST, request.FILES, **shape)
    if not form.is_valid():
        return _form_page(request, form, found)
    words = form.words(actions.words_of(version))
    actions.change_piece(found, words, places=form.places(), by=clinician, now=timezone.now(), file=form.file)
    messages.success(request, _("It is changed. Share it again where your client should have this version."))
    return CLINICIAN.then(request, "piece", piece_id=found.pk)


@require_safe
def piece(request: HttpRequest, clinician: Clinician, *, piece_id: UUID) -> HttpResponse:
    """One piece as a client reads it, its versions, how it reads, and how often it helped."""
    found, now = _piece(clinician, piece_id), timezone.now()
    versions = list(found.versions.defer("sealed", "text"))
    version = actions.newest(found)
    shared = Share.objects.visible_to(clinician).filter(piece=found, taken_back_at=None)
    text = "\n".join([version.title, version.text, *version.fields])
    context = {
        "here": "library",
        "now": now,
        "piece": found,
        "kind": KIND_WORDS[Piece.Kind(found.kind)],
        "version": version,
        "versions": versions,
        "beside": [name for topic, name in BESIDE if topic in found.topics],
        "sum": sums_of([found.pk]).get(found.pk, Sum()),
        "reading": reading(text),
        "ease": perspicuity(text) if version.language == "es" else None,
        "in_hindi": hindi_measure(text) if version.language == "hi" else None,
        "clients": shared.values("client").distinct().count(),
    }
    return CLINICIAN.page(request, "library/piece.html", context)


@require_safe
def piece_file(request: HttpRequest, clinician: Clinician, *, piece_id: UUID) -> HttpResponse:
    """The file of the newest version, to save."""
    return sent(actions.newest(_piece(clinician, piece_id)))


@require_POST
def piece_state(request: HttpRequest, clinician: Clinician, *, piece_id: UUID) -> HttpResponse:
    """Ready, for everyone, for chosen people, put away, or back again."""
    found, act = _piece(clinician, piece_id), STATES.get(request.POST.get("to", ""))
    if act is not None:
        act(found, by=clinician, now=timezone.now())
    return CLINICIAN.then(request, "piece", piece_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def starter_pieces(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Pieces of our own, to look at and to take over."""
    known = starters()
    if request.method == "POST":
        chosen = [known[key] for key in request.POST.getlist("piece") if key in known]
        taken = actions.take_starters(chosen, by=clinician, now=timezone.now())
        messages.success(request, _("%(many)s taken over.") % {"many": taken})
        return CLINICIAN.then(request, "library")
    rows = Piece.objects.visible_to(clinician).exclude(starter="")
    have = set(rows.values_list("starter", flat=True))
    context = {
        "here": "library",
        "starters": known.values(),
        "have": have,
        "all_taken": known.keys() <= have,
    }
    return CLINICIAN.page(request, "library/starters.html", context)


def _form_page(request: HttpRequest, form: PieceForm, piece: Piece | None = None) -> HttpResponse:
    context = {"here": "library", "form": form, "piece": piece, "kind": dict(KINDS)[Piece.Kind(form.kind)]}
    return CLINICIAN.page(request, "library/write.html", context, status=422 if form.is_bound else 200)


def _piece(clinician: Clinician, piece_id: UUID) -> Piece:
    return get_object_or_404(Piece.objects.visible_to(clinician), pk=piece_id)
