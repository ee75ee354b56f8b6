"""After the rules changed: whom it concerns and how, the reason, and one act that offers it to all."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from interlude.agreements.actions import withdraw_agreement
from interlude.agreements.forms import ChangeForm
from interlude.agreements.models import Agreement
from interlude.agreements.reach import Reach, fingerprint, offer_change, reaches
from interlude.practice.models import Client, Clinician
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What the rules of today would change for each client; `?client=` for one alone. Offering is one act."""
    now = timezone.now()
    only = _only(request, clinician)
    rules = fingerprint(clinician, now)
    given: dict[str, Any] = {
        "concerns": reaches(clinician, _clients(clinician, only), now=now),
        "today": clinician.date_at(now),
        "rules": rules,
    }
    if request.method != "POST":
        form = ChangeForm(initial={"rules": rules, "only": only and only.pk}, **given)
        return _page(request, clinician, form, only=only, now=now)
    sent = request.POST.copy()
    form = ChangeForm(sent, **given)
    if form.offered_before():
        return _done(request, only, 0)
    if not form.is_valid():
        sent["rules"] = rules  # the same words, under what the page shows now
        return _page(request, clinician, form, only=only, now=now, status=422)
    done = offer_change(form.chosen(), by=clinician, now=now, notice=form.notice())
    return _done(request, only, len(done))


@require_POST
def withdraw(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Take back the version that is offered to this client, before it holds."""
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 8:
        raise Http404
    offered = get_object_or_404(Agreement.objects.visible_to(clinician), client=client, number=number)
    if withdraw_agreement(agreement=offered, by=clinician, now=timezone.now()):
        messages.info(request, _("The version is withdrawn. What held before stays."))
    else:
        messages.info(request, _("Nothing to withdraw: this version holds, or another is offered by now."))
    return CLINICIAN.then(request, "agreement", client_id=client.pk)


def _only(request: HttpRequest, clinician: Clinician) -> Client | None:
    """The one client that the page is about; None for all."""
    raw = request.POST.get("only", "") if request.method == "POST" else request.GET.get("client", "")
    if not raw:
        return None
    try:
        key = UUID(raw)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Client.objects.visible_to(clinician), pk=key)


def _clients(clinician: Clinician, only: Client | None) -> list[Client]:
    clients = [only] if only else list(Client.objects.visible_to(clinician).filter(ended_at=None))
    for one in clients:
        one.clinician = clinician
    return clients


def _page(
    request: HttpRequest,
    clinician: Clinician,
    form: ChangeForm,
    *,
    only: Client | None,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    def those(*states: str) -> list[Reach]:
        return [one for one in form.concerns if one.state in states]

    context = {
        "now": now,
        "here": "rules",
        "me": clinician,
        "form": form,
        "only": only,
        "concerned": those("open", "held"),
        "offered": those("offered"),
        "same": those("same"),
        "wrong": those("wrong"),
        "stricter": any(one.is_stricter for one in those("open", "held")),
    }
    return CLINICIAN.page(request, "agreements/change.html", context, status=status)


def _done(request: HttpRequest, only: Client | None, count: int) -> HttpResponse:
    if count:
        said = ngettext("It is offered to one client.", "It is offered to %(n)d clients.", count) % {
            "n": count
        }
    else:
        said = _("It was offered already. Nothing was sent twice.")
    messages.info(request, said)
    return (
        CLINICIAN.then(request, "agreement", client_id=only.pk) if only else CLINICIAN.then(request, "change")
    )
