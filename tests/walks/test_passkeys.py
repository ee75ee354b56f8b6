"""A passkey is made, opens the door alone, and is the second step after a password."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.walks.ways import sign_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PASSKEYS = "/account/second-factor/webauthn/"


@pytest.fixture
def page(enter: Any) -> Page:
    page: Page = enter(None)
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def make_passkey(page: Page) -> None:
    page.goto(PASSKEYS + "add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")


def test_a_client_makes_a_passkey_and_signs_in_with_it_alone(cast, page, looks_right):
    sign_in(page, cast.noor.user.email)
    make_passkey(page)
    page.goto(PASSKEYS)
    expect(page.get_by_role("main")).to_contain_text("This device")
    looks_right(page)
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/my/")


def test_after_a_password_the_passkey_is_the_second_step(cast, page, looks_right):
    sign_in(page, cast.noor.user.email)
    make_passkey(page)
    page.context.clear_cookies()
    sign_in(page, cast.noor.user.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    looks_right(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/my/")


def test_a_device_without_a_passkey_is_told_calmly(cast, page):
    page.goto("/sign-in/")
    refuses = "Promise.reject(new DOMException('no', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.credentials.get = () => {refuses} }}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your device gave no passkey.")).to_be_visible()
