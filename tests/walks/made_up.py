"""A real browser on made-up addresses: pages from strings, our static files, the strict policy on all."""

from __future__ import annotations

from collections.abc import Callable
from mimetypes import guess_type
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Request, Route

HOME = "http://localhost:1"
STRICT = "; ".join(
    f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)

Answer = Callable[[Request], tuple[int, str]]


class Site:
    """What stands at which address, every request that was made, and what the browser complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str, str]] = []  # method, path, body
        self.complaints: list[str] = []
        page.route("**/*", self._answer)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def put(self, path: str, body: str) -> None:
        self.answers[path] = lambda request: (200, body)

    def open(self, path: str) -> Page:
        self.page.goto(HOME + path)
        return self.page

    def posts_to(self, path: str) -> list[str]:
        return [body for method, asked, body in self.asked if method == "POST" and asked == path]

    def _answer(self, route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        self.asked.append((request.method, path, request.post_data or ""))
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            kind = guess_type(path)[0] or "text/plain"
            route.fulfill(
                status=200 if found else 404, content_type=kind, path=found
            ) if found else route.abort()
            return
        status, body = self.answers.get(path, lambda request: (404, "not here"))(request)
        headers = {"Content-Security-Policy": STRICT, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(status=status, body=body, headers=headers)

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") == "error":
            place = getattr(message, "location", {}).get("url", "")
            self.complaints.append(f"{getattr(message, 'text', '')} {place}")


def document(body: str, *behaviours: str) -> str:
    """A small page with these behaviours of ours on it."""
    scripts = "".join(f'<script src="/static/ui/behaviours/{name}.js" defer></script>' for name in behaviours)
    return (
        f'<!doctype html><html lang="en"><head><title>Page</title>{scripts}</head><body>{body}</body></html>'
    )
