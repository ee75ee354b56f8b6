"""What somebody said yes to, word for word: to read, and as a PDF to keep."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.agreements.copies import copy_of
from interlude.agreements.models import Acceptance
from interlude.core.sheet import grouped
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.paper import NotPrinted
from interlude.ui.rooms import CLIENT


@require_safe
def acceptance(request: HttpRequest, participant: Participant, *, acceptance_id: UUID) -> HttpResponse:
    """The words that were shown, who said yes to them, and when."""
    return _page(request, participant, _one(participant, acceptance_id))


@require_safe
def agreement_copy(request: HttpRequest, participant: Participant, *, acceptance_id: UUID) -> HttpResponse:
    """The same as a PDF. Where no font has its letters, the page says so and shows the words."""
    found = _one(participant, acceptance_id)
    pdf = copy_of(found)
    if isinstance(pdf, NotPrinted):
        return _page(request, participant, found, missing=pdf)
    name = f"agreement-version-{found.agreement.number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _one(participant: Participant, acceptance_id: UUID) -> Acceptance:
    rows = Acceptance.objects.visible_to(participant).filter(sealed__isnull=False)
    return get_object_or_404(rows.select_related("agreement", "participant"), pk=acceptance_id)


def _page(
    request: HttpRequest, participant: Participant, found: Acceptance, *, missing: NotPrinted | None = None
) -> HttpResponse:
    context = {
        "here": "agreement",
        "now": timezone.now(),
        "me": participant,
        "acceptance": found,
        "text": grouped(found.parts(Sealer(participant.practice_id))),
        "missing": missing,
    }
    return CLIENT.page(request, "agreements/acceptance.html", context)
