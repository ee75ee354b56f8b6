"""The mark by which a browser is known as one of somebody's devices, so that signing out there ends its notices."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from interlude.outbox.device import Device
from interlude.outbox.devices import forget_device

LONGEST = 400 * 24 * 60 * 60  # seconds; browsers keep no cookie longer


def _name() -> str:
    return "__Host-device" if settings.HTTPS else "device"


def mark(response: HttpResponse, device: Device) -> None:
    response.set_cookie(
        _name(), str(device.pk), max_age=LONGEST, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def marked(request: HttpRequest) -> str:
    return request.COOKIES.get(_name(), "")


def forget_this_device(request: HttpRequest) -> None:
    """Signing out or leaving: nothing is told here any more. The mark that stays behind names nothing then."""
    forget_device(marked(request))
