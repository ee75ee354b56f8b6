"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def help_lines(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("help_lines")


def help_line(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("help_line")
