"""A network that goes away: typed words wait sealed on the device, come back, and are sent by a tap alone, once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from interlude.messaging.models import Draft, Message
from tests.walks.ways import compose, read_over, sign_in, sign_out

WORDS = "Written in a tunnel, slowly."
HELD = """async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === "held")) return null;
    const opening = indexedDB.open("held");
    const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
    const rows = database.transaction("words").objectStore("words").getAll();
    const found = await new Promise((done) => { rows.onsuccess = () => done(rows.result); });
    database.close();
    return found.map(({ data, ...rest }) => JSON.stringify(rest) + new TextDecoder("latin1").decode(data));
}"""


def held(page: Page) -> Any:
    """What the device holds, as bytes; None where it never held anything."""
    return page.evaluate(HELD)


def wait_for_held(page: Page, many: int) -> list[str]:
    for _ in range(100):
        found = held(page)
        if found is not None and len(found) == many:
            return list(found)
        page.wait_for_timeout(50)
    raise AssertionError(f"held are {held(page)}")


def crash(page: Page) -> None:
    """Gone, and nothing of it reaches the server: the driver lets a page that is being closed out again."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
    page.close()


def type_in_a_tunnel(page: Page, words: str = WORDS) -> None:
    box = compose(page)
    page.context.set_offline(True)
    box.fill(words)
    expect(page.get_by_text("Your words wait here, on this device.")).to_be_visible()


