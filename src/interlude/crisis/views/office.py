"""Where the office checks help lines, one by one, before anybody sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from interlude.crisis.actions import add_own_line, bring_in_lines, confirm_line, take_down_line
from interlude.crisis.forms import DOWN, CheckForm, CountryForm, OwnLineForm
from interlude.crisis.models import HelpLine
from interlude.crisis.own_place import Lacks, lacking, own_place
from interlude.practice.models import OfficeMember
from interlude.ui.rooms import OFFICE


@dataclass(frozen=True, slots=True)
class Row:
    """A line and the form for its check, whose fields have ids of their own."""

    line: HelpLine
    form: CheckForm
    lacks: Lacks | None = None  # of its country


@require_http_methods(["GET", "HEAD", "POST"])
def help_lines(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """All lines, shown or waiting; a POST brings in a country's drafts or writes down an own line."""
    if request.method != "POST":
        return _page(request, office)
    return _add_own(request, office) if "name" in request.POST else _bring_in(request, office)


def _bring_in(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    form = CountryForm(request.POST)
    if not form.is_valid():
        return _page(request, office, country_form=form)
    made = bring_in_lines(
        form.cleaned_data["country"], practice=office.practice, by=office, now=timezone.now()
    )
    messages.success(
        request,
        ngettext("%(n)d draft is here to check.", "%(n)d drafts are here to check.", made) % {"n": made},
    )
    return OFFICE.then(request, "help_lines")


def _add_own(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    form = OwnLineForm(request.POST)
    if not form.is_valid():
        return _page(request, office, own_form=form)
    add_own_line(form.save(commit=False), by=office, now=timezone.now())
    messages.success(request, _("The line is written down. Check it, and it is shown."))
    return OFFICE.then(request, "help_lines")


@require_POST
def help_line(request: HttpRequest, office: OfficeMember, *, line_id: UUID) -> HttpResponse:
    """What a check of one line found: it is shown from now on, or no longer."""
    line = get_object_or_404(HelpLine.objects.visible_to(office), pk=line_id)
    form = CheckForm(request.POST, auto_id=f"{line.pk}_%s")
    if not form.is_valid():
        return _page(request, office, checking=Row(line, form))
    now, how = timezone.now(), form.cleaned_data["how"]
    if how == DOWN:
        take_down_line(line, by=office, why=form.cleaned_data["why"], now=now)
        messages.success(request, _("The line is not shown any more."))
    else:
        confirm_line(line, by=office, how=how, on=office.date_at(now), now=now)
        messages.success(request, _("Checked. The line is shown on the help page."))
    return OFFICE.then(request, "help_lines")


def _page(
    request: HttpRequest, office: OfficeMember, *, checking: Row | None = None, **forms: Any
) -> HttpResponse:
    now = timezone.now()
    today = office.date_at(now)
    lines = list(HelpLine.objects.visible_to(office).with_history())
    lacks = lacking(lines)
    context = {
        "own": own_place(office.practice),
        "told": [line for line in lines if line.open_told],  # type: ignore[attr-defined]  # prefetched
        "rows": [replace(_row(line, checking), lacks=lacks.get(line.country)) for line in lines],
        "shown": [line for line in lines if line.checked_on],
        "waiting": [line for line in lines if line.wants_a_check(today)],
        "now": now,
        "country_form": CountryForm(initial={"country": office.practice.country}),
        "own_form": OwnLineForm(initial={"country": office.practice.country}),
    }
    status = 422 if forms or checking else 200
    return OFFICE.page(request, "crisis/help_lines.html", context | forms, status=status)


def _row(line: HelpLine, checking: Row | None) -> Row:
    if checking is not None and checking.line.pk == line.pk:
        return checking
    return Row(line, CheckForm(auto_id=f"{line.pk}_%s"))
