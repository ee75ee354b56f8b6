"""Where a client is, and whom we may call if we happen to see danger: given, changed and taken away by them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.plans.beside_danger import say_whom_to_call
from interlude.plans.forms import WhomToCallForm
from interlude.plans.models import WhomToCall
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def whom_to_call(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Both are free; an empty box takes away what was told."""
    if not participant.reads_messages:
        raise Http404
    now = timezone.now()
    told = WhomToCall.objects.visible_to(participant).select_related("participant").first()
    said = told.said(Sealer(participant.practice_id)) if told else {}
    start = said | {"yes": bool(said.get("contact"))}
    form = WhomToCallForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        say_whom_to_call(form.cleaned_data, participant=participant, now=now)
        messages.info(request, _("It is kept as you said it."))
        return CLIENT.then(request, "whom_to_call")
    context = {"here": "account", "now": now, "form": form, "told": told}
    context["therapist"] = participant.client.clinician
    return CLIENT.page(request, "plans/whom_to_call.html", context, status=422 if form.is_bound else 200)
