"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def help_now(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("help_now")


def help_practice(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("help_practice")


def help_place(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("help_place")
