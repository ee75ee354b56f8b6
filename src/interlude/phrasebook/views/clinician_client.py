"""Words for one client: variants of templates, how lines landed, and which were used."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.core.wording import PARTS, Words
from interlude.phrasebook.actions import end_variant, note_landing, note_opening, write_variant
from interlude.phrasebook.forms import LandingForm, PartsForm, VariantForm
from interlude.phrasebook.models import Landing, Use, Variant, VariantVersion
from interlude.phrasebook.picking import language_of
from interlude.phrasebook.shelf import Shelf, Template, shelf_of
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLINICIAN

SHOWN = 50


@require_safe
def phrases(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Variants, what landed, what was used with this client. Opening it leaves a line in the record."""
    found = _client(clinician, client_id)
    note_opening(found, by=clinician, now=timezone.now())
    return _page(request, clinician, found)


def _page(
    request: HttpRequest, clinician: Clinician, client: Client, *, form: LandingForm | None = None
) -> HttpResponse:
    shelf, sealer = shelf_of(clinician), Sealer(clinician.practice_id)
    current = _current(clinician, client)
    landings = Landing.objects.visible_to(clinician).filter(client=client)[:SHOWN]
    uses = Use.objects.visible_to(clinician).filter(client=client)[:SHOWN]
    context: dict[str, Any] = {
        "here": "clients",
        "client": client,
        "variants": [(one.variant, shelf.get(one.variant.of), one.words(sealer)) for one in current],
        "landings": [(one, shelf.get(one.of), one.note(sealer)) for one in landings],
        "uses": [(one, shelf.get(one.of)) for one in uses],
        "form": form or _landing_form(clinician, client, shelf, request.GET.get("of", "")),
    }
    return CLINICIAN.page(request, "phrasebook/client.html", context, status=422 if form else 200)


def _current(clinician: Clinician, client: Client) -> list[VariantVersion]:
    """The last words of each variant that stands."""
    standing = Variant.objects.visible_to(clinician).filter(client=client, ended_at=None)
    rows = VariantVersion.objects.filter(variant__in=standing).select_related("variant")
    last: dict[UUID, VariantVersion] = {}
    for row in rows.order_by("-variant__made_at", "-number"):
        last.setdefault(row.variant_id, row)
    return list(last.values())


def _landing_form(clinician: Clinician, client: Client, shelf: Shelf, of: str) -> LandingForm:
    start = {"landing_id": uuid4(), "of": of, "said_on": clinician.date_at(timezone.now())}
    return LandingForm(initial=start, templates=_choices(client, shelf))


def _choices(client: Client, shelf: Shelf) -> list[Template]:
    """Templates that can be used, those in the client's language first."""
    spoken = language_of(client)
    return sorted(shelf.usable(), key=lambda one: one.language != spoken)


@require_POST
def landed(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Keep how a line landed."""
    found, now = _client(clinician, client_id), timezone.now()
    form = LandingForm(request.POST, templates=_choices(found, shelf_of(clinician)))
    if form.is_valid() and form.cleaned_data["said_on"] > clinician.date_at(now):
        form.add_error("said_on", _("This day lies ahead. Write a day that has come."))
    if not form.is_valid():
        return _page(request, clinician, found, form=form)
    note_landing(form.said, client=found, by=clinician, now=now, landing_id=form.cleaned_data["landing_id"])
    messages.success(request, _("Kept. Only you read it."))
    return CLINICIAN.then(request, "client_phrases", client_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new_variant(request: HttpRequest, clinician: Clinician, *, client_id: UUID) -> HttpResponse:
    """Write a template in words for this client."""
    found, shelf = _client(clinician, client_id), shelf_of(clinician)
    choices = _choices(found, shelf)
    if request.method != "POST":
        start = next((one for one in choices if str(one.id) == request.GET.get("of")), None)
        words = dict(zip(PARTS, start.words.parts, strict=True)) if start else {}
        form = VariantForm(initial={"of": str(start.id) if start else ""} | words, templates=choices)
        return _written(request, found, form)
    form = VariantForm(request.POST, templates=choices)
    if not form.is_valid():
        return _written(request, found, form)
    of = UUID(form.cleaned_data["of"])
    write_variant(form.cleaned_data["words"], of=of, client=found, by=clinician, now=timezone.now())
    messages.success(request, _("Kept. It stands in for the template with this client."))
    return CLINICIAN.then(request, "client_phrases", client_id=found.pk)


def _written(
    request: HttpRequest,
    client: Client,
    form: PartsForm,
    *,
    variant: Variant | None = None,
    of: str = "",
    earlier: list[tuple[VariantVersion, Words]] | None = None,
) -> HttpResponse:
    context = {"here": "clients", "client": client, "form": form, "variant": variant, "of": of}
    context["earlier"] = earlier or []
    return CLINICIAN.page(request, "phrasebook/variant.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def variant(request: HttpRequest, clinician: Clinician, *, variant_id: UUID) -> HttpResponse:
    """Change a variant, or end it; earlier words stay readable."""
    rows = Variant.objects.visible_to(clinician).select_related("client")
    found, now = get_object_or_404(rows, pk=variant_id, ended_at=None), timezone.now()
    if request.method == "POST" and request.POST.get("end"):
        end_variant(found, by=clinician, now=now)
        messages.success(request, _("Ended. This client gets the template as it is for all."))
        return CLINICIAN.then(request, "client_phrases", client_id=found.client_id)
    template = shelf_of(clinician).get(found.of)
    data = request.POST if request.method == "POST" else None
    versions, sealer = found.versions.select_related("variant")[:SHOWN], Sealer(clinician.practice_id)
    opened = [(one, one.words(sealer)) for one in versions]
    note_opening(found.client, by=clinician, now=now)
    form = PartsForm(data, initial=dict(zip(PARTS, opened[0][1].parts, strict=True)))
    if data is None or not form.is_valid():
        of = template.title if template else ""
        return _written(request, found.client, form, variant=found, of=of, earlier=opened[1:])
    write_variant(form.cleaned_data["words"], of=found.of, client=found.client, by=clinician, now=now)
    messages.success(request, _("Kept. What stood before can still be read."))
    return CLINICIAN.then(request, "client_phrases", client_id=found.client_id)


def _client(clinician: Clinician, client_id: UUID) -> Client:
    return get_object_or_404(Client.objects.visible_to(clinician), pk=client_id)
