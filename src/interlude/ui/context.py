"""What every page knows: the room's rail, the person's name, the way to help."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """`occupants` (may be missing on error pages), whether this is the demo, and the practice's help address."""
    occupants = getattr(request, "occupants", None)
    return {
        "occupants": occupants,
        "is_demo": settings.DEMO,
        "help_address": getattr(occupants, "help_address", "/help/"),
    }
