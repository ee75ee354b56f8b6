"""Try it first: one's own past months under other rules. Nothing is stored, and nobody else sees it."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from interlude.core.errors import BadPolicy
from interlude.core.packs.load import preset_ids
from interlude.messaging.forms_try import USUAL, TryForm
from interlude.messaging.trying import own_rules, try_on
from interlude.messaging.what_differs import Tried, months_before
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, clinician: Clinician) -> HttpResponse:
    """The form; with a POST, or with `?preset=`, what would have differed."""
    now = timezone.now()
    today = clinician.date_at(now)
    if request.method == "POST":
        form = TryForm({"text": own_rules(clinician, today), "months": USUAL} | request.POST.dict())
        return _page(request, form, _try(form, clinician, today, now), now=now)
    chosen = request.GET.get("preset", "")
    start = {"preset": chosen, "text": own_rules(clinician, today), "months": USUAL}
    if not chosen:
        return _page(request, TryForm(initial=start), None, now=now)
    if chosen not in preset_ids():
        raise Http404
    form = TryForm(start)
    return _page(request, form, _try(form, clinician, today, now), now=now)


def _try(form: TryForm, clinician: Clinician, today: date, now: datetime) -> Tried | None:
    """What would have differed; None where the form says what to change first."""
    if not form.is_valid():
        return None
    since = months_before(today, int(form.cleaned_data["months"]))
    preset, text = form.cleaned_data["preset"], form.cleaned_data["text"]
    try:
        return Tried(try_on(text, preset=preset, clinician=clinician, since=since, now=now), since)
    except BadPolicy as wrong:
        form.add_error("text", str(wrong))
        return None


def _page(request: HttpRequest, form: TryForm, tried: Tried | None, *, now: datetime) -> HttpResponse:
    context = {"now": now, "here": "rules", "form": form, "tried": tried}
    return CLINICIAN.page(request, "messaging/try.html", context, status=422 if form.errors else 200)
