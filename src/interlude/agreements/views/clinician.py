"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def agreement(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("agreement")


def rules(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("rules")
