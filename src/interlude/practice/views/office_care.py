"""One person of a care, for the owner: a phone number, a court order, somebody who joins; and the ages."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.core.ages import today_in
from interlude.core.packs import ages as suggested
from interlude.core.packs.places import COUNTRIES
from interlude.outbox.bounces import failed_since
from interlude.outbox.contact import contact_points
from interlude.practice.actions import name_supervisor
from interlude.practice.birthdays import set_ages
from interlude.practice.care_forms import AgesForm, JoinForm, PhoneForm, SupervisorForm
from interlude.practice.contacts import say_phone, shared_in
from interlude.practice.guardians import guardianships, zone_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant
from interlude.practice.scope_forms import OrderForm, first_day
from interlude.practice.scopes import NotChanged, change_scope
from interlude.practice.welcome import Act, welcome_to_care
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import OFFICE


@require_safe
def person(request: HttpRequest, office: OfficeMember, *, person_id: UUID) -> HttpResponse:
    """Where somebody can be reached, who else is reached there, and what a guardian sees."""
    return _page(request, office, _participant(office, person_id), now=timezone.now())


@require_POST
def phone(request: HttpRequest, office: OfficeMember, *, person_id: UUID) -> HttpResponse:
    """Keep a number. One that somebody else of the care has is named first."""
    someone, now = _participant(office, person_id), timezone.now()
    form = PhoneForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        shared = say_phone(someone, given["phone"], by=office, now=now, knowing=given["knowing"])
        if not shared:
            messages.success(request, _("The number is kept."))
            return OFFICE.then(request, "person", person_id=someone.pk)
        form.say_shared(shared, someone)
    return _page(request, office, someone, now=now, phone_form=form)


@require_POST
def order(request: HttpRequest, office: OfficeMember, *, guardian_id: UUID) -> HttpResponse:
    """A court order about a guardian: it takes effect on its day, by itself."""
    someone, now = _participant(office, guardian_id), timezone.now()
    if someone.reads_messages:
        raise Http404
    form = OrderForm(request.POST)
    if form.is_valid():
        done = change_scope(someone, form.wanted(), by=office, now=now)
        if not isinstance(done, NotChanged):
            messages.success(request, _("Written down. It takes effect on its day, by itself."))
            return OFFICE.then(request, "person", person_id=someone.pk)
        form.say_why_not(done, someone)
    return _page(request, office, someone, now=now, order_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, office: OfficeMember, *, client_id: UUID) -> HttpResponse:
    """Somebody joins a care that there is. They see what comes after they agreed, and nothing before."""
    _owner_only(office)
    now = timezone.now()
    client = get_object_or_404(Client.objects.visible_to(office).select_related("clinician"), pk=client_id)
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        client=client,
        initial={"zone": client.clinician.zone},
    )
    if request.method == "POST" and form.is_valid():
        act = Act(office, now, form.cleaned_data["form_id"])
        invited = welcome_to_care(client, form.newcomer(), place=form.place(), act=act)
        if not invited:
            messages.info(request, _("This form was sent before, and they are in the list."))
            return OFFICE.then(request, "people")
        context = {"invited": invited, "now": now, "here": "people"}
        return OFFICE.page(request, "practice/codes.html", context)
    context = {"form": form, "client": client, "here": "people"}
    return OFFICE.page(request, "practice/join.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ages(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """The ages that this practice goes by, beside what our papers say for its country."""
    _owner_only(office)
    practice, now = office.practice, timezone.now()
    rules = practice.age_rules()
    initial = {
        "own_account": rules.own_account,
        "own_consent": rules.own_consent,
        "majority": rules.majority,
    }
    form = AgesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_ages(practice, form.rules(), by=office, now=now)
        messages.success(request, _("The ages are kept. Coming birthdays are told by them."))
        return OFFICE.then(request, "ages")
    context = {
        "form": form,
        "here": "people",
        "now": now,
        "country": COUNTRIES[practice.country],
        "consent": suggested.own_consent(practice.country),
        "majority": suggested.majority(practice.country),
    }
    return OFFICE.page(request, "practice/ages.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor(request: HttpRequest, office: OfficeMember, *, clinician_id: UUID) -> HttpResponse:
    """Say who supervises a therapist. Clients read the name before they write."""
    _owner_only(office)
    here = Clinician.objects.filter(practice_id=office.practice_id, left_at=None)
    clinician = get_object_or_404(here, pk=clinician_id)
    others = here.exclude(pk=clinician.pk)
    initial = {"supervisor": clinician.supervisor_id}
    form = SupervisorForm(
        request.POST if request.method == "POST" else None, clinicians=others, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["supervisor"]
        if name_supervisor(clinician, chosen, by=office, now=timezone.now()):
            messages.success(request, _("Kept. Clients read it before they write."))
            return OFFICE.then(request, "people")
        if chosen is None or chosen.pk == clinician.supervisor_id:
            return OFFICE.then(request, "people")
        form.add_error("supervisor", _("They are supervised by %s. Choose somebody else.") % clinician.name)
    context = {"form": form, "clinician": clinician, "here": "people"}
    return OFFICE.page(request, "practice/supervisor.html", context, status=422 if form.errors else 200)


def _participant(office: OfficeMember, person_id: UUID) -> Participant:
    _owner_only(office)
    rows = Participant.objects.visible_to(office).select_related(
        "user", "practice", "client__clinician", "client__practice"
    )
    found: Participant = get_object_or_404(rows, pk=person_id)
    return found


def _owner_only(office: OfficeMember) -> None:
    """404, not 403: the desk should not learn that the page exists."""
    if not office.is_owner:
        raise Http404


def _page(
    request: HttpRequest,
    office: OfficeMember,
    someone: Participant,
    *,
    now: datetime,
    phone_form: PhoneForm | None = None,
    order_form: OrderForm | None = None,
) -> HttpResponse:
    client = someone.client
    number = someone.phone(Sealer(client.practice_id))
    today = today_in(zone_of(client), now)
    guardian = next((one for one in guardianships(client, now) if one.guardian == someone), None)
    context = {
        "here": "people",
        "now": now,
        "office": office,
        "person": someone,
        "shared": [one for one in shared_in(client) if one.beside(someone) is not None],
        "points": contact_points(someone.user).values() if someone.user else (),
        "failed_at": failed_since([someone.user_id]).get(someone.user_id),
        "phone_form": phone_form or PhoneForm(initial={"phone": number}),
        "guardian": guardian,
        "order_form": order_form or OrderForm(initial=first_day(today)),
    }
    status = 422 if phone_form or order_form else 200
    return OFFICE.page(request, "practice/person.html", context, status=status)
