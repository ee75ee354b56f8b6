"""What one client has of the library: sharing, taking back, and pages that they finished."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.audit.record import record
from interlude.library.actions import share as share_piece
from interlude.library.actions import take_back
from interlude.library.finding import Sum, answered, sums_of
from interlude.library.forms import ShareForm
from interlude.library.models import Filled, Piece, Share
from interlude.library.sharing import share_form
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_none
from interlude.ui.rooms import CLINICIAN

SHOWN = 60


@require_safe
def client_library(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """What was shared with this client, what they finished, and what helped them."""
    return _page(request, clinician, _client(clinician, client_id))


@require_POST
def share(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Share a piece; back to the message that it was shared beside, where there is one."""
    client, now = _client(clinician, client_id), timezone.now()
    form = share_form(client, by=clinician, now=now, data=request.POST)
    if not form.is_valid():
        return _page(request, clinician, client, form=form)
    piece = Piece.objects.visible_to(clinician).filter(pk=form.cleaned_data["piece"]).first()
    shared = piece and share_piece(
        piece,
        client=client,
        by=clinician,
        now=now,
        share_id=form.cleaned_data["share_id"],
        given=form.given(),
    )
    if not shared:
        form.add_error("piece", _("This piece cannot be shared as it is. Choose another one."))
        return _page(request, clinician, client, form=form)
    messages.success(request, _("It is shared."))
    message = id_or_none(request.POST.get("message", ""))
    if message is not None:
        return CLINICIAN.then(request, "message", message_id=message)
    return CLINICIAN.then(request, "client_library", client_id=client.pk)


@require_POST
def unshare(request: HttpRequest, clinician: Clinician, *, share_id: UUID) -> HttpResponse:
    """Take a piece back from a client."""
    row = get_object_or_404(Share.objects.visible_to(clinician), pk=share_id)
    take_back(row, by=clinician, now=timezone.now())
    messages.success(request, _("Your client no longer has it. What they wrote into it stays in the record."))
    return CLINICIAN.then(request, "client_library", client_id=row.client_id)


@require_safe
def filled(request: HttpRequest, clinician: Clinician, *, filled_id: UUID) -> HttpResponse:
    """A page that a client finished. Opening it leaves a line in the practice's record."""
    rows = Filled.objects.visible_to(clinician).select_related("version", "participant__client")
    row, now = get_object_or_404(rows.defer("version__sealed"), pk=filled_id), timezone.now()
    record("page.opened", by=clinician, on=row, practice_id=row.practice_id, at=now)
    context = {
        "here": "clients",
        "now": now,
        "filled": row,
        "answers": answered(row, Sealer(row.practice_id)),
    }
    return CLINICIAN.page(request, "library/filled.html", context)


def _page(
    request: HttpRequest, clinician: Clinician, client: Client, *, form: ShareForm | None = None
) -> HttpResponse:
    now, sealer = timezone.now(), Sealer(clinician.practice_id)
    rows = Share.objects.visible_to(clinician).filter(client=client, taken_back_at=None)
    rows = rows.select_related("version", "participant").defer("version__sealed", "version__text")
    shares = list(rows[:SHOWN])
    pages = Filled.objects.visible_to(clinician).filter(participant__client=client)
    helped = sums_of([one.piece_id for one in shares], client=client)
    context: dict[str, Any] = {
        "here": "clients",
        "now": now,
        "client": client,
        "shares": [(one, one.line(sealer), helped.get(one.piece_id, Sum())) for one in shares],
        "filled": pages.select_related("version", "participant").defer("sealed", "version__sealed")[:SHOWN],
        "form": form or share_form(client, by=clinician, now=now),
        "message": id_or_none(request.POST.get("message") or request.GET.get("message", "")),
    }
    return CLINICIAN.page(request, "library/client.html", context, status=422 if form else 200)


def _client(clinician: Clinician, client_id: UUID) -> Client:
    return get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
