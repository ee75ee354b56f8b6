"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def choose(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("choose")


def sign_in(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("sign_in")
