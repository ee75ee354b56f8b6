"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("home")


def conversation(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("conversation")
