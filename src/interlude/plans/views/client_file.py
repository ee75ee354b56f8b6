"""A form that a client filled in elsewhere, kept beside the plan or in its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.core.file_kinds import MOST
from interlude.plans.actions import add_file, remove_file
from interlude.plans.files import sent
from interlude.plans.forms import FileForm
from interlude.plans.models import PlanFile
from interlude.practice.models import Participant
from interlude.ui.files import refused
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def plan_files(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Add a form, in place of the one before."""
    if not participant.reads_messages:
        raise Http404
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["file"]
        data = given.read(MOST + 1)
        added = add_file(data, participant=participant, now=timezone.now())
        if isinstance(added, PlanFile):
            messages.info(request, _("Your form is kept."))
            return CLIENT.then(request, "plan")
        form.add_error("file", refused(added, given.size))
    found = PlanFile.objects.visible_to(participant).defer("sealed").first()
    context: dict[str, Any] = {"here": "plan", "now": timezone.now(), "form": form, "file": found}
    return CLIENT.page(request, "plans/file.html", context, status=422 if form.is_bound else 200)


@require_safe
def plan_file(request: HttpRequest, participant: Participant, *, file_id: UUID) -> HttpResponse:
    """The form again, as a download."""
    return sent(_one(participant, file_id))


@require_POST
def plan_file_remove(request: HttpRequest, participant: Participant, *, file_id: UUID) -> HttpResponse:
    """Take the form away."""
    remove_file(_one(participant, file_id), by=participant, now=timezone.now())
    messages.info(request, _("Your form is gone from here."))
    return CLIENT.then(request, "plan")


def _one(participant: Participant, file_id: UUID) -> PlanFile:
    rows = PlanFile.objects.visible_to(participant).select_related("plan__participant")
    return get_object_or_404(rows, pk=file_id)
