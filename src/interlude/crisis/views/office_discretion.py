"""Where the owner chooses what others may see of the practice."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.crisis.discreet import CHOSEN, choose_discretion
from interlude.crisis.discreet_forms import DiscretionForm
from interlude.practice.models import OfficeMember
from interlude.ui.rooms import OFFICE


@require_http_methods(["GET", "HEAD", "POST"])
def discretion(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """Name, picture, subjects, bank line, and where the quick way out leads."""
    if not office.is_owner:
        raise Http404
    practice, posted = office.practice, request.method == "POST"
    form = DiscretionForm(
        request.POST if posted else None, initial={name: getattr(practice, name) for name in CHOSEN}
    )
    if posted and form.is_valid():
        choose_discretion(practice, form.cleaned_data, by=office, now=timezone.now())
        messages.success(request, _("Kept. Pages and mails show it from now on."))
        return OFFICE.then(request, "discretion")
    context = {"form": form, "here": "help_lines", "now": timezone.now()}
    return OFFICE.page(request, "crisis/discretion.html", context, status=422 if posted else 200)
