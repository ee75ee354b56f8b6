"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def our_list(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("our_list")


def add_note(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("add_note")


def journal(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("journal")


def journal_entry(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("journal_entry")
