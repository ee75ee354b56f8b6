"""Signing in as anybody of the demo with one click. Anywhere else this page does not exist."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from interlude.accounts.models import User
from interlude.demo.people import CARES, DESK, OWNER, PRACTICE, THERAPISTS
from interlude.ui.rooms import PUBLIC


def choose(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo, by room."""
    _only_in_the_demo()
    cares = [(care, next(one.name for one in THERAPISTS if one.key == care.therapist)) for care in CARES]
    context: dict[str, Any] = {
        "practice": PRACTICE,
        "therapists": THERAPISTS,
        "cares": cares,
        "office": [(DESK, "front desk"), (OWNER, "owner")],
    }
    return PUBLIC.page(request, "demo/choose.html", context)


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """One click: signed in as that made-up person."""
    _only_in_the_demo()
    address = f"{request.POST.get('name', '').lower().replace(' ', '.')}@example.org"
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["demo"] = True
    return HttpResponseRedirect("/")


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
