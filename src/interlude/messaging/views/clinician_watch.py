"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def watch(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("watch")


def client(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("client")
