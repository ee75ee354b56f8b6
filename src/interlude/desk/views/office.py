"""The front desk's queue: questions about times, bills and technical things, by the date of their answer.

Nothing else can stand in it: questions to the desk are a table of their own (ADR 20).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interlude.appointments.models import Session
from interlude.appointments.week import requests_for
from interlude.desk.actions import answer_question
from interlude.desk.forms import AnswerForm
from interlude.desk.models import Question
from interlude.desk.today import today_at_the_desk
from interlude.outbox.bounces import failed_since
from interlude.practice.models import OfficeMember
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import OFFICE

ANSWERED_SHOWN = 10


@require_safe
def queue(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """What waits, by the date of its answer, and what was answered last."""
    now = timezone.now()
    mine = Question.objects.visible_to(office).select_related("participant")
    waiting = list(mine.waiting())
    context = {
        "waiting": waiting,
        "for_today": [each for each in waiting if _is_for_today(each, office, now)],
        "answered": mine.exclude(answered_at=None).order_by("-answered_at")[:ANSWERED_SHOWN],
        "today": today_at_the_desk(office, now),
        "late": Session.objects.visible_to(office).running_late(now).select_related("client__clinician"),
        "moves": requests_for(office, now),
        "office": office,
        "now": now,
        "mail_failed_at": failed_since([office.user_id]).get(office.user_id),
    }
    return OFFICE.page(request, "desk/queue.html", context)


def _is_for_today(question: Question, office: OfficeMember, now: datetime) -> bool:
    zone = office.time_zone()
    return (
        question.reply_due is not None
        and question.reply_due.astimezone(zone).date() <= now.astimezone(zone).date()
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, office: OfficeMember, *, question_id: UUID) -> HttpResponse:
    """One question and the box for its answer. The first stands; a second one's words are given back."""
    mine = Question.objects.visible_to(office).select_related(
        "participant__user", "client__clinician", "answered_by"
    )
    asked = get_object_or_404(mine, pk=question_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, office, asked, form)
    return _page(request, asked, form, status=422 if form.errors else 200)


def _answer(request: HttpRequest, office: OfficeMember, asked: Question, form: AnswerForm) -> HttpResponse:
    words = form.cleaned_data["words"]
    if answer_question(asked, words, by=office, now=timezone.now()):
        messages.success(request, _("Answered. They are told that an answer is there."))
        return OFFICE.then(request, "queue")
    asked.refresh_from_db()
    if asked.answered_by == office and asked.answer(Sealer(asked.practice_id)) == words:
        return OFFICE.then(request, "queue")  # the same press twice
    return _page(request, asked, form, status=409)


def _page(request: HttpRequest, asked: Question, form: AnswerForm, *, status: int) -> HttpResponse:
    sealer = Sealer(asked.practice_id)
    context = {
        "asked": asked,
        "words": asked.words(sealer),
        "answer": asked.answer(sealer),
        "given_back": form.data.get("words", "") if status == 409 else "",
        "form": form,
        "late": asked.is_late(timezone.now()),
        "now": timezone.now(),
        "here": "queue",
    }
    return OFFICE.page(request, "desk/question.html", context, status=status)
