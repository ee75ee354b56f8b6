"""Offering times beside a message: from the free hours, or typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.appointments.offering import offer_times
from interlude.messaging.answering import Answered, Gesture, TakenBack, Unsupervised, close_message
from interlude.messaging.batch import Sight, sight_of
from interlude.messaging.desk import attempt, went
from interlude.messaging.forms_offer import TimesForm
from interlude.messaging.models import Message
from interlude.practice.models import Clinician
from interlude.ui.rooms import CLINICIAN

USUAL = 50  # minutes, where there is no session to go by


@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest, clinician: Clinician, *, message_id: UUID) -> HttpResponse:
    """The times to choose from, with the words that were in the box; sent, they are the answer."""
    at = attempt(request, sight_of(clinician, timezone.now()), message_id, own=True)
    if isinstance(at, HttpResponse):
        return at
    sight, found = at.sight, at.message
    session = next_session(found.client, sight.now)
    around: dict[str, Any] = {
        "clinician": clinician,
        "calendar": sight.window.calendar,
        "now": sight.now,
        "session": session,
    }
    if "offer" not in request.POST:
        name = found.participant.first_name
        usual = _("Dear %(name)s,\n\nThese times would suit me. Take the one that suits you.") % {
            "name": name
        }
        words = at.form.said["words"] if request.method == "POST" else ""
        minutes = session.minutes if session else USUAL
        form = TimesForm.fresh(words if words.strip() else usual, minutes=minutes, **around)
        return _page(request, found, sight, form=form, session=session)
    form = TimesForm(request.POST, **around)
    if not form.is_valid():
        return _page(request, found, sight, form=form, session=session, status=422)
    outcome = _offer(form, found, session, sight)
    return went(request, found, sight, form=at.form, outcome=outcome)


@transaction.atomic
def _offer(
    form: TimesForm, message: Message, session: Session | None, sight: Sight
) -> Answered | TakenBack | Unsupervised:
    """The times and the answer that carries them, both or neither."""
    said = form.cleaned_data
    offer = offer_times(
        form.times,
        client=message.client,
        by=sight.clinician,
        now=sight.now,
        expires_at=form.expires_at,
        minutes=said["minutes"],
        instead_of=session if said["in_place"] else None,
    )
    gesture = Gesture(said["words"], offer=offer)
    outcome = close_message(message, gesture, by=sight.clinician, now=sight.now, reply_id=said["reply_id"])
    if not isinstance(outcome, Answered) or outcome.again or outcome.too_late:
        transaction.set_rollback(True)
    return outcome


def _page(
    request: HttpRequest,
    message: Message,
    sight: Sight,
    *,
    form: TimesForm,
    session: Session | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "window",
        "now": sight.now,
        "message": message,
        "form": form,
        "session": session,
    }
    return CLINICIAN.page(request, "messaging/times.html", context, status=status)
