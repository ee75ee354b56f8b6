"""A client's first steps: short pages from their own agreement, three questions, and the yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interlude.agreements.actions import accept_agreement
from interlude.agreements.first_steps import page_of, pass_step
from interlude.agreements.forms import AcceptForm, OtherWayForm
from interlude.agreements.frozen import words_shown
from interlude.agreements.own_wish import would_rather_not
from interlude.core.first_steps import ASKING, Step
from interlude.core.own_wish import OtherWay
from interlude.core.sheet import fingerprint, grouped, parts_of
from interlude.practice.models import Participant
from interlude.ui.rooms import CLIENT


@require_safe
def first_steps(request: HttpRequest, participant: Participant) -> HttpResponse:
    """All steps, which of them were passed, and where to go on."""
    context = _page(participant, None, timezone.now())
    if context is None:
        return CLIENT.then(request, "home")
    return CLIENT.page(request, "agreements/steps/all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def first_step(request: HttpRequest, participant: Participant, *, step: str) -> HttpResponse:
    """One step. Going on passes it; an answer to a question shows how it is, and is not kept."""
    here = next((one for one in Step if one == step and one is not Step.QUESTIONS), None)
    context = _page(participant, here, timezone.now())
    if here is None:
        raise Http404
    if context is None or here not in context["path"].steps:
        return CLIENT.then(request, "first_steps")
    if here is Step.YES:
        return _yes(request, participant, context)
    if request.method == "POST" and not (here in ASKING and "answer" in request.POST):
        pass_step(participant, here)
        return _go_on(request, context["path"].following)
    chosen = request.POST.get("answer", "")
    context |= {"chosen": chosen, "is_so": chosen == context["right"]}
    return CLIENT.page(request, f"agreements/steps/{here}.html", context)


def _go_on(request: HttpRequest, to: Step) -> HttpResponse:
    if to is Step.QUESTIONS:
        return CLIENT.then(request, "first_questions")
    return CLIENT.then(request, "first_step", step=to)


def _page(participant: Participant, here: Step | None, now: datetime) -> dict[str, Any] | None:
    """A parent or guardian has no first steps here: the yes is not theirs to give."""
    if not participant.reads_messages:
        raise Http404
    return page_of(participant, here=here, now=now)


def _yes(request: HttpRequest, participant: Participant, context: dict[str, Any]) -> HttpResponse:
    """The whole text, word for word, and the place to say yes to it."""
    form = AcceptForm(request.POST if request.method == "POST" else None)
    agreement = context["shown"].agreement
    if request.method == "POST" and context["may_accept"] and form.is_valid():
        said = form.cleaned_data
        done = accept_agreement(
            agreement=agreement,
            participant=participant,
            name_typed=said["name"],
            shown=said["shown"],
            now=context["now"],
        )
        if done is None:
            messages.info(
                request, _("Some words here are new since you opened the page. Please read them once more.")
            )
        return CLIENT.then(request, "first_step", step=Step.YES)
    words = words_shown(agreement, reader=participant)
    own = [one for one in context["shown"].acceptances if one.participant_id == participant.pk]
    context |= {
        "form": form,
        "text": grouped(parts_of(words)),
        "fingerprint": fingerprint(words),
        "own": own[0] if own else None,
    }
    return CLIENT.page(request, "agreements/steps/yes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def without_messages(request: HttpRequest, participant: Participant) -> HttpResponse:
    """I would rather not use messages: what it means, and which way instead."""
    now = timezone.now()
    context = _page(participant, None, now)
    if context is None:
        return CLIENT.then(request, "home")
    ways = context["other_ways"]
    if not ways:
        return CLIENT.then(request, "agreement")
    form = OtherWayForm(
        request.POST if request.method == "POST" else None, ways=ways, initial={"way": ways[0]}
    )
    if request.method == "POST" and form.is_valid():
        way = OtherWay(form.cleaned_data["way"])
        wish = would_rather_not(participant=participant, way=way, now=now)
        if wish is not None and wish.accepted_at:
            messages.info(request, _("It is so from now on. You can take it back when you like: just ask."))
        return CLIENT.then(request, "agreement")
    context |= {"form": form, "partners": [one for one in context["others"] if one.reads_messages]}
    return CLIENT.page(
        request, "agreements/without_messages.html", context, status=422 if form.errors else 200
    )
