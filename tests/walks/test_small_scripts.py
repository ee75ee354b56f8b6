"""What the small scripts do in a real browser, under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.walks.made_up import Site, document


@pytest.fixture
def site(chromium: Any) -> Iterator[Site]:
    context = chromium.new_context()
    yield Site(context.new_page())
    context.close()


STAYS = (204, "")  # the browser stays where it is


COMPOSER = """
<form method="post" action="/send/" data-autosave="/draft/">
  <input type="hidden" name="csrfmiddlewaretoken" value="key">
  <label for="w">Words</label><textarea id="w" name="words"></textarea>
  <p role="status" data-saved="Draft saved at {time}. Only you can see it."></p>
  <button>Send</button>
</form>"""


def test_one_press_is_one_act(site):
    site.put("/", document('<form method="post" action="/send/"><button>Send</button></form>', "once"))
    site.answers["/send/"] = lambda request: STAYS
    page = site.open("/")
    button = page.get_by_role("button")
    with page.expect_response("**/send/"):
        button.dblclick()
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert len(site.posts_to("/send/")) == 1


def test_a_draft_is_kept_a_second_after_the_last_key(site):
    site.put("/", document(COMPOSER, "autosave"))
    site.put("/draft/", "")
    page = site.open("/")
    page.clock.install()
    page.get_by_label("Words").press_sequentially("Dear Ada")
    page.clock.run_for(900)
    assert site.posts_to("/draft/") == []
    with page.expect_response("**/draft/"):
        page.clock.run_for(200)
    expect(page.get_by_role("status")).to_contain_text("Draft saved at")
    (sent,) = site.posts_to("/draft/")
    assert "Dear Ada" in sent and "key" in sent


def test_a_draft_waits_for_the_network_and_warns_of_nothing(site):
    site.put("/", document(COMPOSER, "autosave"))
    answers = iter([(503, ""), (200, "")])
    site.answers["/draft/"] = lambda request: next(answers)
    page = site.open("/")
    page.clock.install()
    page.get_by_label("Words").fill("Dear Ada")
    with page.expect_response("**/draft/"):
        page.clock.run_for(1_000)
    assert page.get_by_role("status").text_content() == ""
    with page.expect_response("**/draft/"):
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("status")).to_contain_text("Draft saved at")


def test_after_sending_no_draft_comes_back(site):
    site.put("/", document(COMPOSER, "autosave"))
    site.put("/draft/", "")
    site.answers["/send/"] = lambda request: STAYS
    page = site.open("/")
    page.clock.install()
    page.get_by_label("Words").fill("Dear Ada")
    with page.expect_response("**/send/"):
        page.get_by_role("button").click()
    page.clock.run_for(5_000)
    assert site.posts_to("/draft/") == []


@pytest.mark.parametrize("key", ["Escape", "Shift"])
def test_three_presses_end_the_session_and_open_a_plain_page(site, key):
    form = '<form method="post" action="/leave/" data-leave><button>Leave this page</button></form>'
    site.put("/", document(form + '<input aria-label="Words">', "leave"))
    site.put("/leave/", document("<h1>This page is empty.</h1>"))
    page = site.open("/")
    page.get_by_label("Words").focus()
    for _ in range(3):
        page.keyboard.press(key)
    page.wait_for_url("**/leave/")
    assert len(site.posts_to("/leave/")) == 1
    assert page.evaluate("history.length") <= 2


def test_two_presses_and_another_key_stay(site):
    form = '<form method="post" action="/leave/" data-leave><button>Leave this page</button></form>'
    site.put("/", document(form, "leave"))
    page = site.open("/")
    for key in ("Escape", "Escape", "a", "Escape"):
        page.keyboard.press(key)
    assert site.posts_to("/leave/") == [] and page.url.endswith("/")


WINDOW = """
<a data-key="j" href="#next">Next</a>
<form data-keys method="post" action="/answer/">
  <textarea aria-label="Answer" data-key="r"></textarea>
  <button data-key="ctrl+enter" name="do" value="send">Send</button>
  <button data-key="a" name="do" value="acknowledge">Acknowledge</button>
