"""The page of one's private calendar address, the same for both rooms: made, changed, stopped, named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from interlude.appointments.feed_forms import FeedForm
from interlude.appointments.feeds import Address, live_feed, make_address, name_sessions, stop_address
from interlude.practice.models import Clinician, Participant
from interlude.ui.rooms import Room

PAGE = "appointments/feed.html"


@dataclass(frozen=True, slots=True)
class Here:
    """In whose room this page is shown, to whom."""

    room: Room
    owner: Participant | Clinician
    now: datetime
    more: Mapping[str, Any] = field(default_factory=dict)


def calendar_page(request: HttpRequest, here: Here) -> HttpResponse:
    """What there is, and one act: make (or change), name, stop."""
    if request.method != "POST":
        return _page(request, here)
    form = FeedForm(request.POST, owner=here.owner)
    if request.POST.get("to") == "stop":
        if stop_address(here.owner, now=here.now):
            messages.info(
                request, _("Stopped. The address leads nowhere now. Take the calendar off your phone too.")
            )
        return here.room.then(request, "calendar")
    if not form.is_valid():
        return _page(request, here, form=form, status=422)
    title = form.cleaned_data["title"]
    if request.POST.get("to") == "name":
        name_sessions(here.owner, title)
        messages.success(request, _("Kept. Your calendar shows it when it next looks here."))
        return here.room.then(request, "calendar")
    made = make_address(here.owner, title=title, key=form.cleaned_data["key"], now=here.now)
    if made is None:
        messages.info(request, _("That page was an old one. Your address is as it was."))
        return here.room.then(request, "calendar")
    return _page(request, here, made=made)


def _page(
    request: HttpRequest,
    here: Here,
    *,
    form: FeedForm | None = None,
    made: Address | None = None,
    status: int = 200,
) -> HttpResponse:
    feed = live_feed(here.owner)
    initial = {"key": uuid4(), "title": feed.title if feed else "appointment"}
    address = settings.BASE_URL + reverse("public:calendar", args=[made.token]) if made else ""
    context = {
        "here": "sessions",
        "now": here.now,
        "feed": feed,
        "form": form or FeedForm(owner=here.owner, initial=initial),
        "address": address,
        "subscribe": f"webcal://{address.partition('://')[2]}" if address else "",
    }
    return here.room.page(request, PAGE, context | dict(here.more), status=status)
