"""The check-in as a client sees it; here, as it shows the client's own usual weeks beside it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.agenda.actions import OUR_MESSAGING
from interlude.agenda.forms import NoteForm
from interlude.agenda.models import ListItem
from interlude.appointments.actions import next_session
from interlude.checkins.actions import answer_check_in, lay_aside
from interlude.checkins.forms import AnswersForm, answers_form
from interlude.checkins.look import look_at
from interlude.messaging.actions import ground_for
from interlude.messaging.plan import plan_of, usual_week
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Three short questions when they are due, what lies side by side, and one's own usual week."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    if request.method != "POST":
        return _page(request, participant, now=now)
    if request.POST.get("outcome") == "aside":
        if lay_aside(client=participant.client, by=participant, now=now):
            messages.info(request, _("That is fine. Nobody is told, and nothing is counted."))
        return CLIENT.then(request, "check_in")
    form = AnswersForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, now=now, form=form, status=422)
    if answer_check_in(form.answers, client=participant.client, by=participant, now=now) is None:
        return _page(request, participant, now=now, form=form, closed=True, status=422)
    messages.info(request, _("Your answers are kept."))
    return CLIENT.then(request, "check_in")


def _page(
    request: HttpRequest,
    participant: Participant,
    *,
    now: datetime,
    form: AnswersForm | None = None,
    closed: bool = False,
    status: int = 200,
) -> HttpResponse:
    care = participant.client
    look, ground = look_at(care, reader=participant, now=now), ground_for(participant, now)
    note = (
        NoteForm(initial={"item_id": uuid4(), "words": form.data.get("words", "")})
        if closed and form
        else None
    )
    ours = ListItem.objects.visible_to(participant).here(now).open()
    context = {
        "here": "agreement",
        "now": now,
        "me": participant,
        "therapist": care.clinician,
        "look": look,
        "asks": look.turn.due is not None or "answer" in request.GET,
        "form": form or answers_form(look.answers),
        "note": note,
        "session": next_session(care, now),
        "plan": plan_of(ground.policy, ground.used_this_week) if ground.agreement else None,
        "usual": usual_week(participant, now),
        "messaging_is_on": ours.filter(topic=OUR_MESSAGING).exists(),
    }
    return CLIENT.page(request, "checkins/check_in.html", context, status=status)
