"""People, for the owner: who is here, bringing somebody in, seeing somebody out. Not for the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.outbox.bounces import failed_since
from interlude.practice import actions
from interlude.practice import invitations as ways_in
from interlude.practice.birthdays import own_account_from
from interlude.practice.forms import (
    ClientForm,
    ClinicianForm,
    CoupleForm,
    GroupMemberForm,
    InvitationForm,
    OfficeMemberForm,
    PersonForm,
    YoungPersonForm,
)
from interlude.practice.invitations import Invited
from interlude.practice.models import Clinician, OfficeMember, Participant, Person
from interlude.practice.people import everybody
from interlude.practice.welcome import Act, welcome_client, welcome_clinician, welcome_office_member
from interlude.ui.rooms import OFFICE

KINDS: dict[str, Any] = {
    "person": (PersonForm, gettext_lazy("A client"), gettext_lazy("One person who signs in")),
    "group": (
        GroupMemberForm,
        gettext_lazy("Somebody in a group"),
        gettext_lazy("A care of their own; nobody sees who else is in it"),
    ),
    "couple": (CoupleForm, gettext_lazy("A couple"), gettext_lazy("Each signs in for themselves")),
    "young": (
        YoungPersonForm,
        gettext_lazy("A young person and a guardian"),
        gettext_lazy("Each has an address of their own"),
    ),
    "clinician": (ClinicianForm, gettext_lazy("A therapist"), gettext_lazy("They write their own rules")),
    "desk": (
        OfficeMemberForm,
        gettext_lazy("Somebody for the front desk"),
        gettext_lazy("They see times and bills"),
    ),
    "owner": (OfficeMemberForm, gettext_lazy("Another owner"), gettext_lazy("They can do what you can")),
    "custodian": (
        OfficeMemberForm,
        gettext_lazy("A records custodian"),
        gettext_lazy("They open a therapist’s will together with a second person, and see nothing else"),
    ),
}
PLACES: dict[str, type[Person]] = {
    "clinician": Clinician,
    "office": OfficeMember,
    "participant": Participant,
}


@require_safe
def people(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """Everybody of the practice: who signs in, who is invited, who left."""
    _owner_only(office)
    return _people(request, office, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """A form for each kind of person. Sent, it adds and invites them, and shows each code this once."""
    _owner_only(office)
    given = (request.POST if request.method == "POST" else request.GET).get("kind", "")
    kind, now = given if given in KINDS else "", timezone.now()
    if kind and issubclass(KINDS[kind][0], ClientForm) and not office.practice.takes_clients:
        return _not_yet(request)
    form = _form(request, office, kind or "person", now=now)
    if request.method == "POST" and kind and form.is_valid():
        return _added(request, form, kind, act=Act(office, now, form.cleaned_data["form_id"]))
    kinds = [(each, name, then) for each, (_form, name, then) in KINDS.items()]
    context = {"form": form, "kind": kind, "kinds": kinds, "here": "people"}
    return OFFICE.page(request, "practice/add.html", context, status=422 if request.method == "POST" else 200)


def _form(request: HttpRequest, office: OfficeMember, kind: str, *, now: datetime) -> Any:
    make = KINDS[kind][0]
    wanted: dict[str, Any] = {"initial": {"zone": office.practice.zone, "country": office.practice.country}}
    if issubclass(make, ClientForm):
        there = Clinician.objects.filter(left_at=None)
        wanted = {"initial": {"zone": office.practice.zone}, "clinicians": there, "today": now.date()}
    return make(request.POST if request.method == "POST" else None, **wanted)


def _added(request: HttpRequest, form: Any, kind: str, *, act: Act) -> HttpResponse:
    match form:
        case ClientForm():
            invited = welcome_client(
                form.newcomers(),
                clinician=form.cleaned_data["clinician"],
                kind=form.kind,
                place=form.place(),
                born_on=form.born_on(),
                group=form.group_label(),
                act=act,
            )
        case ClinicianForm():
            title = form.cleaned_data["title"]
            invited = welcome_clinician(form.newcomer(""), title=title, place=form.place(), act=act)
        case _:
            invited = welcome_office_member(form.newcomer(kind), act=act)
    if not invited:
        messages.info(request, _("This form was sent before, and they are in the list."))
        return OFFICE.then(request, "people")
    return _codes(request, invited, now=act.now)


@require_POST
def invite(request: HttpRequest, office: OfficeMember, *, kind: str, person_id: UUID) -> HttpResponse:
    """Invite somebody once more: a new link by mail, a new code on this page."""
    person = _person(office, kind, person_id)
    if isinstance(person, Participant) and not office.practice.takes_clients:
        return _not_yet(request)
    now = timezone.now()
    form = InvitationForm(request.POST, person=person, auto_id=f"{person.pk}_%s")
    day = own_account_from(person, now)
    if form.is_valid() and day is not None:
        form.say_too_young(day)
    if not form.is_valid():
        return _people(request, office, now=now, inviting=form)
    invited = ways_in.invite(person, email=form.cleaned_data["email"], by=office, now=now)
    return _codes(request, [invited], now=now)


@require_POST
def see_out(request: HttpRequest, office: OfficeMember, *, kind: str, person_id: UUID) -> HttpResponse:
    """Somebody leaves: their open pages stop working with the next click."""
    person = _person(office, kind, person_id)
    if actions.see_out(person, by=office, now=timezone.now()):
        messages.success(request, _("%(name)s has no way in any more.") % {"name": person.name})
    else:
        messages.warning(
            request,
            _("%(name)s is the last owner who signs in. Add another one first.") % {"name": person.name},
        )
    return OFFICE.then(request, "people")


def _not_yet(request: HttpRequest) -> HttpResponse:
    """Nobody comes to a practice that could not tell them a number to call. Rule: R-163."""
    messages.warning(
        request,
        _(
            "Before clients are invited, confirm the help lines of your own place: "
            "one for danger to life, and one more."
        ),
    )
    return OFFICE.then(request, "help_lines")


def _person(office: OfficeMember, kind: str, person_id: UUID) -> Person:
    """Somebody of this practice; the owner alone asks."""
    _owner_only(office)
    if kind not in PLACES:
        raise Http404
    rows = PLACES[kind].objects.select_related("user").filter(practice_id=office.practice_id)
    found: Person = get_object_or_404(rows, pk=person_id)
    return found


def _owner_only(office: OfficeMember) -> None:
    """404, not 403: the desk should not learn that the page exists."""
    if not office.is_owner:
        raise Http404


def _people(
    request: HttpRequest, office: OfficeMember, *, now: datetime, inviting: Form | None = None
) -> HttpResponse:
    context = {"now": now, "office": office, **everybody(office.practice, now=now, inviting=inviting)}
    return OFFICE.page(request, "practice/people.html", context, status=422 if inviting else 200)


def _codes(request: HttpRequest, invited: list[Invited], *, now: datetime) -> HttpResponse:
    """The one page that shows a code."""
    context = {"invited": invited, "now": now, "here": "people"}
    return OFFICE.page(request, "practice/codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, office: OfficeMember) -> HttpResponse:
    """One's own name, place and ways to sign in."""
    failed_at = failed_since([office.user_id]).get(office.user_id)
    context = {"office": office, "now": timezone.now(), "failed_at": failed_at}
    return OFFICE.page(request, "practice/account.html", context)
