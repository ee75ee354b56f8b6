"""Where the owner says whether a client's own page may look for words and put help first. Rule: R-190."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.crisis.reading_over import choose_reading
from interlude.practice.models import OfficeMember
from interlude.ui.rooms import OFFICE


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """On or off, for all clients of the practice; said on the page, what it does and what it never does."""
    if not office.is_owner:
        raise Http404
    if request.method == "POST":
        wanted = "reads_over" in request.POST
        choose_reading(office.practice, wanted, by=office, now=timezone.now())
        messages.success(request, _("It is on.") if wanted else _("It is off."))
        return OFFICE.then(request, "reading")
    return OFFICE.page(request, "crisis/reading.html", {"here": "help_lines"})
