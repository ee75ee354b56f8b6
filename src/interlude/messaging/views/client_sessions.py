"""Sessions, coming and past, and asking the front desk about them; here, as it carries a draft's words along."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from interlude.appointments.forms import AskForm
from interlude.core.policy import Topic
from interlude.desk.models import Question
from interlude.messaging.actions import Ground, ground_for
from interlude.messaging.asking import ASKED_HERE, DeskMoved, ask, desk_due, is_asked_here
from interlude.messaging.models import Draft
from interlude.messaging.moving import who_answers
from interlude.messaging.sessions_page import asked_and_held, dates, hides_times
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_fresh, id_or_none
from interlude.ui.rooms import CLIENT

MINUTES = (5, 10, 15, 20, 30)
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
    found = dates(ground) | asked_and_held(ground)
    open_for = {one.row.session_id for one in found["requests"] if one.row.state == "open"}
    context = found | {
        "near_is_asked": found["near"] is not None and found["near"].pk in open_for,
        "now": ground.now,
        "here": "sessions",
        "me": ground.participant,
        "therapist": ground.client.clinician,
        "hides_times": hides_times(ground),
        "minutes_late": MINUTES,
        "answers_late": who_answers(ground, Topic.LATE).to,
        "asks_first": carried or status != 200 or "about" in request.GET,
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
