"""What every page knows: the room's rail, the person's name, the way to help."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """`occupants` (may be missing on error pages), whether this is the demo, the way to help, and `here`.

    `here` is the URL's name, which marks a place in the rail; a page below that place gives its own `here`,
    which goes first.
    """
    occupants = getattr(request, "occupants", None)
    place = request.resolver_match
    return {
        "occupants": occupants,
        "is_demo": settings.DEMO,
        "help_address": getattr(occupants, "help_address", "/help/"),
        "here": place.url_name if place else "",
    }
