"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def window(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("window")


def early(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("early")


def message(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("message")


def reply(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("reply")


def acknowledge(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("acknowledge")


def keep(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("keep")


def phone(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("phone")


def aside(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("aside")


def call_back(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("call_back")
