"""The owner writes the practice's rules: what is set for all, what nobody below may loosen, and whom it reaches."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interlude.core.readability import places_to_fill
from interlude.practice.models import OfficeMember
from interlude.rulebook.help_lines import unchecked_lines
from interlude.rulebook.house import Effect, effects_of, form_of, publish_house_rules
from interlude.rulebook.house_form import HouseRulesForm
from interlude.ui.rooms import OFFICE


@require_http_methods(["GET", "HEAD", "POST"])
def house_rules(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """The practice's rules, each with who set it; a POST publishes new ones."""
    now = _now_for_the_owner(office)
    on = office.date_at(now)
    if request.method != "POST":
        return _page(request, office, form_of(office.practice, on), effects=[], now=now)
    form = form_of(office.practice, on, request.POST)
    effects = effects_of(form, office.practice, on)
    if effects is not None and (places := places_to_fill(form.words_now)):
        form.add_error("client_text", _("Still to fill in: “%(place)s”.") % {"place": places[0]})
    if effects is None or form.errors:
        return _page(request, office, form, effects=effects, now=now, status=422)
    if publish_house_rules(form, office, now) is None:
        fresh = request.POST.copy()
        fresh["number"] = str(form.initial["number"])
        form = form_of(office.practice, on, fresh)
        return _page(
            request, office, form, effects=effects_of(form, office.practice, on), now=now, status=409
        )
    messages.success(request, _("Published. Agreements that were made stay as they are."))
    return OFFICE.then(request, "house_rules")


@require_POST
def house_rules_seen(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """What the answers so far would change, and whom that reaches. Writes nothing."""
    now = _now_for_the_owner(office)
    on = office.date_at(now)
    form = form_of(office.practice, on, request.POST)
    return _page(request, office, form, effects=effects_of(form, office.practice, on), now=now)


def _now_for_the_owner(office: OfficeMember) -> datetime:
    if not office.is_owner:
        raise Http404
    return timezone.now()


def _page(
    request: HttpRequest,
    office: OfficeMember,
    form: HouseRulesForm,
    *,
    effects: list[Effect] | None,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "house_rules",
        "now": now,
        "practice": office.practice,
        "form": form,
        "effects": effects,
        "overtaken": status == 409,
        "lines": unchecked_lines(office),
    }
    return OFFICE.page(
        request, "rulebook/house_rules.html", context, fragment="rulebook/_effects_live.html", status=status
    )
