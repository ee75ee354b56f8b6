"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def agreement(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("agreement")


def accept(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("accept")
