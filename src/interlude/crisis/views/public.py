"""Help now, for anybody: no sign-in, no session, no script, no worker."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from interlude.core.packs.lines import directories
from interlude.core.packs.places import COUNTRIES
from interlude.crisis.places import Place, places_of, places_of_all
from interlude.ui.rooms import PUBLIC

KEPT = "public, max-age=300, stale-if-error=604800"  # a line taken down is gone within five minutes


def help_now(request: HttpRequest) -> HttpResponse:
    """Where nobody knows the place: a choice of countries, and what holds everywhere."""
    return _page(request, slug="", country=request.GET.get("country", ""))


def help_practice(request: HttpRequest, *, slug: str) -> HttpResponse:
    """The places of one practice; for a slug that nobody has, the general page."""
    return _page(request, slug=slug, country="")


def help_place(request: HttpRequest, *, slug: str, country: str) -> HttpResponse:
    """One place of one practice: danger to life first, then others."""
    return _page(request, slug=slug, country=country)


def _page(request: HttpRequest, *, slug: str, country: str) -> HttpResponse:
    places, is_whole = _places(slug)
    own = bool(slug and places)
    if slug and not places and is_whole:
        places, is_whole = _places("")
    asked = country.strip().upper()
    here = _chosen(places, asked, only=own)
    context = {
        "places": [place for place in places if place is not here],
        "here": here,
        "missing": COUNTRIES.get(asked, "") if here is None else "",
        "slug": slug if own else "",
        "directories": directories(),
        "now": timezone.now(),
    }
    response = PUBLIC.page(request, "crisis/help.html", context)
    response["Cache-Control"] = KEPT if is_whole else "no-store"
    return response


def _places(slug: str) -> tuple[list[Place], bool]:
    """The places, and whether the database answered. Without it the page still says what holds everywhere."""
    try:
        return (places_of(slug) if slug else places_of_all()), True
    except DatabaseError:
        return [], False


def _chosen(places: list[Place], country: str, *, only: bool) -> Place | None:
    """The place that was asked for, or a practice's only one, named in its heading. Nothing is guessed."""
    for place in places:
        if place.code == country:
            return place
    return places[0] if only and not country and len(places) == 1 else None
