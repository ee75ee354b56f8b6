"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def closed_days(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("closed_days")


def reopen(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("reopen")
