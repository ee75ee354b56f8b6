"""A clinician's sessions as others meet them: the usual link, another for one session, reminders."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.appointments.calendar_page import Here, calendar_page
from interlude.appointments.feed_models import habits_of, usual_link
from interlude.appointments.meeting import set_habits, set_session_link
from interlude.appointments.meeting_forms import HabitsForm, SessionLinkForm
from interlude.appointments.models import Session
from interlude.core.meeting_links import shown_host
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def session_habits(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What holds for all sessions: where they are met, and when they are reminded of."""
    posted = request.method == "POST"
    habits = habits_of(clinician)
    form = HabitsForm.of(habits, request.POST if posted else None)
    if posted and form.is_valid():
        set_habits(form.habits(), clinician=clinician, by=clinician, now=timezone.now())
        messages.success(request, _("Kept. It holds for every session from now on."))
        return CLINICIAN.then(request, "session_habits")
    context = {"here": "sessions", "now": timezone.now(), "form": form, "host": shown_host(habits.join_url)}
    return CLINICIAN.page(request, "appointments/habits.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session_link(request: HttpRequest, clinician: Clinician, *, session_id: UUID) -> HttpResponse:
    """Where one session is met, if not as always."""
    rows = Session.objects.visible_to(clinician).with_links()
    session, posted, now = get_object_or_404(rows, pk=session_id), request.method == "POST", timezone.now()
    form = SessionLinkForm.of(session, request.POST if posted else None)
    if posted and form.is_valid():
        set_session_link(session, form.link, in_person=form.in_person, by=clinician, now=now)
        messages.success(request, _("Kept for this session."))
        return CLINICIAN.then(request, "session", session_id=session.pk)
    usual = usual_link(clinician)
    context = {"here": "sessions", "now": now, "form": form, "session": session, "usual": shown_host(usual)}
    return CLINICIAN.page(request, "appointments/link.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """A clinician's own calendar address."""
    return calendar_page(request, Here(CLINICIAN, clinician, timezone.now()))
