"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def care(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("care")


def account(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("account")
