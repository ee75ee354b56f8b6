"""Sessions with what is on our list for them, and ticking things off."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interlude.agenda.actions import close_item, move_item
from interlude.agenda.for_session import seen_by, with_place, with_topics
from interlude.agenda.models import ListItem
from interlude.agenda.ordering import move_in_order
from interlude.appointments.models import Session
from interlude.boundaries.windows import window_of
from interlude.practice.models import Clinician
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLINICIAN

PAGE = 30
ON_NOW = timedelta(hours=1)  # a session that has begun stays in sight for so long


@require_safe
def sessions(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """Coming sessions, or past ones; by topic, what is on our list for each."""
    now, past = timezone.now(), "past" in request.GET
    mine = Session.objects.visible_to(clinician).select_related("client")
    rows = mine.past(now - ON_NOW) if past else with_place(mine.coming(now - ON_NOW), now)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    seen = seen_by(clinician, until=window_of(clinician, now).opened_at)
    planned = with_topics(page, ListItem.objects.none() if past else seen)
    context = {"now": now, "past": past, "page": page, "planned": planned}
    return CLINICIAN.page(request, "agenda/sessions.html", context)


@require_POST
def close(request: HttpRequest, clinician: Clinician, *, item_id: UUID) -> HttpResponse:
    """Brought up, kept for another time, or taken off the list; then back to the session it was ticked in."""
    now = timezone.now()
    item = get_object_or_404(ListItem.objects.visible_to(clinician).select_related("client"), pk=item_id)
    session = _session(clinician, item, request.POST.get("session", ""))
    match request.POST.get("outcome"):
        case "later":
            move_item(item, to=_one_after(session), by=clinician, now=now)
        case "off":
            close_item(item, brought_up=False, by=clinician, now=now, session=session)
        case _:
            close_item(item, brought_up=True, by=clinician, now=now, session=session)
    if session is None:
        return CLINICIAN.then(request, "client", client_id=item.client_id)
    return CLINICIAN.then(request, "session", session_id=session.pk)


@require_POST
def order(request: HttpRequest, clinician: Clinician, *, item_id: UUID) -> HttpResponse:
    """One place sooner or later, for the clinician's own eyes; then back to the session it was ordered in."""
    now = timezone.now()
    rows = ListItem.objects.visible_to(clinician)
    item = get_object_or_404(rows, pk=item_id)
    sooner = request.POST.get("to") != "later"
    move_in_order(item, sooner=sooner, among=rows, by=clinician, now=now)
    session = _session(clinician, item, request.POST.get("session", ""))
    if session is None:
        return CLINICIAN.then(request, "client", client_id=item.client_id)
    return CLINICIAN.then(request, "session", session_id=session.pk)


def _session(clinician: Clinician, item: ListItem, session_id: str) -> Session | None:
    """The session of the page that was ticked on; of the same client, or none."""
    wanted, mine = id_or_none(session_id), Session.objects.visible_to(clinician)
    return mine.filter(pk=wanted, client=item.client_id).first() if wanted else None


def _one_after(session: Session | None) -> Session | None:
    """The next session after that one; None if none is planned, and then whichever is made next."""
    if session is None:
        return None
    others = Session.objects.filter(client=session.client_id, state=Session.State.PLANNED)
    return others.filter(starts_at__gt=session.starts_at).order_by("starts_at").first()
