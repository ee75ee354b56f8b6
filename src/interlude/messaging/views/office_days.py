"""Days on which the practice is closed: public holidays picked by ticks, one-off days, and opening again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from interlude.boundaries.actions import reopen_day as open_again
from interlude.boundaries.forms import HolidaysForm, OneDayForm, PlaceForm
from interlude.boundaries.holidays import public_holidays, regions
from interlude.boundaries.models import ClosedDay
from interlude.messaging.calendar_changes import close_and_move
from interlude.practice.models import OfficeMember
from interlude.ui.rooms import OFFICE


@require_http_methods(["GET", "HEAD", "POST"])
def closed_days(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """The closed days to come; a POST closes ticked holidays, or one day."""
    if request.method != "POST":
        return _page(request, office)
    return _close_one(request, office) if "on" in request.POST else _close_holidays(request, office)


def _close_one(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    form = OneDayForm(request.POST, today=_today(office))
    if not form.is_valid():
        return _page(request, office, one_day=form)
    return _close(request, office, [(form.cleaned_data["on"], form.cleaned_data["name"])])


def _close_holidays(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    place, offered = _offer(request.POST, office)
    form = HolidaysForm(request.POST, offered=offered)
    if not form.is_valid():
        return _page(request, office, holidays=form, place=place)
    return _close(request, office, form.picked())


def _close(request: HttpRequest, office: OfficeMember, days: list[tuple[date, str]]) -> HttpResponse:
    made = close_and_move(days, practice=office.practice, by=office, now=timezone.now())
    done = ngettext("%(n)d day is closed now.", "%(n)d days are closed now.", made) % {"n": made}
    messages.success(request, done if made else _("Closed already."))
    return OFFICE.then(request, "closed_days")


@require_POST
def reopen(request: HttpRequest, office: OfficeMember, *, day_id: UUID) -> HttpResponse:
    """Open a closed day again."""
    closed = get_object_or_404(ClosedDay.objects.filter(clinician=None), pk=day_id)
    open_again(closed, by=office, now=timezone.now())
    messages.success(request, _("That day is open again."))
    return OFFICE.then(request, "closed_days")


def _page(request: HttpRequest, office: OfficeMember, **forms: Any) -> HttpResponse:
    today = _today(office)
    place, offered = _offer(request.GET, office)
    ahead = ClosedDay.objects.filter(clinician=None, on__gte=today)
    closed = {each.on for each in ahead}
    free = [(day, name) for day, name in offered if day >= today and day not in closed]
    context: dict[str, Any] = {
        "closed": ahead,
        "place": place,
        "holidays": HolidaysForm(offered=free, initial={"days": [day.isoformat() for day, _name in free]}),
        "one_day": OneDayForm(today=today),
        "now": timezone.now(),
    }
    status = 422 if forms else 200
    return OFFICE.page(request, "boundaries/closed_days.html", context | forms, status=status)


def _offer(given: Any, office: OfficeMember) -> tuple[PlaceForm, list[tuple[date, str]]]:
    """The place that was chosen, the practice's own to begin with, and its public holidays."""
    today = _today(office)
    own = {"country": office.practice.country, "region": office.practice.region, "year": str(today.year)}
    chosen = {key: given.get(key, value) for key, value in own.items()}
    if chosen["region"] not in {each.code for each in regions(chosen["country"])}:
        chosen["region"] = ""  # of the country that was shown before
    place = PlaceForm(chosen, today=today)
    if not place.is_valid():
        return place, []
    picked = place.cleaned_data
    return place, public_holidays(picked["country"], picked["region"], int(picked["year"]))


def _today(office: OfficeMember) -> date:
    return timezone.now().astimezone(office.time_zone()).date()
