"""To be written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def question(request: HttpRequest, *people: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("question")
