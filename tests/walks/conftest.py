"""A real browser against the portal: the cast, the clock, and pages that are looked at and checked by axe."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client as Browser
from django.test.utils import override_settings
from playwright.sync_api import Page, expect, sync_playwright

from interlude.practice.models import Clinician, OfficeMember, Participant

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # playwright's loop runs in the thread that also uses the ORM
)
expect.set_options(timeout=15_000)  # a machine may be busy with other things
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
Person = Participant | Clinician | OfficeMember
Enter = Callable[..., Page]
Launch = Callable[..., Any]
Check = Callable[[Page], None]
POLICY = "Content Security Policy"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "walks" in item.path.parts:
            item.add_marker(pytest.mark.walk)


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Starts a browser; `without` names flags that the driver would give it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no chromium here; bin/setup --dev installs it as root")
        pytest.skip("no chromium on this machine; as root, bin/setup --dev installs it")
    with sync_playwright() as playwright:

        def start(*, without: Sequence[str] = ()) -> Any:
            chromium = playwright.chromium
            return chromium.launch(executable_path=program, args=FLAGS, ignore_default_args=list(without))

        yield start


@pytest.fixture(scope="session")
def chromium(launch: Launch) -> Iterator[Any]:
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def an_empty_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where gathered static files would be; the server takes them from where they are written."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, as people have it: in memory the server and the test would share one connection and its acts."""
    file = tmp_path_factory.mktemp("database") / "walks.sqlite3"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(file)
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:  # and no power cut is waited for here
        settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


class OneAtATime(WSGIHandler):
    """Requests take turns, so that a test can wait for the last of them."""

    turn = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with self.turn:
            return super().__call__(environ, start_response)


class KeptByTheBrowser(StaticFilesHandler):
    """Static files as in production: fetched once."""

    def serve(self, request: Any) -> Any:
        answer = super().serve(request)
        answer["Cache-Control"] = "max-age=3600"
        return answer


@pytest.fixture(scope="session")
def a_careful_server() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.testcases.WSGIHandler", OneAtATime)
        patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", KeptByTheBrowser)
        yield


@pytest.fixture(scope="session")
def live_server(an_empty_place: None, a_careful_server: None, live_server: Any) -> Any:
    return live_server


@pytest.fixture
def cast(transactional_db: None, clock: Any, quick_and_apart: None) -> Any:
    """The same people; their rows are committed, because a server in another thread reads them."""
    from tests.again import cast_again  # noqa: PLC0415  after the database is there

    return cast_again()


@pytest.fixture
def arrive(chromium: Any, live_server: Any) -> Iterator[Enter]:
    """A page in a browser of its own, signed in as that person (None: nobody)."""
    contexts, complaints = [], list[str]()

    def open_as(
        person: Person | None, *, size: dict[str, int] = PHONE, scripts: bool = True, **options: Any
    ) -> Page:
        context = chromium.new_context(
            viewport=size, java_script_enabled=scripts, base_url=live_server.url, **options
        )
        contexts.append(context)
        context.on("page", lambda page: listen(page, complaints))
        if person is not None:
            context.add_cookies([_signed_in(person, live_server.url)])
        page: Page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_as
    for context in contexts:
        context.close()
    with OneAtATime.turn:  # what was asked last is answered before the tables are emptied
        pass
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def enter(arrive: Enter, monkeypatch: pytest.MonkeyPatch) -> Enter:
    """The same, with the second factor of staff behind them."""
    monkeypatch.setattr("interlude.practice.middleware.needs_second_factor", lambda request: False)
    return arrive


def listen(page: Page, complaints: list[str]) -> None:
    """Write down what no page of ours does: break the policy, throw, or answer with our own fault."""
    page.on("console", lambda said: complaints.append(said.text) if POLICY in said.text else None)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 500 else None)


@pytest.fixture
def no_violations() -> Check:
    """axe finds nothing on this page, and nothing is wider than the screen."""
    return axe_finds_nothing


@pytest.fixture
def looks_right() -> Check:
    """The same in light and in dark, where only the colours differ."""

    def check(page: Page) -> None:
        axe_finds_nothing(page)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour half way to another
        axe_finds_nothing(page, only=["color-contrast"])
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    return check


def axe_finds_nothing(page: Page, *, only: list[str] | None = None) -> None:
    found = violations(page, only=only)
    assert not found, f"{page.url}\n" + "\n".join(found)
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wider, f"{page.url} scrolls sideways"


def violations(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe finds, one line each; *only* some of its rules. On a page that a press has led to, once it is there."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"preload": False, "resultTypes": ["violations"]} | ({"runOnly": only} if only else {})
    found: list[str] = page.evaluate(ASK_AXE, options)
    return found


ASK_AXE = """async (options) => (await axe.run(document, options)).violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${(node.failureSummary ?? "").slice(0, 200)}`))"""


def _signed_in(person: Person, address: str) -> dict[str, Any]:
    browser = Browser()
    assert person.user is not None
    browser.force_login(person.user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": browser.cookies[name].value, "url": address}
