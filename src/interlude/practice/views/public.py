"""The door, the way in by an invitation, the first practice of an installation, and the quick way out."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.accounts.languages import say_language
from interlude.accounts.middleware import to_second_factor
from interlude.accounts.models import User
from interlude.accounts.sessions import begin_session, has_second_factor
from interlude.core.discretion import exit_address
from interlude.outbox.this_device import forget_this_device
from interlude.practice import set_up as first
from interlude.practice.invitations import NotAccepted, accept_invitation, find_invitation
from interlude.practice.models import WRONG_CODES, Invitation, Participant
from interlude.practice.newcomer_forms import AcceptForm, CodeForm, SetUpForm
from interlude.practice.opening import open_with_account
from interlude.practice.people import places_over
from interlude.practice.spanish import spoken_to
from interlude.ui.rooms import PUBLIC

WELCOME = "welcome"  # session key: they came in a moment ago and may add a passkey


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Everybody's first page: their room, a choice where they have several, or sign-in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    rooms = _rooms(request)
    if request.session.pop(WELCOME, False) and rooms:
        return PUBLIC.page(request, "practice/welcome.html", {"on": _first_page(request, rooms[0])})
    if len(rooms) == 1:
        return redirect(rooms[0])
    context = {"rooms": rooms, "past": [] if rooms else _past(request)}
    return PUBLIC.page(request, "practice/door.html", context)


def _first_page(request: HttpRequest, room: str) -> str:
    """Where somebody new goes: a client to their first steps, others to their room."""
    someone = request.occupants.participant  # type: ignore[attr-defined]  # set by middleware
    return "client:first_steps" if room == "client:home" and someone.reads_messages else room


def _rooms(request: HttpRequest) -> list[str]:
    """The first pages of the rooms this person has a place in."""
    occupants = request.occupants  # type: ignore[attr-defined]  # set by middleware
    has = {
        "clinician:window": occupants.clinician,
        "office:queue": occupants.office,
        "client:home": occupants.participant,
    }
    return [name for name, place in has.items() if place is not None]


def _past(request: HttpRequest) -> list[Participant]:
    """Where this person had a place whose time to read is over."""
    return places_over(request.user.pk, timezone.now()) if request.user.pk else []


@csrf_exempt  # leaving harms nobody, and must work from a page that knows no session (help now)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The quick way out: a POST ends the session. What stands here says nothing about anybody."""
    if request.method == "POST":
        forget_this_device(request)
        logout(request)
        to = request.POST.get("to", "")
        return redirect(reverse("public:left", kwargs={"to": to}) if exit_address(to) else "public:leave")
    return PUBLIC.page(request, "leave.html")


@require_safe
def left(request: HttpRequest, *, to: str) -> HttpResponse:
    """On the way to the page outside that the practice chose for leaving; without a script the browser goes on."""
    address = exit_address(to)
    if not address:
        raise Http404
    return PUBLIC.page(request, "leave.html", {"address": address})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of every page from now on: a person's own, or of this browser while nobody is signed in.

    One that pages do not speak changes nothing.
    """
    code, back = request.POST.get("language", ""), request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = redirect(back if is_ours else "public:door")
    if code not in dict(settings.LANGUAGES):
        messages.info(request, _("Pages do not speak that language yet."))
        return response
    if isinstance(request.user, User):
        say_language(request.user, code)
    else:
        _keep_in_browser(response, code)
    with translation.override(spoken_to(request.occupants.person, code)):  # type: ignore[attr-defined]
        messages.info(request, _("This is your language from now on."))
    return response


def _keep_in_browser(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


@sensitive_post_parameters()
def invitation(request: HttpRequest, *, token: str) -> HttpResponse:
    """A link from a mail. It opens with the code alone; looking at it uses up nothing."""
    response = _invitation(request, token)
    response._has_been_logged = True  # type: ignore[attr-defined]  # a link in a log would be half a key
    return response


def _invitation(request: HttpRequest, token: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    now = timezone.now()
    found = find_invitation(token)
    if found is None or not found.is_open(now):
        return PUBLIC.page(request, "practice/invitation_closed.html", status=404)
    known = isinstance(request.user, User) and request.user.email == found.email
    form = (CodeForm if known else AcceptForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _accept(request, found, form, now=now)
    return _ask(request, form, known=known)


def _accept(request: HttpRequest, found: Invitation, form: CodeForm, *, now: datetime) -> HttpResponse:
    signed_in = request.user if isinstance(request.user, User) else None
    taken = accept_invitation(
        found,
        code=form.cleaned_data["code"],
        password=form.cleaned_data.get("password", ""),
        now=now,
        signed_in=signed_in,
    )
    if isinstance(taken, NotAccepted):
        return _not_accepted(request, found, form, why=taken)
    if taken == signed_in:
        return redirect("public:door")
    return _enter(request, taken, found)


def _enter(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    """In: staff to their second factor, clients to the offer of one. Who has one already shows it first."""
    if has_second_factor(user):
        messages.success(request, _("Your new password is set. Sign in with it."))
        return redirect("account_login")
    begin_session(request, user)
    if not isinstance(found.person, Participant):
        return to_second_factor()
    request.session[WELCOME] = True
    return redirect("public:door")


def _not_accepted(
    request: HttpRequest, found: Invitation, form: CodeForm, *, why: NotAccepted
) -> HttpResponse:
    found.refresh_from_db()
    if why.reason == "closed" or found.wrong_codes >= WRONG_CODES:
        return PUBLIC.page(request, "practice/invitation_closed.html", status=404)
    if why.reason in ("account", "place"):
        context = {"reason": why.reason, "next": request.path}
        return PUBLIC.page(request, "practice/invitation_known.html", context, status=409)
    if why.reason == "code":
        form.add_error("code", _("This is not the code. Look at it again; after five tries the link closes."))
    for message in why.messages:
        form.add_error("password", message)
    return _ask(request, form, known=not isinstance(form, AcceptForm))


def _ask(request: HttpRequest, form: CodeForm, *, known: bool) -> HttpResponse:
    context = {"form": form, "known": known}
    return PUBLIC.page(request, "practice/invitation.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The first practice and its owner, for whoever can read what the server printed; later a 404."""
    if not first.is_open():
        raise Http404
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _open_first(request, form)
    return PUBLIC.page(request, "practice/set_up.html", {"form": form}, status=422 if form.errors else 200)


def _open_first(request: HttpRequest, form: SetUpForm) -> HttpResponse:
    with first.used_up() as mine:
        if not mine:
            raise Http404
        password = form.cleaned_data["password"]
        owner = open_with_account(form.opening(), password=password, now=timezone.now())
    begin_session(request, owner)
    return to_second_factor()
