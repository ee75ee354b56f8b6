"""The portal as an app on a phone: a neutral name and picture, a first page, and what is there without a network."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from interlude.core.discretion import ICONS, NAMES
from interlude.ui.rooms import PUBLIC

FIRST_PAGES = {"my": "/my/", "practice": "/practice/", "office": "/office/"}
SHOWN = {name.lower(): name for name in NAMES}
SIZES = (192, 512)
PAPER = "#f7f4ee"  # as --color-paper in tokens.css; a manifest knows one scheme
A_DAY = "public, max-age=86400"


@require_safe
def manifest(request: HttpRequest, *, room: str, name: str, icon: str) -> HttpResponse:
    """What a phone shows of an installed portal: out of the neutral sets and nothing else. Rule: R-290."""
    if room not in FIRST_PAGES or name not in SHOWN or icon not in ICONS:
        raise Http404
    said = {
        "id": FIRST_PAGES[room],
        "name": SHOWN[name],
        "short_name": SHOWN[name],
        "start_url": FIRST_PAGES[room],
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": _pictures(icon),
    }
    answer = JsonResponse(said, content_type="application/manifest+json")
    answer["Cache-Control"] = A_DAY
    return answer


def _pictures(icon: str) -> list[dict[str, Any]]:
    file = "ui/icon" if icon == ICONS[0] else f"ui/icon_{icon}"
    drawn = [
        {"src": static(f"{file}_{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
        for size in SIZES
        for use in ("any", "maskable")
    ]
    return [*drawn, {"src": static(f"{file}.svg"), "sizes": "any", "type": "image/svg+xml"}]


@require_safe
def no_network(request: HttpRequest) -> HttpResponse:
    """What stands there when a page cannot come: the same for everybody, knows nobody."""
    return PUBLIC.page(request, "no_network.html")


@require_safe
def app_worker(request: HttpRequest) -> HttpResponse:
    """Shows that one page without a network, and a notice that came. It keeps nobody's page. Rules: R-291, R-292."""
    return render(request, "public/worker.js", content_type="text/javascript")
