"""Help now, for anybody: no sign-in, no session, no worker. The script it comes with is not needed."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from interlude.core.packs.help_words import FIRST, languages
from interlude.crisis.forms import WrongNumberForm
from interlude.crisis.pages import HelpPage, script, style_hash, worker
from interlude.crisis.places import Shelf, general_shelf, shelf_of
from interlude.crisis.wrong_numbers import tell_wrong_number

KEPT = "public, max-age=300, stale-if-error=604800"  # a line taken down is gone within five minutes


def help_now(request: HttpRequest) -> HttpResponse:
    """Where nobody knows the place: a choice of countries, and what holds everywhere."""
    return _page(slug="", country=request.GET.get("country", ""))


def help_practice(request: HttpRequest, *, slug: str) -> HttpResponse:
    """The places of one practice; for a slug that nobody has, the general page."""
    return _page(slug=slug)


def help_place(request: HttpRequest, *, slug: str, country: str) -> HttpResponse:
    """One place of one practice: danger to life first, then others."""
    return _page(slug=slug, country=country)


def help_language(request: HttpRequest, *, slug: str, country: str, language: str) -> HttpResponse:
    """The same in another language. It is chosen on the page, and never guessed."""
    if language not in languages():
        raise Http404
    return _page(slug=slug, country=country, language=language)


@csrf_exempt  # there is no session to ride on, and the act is open to anybody
@require_http_methods(["GET", "HEAD", "POST"])
def help_wrong(request: HttpRequest, *, slug: str, country: str) -> HttpResponse:
    """Tell that a number is wrong. A POST keeps the line, what is wrong and a short note; nothing else."""
    page = HelpPage(shelf_of(slug), country=country.strip().upper())
    if page.here is None:
        return HttpResponseRedirect(reverse("public:help"))
    form = WrongNumberForm(request.POST if request.method == "POST" else None, lines=page.here.lines)
    was_told = form.is_bound and form.is_valid()
    if was_told:
        line, what, note = (form.cleaned_data[name] for name in ("line", "what", "note"))
        tell_wrong_number(line, what=what, note=note, today=timezone.now().date())
    context = page.context() | {"form": form, "was_told": was_told}
    status = 422 if form.is_bound and not was_told else 200
    response = render(request, "public/crisis/wrong.html", context, status=status)
    return _styled(response, kept="no-store")


@require_safe
def help_script(request: HttpRequest) -> HttpResponse:
    """The small script of the help pages."""
    return _file(script())


@require_safe
def help_worker(request: HttpRequest) -> HttpResponse:
    """What keeps help pages, and nothing else, on a device that opened one. It reaches /help/ alone."""
    return _file(worker())


def _file(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


def _page(*, slug: str, country: str = "", language: str = FIRST) -> HttpResponse:
    shelf, is_whole = _shelf(slug)
    page = HelpPage(shelf, country=country.strip().upper(), language=language)
    return _styled(HttpResponse(page.render()), kept=KEPT if is_whole else "no-store")


def _styled(response: HttpResponse, *, kept: str) -> HttpResponse:
    """The page brings its style along; the policy names that one style and lets no other in."""
    response._csp_update = {"style-src": [f"'sha256-{style_hash()}'"]}  # type: ignore[attr-defined]  # django-csp
    response["Cache-Control"] = kept
    return response


def _shelf(slug: str) -> tuple[Shelf, bool]:
    """The places, and whether the database answered. Without it the page still says what holds everywhere."""
    try:
        return (shelf_of(slug) if slug else general_shelf()), True
    except DatabaseError:
        return Shelf(None, ()), False
