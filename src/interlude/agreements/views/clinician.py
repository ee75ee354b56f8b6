"""A clinician's own rules, and the agreement with one client: what holds, who set it, offering a version."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interlude.agreements.actions import (
    publish_agreement,
    what_is_missing,
    would_be_agreed,
    writers_of,
)
from interlude.agreements.as_read_by import words_for
from interlude.agreements.course import course_of, sessions_after
from interlude.agreements.earlier import clients_from_before
from interlude.agreements.forms import NoticeForm, OfferForm
from interlude.agreements.models import Agreement
from interlude.agreements.notice import NOTHING_WRITTEN
from interlude.agreements.reach import Reach, reach_of
from interlude.agreements.starting_points import by_group
from interlude.agreements.today import today
from interlude.agreements.versions import Versions, versions_of
from interlude.agreements.wording import CHECKS, explained, holds_true
from interlude.boundaries.calendars import clinician_layers, own_rules
from interlude.core.errors import BadPolicy
from interlude.core.layers import resolve
from interlude.core.packs.load import preset as shipped
from interlude.core.packs.load import preset_ids
from interlude.core.toml_text import load_layer
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN


@require_safe
def rules(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Every rule that holds before anything is agreed with one client: its value, and who set it."""
    now = timezone.now()
    on = clinician.date_at(now)
    layers = [load_layer(text, file="rules") for text in clinician_layers(clinician, on)]
    mine = resolve(layers, on)
    context = {
        "now": now,
        "me": clinician,
        "practice": clinician.practice,
        "today": today(mine, clinician=clinician, now=now),
        "sections": explained(mine),
        "layers": layers,
    }
    own = own_rules(clinician, on)
    if own is not None:
        context |= {"own": own, "own_times": own.layer().values.keys() & set(CHECKS)}
        context["clients"] = clients_from_before(clinician, own.published_at, now=now)
    return CLINICIAN.page(request, "agreements/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """What was agreed with this client. With `?preset=`, what offering a starting point would come to."""
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    client.clinician = clinician
    versions = versions_of(
        Agreement.objects.visible_to(clinician).filter(client=client),
        list(writers_of(client, now=now)),
        now=now,
    )
    if request.method == "POST":
        return _offer(request, clinician, client, versions, now=now)
    if "preset" in request.GET:
        return _preview(request, clinician, client, versions, preset=request.GET["preset"], now=now)
    return _agreed(request, clinician, client, versions, now=now)


def _offer(
    request: HttpRequest, clinician: Clinician, client: Client, versions: Versions, *, now: datetime
) -> HttpResponse:
    form = OfferForm(request.POST)
    if not form.is_valid():
        raise Http404
    preset, number = form.cleaned_data["preset"], form.cleaned_data["number"]
    text = _own_text(versions)
    try:
        reach = _reach(clinician, client, preset=preset, text=text, now=now)
        written = _notice_form(clinician, reach, now=now, data=request.POST)
        if number == _next_number(versions) and not written.is_valid():
            return _preview(request, clinician, client, versions, preset=preset, now=now, form=written)
        notice = written.notice() if written.is_valid() else NOTHING_WRITTEN
        publish_agreement(
            client=client, by=clinician, now=now, preset=preset, text=text, number=number, notice=notice
        )
    except BadPolicy as wrong:
        return _preview(request, clinician, client, versions, preset=preset, now=now, wrong=wrong)
    messages.info(request, _("The version is offered. This page says when it holds."))
    return CLINICIAN.then(request, "agreement", client_id=client.pk)


def _preview(
    request: HttpRequest,
    clinician: Clinician,
    client: Client,
    versions: Versions,
    *,
    preset: str,
    now: datetime,
    wrong: BadPolicy | None = None,
    form: NoticeForm | None = None,
) -> HttpResponse:
    if preset not in preset_ids():
        raise Http404
    context = _people(clinician, client) | {"now": now, "versions": versions, "start": shipped(preset)}
    try:
        rules = would_be_agreed(by=clinician, now=now, preset=preset, text=_own_text(versions), client=client)
        context["missing"] = what_is_missing(client, rules, now)
        context["words"] = words_for(client, rules, clinician=clinician, now=now)
        context["text_left_out"] = "" if holds_true(rules) else rules.policy.client_text
        reach = _reach(clinician, client, preset=preset, text=_own_text(versions), now=now)
        context |= {"reach": reach, "form": form or _notice_form(clinician, reach, now=now)}
    except BadPolicy as error:
        wrong = wrong or error
    context |= {"wrong": wrong, "next_number": _next_number(versions), "own": bool(_own_text(versions))}
    status = 422 if wrong or form else 200
    return CLINICIAN.page(request, "agreements/preview.html", context, status=status)


def _reach(clinician: Clinician, client: Client, *, preset: str, text: str, now: datetime) -> Reach | None:
    """What the starting point would change; None before anything is agreed. Raises BadPolicy."""
    course = course_of(client, now)
    if course.in_force is None or course.newest is None:
        return None
    after = would_be_agreed(by=clinician, now=now, preset=preset, text=text).policy
    sessions = sessions_after(now, clients=[client.pk])[client.pk]
    number = course.newest.number + 1
    return reach_of(client, after, course, sessions=sessions, number=number, preset=preset, text=text)


def _notice_form(clinician: Clinician, reach: Reach | None, *, now: datetime, data: Any = None) -> NoticeForm:
    return NoticeForm(data, today=clinician.date_at(now), concerns=[reach] if reach else [])


def _agreed(
    request: HttpRequest, clinician: Clinician, client: Client, versions: Versions, *, now: datetime
) -> HttpResponse:
    shown = versions.shown
    if "version" in request.GET:
        shown = versions.numbered(request.GET["version"])
        if shown is None:
            raise Http404
    on = clinician.date_at(now)
    context = _people(clinician, client) | {
        "now": now,
        "versions": versions,
        "shown": shown,
        "groups": by_group(),
    }
    own = own_rules(clinician, on)
    context["own_start"] = shipped(own.preset) if own and own.preset in preset_ids() else None
    if shown is not None:
        rules = shown.agreement.rules(on) if shown is versions.in_force else shown.agreement.as_offered()
        context |= {"sections": explained(rules), "text_left_out": not holds_true(rules)}
        context["start"] = shipped(shown.agreement.preset) if shown.agreement.preset else None
    if versions.offered is not None:
        context["reason"] = versions.offered.agreement.reason(Sealer(client.practice_id))
    return CLINICIAN.page(request, "agreements/agreement.html", context)


def _people(clinician: Clinician, client: Client) -> dict[str, Any]:
    return {"here": "clients", "me": clinician, "client": client, "practice": clinician.practice}


def _own_text(versions: Versions) -> str:
    """What was agreed with this client alone; a new version keeps it."""
    stands = next((one for one in versions.all if not one.is_withdrawn), None)
    return stands.agreement.own_text() if stands else ""


def _next_number(versions: Versions) -> int:
    return versions.all[0].number + 1 if versions.all else 1
