"""Pages that belong to no feature: lost sessions, expired forms, errors, the components."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from interlude.ui import samples
from interlude.ui.rooms import PUBLIC

log = logging.getLogger(__name__)
NEVER_KEPT = {
    "csrfmiddlewaretoken",
    "login",
    "password",
    "oldpassword",
    "password1",
    "password2",
    "code",
    "credential",
}
WORDS = {"words", "body", "answer"}  # fields that hold a person's own words


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended while somebody wrote: their words, a way to sign in, and the same form once more."""
    return _words_kept(request, reason="signed_out", status=401)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key was too old (signed in again elsewhere, say): the words, and the form once more.

    The log says why, without the address: the one of an invitation is half a key.
    """
    log.warning("a form was not accepted: %s", reason.partition(" - ")[0])
    response = _words_kept(request, reason="form_expired", status=403)
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django writes the address
    return response


def _words_kept(request: HttpRequest, *, reason: str, status: int) -> HttpResponse:
    context = {"reason": reason, **_typed(request)}
    response = render(request, "public/words_kept.html", context, status=status)
    if getattr(request, "htmx", False):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
    return response


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What a form brought along: a person's words, the other fields, and the address they were meant for."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return {
        "words": [(name, value) for name, value in fields if name in WORDS],
        "rest": [(name, value) for name, value in fields if name not in WORDS | NEVER_KEPT],
        "address": request.get_full_path(),
    }


def components(request: HttpRequest) -> HttpResponse:
    """Every component of the look on one page, for people who build pages."""
    return PUBLIC.page(request, "components.html", samples.page(request.GET.get("room", "")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The fault is ours: an answer that needs neither database nor session, with the words still in it."""
    context: dict[str, Any] = {}
    with suppress(Exception):  # the request itself may be what is broken
        context = {**_typed(request), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string("public/broken.html", context), status=500)


def protect(request: HttpRequest) -> HttpResponse:
    """How we protect what you write, and what we cannot protect."""
    return PUBLIC.page(request, "protect.html")


def alive(request: HttpRequest) -> HttpResponse:
    """For whoever watches the process: it answers. Touches no database."""
    return HttpResponse("ok\n", content_type="text/plain")
