"""Which course of care, and one's own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interlude.outbox.bounces import failed_since
from interlude.practice.middleware import CARE
from interlude.practice.models import Participant
from interlude.practice.place_forms import PlaceForm
from interlude.practice.whereabouts import say_where
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Somebody with several courses of care picks the one to look at."""
    mine = _courses(request)
    if request.method == "POST":
        wanted = next((one for one in mine if str(one.pk) == request.POST.get("care")), None)
        if wanted is None:
            raise Http404
        request.session[CARE] = str(wanted.pk)
        return CLIENT.then(request, "home")
    if len(mine) < 2:
        return CLIENT.then(request, "home")
    return CLIENT.page(request, "practice/care.html", {"courses": mine, "me": participant})


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Name, place, how to sign in, notices, and the way out."""
    now = timezone.now()
    form = PlaceForm(request.POST or None, initial={"zone": participant.zone, "country": participant.country})
    if request.method == "POST" and form.is_valid():
        say_where(_courses(request), now=now, **form.cleaned_data)
        messages.info(request, _("Your place is kept. All times are shown in its zone."))
        return CLIENT.then(request, "account")
    steps = set(Authenticator.objects.filter(user=participant.user).values_list("type", flat=True))
    context = {
        "now": now,
        "me": participant,
        "form": form,
        "has_passkey": Authenticator.Type.WEBAUTHN in steps,
        "has_code": Authenticator.Type.TOTP in steps,
        "failed_at": failed_since([participant.user_id]).get(participant.user_id),
    }
    return CLIENT.page(request, "practice/account.html", context, status=422 if form.is_bound else 200)


def _courses(request: HttpRequest) -> list[Participant]:
    courses: list[Participant] = request.occupants.participations  # type: ignore[attr-defined]  # middleware
    return courses
