"""What every page knows: the room's rail, the person's name, the way to help."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from interlude.core.discretion import ICONS, NAMES, exit_address
from interlude.ui.languages import heard, is_draft


def page(request: HttpRequest) -> dict[str, Any]:
    """`occupants` (may be missing on error pages), whether this is the demo, the way to help, and `here`;
    which languages there are, and whether this one is a draft; and what the practice chose that others may see.

    `here` is the URL's name, which marks a place in the rail; a page below that place gives its own `here`,
    which goes first. `app_room` names the room whose manifest a page links; empty where it links none.
    """
    occupants = getattr(request, "occupants", None)
    place = request.resolver_match
    practice = getattr(occupants, "practice", None)
    exit_to = practice.exit_to if practice else ""
    room = request.path.split("/")[1] if practice else ""
    return {
        "occupants": occupants,
        "is_demo": settings.DEMO,
        "help_address": getattr(occupants, "help_address", "/help/"),
        "languages": settings.LANGUAGES,
        "page_language": heard(),
        "is_draft": is_draft(),
        "here": place.url_name if place else "",
        "shown_name": practice.shown_name if practice else NAMES[0],
        "icon": practice.icon if practice else ICONS[0],
        "app_room": room if room in ("my", "practice", "office") else "",
        "plain_titles": practice.plain_titles if practice else False,
        "exit_to": exit_to,
        "exit_address": exit_address(exit_to),
    }
