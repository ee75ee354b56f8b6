"""The address at which a calendar program reads: no session, no cookie, no trace of who reads."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from interlude.accounts.guesses import WITHIN, guesses_too_often
from interlude.appointments.feeds import calendar_of, find_feed


@require_safe
def calendar(request: HttpRequest, *, token: str) -> HttpResponse:
    """The sessions of whoever has this address. A changed, stopped or guessed one is not there."""
    response = _calendar(request, token)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address is a key: it stands in no log
    response["Referrer-Policy"] = "no-referrer"
    return response


def _calendar(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    feed = find_feed(token, now=now)
    if feed is None:
        if guesses_too_often(request, what="calendar", now=now):
            return HttpResponse(status=429, headers={"Retry-After": str(int(WITHIN.total_seconds()))})
        return HttpResponse(status=404)  # raised, it would be logged with the address
    body = calendar_of(feed, now=now)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    found = get_conditional_response(request, etag=etag, response=response)
    answer: HttpResponse = found if found is not None else response
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    return answer