</form>
<details><summary data-key="?">All keys</summary>
<label><input type="checkbox" data-keys-switch> Keys on</label></details>"""


@pytest.fixture
def window(site):
    site.put("/", document(WINDOW, "keys"))
    site.answers["/answer/"] = lambda request: STAYS
    return site.open("/")


def test_a_key_presses_what_carries_it(site, window):
    window.keyboard.press("j")
    window.wait_for_url("**/#next")
    window.keyboard.press("?")
    expect(window.locator("details")).to_have_attribute("open", "")
    with window.expect_response("**/answer/"):
        window.keyboard.press("a")
    assert site.posts_to("/answer/") == ["do=acknowledge"]


def test_letters_are_letters_while_somebody_writes(site, window):
    window.keyboard.press("r")
    window.keyboard.type("ja? r")
    expect(window.get_by_label("Answer")).to_have_value("ja? r")
    assert "#next" not in window.url and site.posts_to("/answer/") == []
    window.keyboard.press("Escape")
    window.keyboard.press("j")
    window.wait_for_url("**/#next")


def test_control_and_enter_send_from_the_box(site, window):
    window.keyboard.press("r")
    with window.expect_response("**/answer/"):
        window.keyboard.press("Control+Enter")
    assert site.posts_to("/answer/") == ["do=send"]


def test_keys_can_be_switched_off_for_good(site, window):
    window.keyboard.press("?")
    window.get_by_label("Keys on").uncheck()
    window.reload()
    window.keyboard.press("j")
    assert "#next" not in window.url
    expect(window.locator("[data-keys-switch]")).not_to_be_checked()


def test_measured_time_leaves_pauses_out(site):
    site.put("/", document('<form><input type="hidden" name="seconds" data-active></form>', "active"))
    page = site.open("/")
    page.clock.install()
    page.reload()
    for pause in (60_000, 119_000, 121_000, 30_000):
        page.clock.run_for(pause)
        page.keyboard.press("Shift")
    assert 209 <= int(page.locator("[data-active]").input_value()) <= 210


TELL_ME = """
<form method="post" action="/devices/" data-push="{key}" hidden>
  <input type="hidden" name="endpoint"><input type="hidden" name="p256dh"><input type="hidden" name="auth">
  <p role="alert" data-push-no hidden>No</p><button>Tell me here too</button>
</form><p data-push-unable>Unable</p>"""
A_BROWSER = """
let mine = null;
const plain = (text) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));
const bytes = (text) => Uint8Array.from(plain(text), (each) => each.charCodeAt(0)).buffer;
const pushManager = {
  getSubscription: async () => mine,
  subscribe: async ({ applicationServerKey: key }) => {
    if (mine && mine.made !== key) throw new DOMException("another key", "InvalidStateError");
    const unsubscribe = async () => { mine = null; return true; };
    const options = { applicationServerKey: bytes(key) }, getKey = () => bytes("AAAA");
    return mine ??= { made: key, endpoint: `https://push.example/${key}`, options, getKey, unsubscribe };
  },
};
Object.defineProperty(window, "PushManager", { value: class {} });
Object.defineProperty(window, "Notification", { value: { requestPermission: async () => "granted" } });
const ready = Promise.resolve({ pushManager });
Object.defineProperty(navigator, "serviceWorker", { value: { register: async () => {}, ready } });"""
"""As the standard has it: a subscription belongs to one key, and another one is refused while it is there."""


def test_a_device_can_be_switched_on_again_after_the_key_of_the_portal_changed(site):
    site.put("/", document(TELL_ME.format(key="BAo_"), "push"))
    site.answers["/devices/"] = lambda request: STAYS
    site.page.add_init_script(A_BROWSER)
    page = site.open("/")
    for key in ("BAo_", "BAo_", "BAp-"):  # the first time, the same once more, and another one
        page.locator("form").evaluate("(form, key) => { form.dataset.push = key; }", key)
        with page.expect_response("**/devices/"):
            page.get_by_role("button").click()
    told = [parse_qs(body)["endpoint"] for body in site.posts_to("/devices/")]
    assert told == [
        ["https://push.example/BAo_"],
        ["https://push.example/BAo_"],
        ["https://push.example/BAp-"],
    ]
    expect(page.get_by_role("alert")).to_be_hidden()
    assert site.complaints == []


def test_no_behaviour_complains_under_the_strict_policy(site):
    everything = ["once", "autosave", "leave", "keys", "active"]
    site.put("/", document(COMPOSER + WINDOW, *everything))
    site.open("/")
    assert site.complaints == []
