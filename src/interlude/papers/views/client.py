"""Papers of a client on one page, and the copy of their record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.agreements.models import Acceptance
from interlude.enclosures.models import Enclosure
from interlude.library.models import Filled, Piece, title_of
from interlude.papers.actions import ask_for_record, note_taken, withdraw_request
from interlude.papers.models import RecordRequest
from interlude.papers.whole_record import record_of
from interlude.plans.models import PlanFile
from interlude.practice.models import Participant
from interlude.ui.files import as_stream
from interlude.ui.rooms import CLIENT

SHOWN = 12


@require_safe
def papers(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What was agreed, what there is to fill in, files, my record. A heading stands only over something."""
    _only_writers(participant)
    now = timezone.now()
    asked = RecordRequest.objects.visible_to(participant)
    pieces = Piece.objects.visible_to(participant, at=now).with_newest().order_by("-made_at", "id")
    written = (
        Filled.objects.visible_to(participant).select_related("version").defer("sealed", "version__sealed")
    )
    context: dict[str, Any] = {
        "here": "papers",
        "now": now,
        "therapist": participant.client.clinician,
        "agreed": Acceptance.objects.visible_to(participant)
        .filter(participant=participant, sealed__isnull=False)
        .select_related("agreement")
        .defer("sealed")
        .order_by("-at")[:SHOWN],
        "things": [(one.pk, title_of(one)) for one in pieces[:SHOWN]],
        "written": written[:SHOWN],
        "files": PlanFile.objects.visible_to(participant).defer("sealed"),
        "enclosed": Enclosure.objects.visible_to(participant).defer("sealed").order_by("-added_at")[:SHOWN],
        "waiting": (waiting := asked.open().first()),
        "is_late": waiting is not None and waiting.is_late(participant.client.clinician.date_at(now)),
        "ready": asked.filter(ready_at__isnull=False).order_by("-ready_at").first(),
    }
    return CLIENT.page(request, "papers/papers.html", context)


@require_POST
def record_ask(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Ask for the whole record; whoever asks again has the request that waits."""
    _only_writers(participant)
    ask_for_record(participant=participant, now=timezone.now())
    messages.info(request, _("You asked for your record. The day by which you have it is below."))
    return CLIENT.then(request, "papers")


@require_POST
def record_withdraw(request: HttpRequest, participant: Participant, *, request_id: UUID) -> HttpResponse:
    """It is not needed any more."""
    asked = get_object_or_404(RecordRequest.objects.visible_to(participant), pk=request_id)
    if withdraw_request(asked, by=participant, now=timezone.now()):
        messages.info(request, _("You took your request back. You can ask again at any time."))
    return CLIENT.then(request, "papers")


@require_safe
def record_file(
    request: HttpRequest, participant: Participant, *, request_id: UUID
) -> HttpResponse | StreamingHttpResponse:
    """The record as it is now, once somebody has made it ready; its name says nothing."""
    rows = RecordRequest.objects.visible_to(participant).filter(ready_at__isnull=False)
    asked, now = get_object_or_404(rows, pk=request_id), timezone.now()
    if request.method == "GET":
        note_taken(asked, by=participant, now=now)
    return as_stream(record_of(participant, now=now), name="copy.txt")


def _only_writers(participant: Participant) -> None:
    if not participant.reads_messages:
        raise Http404
