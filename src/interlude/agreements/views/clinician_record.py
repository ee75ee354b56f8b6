"""The record of an agreement: what somebody said yes to, when it was read aloud, and messages offered again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.agreements.actions import note_read_aloud
from interlude.agreements.forms import AloudForm
from interlude.agreements.models import Acceptance, Agreement
from interlude.agreements.own_wish import messages_again
from interlude.core.errors import BadPolicy
from interlude.core.sheet import grouped
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN


@require_safe
def acceptance(request: HttpRequest, clinician: Clinician, *, acceptance_id: UUID) -> HttpResponse:
    """The words that somebody said yes to, exactly as they were shown."""
    rows = Acceptance.objects.visible_to(clinician).filter(sealed__isnull=False)
    found = get_object_or_404(rows.select_related("agreement__client", "participant"), pk=acceptance_id)
    context = {
        "here": "clients",
        "now": timezone.now(),
        "acceptance": found,
        "client": found.agreement.client,
        "text": grouped(found.parts(Sealer(clinician.practice_id))),
    }
    return CLINICIAN.page(request, "agreements/acceptance.html", context)


@require_POST
def read_aloud(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """On which day a version was read aloud together. No note beside it."""
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    rows = Agreement.objects.visible_to(clinician).filter(client=client)
    number = request.POST.get("number", "")
    found = rows.filter(number=int(number)).first() if number.isdecimal() and len(number) < 9 else None
    if found is None:
        raise Http404
    zone = clinician.time_zone()
    form = AloudForm(
        request.POST,
        today=now.astimezone(zone).date(),
        offered_on=found.published_at.astimezone(zone).date(),
    )
    if not form.is_valid():
        context = {"here": "clients", "now": now, "client": client, "agreement": found, "form": form}
        return CLINICIAN.page(request, "agreements/read_aloud.html", context, status=422)
    note_read_aloud(agreement=found, by=clinician, on=form.cleaned_data["on"], now=now)
    return CLINICIAN.then(request, "agreement", client_id=client.pk)


@require_POST
def offer_messages(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Offer messages again to a client who wished to do without; it holds once they say yes."""
    client = get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
    number = request.POST.get("number", "")
    wanted = int(number) if number.isdecimal() and len(number) < 9 else 0
    try:
        offered = messages_again(client=client, by=clinician, number=wanted, now=timezone.now())
    except BadPolicy as wrong:
        messages.warning(request, str(wrong))
    else:
        if offered is not None and offered.wished_by_id is None:
            messages.info(request, _("The version is offered. It holds once the yes is given."))
    return CLINICIAN.then(request, "agreement", client_id=client.pk)
