"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def clients(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("clients")


def account(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("account")
