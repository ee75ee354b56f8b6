"""Extra support of one client, what it costs, and a list of all that runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.agreements.actions import version_held
from interlude.agreements.extra_support import SupportShown, supports_shown
from interlude.agreements.models import Agreement
from interlude.boundaries.models import ExtraSupport
from interlude.core.support import Refused
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.support.actions import give_support, move_support_end, soonest_end, taken_days
from interlude.support.forms import MoveForm, SupportForm, first_days
from interlude.support.load import Load, load_of
from interlude.ui.rooms import CLINICIAN

PAST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Given:
    """One plan on the page: its words, what it cost so far, and the form to move its end, unless it is over."""

    shown: SupportShown
    load: Load
    form: MoveForm | None
    has_begun: bool
    is_over: bool


@require_http_methods(["GET", "HEAD", "POST"])
def extra(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """What this client has beyond the agreement, and a form to give more for a time."""
    now = timezone.now()
    client = _client(clinician, client_id)
    agreement = version_held(client, now)
    form = _form(client, agreement, now, sent=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = give_support(
            form.cleaned_data["purpose"],
            form.plan(),
            client=client,
            by=clinician,
            now=now,
            support_id=form.key,
        )
        if isinstance(done, ExtraSupport):
            messages.info(request, _("It is given. Your client is told as it begins, and before it ends."))
            return CLINICIAN.then(request, "extra", client_id=client.pk)
        form.refuse(done, practice=clinician.practice.name)
    return _page(request, clinician, client, agreement, form=form, now=now)


@require_POST
def move_end(request: HttpRequest, clinician: Clinician, *, support_id: UUID) -> HttpResponse:
    """Another end, openly: the client is told at once and reads both days."""
    now = timezone.now()
    mine = ExtraSupport.objects.visible_to(clinician)
    support = get_object_or_404(mine.select_related("client__clinician"), pk=support_id)
    form = MoveForm(request.POST, auto_id=f"{support.pk}_%s")
    if form.is_valid():
        done = move_support_end(support, form.moved(), by=clinician, now=now)
        if not isinstance(done, Refused):
            messages.info(request, _("The end has moved. Your client is told now."))
            return CLINICIAN.then(request, "extra", client_id=support.client_id)
        form.refuse(done, practice=clinician.practice.name)
    client = support.client
    agreement = version_held(client, now)
    fresh = _form(client, agreement, now)
    return _page(request, clinician, client, agreement, form=fresh, moving=(support, form), now=now)


@require_safe
def extras(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """All clients' extra support that runs or is to come: until when, and when it is looked at again."""
    now = timezone.now()
    on = clinician.date_at(now)
    rows = ExtraSupport.objects.visible_to(clinician).not_over(on).select_related("client")
    context = {"here": "clients", "now": now, "today": on, "rows": rows}
    return CLINICIAN.page(request, "support/running.html", context)


def _client(clinician: Clinician, client_id: UUID) -> Client:
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    client.clinician = clinician
    return client


def _form(
    client: Client, agreement: Agreement | None, now: datetime, *, sent: Any | None = None
) -> SupportForm:
    today = client.clinician.date_at(now)
    policy = agreement.as_agreed(today).policy if agreement else None
    return SupportForm(sent, agreed=policy, initial=first_days(today, taken_days(client, today)))


def _page(
    request: HttpRequest,
    clinician: Clinician,
    client: Client,
    agreement: Agreement | None,
    *,
    form: SupportForm,
    now: datetime,
    moving: tuple[ExtraSupport, MoveForm] | None = None,
) -> HttpResponse:
    on = client.clinician.date_at(now)
    rows = (
        ExtraSupport.objects.visible_to(clinician).filter(client=client).prefetch_related("layers", "moves")
    )
    current, past = rows.not_over(on), rows.filter(until__lt=on)[:PAST_SHOWN]
    sealer = Sealer(clinician.practice_id)
    shown = supports_shown([*current, *past], agreement=agreement, on=on, sealer=sealer)
    given = [_given(one, clinician, on, moving, now) for one in shown]
    context: dict[str, Any] = {
        "here": "clients",
        "now": now,
        "client": client,
        "agreed": agreement.as_agreed(on).policy if agreement else None,
        "set_aside": agreement if agreement and agreement.wished_by_id else None,
        "running": [one for one in given if not one.is_over],
        "past": [one for one in given if one.is_over],
        "form": form,
        "support_id": form.key if form.is_bound else uuid4(),
        "soonest": soonest_end(client, now),
    }
    wrong = form.errors or (moving and moving[1].errors)
    return CLINICIAN.page(request, "support/client.html", context, status=422 if wrong else 200)


def _given(
    shown: SupportShown,
    clinician: Clinician,
    on: date,
    moving: tuple[ExtraSupport, MoveForm] | None,
    now: datetime,
) -> Given:
    support = shown.support
    is_over, form = support.until < on, None
    if not is_over:
        days = {"until": support.until, "review_on": support.review_on}
        form = MoveForm(initial=days, auto_id=f"{support.pk}_%s")
    if moving and moving[0].pk == support.pk:
        form = moving[1]
    load = load_of(shown, clinician=clinician, now=now)
    return Given(shown, load, form, has_begun=support.since <= on, is_over=is_over)
