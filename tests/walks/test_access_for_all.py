"""Every page of every room, for every eye, hand and screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.again import scene_again
from tests.pages.roster import IN_THE_WINDOW, addresses, furnish
from tests.walks.conftest import DESK, PHONE, violations
from tests.walks.ways import SHOWS_FOCUS, shows_focus, width_drawn

NARROWEST = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}  # 1280 by 900 at 200 %
OF_THE_OTHER_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
SHOWN_ELSEWHERE = {  # test_every_frame.py
    "/components/",
    "/how-we-protect-what-you-write/",
    "/sign-in/",
    "/sign-out/",
    "/account/password/",
    "/account/second-factor/",
}
Tour = Callable[[str], Iterator[Page]]


@pytest.fixture
def tour(enter: Any, cast: Any, clock: Any) -> Tour:
    """One room's pages, one after the other, each opened by somebody who may."""
    ids = scene_again(furnish, cast)
    clock.set(IN_THE_WINDOW)

    def through(room: str) -> Iterator[Page]:
        browsers: dict[str, Page] = {}
        for address in addresses(ids):
            if address.room == room and address.path not in SHOWN_ELSEWHERE:
                if address.who not in browsers:
                    who = getattr(cast, address.who) if address.who else None
                    browsers[address.who] = enter(who, reduced_motion="reduce")
                page = browsers[address.who]
                page.goto(address.path)
                yield page

    return through


@pytest.mark.parametrize("room", ["client", "clinician", "office", "public"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(tour: Tour, room: str) -> None:
    """Light on a phone with every rule, dark on a desk with those that another look could break."""
    found: list[str] = []
    for page in tour(room):
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # the driver's own dict type
        page.emulate_media(color_scheme="light")
        found += [f"{page.url}: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{page.url}: wider than {width}" for width in too_wide(page)]
        found += [f"{page.url} in dark: {one}" for one in violations(page, only=OF_THE_OTHER_LOOK)]
        if runs_out_in_large_text(page):
            found.append(f"{page.url}: wider than a phone in text of twice the size")
    assert not found, "\n".join(found)


def runs_out_in_large_text(page: Page) -> bool:
    """Whether text of twice the size, with no other zoom, does not fit a phone (WCAG 1.4.4)."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return width_drawn(page) > PHONE["width"]


def too_wide(page: Page) -> list[int]:
    """The widths that this page does not fit; it ends as wide as a desk."""
    wide = []
    for size in (PHONE, NARROWEST, ZOOMED, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if width_drawn(page) > size["width"]:
            wide.append(size["width"])
    return wide


@pytest.mark.parametrize(("scheme", "size"), [("dark", PHONE), ("light", DESK)])
def test_where_people_act_axe_finds_nothing_in_the_other_look_either(
    ten_pages: Iterator[Page], scheme: Any, size: Any
) -> None:
    for page in ten_pages:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert not violations(page, only=OF_THE_OTHER_LOOK), page.url


OF_ALL_ROOMS = [
    ("noor", "/my/"),
    ("noor", "/my/write/"),
    ("noor", "/my/write/homework/"),
    ("noor", "/my/our-list/"),
    ("ada", "/practice/"),
    ("ada", "/practice/messages/{message}/"),
    ("olu", "/office/"),
    ("olu", "/office/questions/{question}/"),
    ("", "/help/alder/GB/"),
    ("", "/sign-in/"),
]


@pytest.fixture
def ten_pages(enter: Any, cast: Any, clock: Any) -> Iterator[Page]:
    """Ten pages on which people act."""
    ids = scene_again(furnish, cast)
    clock.set(IN_THE_WINDOW)
    browsers = {who: enter(getattr(cast, who) if who else None) for who in ("noor", "ada", "olu", "")}

    def open_them() -> Iterator[Page]:
        for who, path in OF_ALL_ROOMS:
            browsers[who].goto(path.format(**ids))
            yield browsers[who]

    return open_them()


def test_tab_reaches_everything_and_always_shows_where_it_is(ten_pages: Iterator[Page]) -> None:
    wrong: list[str] = []
    for page in ten_pages:
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
        assert shows_focus(page)
        wrong += [f"{page.url}: {what}" for what in tabbed_through(page)]
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
    assert not wrong, "\n".join(wrong)


def tabbed_through(page: Page) -> list[str]:
    """Press Tab to the end: what shows no focus, what lies under something else, what is never reached."""
    page.evaluate(MARK_WHAT_CAN_BE_REACHED)
    wrong: list[str] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK_AT_THE_STOP)
        if stop["again"]:
            break
        wrong += [f"{what}: {stop['name']}" for what in stop["wrong"]]
    return wrong + [f"never reached: {name}" for name in page.evaluate(NAMES_OF_THE_REST)]


MARK_WHAT_CAN_BE_REACHED = """() => {
    const acts = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    for (const spot of document.querySelectorAll(acts))
        if (spot.checkVisibility({ visibilityProperty: true }) && !spot.matches(".skip, [type=radio]"))
            spot.dataset.unreached = "";
}"""
LOOK_AT_THE_STOP = f"""() => {{
    const spot = document.activeElement, wrong = [], name = spot.outerHTML.slice(0, 100);
    const stays = "now" in spot.dataset;  // a box for a day has stops of its own inside
    if (stays) return {{ again: false, wrong, name }};
    if (spot === document.body || "reached" in spot.dataset) return {{ again: true, wrong, name }};
    for (const before of document.querySelectorAll("[data-now]")) delete before.dataset.now;
    spot.dataset.reached = spot.dataset.now = "";
    delete spot.dataset.unreached;
    const box = spot.getClientRects()[0] ?? spot.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const free = there === null || spot.contains(there) || there.contains(spot)
        || there.closest("label")?.contains(spot);
    if (!free) wrong.push("hidden behind something");
    if (!({SHOWS_FOCUS})(spot)) wrong.push("no sign of the focus");
    return {{ again: false, wrong, name }};
}}"""
NAMES_OF_THE_REST = (
    "() => [...document.querySelectorAll('[data-unreached]')].map((spot) => spot.outerHTML.slice(0, 100))"
)


def test_buttons_stay_buttons_in_colours_of_ones_own_and_nothing_moves_unasked(
    ten_pages: Iterator[Page],
) -> None:
    for page in ten_pages:
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        assert not page.evaluate(WITHOUT_AN_EDGE), page.url
        assert not page.evaluate(IN_MOTION), page.url
        page.keyboard.press("Tab")
        assert shows_focus(page), page.url


WITHOUT_AN_EDGE = """() => [...document.querySelectorAll("main .button, main .field__box")]
    .filter((spot) => spot.checkVisibility() && getComputedStyle(spot).borderTopWidth === "0px")
    .map((spot) => spot.outerHTML.slice(0, 100))"""
IN_MOTION = """() => [...document.querySelectorAll("*")].filter((spot) => {
    const { animationName, transitionDuration } = getComputedStyle(spot);
    return animationName !== "none" || /[1-9]/.test(transitionDuration);
}).map((spot) => spot.outerHTML.slice(0, 100))"""
