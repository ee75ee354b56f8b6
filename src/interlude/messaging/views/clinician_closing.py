"""How the work with one client ends: naming the last days, moving them later, taking them back, opening again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interlude.appointments.actions import next_session
from interlude.closings.actions import notice_days, reopen, set_closing, take_back
from interlude.closings.forms import ClosingForm
from interlude.closings.models import Closing, current
from interlude.core.closing import ClosingRefused
from interlude.messaging.owed import owed_to
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """What is set, what is still promised, and the form to set the days or to move them later."""
    now = timezone.now()
    client = _client(clinician, client_id)
    held = _held(clinician, client)
    form = ClosingForm(request.POST) if request.method == "POST" else _form(held)
    if form.is_bound and form.is_valid():
        done = set_closing(
            form.ending(),
            client=client,
            by=clinician,
            now=now,
            closing_id=form.key,
            promised=[one.reply_due for one in owed_to(client, by=clinician, now=now) if one.reply_due],
        )
        if isinstance(done, Closing):
            messages.info(request, _("The days are set. Your client is told now, and sees them at home."))
            return CLINICIAN.then(request, "closing", client_id=client.pk)
        assert isinstance(done, ClosingRefused)
        form.refuse(done)
    return _page(request, clinician, client, held, form, now=now)


@require_POST
def back(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """The work goes on after all."""
    client = _client(clinician, client_id)
    held = _held(clinician, client)
    if held is not None and take_back(held, by=clinician, now=timezone.now()):
        messages.info(request, _("The closing is taken back. Your client is told that the work goes on."))
    return CLINICIAN.then(request, "closing", client_id=client.pk)


@require_POST
def again(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Begin again after the end."""
    client = _client(clinician, client_id)
    held = _held(clinician, client)
    if held is not None and reopen(held, by=clinician, now=timezone.now()):
        messages.info(
            request, _("The work is open again, under the agreement that was. Your client is told.")
        )
    return CLINICIAN.then(request, "closing", client_id=client.pk)


def _client(clinician: Clinician, client_id: UUID) -> Client:
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    client.clinician = clinician
    return client


def _held(clinician: Clinician, client: Client) -> Closing | None:
    return current(Closing.objects.visible_to(clinician).filter(client=client))


def _form(held: Closing | None) -> ClosingForm:
    """Empty, or as the days stand now, to move them later."""
    if held is None:
        return ClosingForm()
    said = held.said(Sealer(held.practice_id))
    return ClosingForm(
        initial={
            "last_answer_on": held.last_answer_on,
            "last_read_on": held.last_read_on,
            "agreed_on": held.agreed_on,
            "contact": held.contact,
            "contact_words": said["contact"],
            "farewell": said["farewell"],
            "offers_copy": held.offers_copy,
        }
    )


def _page(
    request: HttpRequest,
    clinician: Clinician,
    client: Client,
    held: Closing | None,
    form: ClosingForm,
    *,
    now: datetime,
) -> HttpResponse:
    context = {
        "here": "clients",
        "now": now,
        "client": client,
        "closing": held,
        "has_ended": held is not None and held.has_ended(now),
        "said": held.said(Sealer(held.practice_id)) if held else {},
        "form": form,
        "closing_id": form.key if form.is_bound else uuid4(),
        "owed": owed_to(client, by=clinician, now=now),
        "notice": notice_days(client, now),
        "session": next_session(client, now),
    }
    return CLINICIAN.page(request, "closings/closing.html", context, status=422 if form.errors else 200)
