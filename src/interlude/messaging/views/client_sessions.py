"""Sessions, coming and past, and asking the front desk about them; here, as it carries a draft's words along."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from interlude.appointments.forms import AskForm
from interlude.appointments.models import Session
from interlude.core.guardians import Scope
from interlude.core.policy import Topic
from interlude.desk.models import Question
from interlude.messaging.actions import Ground, ground_for
from interlude.messaging.asking import ASKED_HERE, DeskMoved, ask, desk_due, is_asked_here
from interlude.messaging.models import Draft
from interlude.practice.guardians import reach_of
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_fresh, id_or_none
from interlude.ui.rooms import CLIENT

PAST_SHOWN = 12
QUESTIONS_SHOWN = 12
YEARS = range(2000, 9999)  # of a moment in a form; others cannot be shown in every zone


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Dates, the way in, and the way to ask for another time."""
    ground = ground_for(participant, timezone.now())
    if request.method == "POST":
        return _ask(request, ground)
    draft = _draft(request, participant)
    words = draft.text(Sealer(participant.practice_id)) if draft else ""
    return _page(
        request,
        ground,
        topic=draft.topic if draft else _topic(request.GET.get("about")),
        key=draft.pk if draft else uuid4(),
        form=AskForm(initial={"words": words}),
        carried=draft is not None,
    )


def _ask(request: HttpRequest, ground: Ground) -> HttpResponse:
    topic, key = _topic(request.POST.get("topic")), id_or_fresh(request.POST.get("question_id"))
    if not is_asked_here(ground, topic):
        raise Http404
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, ground, topic=topic, key=key, form=form, status=422)
    shown = _moment(request.POST.get("shown", ""))
    asked = ask(form.cleaned_data["words"], ground=ground, topic=topic, key=key, shown=shown)
    if isinstance(asked, DeskMoved):
        return _page(request, ground, topic=topic, key=key, form=form, moved_from=shown, status=422)
    receipt = reverse("client:question", args=[asked.question.pk])
    return HttpResponseRedirect(f"{receipt}?other={asked.other_words}" if asked.other_words else receipt)


def _page(
    request: HttpRequest,
    ground: Ground,
    *,
    topic: str,
    key: UUID,
    form: AskForm,
    carried: bool = False,
    moved_from: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _dates(ground) | {
        "now": ground.now,
        "here": "sessions",
        "me": ground.participant,
        "therapist": ground.client.clinician,
        "hides_times": _hides_times(ground),
        "topic": topic,
        "key": key,
        "form": form,
        "carried": carried,
        "moved_from": moved_from,
        "at_the_desk": is_asked_here(ground, topic),
        "desk_due": desk_due(ground),
        "questions": Question.objects.visible_to(ground.participant)[:QUESTIONS_SHOWN],
    }
    return CLIENT.page(request, "appointments/sessions.html", context, status=status)


def _hides_times(ground: Ground) -> bool:
    """A guardian from whom times were taken: the page must not say that none is set."""
    guardian = ground.participant
    return not guardian.reads_messages and not reach_of(guardian, ground.now).sees(Scope.TIMES)


def _dates(ground: Ground) -> dict[str, Any]:
    """Coming and past sessions; one that is on now stands apart."""
    now, mine = ground.now, Session.objects.visible_to(ground.participant, at=ground.now)
    coming, past = list(mine.coming(now)), list(mine.past(now)[:PAST_SHOWN])
    on_now = past[0] if past and past[0].is_on(now) else None
    near = on_now or (coming[0] if coming else None)
    return {
        "near": near,
        "later": [one for one in coming if one is not near],
        "past": [one for one in past if one is not on_now],
        "on_now": on_now,
        "may_join": ground.participant.reads_messages and near is not None and near.can_be_joined(now),
        "is_today": near is not None and _same_day(near.starts_at, now),
    }


def _draft(request: HttpRequest, participant: Participant) -> Draft | None:
    """The draft whose words are carried along, if it is this person's and of a kind that is asked here."""
    wanted = id_or_none(request.GET.get("draft"))
    mine = Draft.objects.visible_to(participant)
    return mine.filter(pk=wanted, topic__in=ASKED_HERE).first() if wanted else None


def _topic(raw: str | None) -> str:
    """What is asked about: a time, unless said otherwise. Raises Http404 for what no page says."""
    topic = raw or Topic.SCHEDULE
    if topic not in ASKED_HERE:
        raise Http404
    return str(topic)


def _moment(raw: str) -> datetime | None:
    try:
        at = parse_datetime(raw)
    except ValueError:
        return None
    known = at is not None and at.tzinfo is not None and at.year in YEARS
    return at if known else None


def _same_day(one: datetime, other: datetime) -> bool:
    return timezone.localtime(one).date() == timezone.localtime(other).date()
