"""A question to the front desk, from the moment it was asked to its answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.desk.models import Question
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLIENT


@require_safe
def question(request: HttpRequest, participant: Participant, *, question_id: UUID) -> HttpResponse:
    """The receipt, the words, and the answer when there is one."""
    asked = get_object_or_404(Question.objects.visible_to(participant), pk=question_id)
    now, sealer = timezone.now(), Sealer(participant.practice_id)
    context = {
        "now": now,
        "here": "conversation" if participant.reads_messages else "sessions",
        "asked": asked,
        "words": asked.words(sealer),
        "answer": asked.answer(sealer),
        "late": asked.is_late(now),
        "other": id_or_none(request.GET.get("other")),
    }
    return CLIENT.page(request, "desk/question.html", context)
