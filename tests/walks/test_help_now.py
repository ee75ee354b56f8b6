"""Help now on a phone: called by a tap, kept without a network, served by files alone, left at once, on one sheet."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.copies import write_all_copies
from interlude.crisis.models import HelpLine, WrongNumber
from interlude.practice.models import Practice
from tests.cast import LONG_AGO, NOW, Cast
from tests.walks.conftest import PHONE, OneAtATime

HERE = "/help/alder/GB/"


@pytest.fixture
def lines(cast: Cast) -> None:
    """Britain's and Portugal's lines, checked by Olu."""
    for country in ("GB", "PT"):
        bring_in_lines(country, practice=cast.alder, by=cast.olu, now=LONG_AGO)
    for line in HelpLine.unscoped.all():
        confirm_line(line, by=cast.olu, how="called", on=date(2026, 5, 1), now=LONG_AGO)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def files_alone(lines: None, settings: Any) -> Iterator[http.server.ThreadingHTTPServer]:
    """The copies behind a plain file server on an address of its own; portal and database have no part in it."""
    write_all_copies(now=NOW)
    handler = functools.partial(Quiet, directory=str(Path(settings.HELP_COPIES).parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_numbers_are_called_and_texted_by_a_tap(enter, lines):
    nobody = enter(None)
    nobody.goto(HERE)
    assert nobody.get_by_role("link", name="999").get_attribute("href") == "tel:999"
    assert nobody.get_by_role("link", name="85258").get_attribute("href") == "sms:85258?body=SHOUT"
    box = nobody.get_by_role("link", name="999").bounding_box()
    assert box is not None and box["height"] >= 24 and box["y"] < PHONE["height"], "without scrolling"


def test_the_place_is_named_by_a_tap_and_changed_by_another_without_a_cookie(enter, lines, no_violations):
    nobody = enter(None)
    nobody.goto("/help/")
    assert nobody.get_by_role("link", name="999").count() == 0
    nobody.get_by_role("link", name="Portugal").click()
    expect(nobody.get_by_role("heading", name="Portugal")).to_be_visible()
    nobody.get_by_role("link", name="I am somewhere else").click()
    nobody.get_by_role("link", name="United Kingdom").click()
    expect(nobody.get_by_role("link", name="999")).to_be_visible()
    no_violations(nobody)
    nobody.get_by_role("link", name="हिन्दी").click()
    expect(nobody.get_by_role("heading", level=1)).to_have_text("अभी मदद")
    no_violations(nobody)
    assert nobody.context.cookies() == []


def test_hours_are_said_by_the_readers_own_clock(arrive, lines):
    with_clock = arrive(None, timezone_id="Asia/Kolkata")
    with_clock.clock.set_fixed_time("2026-05-13T09:00:00Z")  # 10:00 in Lisbon, 14:30 in Kolkata
    with_clock.goto("/help/alder/PT/")
    said = with_clock.locator("[data-opens]").first
    expect(said).to_contain_text("Every day 15:30 to 00:30, by the clock in Lisbon")
    expect(said).to_contain_text(re.compile(r"Closed now\. Opens at 8:00\sPM by your clock\.", re.IGNORECASE))
    plain = arrive(None, scripts=False)
    plain.goto("/help/alder/PT/")
    expect(plain.locator("[data-opens]").first).not_to_contain_text("by your clock")


def test_once_opened_it_opens_without_a_network_and_keeps_nothing_else(
    chromium: Any, cast: Cast, files_alone: http.server.ThreadingHTTPServer
) -> None:
    address = f"http://localhost:{files_alone.server_port}"
    context = chromium.new_context(viewport=PHONE, base_url=address)
    phone = context.new_page()
    phone.goto(HERE)
    kept = "async () => (await (await caches.open('help')).keys()).map(({ url }) => new URL(url).pathname).sort()"
    for _ in range(100):  # the browser keeps it after the page is there
        if len(phone.evaluate(f"({kept})()")) == 2:
            break
        phone.wait_for_timeout(100)
    assert phone.evaluate(f"({kept})()") == [HERE, "/help/help.js"]
    files_alone.shutdown()
    files_alone.server_close()
    phone.goto(HERE)
    expect(phone.get_by_role("link", name="999")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Help now")
    expect(phone.get_by_text("Checked by a person on Fri 1 May 2026")).to_be_visible()
    assert phone.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    scopes = "navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => scope))"
    assert phone.evaluate(scopes) == [f"{address}/help/"]
    context.close()


def test_the_small_program_is_there_on_help_pages_alone(enter, cast, lines):
    noor = enter(cast.noor)
    noor.goto("/my/")
    scopes = "all.map((one) => new URL(one.scope).pathname)"
    found = noor.evaluate(f"navigator.serviceWorker.getRegistrations().then((all) => {scopes})")
    assert "/help/" not in found  # the place's own, which knows no page of anybody, may be there


def test_files_alone_answer_with_the_numbers_and_the_way_out_without_the_portal(
    chromium: Any, cast: Cast, files_alone: http.server.ThreadingHTTPServer
) -> None:
    for scripts in (True, False):
        context = chromium.new_context(
            viewport=PHONE,
            base_url=f"http://127.0.0.1:{files_alone.server_port}",
            java_script_enabled=scripts,
            service_workers="block",
        )
        page, complaints = context.new_page(), list[str]()
        page.on(
            "console", lambda said, kept=complaints: kept.append(said.text) if "Policy" in said.text else None
        )
        with OneAtATime.turn:  # the portal answers nobody meanwhile
            answer = page.goto(HERE)
            assert answer is not None and answer.status == 200
            assert page.get_by_role("link", name="999").get_attribute("href") == "tel:999"
            assert page.evaluate("getComputedStyle(document.querySelector('.help__call')).fontSize") != "16px"
            page.get_by_role("link", name="Portugal").click()
            expect(page.get_by_role("heading", name="Portugal")).to_be_visible()
        assert not complaints
        context.close()


@pytest.mark.parametrize("way", ["button", "Escape", "Shift"])
def test_leaving_opens_what_the_practice_chose_and_back_shows_nothing(enter, cast, lines, way):
    Practice.objects.filter(pk=cast.alder.pk).update(exit_to="encyclopedia")
    noor = enter(cast.noor)
    asked = outside(noor)
    noor.goto("/my/journal/")
    noor.goto(HERE)
    leave(noor, way)
    noor.wait_for_url("https://www.wikipedia.org/")
    assert asked == [None], "no word of where they came from"
    for _ in range(5):
        noor.go_back()
        page = noor.content()
        assert "999" not in page and "Noor" not in page
        if noor.url == "about:blank":
            break
    noor.goto("/my/")
    expect(noor).to_have_url("/sign-in/?next=/my/")


def test_without_scripts_leaving_goes_there_too(enter, cast, lines):
    Practice.objects.filter(pk=cast.alder.pk).update(exit_to="encyclopedia")
    noor = enter(cast.noor, scripts=False)
    asked = outside(noor)
    noor.goto(HERE)
    noor.get_by_role("button", name="Leave this page").click()
    noor.wait_for_url("https://www.wikipedia.org/")
    assert asked == [None]
    noor.goto("/my/")
    expect(noor).to_have_url("/sign-in/?next=/my/")


@pytest.mark.parametrize("second", ["", "es"])
def test_it_prints_on_one_sheet(launch, cast, lines, live_server, second):
    Practice.objects.filter(pk=cast.alder.pk).update(second_language=second)
    browser = launch()
    page = browser.new_page(base_url=live_server.url)
    page.goto(HERE)
    paper = page.pdf(format="A4", margin={side: "12mm" for side in ("top", "bottom", "left", "right")})
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    browser.close()


def test_a_wrong_number_is_told_without_signing_in_or_scripts_and_settled_by_hand(
    enter, cast, lines, no_violations
):
    nobody = enter(None, scripts=False)
    nobody.goto(HERE)
    nobody.get_by_role("link", name="Tell us that a number is wrong").click()
    nobody.get_by_label("Which number").select_option(label="Samaritans, 116 123")
    nobody.get_by_label("Nobody answers").check()
    nobody.get_by_role("button", name="Tell them").click()
    expect(nobody.get_by_role("heading", level=1)).to_have_text("Thank you for telling us.")
    assert nobody.context.cookies() == [] and WrongNumber.unscoped.count() == 1

    olu = enter(cast.olu)
    olu.goto("/office/help-lines/")
    olu.get_by_role("link", name="Samaritans", exact=True).click()
    line = olu.locator(f"#line-{WrongNumber.unscoped.get().line_id}")
    line.get_by_text("Check it").click()
    line.get_by_label("It is wrong, or nobody answers: stop showing it").check()
    line.get_by_label("Why is it taken down?").fill("A shop answers.")
    no_violations(olu)
    line.get_by_role("button", name="Write down the check").click()
    expect(olu.get_by_text("The line is not shown any more.")).to_be_visible()
    another = enter(None)  # this browser may keep a page for five minutes
    another.goto(HERE)
    expect(another.get_by_role("link", name="999")).to_be_visible()
    expect(another.get_by_role("link", name="116 123")).to_have_count(0)


def outside(page: Page) -> list[str | None]:
    """What a page outside is told of where somebody came from; the network is closed, so we stand in for it."""
    asked: list[str | None] = []

    def answer(route: Any) -> None:
        asked.append(route.request.headers.get("referer"))
        route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")

    page.context.route("https://www.wikipedia.org/**", answer)
    return asked


def leave(page: Page, way: str) -> None:
    if way == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press(way)
