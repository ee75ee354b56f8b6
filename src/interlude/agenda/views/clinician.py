"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def sessions(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("sessions")


def session(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("session")


def close(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("close")
