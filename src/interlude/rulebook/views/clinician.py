"""A clinician writes their own rules: a starting point, a few questions, the client's view beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.agreements.as_read_by import words_for_anybody
from interlude.agreements.earlier import clients_from_before
from interlude.agreements.starting_points import by_group
from interlude.agreements.today import today
from interlude.practice.models import Clinician
from interlude.rulebook.drafting import (
    FREELY,
    Draft,
    Ground,
    changes_words,
    draft_of,
    form_of,
    ground_of,
    left_to_do,
    publish_draft,
)
from interlude.rulebook.help_lines import nothing_checked_in
from interlude.rulebook.own_form import OwnRulesForm
from interlude.ui.rooms import CLINICIAN


@require_safe
def starting_points(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """The starting points that are shipped, by way of working: whom each fits, and whom it does not."""
    now = timezone.now()
    ground = _ground(clinician, "", now)
    context = {"here": "rules", "groups": by_group(), "mine": ground.start, "has_rules": ground.own}
    return CLINICIAN.page(request, "rulebook/starting_points.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_rules(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """The questions; a POST publishes the answers as this clinician's own rules."""
    now = timezone.now()
    if request.method != "POST":
        ground = _ground(clinician, request.GET.get("start", ""), now)
        form = form_of(ground)
        first = form_of(ground, form.first_answers())
        draft = draft_of(first, ground)
        return _page(request, ground, form if draft else first, draft=draft, now=now)
    ground = _ground(clinician, request.POST.get("start", FREELY), now)
    form = form_of(ground, request.POST)
    draft = draft_of(form, ground)
    for name, todo in left_to_do(form).items():
        form.add_error(name, todo)
    if draft is None or form.errors:
        return _page(request, ground, form, draft=draft, now=now, status=422)
    return _publish(request, ground, form, draft=draft, now=now)


@require_POST
def own_rules_seen(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """What a client would read under the answers so far. Writes nothing."""
    now = timezone.now()
    ground = _ground(clinician, request.POST.get("start", FREELY), now)
    form = form_of(ground, request.POST)
    return _page(request, ground, form, draft=draft_of(form, ground), now=now)


def _ground(clinician: Clinician, start: str, now: datetime) -> Ground:
    ground = ground_of(clinician, start, now)
    if ground is None:
        raise Http404
    return ground


def _publish(
    request: HttpRequest, ground: Ground, form: OwnRulesForm, *, draft: Draft, now: datetime
) -> HttpResponse:
    if publish_draft(draft, form, ground, now=now) is None:
        fresh = request.POST.copy()
        fresh["number"] = str(form.initial["number"])
        form = form_of(ground, fresh)
        return _page(request, ground, form, draft=draft, now=now, status=409)
    messages.success(request, _("Published. Agreements that were made stay as they are."))
    return CLINICIAN.then(request, "rules")


def _page(
    request: HttpRequest,
    ground: Ground,
    form: OwnRulesForm,
    *,
    draft: Draft | None,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    clinician = ground.clinician
    context: dict[str, Any] = {
        "here": "rules",
        "now": now,
        "me": clinician,
        "practice": clinician.practice,
        "ground": ground,
        "form": form,
        "overtaken": status == 409,
        "clients": clients_from_before(clinician, now=now),
        "no_line": nothing_checked_in(clinician.practice),
    }
    if draft is not None:
        context |= _seen(ground, form, draft=draft, now=now)
    return CLINICIAN.page(
        request, "rulebook/own_rules.html", context, fragment="rulebook/_seen_live.html", status=status
    )


def _seen(ground: Ground, form: OwnRulesForm, *, draft: Draft, now: datetime) -> dict[str, Any]:
    """The client's view of the rules that were chosen."""
    lived = today(draft.rules, clinician=ground.clinician, now=now)
    return {
        "seen": words_for_anybody(lived, clinician=ground.clinician, now=now),
        "lived": lived,
        "todo": left_to_do(form),
        "words_may_differ": form.words_as_shipped and changes_words(draft, ground),
    }
