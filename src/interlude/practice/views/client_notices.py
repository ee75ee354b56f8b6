"""The notices of whoever is in this room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from interlude.practice.models import Participant
from interlude.practice.notice_pages import Here, address_page, choices_page, code_page
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Which notices are sent, when, and in which words."""
    return choices_page(request, Here(CLIENT, participant, timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Another address for them."""
    return address_page(request, Here(CLIENT, participant, timezone.now()))


@require_POST
def code(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The code that confirms it."""
    return code_page(request, Here(CLIENT, participant, timezone.now()))
