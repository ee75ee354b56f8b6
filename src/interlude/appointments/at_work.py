"""The pages of times for those who work here: a week, making sessions, answering requests. The room says who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interlude.appointments.actions import mark_session
from interlude.appointments.forms import AnswerForm, OtherTimesForm, PlanForm
from interlude.appointments.freed import Booked, NotBooked, free_up
from interlude.appointments.laying import Series, laid, make_series
from interlude.appointments.models import EarlierWish, MoveRequest, Session
from interlude.appointments.offering import free_times
from interlude.appointments.requests import say_no, say_other, say_yes
from interlude.appointments.telling import tell_of_times
from interlude.appointments.week import Worker, ready, requests_for, week_of
from interlude.boundaries.models import ClosedDay
from interlude.boundaries.windows import window_of
from interlude.practice.models import Client, Clinician
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import Room
from interlude.ui.templatetags.moments import plain_moment

NOT_MOVED = {
    "answered": gettext_lazy(
        "Somebody answered this before you, and that answer stands. Nothing was changed."
    ),
    "past": gettext_lazy("This time lies behind us by now. Offer another one."),
    "busy": gettext_lazy("At this time there is a session already, or somebody is away. Offer another one."),
}


@dataclass(frozen=True, slots=True)
class At:
    """One request to a room: who works there, and when."""

    room: Room
    request: HttpRequest
    person: Worker
    now: datetime

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        here = "sessions" if isinstance(self.person, Clinician) else "calendar"
        whole = {"now": self.now, "here": here, "worker": self.person} | context
        return self.room.page(self.request, f"appointments/{template}.html", whole, status=status)

    def back(self, said: str = "", *, to: datetime | None = None) -> HttpResponse:
        """To the week in which *to* lies, or to this one."""
        if said:
            messages.success(self.request, said)
        answer = self.room.then(self.request, "calendar")
        if to is not None and "Location" in answer.headers:
            answer.headers["Location"] += f"?day={to.astimezone(self.person.time_zone()).date().isoformat()}"
        return answer


def calendar(at: At) -> HttpResponse:
    """One week, what waits for an answer, and who waits for an earlier time."""
    asked, today = _day(at.request.GET.get("day", "")), at.now.astimezone(at.person.time_zone()).date()
    week = week_of(at.person, asked or today, at.now)
    if asked is None and today.weekday() >= 5 and week.is_over(at.now):
        week = week_of(at.person, week.after, at.now)  # at a weekend, the week that comes
    waiting = EarlierWish.objects.visible_to(at.person).waiting()
    context = {
        "week": week,
        "requests": ready(requests_for(at.person, at.now), at.now),
        "waiting": waiting.select_related("client__clinician"),
    }
    return at.page("calendar", context)


def plan(at: At) -> HttpResponse:
    """The form; then each date as it would be, with what is left out and why; then, on a yes, the sessions."""
    clients = Client.objects.visible_to(at.person).going_on(at.now).select_related("clinician")
    first = {"client": id_or_none(at.request.GET.get("client")), "on": _day(at.request.GET.get("day", ""))}
    posted = at.request.POST if at.request.method == "POST" else None
    form = PlanForm(posted, clients=clients, now=at.now, initial={k: v for k, v in first.items() if v})
    if posted is None or not form.is_valid():
        return at.page("plan", {"form": form}, status=422 if form.errors else 200)
    series, said = _series(form), form.cleaned_data
    found = laid(series, now=at.now)
    if "make" not in posted:
        made = [one for one in found if one.left_out is None]
        names = dict(
            ClosedDay.objects.filter(on__in=[one.starts_at.date() for one in found]).values_list("on", "name")
        )
        context = {"form": form, "series": series, "found": found, "many": len(made), "names": names}
        return at.page("plan", context)
    rows = make_series(series, by=at.person, now=at.now, series_id=said["series_id"])
    told = ngettext("%(n)d session is set.", "%(n)d sessions are set.", len(rows)) % {"n": len(rows)}
    return at.back(told if rows else "", to=found[0].starts_at)


def _series(form: PlanForm) -> Series:
    said, (every, times) = form.cleaned_data, form.repeats
    return Series(
        said["client"],
        said["on"],
        form.clock_time,
        minutes=said["minutes"],
        every_weeks=every,
        times=times,
        beside=said["beside"],
    )


def mark(at: At, session_id: Any) -> HttpResponse:
    """Held, missed, or neither again."""
    session = get_object_or_404(Session.objects.visible_to(at.person), pk=session_id)
    attendance = at.request.POST.get("attendance", "")
    if attendance not in ("", *Session.Attendance.values):
        raise Http404
    mark_session(session, attendance, by=at.person, now=at.now)
    return at.back(to=session.starts_at)


def cancel(at: At, session_id: Any) -> HttpResponse:
    """Cancelled from this side it costs the client nothing; its time is offered to those who wait, if so wished."""
    mine = Session.objects.visible_to(at.person).select_related("client__clinician")
    session = get_object_or_404(mine, pk=session_id)
    if session.state != Session.State.PLANNED or session.starts_at <= at.now:
        return at.back(to=session.starts_at)
    if at.request.method != "POST":
        return at.page("cancel", {"session": session})
    if free_up(session, by=at.person, now=at.now, offered="offer" in at.request.POST):
        tell_of_times(session.client, once=f"cancelled:{session.pk}", now=at.now)
    return at.back(
        _("The session is cancelled. Your client is told that something about their times is there.")
    )


def request(at: At, request_id: Any) -> HttpResponse:
    """One request: yes to a time that was named, other times, or no with a line."""
    mine = MoveRequest.objects.visible_to(at.person).select_related(
        "session__moved_to", "participant__user", "client__clinician", "offer"
    )
    asked = get_object_or_404(mine, pk=request_id)
    if isinstance(at.person, Clinician) and not _is_here_yet(asked, at):
        raise Http404  # a clinician meets it when the check window opens, and not before
    clinician, posted = asked.client.clinician, at.request.POST if at.request.method == "POST" else None
    free = free_times(
        clinician, window_of(clinician, at.now).calendar, minutes=asked.session.minutes, now=at.now
    )
    zone, kind = clinician.time_zone(), posted.get("answer", "") if posted else ""
    other = OtherTimesForm(
        posted if kind == "other" else None, free=free, zone=zone, now=at.now, prefix="other"
    )
    line = AnswerForm(posted if kind == "no" else None, prefix="no")
    if posted is not None and (answer := _answered(at, asked, kind, (other, line))) is not None:
        return answer
    context: dict[str, Any] = {"asked": ready(mine.filter(pk=asked.pk).prefetch_related("times"), at.now)[0]}
    context |= {"other": other, "line": line}
    return at.page("request", context, status=422 if posted is not None else 200)


def _answered(
    at: At, asked: MoveRequest, kind: str, forms: tuple[OtherTimesForm, AnswerForm]
) -> HttpResponse | None:
    """What came of an answer; None where there is something to fix."""
    other, line = forms
    match kind:
        case "yes":
            time = get_object_or_404(asked.times, pk=id_or_none(at.request.POST.get("time")))
            match say_yes(asked, time, by=at.person, now=at.now):
                case NotBooked(why=why):
                    messages.info(at.request, NOT_MOVED[why])
                    return at.room.then(at.request, "move_request", request_id=asked.pk)
                case Booked(session=session):
                    when = plain_moment(session.starts_at)
                    return at.back(_("Moved to %(when)s.") % {"when": when}, to=session.starts_at)
        case "other" if other.is_valid():
            said = other.cleaned_data["line"]
            done = say_other(
                asked, other.times, by=at.person, now=at.now, expires_at=other.expires_at, line=said
            )
            return at.back(_("The times are held for two days.") if done else str(NOT_MOVED["answered"]))
        case "no" if line.is_valid():
            done = say_no(asked, line.cleaned_data["line"], by=at.person, now=at.now)
            return at.back(
                _("Answered. The session stays where it is.") if done else str(NOT_MOVED["answered"])
            )
    return None


def _is_here_yet(asked: MoveRequest, at: At) -> bool:
    if asked.state != MoveRequest.State.OPEN:
        return True
    return requests_for(at.person, at.now).filter(pk=asked.pk).exists()


def _day(raw: str) -> date | None:
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2190, 1, 1) - timedelta(days=14) else None
