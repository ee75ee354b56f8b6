"""A client's questions and worries about the agreement: one of the first steps, kept for the session."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.agenda.actions import OUR_MESSAGING, keep_words
from interlude.agenda.forms import WorryForm
from interlude.agenda.models import ListItem
from interlude.agreements.first_steps import page_of, pass_step
from interlude.appointments.actions import next_session
from interlude.core.first_steps import Step
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def first_questions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Write one down, or go on without. The clinician hears of it in the next check window, not before (law 6)."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    context = page_of(participant, here=Step.QUESTIONS, now=now)
    if context is None:
        return CLIENT.then(request, "home")
    form = WorryForm(request.POST if request.method == "POST" else None, initial={"item_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        _keep(request, participant, form, now=now)
        pass_step(participant, Step.QUESTIONS)
        return CLIENT.then(request, "first_step", step=context["path"].following)
    rows = ListItem.objects.visible_to(participant).here(now).open().filter(source=ListItem.Source.WORRY)
    sealer = Sealer(participant.practice_id)
    context |= {
        "form": form,
        "session": next_session(participant.client, now),
        "asked": [(item, item.words(sealer)) for item in rows[:SHOWN]],
    }
    return CLIENT.page(request, "agenda/first_questions.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, participant: Participant, form: WorryForm, *, now: datetime) -> None:
    """Put what was written on our list; an empty box is no question."""
    said = form.cleaned_data
    if said["words"].strip():
        keep_words(
            said["words"],
            client=participant.client,
            topic=OUR_MESSAGING,
            by=participant,
            now=now,
            source=ListItem.Source.WORRY,
            item_id=said["item_id"],
        )
        messages.info(request, _("It is on our list."))