@pytest.mark.contract("D30")
def test_words_from_a_tunnel_survive_a_closed_page_and_are_never_sent_by_themselves(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    noor = enter(cast.noor)
    type_in_a_tunnel(noor)
    (bytes_kept,) = wait_for_held(noor, 1)
    assert "tunnel" not in bytes_kept and str(cast.noor.pk) not in bytes_kept
    crash(noor)
    assert Draft.unscoped.count() == 0

    again = noor.context.new_page()
    again.context.set_offline(False)
    again.goto("/my/")
    expect(again.get_by_text("Words that you typed without a network are here again")).to_be_visible()
    looks_right(again)
    assert Draft.unscoped.count() == 1 and Message.unscoped.count() == 0
    wait_for_held(again, 0)
    again.get_by_role("link", name="Look at them").click()
    expect(again.get_by_label("Your message")).to_have_value(WORDS)
    again.get_by_role("button", name="Read it over").click()
    again.get_by_role("button", name="Send it to Ada").dblclick()
    expect(again.get_by_role("article", name="Your message")).to_contain_text("Written in a tunnel")
    again.goto("/my/conversation/")
    assert Message.unscoped.count() == 1


def test_without_a_network_a_press_stays_on_the_page_and_the_next_one_goes(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    read_over(noor, WORDS)
    noor.context.set_offline(True)
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("alert")).to_contain_text("Nothing was sent, and your words stay here.")
    noor.context.set_offline(False)
    expect(noor.get_by_role("alert")).to_have_count(0)
    assert Message.unscoped.count() == 0  # nobody pressed again
    noor.get_by_role("button", name="Send it to Ada").click()
    expect(noor.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    assert Message.unscoped.count() == 1


def test_a_page_that_is_loaded_again_without_a_network_says_so_calmly_and_shows_nothing_of_anybody(
    enter: Any, cast: Any, looks_right: Any
) -> None:
    noor = enter(cast.noor)
    noor.goto("/my/journal/")
    noor.evaluate("async () => { await navigator.serviceWorker.ready; }")
    noor.reload()
    noor.context.set_offline(True)
    noor.goto("/my/conversation/")
    expect(noor.get_by_role("heading", level=1)).to_have_text("There is no network right now.")
    looks_right(noor)
    kept = noor.evaluate(
        "async () => (await (await caches.open('no-network')).keys()).map(({url}) => new URL(url).pathname)"
    )
    assert "/no-network/" in kept
    assert all(one == "/no-network/" or one.startswith("/static/") for one in kept)
    noor.context.set_offline(False)
    noor.get_by_role("link", name="Try again").click()
    expect(noor).to_have_url("/my/")


@pytest.mark.parametrize("way", ["signing out", "leaving by a button", "leaving by a key"])
def test_signing_out_or_leaving_takes_everything_from_the_device(enter: Any, cast: Any, way: str) -> None:
    noor = enter(cast.noor)
    noor.goto("/help/")  # a help page is public, and stays
    noor.evaluate("async () => { await navigator.serviceWorker.ready; }")
    type_in_a_tunnel(noor)
    wait_for_held(noor, 1)
    noor.context.set_offline(False)
    if way == "signing out":
        sign_out(noor)
    elif way == "leaving by a button":
        noor.get_by_role("button", name="Leave this page").last.click()
        noor.wait_for_url("**/leave/")
    else:
        noor.locator("h1").click()
        for _ in range(3):
            noor.keyboard.press("Escape")
        noor.wait_for_url("**/leave/")
    noor.goto("/no-network/")
    assert held(noor) is None
    assert "no-network" not in noor.evaluate("caches.keys()")
    scopes = noor.evaluate(
        "async () => (await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope)"
    )
    assert [scope for scope in scopes if not scope.endswith("/help/")] == []


def test_what_is_held_is_its_writers_alone(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    type_in_a_tunnel(noor)
    wait_for_held(noor, 1)
    crash(noor)
    noor = noor.context.new_page()
    noor.context.set_offline(False)
    noor.context.clear_cookies()  # the session ran out; nobody signed out
    sign_in(noor, cast.kai.user.email)
    expect(noor).to_have_url("/my/")
    noor.goto("/my/write/homework/")
    expect(noor.get_by_label("Your message")).to_have_value("")
    assert len(wait_for_held(noor, 1)) == 1 and Draft.unscoped.count() == 0
    noor.context.clear_cookies()
    sign_in(noor, cast.noor.user.email)
    expect(noor.get_by_text("are here again")).to_be_visible()
    assert Draft.unscoped.get().participant_id == cast.noor.pk


def test_a_draft_that_was_changed_elsewhere_meanwhile_stays_and_the_held_words_stand_beside_it(
    enter: Any, cast: Any
) -> None:
    phone, desk = enter(cast.noor), enter(cast.noor)
    compose(phone).fill("The beginning.")
    expect(phone.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    draft = Draft.unscoped.get()
    phone.goto(f"/my/drafts/{draft.pk}/")
    phone.context.set_offline(True)
    phone.get_by_label("Your message").fill("From the tunnel, other words.")
    wait_for_held(phone, 1)
    desk.goto(f"/my/drafts/{draft.pk}/")
    desk.get_by_label("Your message").fill("From the desk, newer words.")
    expect(desk.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    desk.get_by_role("button", name="Leave it as a draft").click()
    crash(phone)
    again = phone.context.new_page()
    again.context.set_offline(False)
    again.goto("/my/")
    again.get_by_role("link", name="Look at them").click()
    expect(again.get_by_label("Your message")).to_have_value("From the tunnel, other words.")
    again.goto(f"/my/drafts/{draft.pk}/")
    expect(again.get_by_label("Your message")).to_have_value("From the desk, newer words.")
    assert Draft.unscoped.count() == 2


def test_with_a_network_nothing_is_held_and_no_database_is_made(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    compose(noor).fill("An ordinary day.")
    expect(noor.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    noor.goto("/my/")
    assert held(noor) is None


def test_what_nobody_came_back_for_is_gone_after_a_month(enter: Any, cast: Any) -> None:
    noor = enter(cast.noor)
    type_in_a_tunnel(noor)
    wait_for_held(noor, 1)
    crash(noor)
    again = noor.context.new_page()
    again.context.set_offline(False)
    again.add_init_script("const late = Date.now() + 31 * 86400000; Date.now = () => late;")
    again.goto("/my/")
    wait_for_held(again, 0)
    assert Draft.unscoped.count() == 0
