"""Who is signed in, for how long, and that staff have a second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from interlude.ui.views import public

IDLE = timedelta(minutes=15)
LONGEST_CLIENT = timedelta(hours=24)
LONGEST_STAFF = timedelta(hours=12)
NOTED_EVERY = timedelta(seconds=30)
WITHOUT_SECOND_FACTOR = (
    "/account/second-factor/",
    "/account/reauthenticate/",
    "/sign-in/",
    "/sign-out/",
    "/leave/",
    "/help/",
    "/how-we-protect-what-you-write/",
    "/alive/",
)
Answer = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends a session that idled 15 minutes or lived too long (12 h for staff, 24 h for clients).

    Source: security.md S6. A saved draft counts as being there; there is no polling that could.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()  # noqa: TID251  the middleware is where a request meets the clock
            if _is_over(request.session, now):
                logout(request)
            else:
                _note(request.session, now)
        return self.get_response(request)


def _is_over(session: SessionBase, now: datetime) -> bool:
    """Whether this session idled or lived too long. A clock that was set back ends none early."""
    idle = now.timestamp() - session.get("seen_at", now.timestamp())
    lived = now.timestamp() - session.get("began_at", now.timestamp())
    longest = LONGEST_STAFF if session.get("is_staff") else LONGEST_CLIENT
    return bool(idle > IDLE.total_seconds() or lived > longest.total_seconds())


def _note(session: SessionBase, now: datetime) -> None:
    """Write down that somebody is here; at most twice a minute, so that reading pages writes little."""
    if "began_at" not in session:
        session["began_at"] = now.timestamp()
    if now.timestamp() - session.get("seen_at", 0) >= NOTED_EVERY.total_seconds():
        session["seen_at"] = now.timestamp()


class SignedIn(LoginRequiredMiddleware):
    """Every page wants a signed-in person unless it says otherwise; typed words survive a lost session."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if request.method == "POST":
            return public.signed_out(request)
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
        return super().handle_no_permission(request, view_func)


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether this signed-in member of staff must set one up before seeing any page (security.md S10)."""
    if settings.DEMO and request.session.get("demo"):
        return False
    return not is_mfa_enabled(request.user)


def opens_without_second_factor(path: str) -> bool:
    """What staff reach before their second factor stands: its set-up, the way out, and help."""
    return path.startswith(WITHOUT_SECOND_FACTOR)


def to_second_factor() -> HttpResponse:
    return redirect("mfa_index")
