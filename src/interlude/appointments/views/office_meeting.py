"""A therapist's sessions as the owner sets them: the usual link and reminders. No session is shown here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.appointments.feed_models import habits_of
from interlude.appointments.meeting import set_habits
from interlude.appointments.meeting_forms import HabitsForm
from interlude.core.meeting_links import shown_host
from interlude.practice.models import Clinician, OfficeMember
from interlude.ui.rooms import OFFICE


@require_http_methods(["GET", "HEAD", "POST"])
def session_habits(request: HttpRequest, office: OfficeMember, *, clinician_id: UUID) -> HttpResponse:
    """Where this therapist's sessions are met, and when they are reminded of."""
    if not office.is_owner:
        raise Http404  # not 403: the desk should not learn that the page exists
    here = Clinician.objects.filter(practice_id=office.practice_id, left_at=None)
    clinician = get_object_or_404(here.select_related("session_habits"), pk=clinician_id)
    posted, habits = request.method == "POST", habits_of(clinician)
    form = HabitsForm.of(habits, request.POST if posted else None)
    if posted and form.is_valid():
        set_habits(form.habits(), clinician=clinician, by=office, now=timezone.now())
        messages.success(request, _("Kept. It holds for every session from now on."))
        return OFFICE.then(request, "people")
    context = {"here": "people", "now": timezone.now(), "form": form, "clinician": clinician}
    context["host"] = shown_host(habits.join_url)
    return OFFICE.page(request, "appointments/habits.html", context, status=422 if posted else 200)
