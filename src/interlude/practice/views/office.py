"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def people(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("people")


def add(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("add")


def invite(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("invite")


def see_out(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("see_out")


def account(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("account")
