"""Every request speaks UTF-8; nothing of a signed-in page stays in caches or in the Back button."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class OneAlphabet:
    """Reads every request as UTF-8, whatever alphabet it names: our pages send nothing else.

    Django takes any codec of Python at its word; some are no text, others make lone surrogates (security S14).
    Bytes that are no UTF-8 become U+FFFD, so a client's words are kept. Stands before all that read a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding is not None and request.encoding.lower() != "utf-8":
            request.encoding = "utf-8"
        return self.get_response(request)


class NothingStaysBehind:
    """Every answer is `no-store`; a page that may be kept (static files, help now) says so itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
