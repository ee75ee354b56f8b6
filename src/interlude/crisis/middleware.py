"""Help now does not know who asks: its pages are the same for everybody, and leave no trace of anybody.

Nor does the page that opens a plan kept on a device, and the address at which a program reads a calendar.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HELP = ("/help/", "/plan/", "/calendar/")  # and the page of a plan kept on a device, and calendars


class NobodyAsks:
    """Takes the cookies off a request for help before anything reads them, and sets none (law 5).

    So such a page never opens a session, never writes to a database, and may be kept by any cache.
    Stands before the sessions' middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(HELP):
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        response.headers["Vary"] = "Accept-Language"
        return response
