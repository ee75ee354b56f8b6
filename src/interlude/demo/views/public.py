"""Being anybody of the demo with one click, and moving its clock. Anywhere else these pages do not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from interlude.accounts.models import User
from interlude.demo import clock
from interlude.demo.people import CARES, DESK, OWNER, PRACTICE, SUPERVISOR, THERAPISTS, address_of
from interlude.practice.models import Clinician
from interlude.practice.scope import in_practice
from interlude.ui.rooms import PUBLIC


def choose(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo, by room; and what time it is there."""
    _only_in_the_demo()
    cares = [(care, next(one.name for one in THERAPISTS if one.key == care.therapist)) for care in CARES]
    context: dict[str, Any] = {
        "practice": PRACTICE,
        "therapists": THERAPISTS,
        "cares": cares,
        "supervisor": SUPERVISOR,
        "office": [(DESK, "front desk"), (OWNER, "owner")],
        "now": timezone.now(),
        "is_moved": bool(clock.ahead()),
    }
    return PUBLIC.page(request, "demo/choose.html", context)


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """One click: signed in as that made-up person."""
    _only_in_the_demo()
    user = User.objects.filter(email=address_of(request.POST.get("name", "")), is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["demo"] = True
    return HttpResponseRedirect("/")


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock to a therapist's next check window, or on by an hour."""
    _only_in_the_demo()
    name = request.POST.get("window")
    moment = _window_of(name) if name else timezone.now() + timedelta(hours=1)
    if moment is not None:
        clock.move_to(moment + timedelta(minutes=1) if name else moment)
    request.session.modified = True  # it would have run out by the moved clock
    return HttpResponseRedirect("/demo/")


def _window_of(name: str) -> Any:
    clinician = get_object_or_404(Clinician._default_manager, user__email=address_of(name))
    with in_practice(clinician.practice_id):
        return clock.next_window(clinician)


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
