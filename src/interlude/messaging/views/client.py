"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def write(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("write")


def compose(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("compose")


def draft(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("draft")


def review(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("review")


def forget(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("forget")


def send(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("send")


def message(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("message")


def change(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("change")


def take_back(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("take_back")
