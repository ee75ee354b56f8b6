"""What a client does about a session: move it, cancel it, run late, wait for an earlier one. In the client's room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interlude.appointments.actions import next_session, say_late
from interlude.appointments.forms import EarlierForm, MoveForm
from interlude.appointments.freed import (
    Booked,
    Wishes,
    decline_freed,
    free_up,
    stop_waiting,
    take_freed,
    wait_for_earlier,
)
from interlude.appointments.models import EarlierWish, FreedOffer, MoveRequest, Session
from interlude.appointments.requests import Wanted, ask_to_move, withdraw_request
from interlude.appointments.telling import tell_of_times
from interlude.core.guardians import Scope
from interlude.core.policy import Topic
from interlude.messaging.actions import Ground, ground_for
from interlude.messaging.moving import cancelling_of, who_answers
from interlude.practice.guardians import reach_of
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT
from interlude.ui.templatetags.moments import plain_moment

MINUTES = (5, 10, 15, 20, 30)
FREE = "free"


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, participant: Participant, *, pk: UUID) -> HttpResponse:
    """Ask for another time; the date of the answer stands there first."""
    now = timezone.now()
    session = _session(participant, pk, now)
    if not _is_ahead(session, now):
        return _back(request, _("This session can no longer be moved."))
    ground = ground_for(participant, now)
    answers, zone = who_answers(ground), participant.time_zone()
    asked = MoveRequest.objects.filter(session=session, state=MoveRequest.State.OPEN).first()
    form = MoveForm(request.POST or None, zone=zone, now=now, initial={"request_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wanted = Wanted(form.times, said["words"], answers.to, answers.due)
        done = ask_to_move(session, wanted, by=participant, now=now, request_id=said["request_id"])
        if done is not None:
            return _back(request, _("Your question is there. You find its answer here."))
        asked = MoveRequest.objects.filter(session=session, state=MoveRequest.State.OPEN).first()
    context = _about(ground, session) | {"form": form, "answers": answers, "asked": asked}
    context |= {"means": cancelling_of(session, now)}
    status = 422 if form.errors else 409 if request.method == "POST" else 200
    return CLIENT.page(request, "appointments/move.html", context, status=status)


@require_POST
def take_request_back(request: HttpRequest, participant: Participant, *, request_id: UUID) -> HttpResponse:
    """The session stays where it is."""
    asked = get_object_or_404(MoveRequest.objects.visible_to(participant), pk=request_id)
    done = withdraw_request(asked, by=participant, now=timezone.now())
    return _back(request, _("Taken back. The session stays where it is.") if done else "")


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, participant: Participant, *, pk: UUID) -> HttpResponse:
    """What it costs stands there first; a yes to another price than the one of now does nothing. Rule: R-271."""
    now = timezone.now()
    session = _session(participant, pk, now)
    if session.state != Session.State.PLANNED:
        return _back(request, _("This session is cancelled already. There is nothing more to do."))
    means = cancelling_of(session, now)
    if not means.possible:
        return _back(request, _("This session has begun, so it cannot be cancelled here."))
    price = str(means.price) if means.price else FREE
    shown = request.POST.get("shown", "")
    if request.method == "POST" and shown == price:
        if free_up(session, by=participant, now=now, fee=means.price):
            tell_of_times(session.client, once=f"cancelled:{session.pk}", now=now, by=participant)
        return _back(request, _("The session is cancelled."))
    context = _about(ground_for(participant, now), session)
    context |= {"means": means, "price": price, "turned": request.method == "POST"}
    status = 409 if request.method == "POST" else 200
    return CLIENT.page(request, "appointments/cancel.html", context, status=status)


@require_POST
def late(request: HttpRequest, participant: Participant, *, pk: UUID) -> HttpResponse:
    """One tap: about so many minutes, to whoever it is as agreed. Rule: R-281."""
    now = timezone.now()
    session = _session(participant, pk, now)
    try:
        minutes = int(request.POST.get("minutes", ""))
    except ValueError:
        minutes = 0
    if minutes not in MINUTES:
        raise Http404
    to = who_answers(ground_for(participant, now), Topic.LATE).to
    done = say_late(session, minutes, to=to, by=participant, now=now)
    return _back(request, _("Noted. You need to do no more.") if done else "")


@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Stand in line for an earlier time, say what suits, or leave the line."""
    now = timezone.now()
    if not _sees_times(participant, now):
        raise Http404
    wish = EarlierWish.objects.visible_to(participant).waiting().first()
    if request.method == "POST" and "stop" in request.POST:
        if wish is not None:
            stop_waiting(wish, by=participant, now=now)
        return _back(request, _("You wait no longer. Your sessions stay as they are."))
    first = (
        {"weekdays": wish.weekday_numbers, "parts": wish.part_names, "notice_hours": str(wish.notice_hours)}
        if wish
        else {}
    )
    form = EarlierForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        wait_for_earlier(Wishes(**form.cleaned_data), by=participant, now=now)
        return _back(request, _("You are in line. If a time becomes free that suits you, you are told."))
    context = {
        "now": now,
        "here": "sessions",
        "therapist": participant.client.clinician,
        "near": next_session(participant.client, now),
        "form": form,
        "wish": wish,
    }
    return CLIENT.page(request, "appointments/earlier.html", context, status=422 if form.errors else 200)


@require_POST
def freed(request: HttpRequest, participant: Participant, *, offer_id: UUID) -> HttpResponse:
    """Take the time that is held, or let it go to the next in line."""
    now = timezone.now()
    if not _sees_times(participant, now):
        raise Http404
    mine = FreedOffer.objects.visible_to(participant).select_related("freed__client")
    offer = get_object_or_404(mine, pk=offer_id)
    if "take" not in request.POST:
        decline_freed(offer, by=participant, now=now)
        return _back(request, _("It goes to somebody else. You stay in line for the next one."))
    match take_freed(offer, by=participant, now=now):
        case Booked(session=session):
            return _back(
                request, _("Our session is set: %(when)s.") % {"when": plain_moment(session.starts_at)}
            )
        case _:
            return _back(request, _("This time is not free any more. Nothing was changed."))


def _session(participant: Participant, pk: UUID, now: datetime) -> Session:
    """One of the sessions that this person may see; 404 for all others."""
    mine = Session.objects.visible_to(participant, at=now).select_related("client__clinician")
    return get_object_or_404(mine, pk=pk)


def _sees_times(participant: Participant, now: datetime) -> bool:
    return participant.reads_messages or reach_of(participant, now).sees(Scope.TIMES)


def _is_ahead(session: Session, now: datetime) -> bool:
    return session.state == Session.State.PLANNED and session.starts_at > now


def _about(ground: Ground, session: Session) -> dict[str, object]:
    return {
        "now": ground.now,
        "here": "sessions",
        "session": session,
        "therapist": ground.client.clinician,
    }


def _back(request: HttpRequest, said: str) -> HttpResponse:
    """To the page of sessions, with a line about what happened, if anything did."""
    if said:
        messages.info(request, said)
    return CLIENT.then(request, "sessions")
