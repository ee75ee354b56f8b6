"""The page that opens a plan kept on this device: the same for everybody, knows nobody, no sign-in. Rule: R-189."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interlude.ui.rooms import PUBLIC


@require_safe
def plan_here(request: HttpRequest) -> HttpResponse:
    """Opened by a script from what the device holds; without one it says what else there is."""
    return PUBLIC.page(request, "plans/here.html")


@require_safe
def plan_worker(request: HttpRequest) -> HttpResponse:
    """Keeps that one page for when there is no network. Its place is its scope: this page and no other."""
    return render(request, "public/plans/worker.js", content_type="text/javascript")
