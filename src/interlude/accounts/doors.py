"""What stands before a page of the sign-in library."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def with_a_password(view: View) -> View:
    """The page for those who have a password. Who signs in without one (the demo's people) has none to change: 404."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404
        return view(request)

    return opened
