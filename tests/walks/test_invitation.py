"""How people come in: a link and a code, a password of their own, a second factor for who works here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from interlude.practice.models import Participant
from tests.cast import PASSWORD
from tests.walks.conftest import DESK
from tests.walks.ways import sign_in, sign_out

PASSPHRASE = "four quiet words on paper"


def test_priya_invites_a_client_who_comes_in_with_link_and_code(enter, cast, no_violations):
    priya = enter(cast.priya, size=DESK)
    priya.goto("/office/people/")
    no_violations(priya)
    priya.get_by_role("link", name="Add a client").click()
    no_violations(priya)
    priya.get_by_label("Name", exact=True).fill("Wren Aalto")
    priya.get_by_label("E-mail address").fill("wren@example.org")
    priya.get_by_label("Therapist").select_option(label="Ada Lindqvist")
    priya.get_by_role("button", name="Add and invite").click()
    expect(priya.get_by_role("heading", level=1)).to_have_text("Tell them this code.")
    no_violations(priya)
    code = priya.locator(".tally__figure").inner_text()

    letter = the_mail_to("wren@example.org")
    assert code.split()[0] not in letter and "therap" not in letter.lower()
    (link,) = set(re.findall(r"/invitation/[^/]+/", letter))  # the same in each language
    wren = enter(None)
    wren.goto(link)
    no_violations(wren)
    wren.get_by_label("Your code").fill("WRNG CDE2")
    choose_password(wren)
    expect(wren.get_by_text("This is not the code.")).to_be_visible()
    wren.get_by_label("Your code").fill(code.lower())
    choose_password(wren)
    expect(wren.get_by_role("heading", level=1)).to_have_text("You are in.")
    no_violations(wren)
    wren.get_by_role("link", name="Not now").click()
    expect(wren).to_have_url("/my/")
    no_violations(wren)

    sign_out(wren)
    sign_in(wren, "wren@example.org", password=PASSPHRASE)
    expect(wren).to_have_url("/my/")
    again = enter(None)
    again.goto(link)
    expect(again.get_by_role("heading", level=1)).to_have_text("This link does not open any more.")
    assert Participant.unscoped.get(user__email="wren@example.org").client.clinician == cast.ada


@pytest.mark.contract("D29")
def test_who_works_here_sets_up_a_second_factor_before_any_page_opens(arrive, cast, settings, no_violations):
    settings.MFA_TOTP_TOLERANCE = 1  # a slow machine may cross into the next half minute
    olu = arrive(None, size=DESK)
    sign_in(olu, cast.olu.user.email)
    for address in ("/office/", "/office/closed-days/"):
        olu.goto(address)
        expect(olu.get_by_role("heading", level=1)).to_have_text("How you sign in")
    no_violations(olu)
    olu.get_by_role("listitem").filter(has_text="Codes from an app").get_by_role("link").click()
    confirm_if_asked(olu)
    olu.get_by_text("I cannot scan it").click()
    no_violations(olu)
    secret = olu.locator("details code").inner_text()
    olu.get_by_label("The code in your app").fill(code_of(secret))
    olu.get_by_role("button", name="Set it up").click()
    expect(olu.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    no_violations(olu)
    spare = olu.locator(".codes code").first.inner_text()
    olu.get_by_role("link", name="I have kept them").click()
    expect(olu).to_have_url("/office/")

    sign_out(olu)
    sign_in(olu, cast.olu.user.email)
    expect(olu.get_by_role("heading", level=1)).to_have_text("One more step")
    no_violations(olu)
    elsewhere = olu.context.new_page()
    elsewhere.goto("/office/")
    expect(elsewhere.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    olu.get_by_label("The code").fill(spare)
    olu.get_by_role("button", name="Sign in", exact=True).click()
    expect(olu).to_have_url("/office/")


def the_mail_to(address: str) -> str:
    """What the worker sent to that address."""
    call_command("deliver", once=True)
    (sent,) = [each for each in mail.outbox if each.to == [address]]
    return f"{sent.subject}\n{sent.body}"


def choose_password(page: Page) -> None:
    for label in ("A password of your own", "The same password once more"):
        page.get_by_label(label).fill(PASSPHRASE)
    page.get_by_role("button", name="Go in").click()


def confirm_if_asked(page: Page) -> None:
    page.wait_for_load_state()
    if page.get_by_role("heading", name="Is it still you?").count():
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def code_of(secret: str) -> str:
    """The six digits of this half minute (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.digest(base64.b32decode(secret), moment, hashlib.sha1)
    (number,) = struct.unpack_from(">I", mac, mac[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"
