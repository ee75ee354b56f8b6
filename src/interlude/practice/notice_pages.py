"""The notices of whoever is in a room: one page for choices, one for the address. The rooms' views call these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interlude.accounts.sessions import ask_who_it_is
from interlude.outbox.actions import mail_for
from interlude.outbox.addresses import Asked, NotMoved, open_ask
from interlude.outbox.contact import contact_points, held_since
from interlude.outbox.kinds import kinds_for
from interlude.outbox.models import ContactPoint, MailPoint, Notice
from interlude.outbox.wishes import wish_of
from interlude.practice import notices
from interlude.practice.models import Person
from interlude.practice.notice_forms import AddressCodeForm, AddressForm, NoticesForm, as_chosen
from interlude.ui.rooms import Room


@dataclass(frozen=True, slots=True)
class Here:
    """Who is in which room, and when."""

    room: Room
    person: Person
    now: datetime

    def url(self, name: str) -> str:
        return reverse(f"{self.room.name}:{name}")


def choices_page(request: HttpRequest, here: Here) -> HttpResponse:
    """Which notices, when, in which words. What cannot be switched off stands below, with the reason."""
    wish, name = wish_of(here.person.user), here.room.name
    posted = request.POST if request.method == "POST" else None
    safe = contact_points(here.person.user).get(ContactPoint.Kind.EMAIL)
    form = NoticesForm(posted, initial=as_chosen(wish, name), room=name, safe=safe)
    if posted is not None and form.is_valid():
        notices.choose(here.person, form.wanted(wish), now=here.now)
        messages.info(request, _("This is kept. It holds from the next mail on."))
        return here.room.then(request, "notices")
    context = _shared(here) | {
        "form": form,
        "always": [kind for kind in kinds_for(name) if kind.must],
        "safe": safe,
        "mail": mail_for(_sample(here)),
    }
    return here.room.page(request, "practice/notices.html", context, status=200 if posted is None else 422)


def address_page(request: HttpRequest, here: Here) -> HttpResponse:
    """Another address for notices. Somebody else with an open page cannot give one: they are asked who they are."""
    ask_who_it_is(request)
    posted = request.POST if request.method == "POST" else None
    form = AddressForm(posted)
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        asked = Asked(
            here.person.user,
            given["address"],
            here.person.practice_id,
            here.url("notices"),
            given["key"],
            tell_old=not given["old_is_unsafe"],
        )
        done = notices.ask(here.person, asked, now=here.now)
        if not isinstance(done, NotMoved):
            return here.room.then(request, "notices_address")
        form.add_error("address", _why_not(done))
    return _address(request, here, form)


def code_page(request: HttpRequest, here: Here) -> HttpResponse:
    """The code from the mail. Wrong too often, it is of no use any more."""
    form = AddressCodeForm(request.POST)
    if form.is_valid():
        done = notices.confirm(here.person, form.cleaned_data["code"], link=here.url("notices"), now=here.now)
        if not isinstance(done, NotMoved):
            messages.info(request, _("Confirmed. Your notices go there from now on."))
            return here.room.then(request, "notices")
        form.add_error("code", _why_not(done))
    return _address(request, here, AddressForm(), code=form)


def _address(request: HttpRequest, here: Here, form: Form, code: Form | None = None) -> HttpResponse:
    context = _shared(here) | {
        "form": form,
        "code": code or AddressCodeForm(),
        "ask": open_ask(here.person.user, now=here.now),
    }
    status = 422 if form.is_bound or code is not None else 200
    return here.room.page(request, "practice/notices_address.html", context, status=status)


def _shared(here: Here) -> dict[str, Any]:
    """What both pages say: where notices go, and why none may come."""
    user = here.person.user
    point = MailPoint.objects.filter(user=user).first()
    since = held_since([user.pk], practice_id=here.person.practice_id).get(user.pk) if user else None
    return {
        "now": here.now,
        "me": here.person,
        "here": "account",
        "address": notices.goes_to(here.person),
        "failed_at": point.failed_at if point else None,
        "held_since": since,
        "choices_url": here.url("notices"),
        "address_url": here.url("notices_address"),
        "code_url": here.url("notices_code"),
    }


def _sample(here: Here) -> Notice:
    """A notice as it would be sent to them, kept nowhere."""
    kind = next((kind.name for kind in kinds_for(here.room.name)), Notice.Kind.ANSWER)
    return Notice(
        to=here.person.user, practice_id=here.person.practice_id, kind=kind, link=here.url("account")
    )


def _why_not(done: NotMoved) -> str:
    """What is so, and what to do next."""
    if done.reason == "wrong" and done.left > 0:
        return ngettext(
            "That is not the code. You can try once more.",
            "That is not the code. You can try %(left)d more times.",
            done.left,
        ) % {"left": done.left}
    return {
        "never": _("You said that mail is never safe for you. Change that first, then ask for a code."),
        "held": _(
            "No mail is sent to you at present, to keep you safe. Talk about it before you change this."
        ),
        "often": _("Five codes were sent today. Try again tomorrow, or ask the front desk."),
        "shared": _("Somebody else in this care reads mail at this address. Give one that is yours alone."),
        "none": _("No code waits. Ask for a new one below."),
    }.get(done.reason, _("This code was tried too often. Ask for a new one below."))
