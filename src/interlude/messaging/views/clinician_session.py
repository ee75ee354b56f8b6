"""One session with our list: the page to read or print before it, to tick in it, and a line to write after it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.agenda.lines import call_line_back, write_line
from interlude.agenda.models import Line
from interlude.appointments.models import Session
from interlude.boundaries.windows import window_of
from interlude.core.errors import NeverOpen
from interlude.messaging.answering import note_list_reading
from interlude.messaging.brief import brief_of
from interlude.messaging.forms_clinician import AnswerForm
from interlude.messaging.our_list import list_for
from interlude.practice.models import Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN


@require_safe
def session(request: HttpRequest, clinician: Clinician, *, session_id: UUID) -> HttpResponse:
    """The session's page. Opening it is reading: one line in the record names what was shown."""
    return _page(request, clinician, _session(clinician, session_id), form=AnswerForm.fresh())


def _session(clinician: Clinician, session_id: UUID) -> Session:
    rows = Session.objects.visible_to(clinician).with_links()
    return get_object_or_404(rows, pk=session_id)


def _page(
    request: HttpRequest,
    clinician: Clinician,
    found: Session,
    *,
    form: AnswerForm,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    window = window_of(clinician, now)
    ours = list_for(found, clinician=clinician, now=now, window=window)
    note_list_reading(found, ours.read, by=clinician, now=now)
    context = {
        "here": "sessions",
        "now": now,
        "window": window,
        "session": found,
        "can_join": found.can_be_joined(now),
        "ours": ours,
        "brief": brief_of(found, clinician=clinician, now=now),
        "form": form,
        "problem": problem,
    }
    return CLINICIAN.page(request, "messaging/session.html", context, status=status)


@require_POST
def line(request: HttpRequest, clinician: Clinician, *, session_id: UUID) -> HttpResponse:
    """A line to the client after the session; it leaves in working hours unless sent now on purpose."""
    now, form = timezone.now(), AnswerForm(request.POST)
    found = _session(clinician, session_id)
    said, brief = form.said, brief_of(found, clinician=clinician, now=now)
    if not said["words"].strip():
        return _page(request, clinician, found, form=form, problem="empty", status=422)
    if not brief.has_begun or not brief.may_write:
        problem = "not_yet" if brief.may_write else "supervised"
        return _page(request, clinician, found, form=form.again(), problem=problem, status=409)
    leaves = now
    if not said["at_once"]:
        try:
            leaves = window_of(clinician, now).calendar.next_open(now)
        except NeverOpen:
            leaves = now
    write_line(
        said["words"], session=found, by=clinician, now=now, leaves_at=leaves, line_id=said["reply_id"]
    )
    return CLINICIAN.then(request, "session", session_id=found.pk)


@require_POST
def undo_line(request: HttpRequest, clinician: Clinician, *, line_id: UUID) -> HttpResponse:
    """Take a line back that has not left; its words are in the box again."""
    now = timezone.now()
    rows = Line.objects.visible_to(clinician, at=now).select_related("client", "session")
    found = get_object_or_404(rows, pk=line_id)
    session = _session(clinician, found.session_id)
    words = found.words(Sealer(clinician.practice_id))
    if call_line_back(found, by=clinician, now=now):
        messages.info(request, _("It did not leave. Its words are in the box below."))
        return _page(request, clinician, session, form=AnswerForm.fresh(words))
    return _page(request, clinician, session, form=AnswerForm.fresh(), problem="left", status=409)
