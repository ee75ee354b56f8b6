"""The check-in with one client: three questions, what lies side by side, a word of welcome, our messaging."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interlude.agenda.actions import OUR_MESSAGING, bring_up_our_messaging
from interlude.agenda.models import ListItem
from interlude.appointments.actions import next_session
from interlude.checkins.actions import answer_check_in, lay_aside, note_reading, say_welcome
from interlude.checkins.forms import AnswersForm, WelcomeForm, answers_form, welcome_form
from interlude.checkins.look import look_at
from interlude.checkins.turns import leaves_to
from interlude.practice.models import Client, Clinician
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """The clinician answers alone, as the client does; what has met is here for both."""
    client, now = _client(clinician, client_id), timezone.now()
    if request.method != "POST":
        return _page(request, clinician, client, now=now)
    if request.POST.get("outcome") == "aside":
        lay_aside(client=client, by=clinician, now=now)
        return CLINICIAN.then(request, "check_in", client_id=client.pk)
    form = AnswersForm(request.POST)
    if not form.is_valid():
        return _page(request, clinician, client, now=now, form=form, status=422)
    if answer_check_in(form.answers, client=client, by=clinician, now=now) is None:
        return _page(request, clinician, client, now=now, form=form, closed=True, status=422)
    messages.info(request, _("Your answers are kept. They meet your client’s on our list."))
    return CLINICIAN.then(request, "check_in", client_id=client.pk)


@require_POST
def welcome(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Say that the present amount is welcome, in one's own words."""
    client, now = _client(clinician, client_id), timezone.now()
    form = WelcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, clinician, client, now=now, saying=form, status=422)
    said = say_welcome(
        form.cleaned_data["words"],
        client=client,
        by=clinician,
        now=now,
        welcome_id=form.cleaned_data["welcome_id"],
    )
    messages.info(
        request, _("It leaves in your working hours.") if said.leaves_at > now else _("It is said.")
    )
    return CLINICIAN.then(request, "check_in", client_id=client.pk)


@require_POST
def our_messaging(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Put 'our messaging' on the list for the next session, in one tap."""
    client, now = _client(clinician, client_id), timezone.now()
    leaves = leaves_to(client, by=clinician, now=now)
    bring_up_our_messaging(client=client, by=clinician, now=now, added_at=leaves)
    messages.info(request, _("“Our messaging” is on our list."))
    return CLINICIAN.then(request, "check_in", client_id=client.pk)


def _client(clinician: Clinician, client_id: UUID) -> Client:
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    client.clinician = clinician
    return client


def _page(
    request: HttpRequest,
    clinician: Clinician,
    client: Client,
    *,
    now: datetime,
    form: AnswersForm | None = None,
    saying: WelcomeForm | None = None,
    closed: bool = False,
    status: int = 200,
) -> HttpResponse:
    look = look_at(client, reader=clinician, now=now)
    note_reading(client, look.read, by=clinician, now=now)
    ours = ListItem.objects.visible_to(clinician).open().filter(client=client, topic=OUR_MESSAGING)
    context = {
        "here": "clients",
        "now": now,
        "me": clinician,
        "client": client,
        "look": look,
        "asks": look.turn.due is not None or "answer" in request.GET,
        "form": form or answers_form(look.answers),
        "closed": closed,
        "saying": saying or welcome_form(request.GET.get("say", "")),
        "leaves": leaves_to(client, by=clinician, now=now),
        "session": next_session(client, now),
        "messaging_is_on": ours.filter(added_by_clinician=True).exists(),
    }
    return CLINICIAN.page(request, "checkins/check_in.html", context, status=status)
