"""Rooms: who may enter, what they are handed, and which folder their pages come from.

A view of a room receives the person as its second argument; there is no other way to one. `page()` can render
that room's own folder and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import URLPattern

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Room:
    """One of the four rooms. `name` is its URL namespace, its templates' folder and its views' module."""

    name: str
    occupant: str | None  # attribute of `request.occupants` that lets someone in; None: anybody

    def routes(self, patterns: Iterable[URLPattern]) -> list[URLPattern]:
        """Put this room's door before every view of *patterns*."""
        guarded = list(patterns)
        for pattern in guarded:
            pattern.callback = self._door(pattern.callback)
        return guarded

    def page(
        self,
        request: HttpRequest,
        template: str,
        context: dict[str, Any] | None = None,
        *,
        fragment: str | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """A page from this room's folder, or only its *fragment* where htmx asked."""
        wanted = fragment if fragment and getattr(request, "htmx", False) else template
        return render(request, f"{self.name}/{wanted}", context or {}, status=status)

    def then(self, request: HttpRequest, to: str, **kwargs: Any) -> HttpResponse:
        """Go to a page of this room after an act; htmx is told to load it whole."""
        address = resolve_url(f"{self.name}:{to}", **kwargs)
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)

    def _door(self, view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if self.occupant is None:
                return view(request, **kwargs)
            person = getattr(request.occupants, self.occupant)  # type: ignore[attr-defined]  # set by middleware
            if person is None:
                raise Http404  # not 403: a stranger should not learn that the page exists
            return view(request, person, **kwargs)

        guarded.room = self  # type: ignore[attr-defined]  # read by the house tests
        return login_not_required(guarded) if self.occupant is None else guarded


PUBLIC = Room("public", occupant=None)
CLIENT = Room("client", occupant="participant")
CLINICIAN = Room("clinician", occupant="clinician")
OFFICE = Room("office", occupant="office")
