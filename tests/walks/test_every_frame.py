"""Public pages, pages of sign-in and each room: axe, both schemes, narrow, from the right, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page

from interlude.accounts.models import User
from interlude.ui.views import public
from tests.walks.conftest import violations
from tests.walks.made_up import Site
from tests.walks.ways import width_drawn

PASSWORD = "a long and quiet sentence"
ADDRESSES = [
    "/components/",
    "/components/?room=clinician",
    "/components/?room=office",
    "/how-we-protect-what-you-write/",
    "/nowhere/",
]
SIGN_IN = [
    "/sign-out/",
    "/account/reauthenticate/",
    "/account/password/",
    "/account/second-factor/",
    "/account/second-factor/totp/activate/",
    "/account/second-factor/webauthn/",
    "/account/second-factor/webauthn/add/",
]
Visits = Callable[..., Iterator[tuple[str, Page, Site]]]


@pytest.fixture
def pages(db: None, quick_and_apart: None, rf: RequestFactory) -> dict[str, str]:
    """Every page by a made-up address, drawn before the browser starts."""
    stranger, noor = Browser(), Browser()
    User.objects.create_user("noor@example.org", PASSWORD)
    drawn = {address: stranger.get(address).text for address in [*ADDRESSES, "/sign-in/"]}
    drawn["/lost/"] = stranger.post("/my/messages/", {"words": "Dear Ada"}).text
    drawn["/wrong/"] = stranger.post("/sign-in/", {"login": "noor@example.org", "password": "no"}).text
    drawn["/broken/"] = public.broken(rf.post("/my/messages/", {"words": "Dear Ada"})).content.decode()
    noor.post("/sign-in/", {"login": "noor@example.org", "password": PASSWORD})
    noor.post("/account/reauthenticate/", {"password": PASSWORD})
    drawn |= {address: noor.get(address).text for address in SIGN_IN}
    drawn |= {f"/{room}/": room_frame(rf, room) for room in ("client", "clinician", "office")}
    return drawn


@pytest.fixture
def visits(chromium: Any) -> Iterator[Visits]:
    """Open one page after the other in a browser of this kind, and hand out each with its complaints."""
    contexts: list[Any] = []

    def go(pages: dict[str, str], **kind: Any) -> Iterator[tuple[str, Page, Site]]:
        plain = {
            "bypass_csp": True,
            "reduced_motion": "reduce",
            "service_workers": "block",
        }  # no server is there
        contexts.append(chromium.new_context(**{**plain, **kind}))
        site = Site(contexts[-1].new_page())
        for address, body in pages.items():
            path = address.replace("?", "--")
            site.put(path, body)
            site.complaints.clear()
            yield address, site.open(path), site

    yield go
    for context in contexts:
        context.close()


def room_frame(rf: RequestFactory, room: str) -> str:
    context: dict[str, Any] = {"help_address": "/help/", "here": "sessions", "is_demo": True}
    page = get_template(f"ui/{room}.html").render(context, rf.get("/"))
    return page.replace("</main>", "<h1>A page of this room</h1></main>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone_in_either_scheme(visits, pages, scheme):
    """Colours alone differ between light and dark."""
    found: dict[str, list[str]] = {}
    for address, page, _ in visits(pages, color_scheme=scheme, viewport={"width": 390, "height": 844}):
        open_everything(page)
        found[address] = violations(page, only=["color-contrast"] if scheme == "dark" else None)
    assert not [f"{address} {mistake}" for address, mistakes in found.items() for mistake in mistakes]


def test_no_page_breaks_the_strict_policy_or_misses_a_file(visits, pages):
    complaints = [
        f"{address} {complaint}"
        for address, _, site in visits(pages, bypass_csp=False)
        for complaint in site.complaints
    ]
    assert not complaints


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (390, "200%"), (640, "100%"), (1280, "100%")])
def test_no_page_scrolls_sideways(visits, pages, width, text):
    """640 is 1280 at a zoom of 200 %; larger text alone, at twice its size, must fit a phone too."""
    wide = []
    for address, page, _ in visits(pages, viewport={"width": width, "height": 800}):
        open_everything(page)
        page.add_style_tag(content=f"html {{ font-size: {text} }}")
        if width_drawn(page) > width:
            wide.append(address)
    assert not wide


@pytest.fixture
def with_a_long_address(cast: Any, quick_and_apart: None) -> dict[str, str]:
    """Pages that show a mail address, for somebody whose address is longer than a phone is wide."""
    User.objects.filter(pk=cast.noor.user.pk).update(email="maria.dolores.echevarria@consulting.example.org")
    own, drawn, browser = ("account", "account/notices", "account/contact", "account/devices"), {}, Browser()
    for language in ("en", "es", "hi"):
        User.objects.filter(pk=cast.noor.user.pk).update(language=language)
        browser.force_login(User.objects.get(pk=cast.noor.user.pk))
        drawn |= {f"/{language}/{name}/": browser.get(f"/my/{name}/").text for name in own}
    assert "@consulting.example.org" in drawn["/hi/account/"]
    return drawn


def test_a_long_address_breaks_in_large_text(visits, with_a_long_address):
    wide = []
    for address, page, _ in visits(with_a_long_address, viewport={"width": 390, "height": 800}):
        page.add_style_tag(content="html { font-size: 200% }")
        if width_drawn(page) > 390:
            wide.append(address)
    assert not wide


def test_from_the_right_no_page_scrolls_sideways(visits, pages, rf, settings):
    settings.LANGUAGES = [("ar", "Arabic")]
    with translation.override("ar"):
        drawn = {f"/{room}/": room_frame(rf, room) for room in ("client", "clinician", "office")}
    for _, page, _ in visits(drawn, viewport={"width": 390, "height": 844}):
        open_everything(page)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert width_drawn(page) == 390


def test_what_must_be_pressed_is_large_enough(visits, pages):
    """Buttons, places and help: 24 px at least (WCAG 2.2), 44 px for what acts."""
    small = []
    for address, page, _ in visits(pages, viewport={"width": 390, "height": 844}):
        small += [
            f"{address} {what}"
            for what, height, least in page.evaluate(
                """() => [...document.querySelectorAll('.button, .help-now, .rail__list a, summary')]
                    .filter((one) => one.offsetParent)
                    .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height,
                                   one.matches('.button, .help-now, .rail__list a') ? 44 : 24])"""
            )
            if height < least
        ]
    assert not small


def test_on_paper_only_the_page_remains(visits, pages):
    for address, page, _ in visits({name: pages[name] for name in ("/client/", "/components/")}):
        page.emulate_media(media="print")
        for part in (".topbar", ".rail", ".foot", ".button"):
            assert not page.locator(part).first.is_visible(), (address, part)


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details:not(.more)').forEach((one) => (one.open = true))")
