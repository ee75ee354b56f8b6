"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def door(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("door")


def leave(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("leave")


def invitation(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("invitation")


def set_up(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("set_up")
