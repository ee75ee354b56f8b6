"""Pages that belong to no feature, through the front door; and every template of the kit can be drawn."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.template.loader import get_template
from django.test import Client as Browser
from django.test import RequestFactory

from interlude.accounts.models import User
from interlude.ui.views import public

PASSWORD = "a long and quiet sentence"
TEMPLATES = Path(public.__file__).resolve().parents[1] / "templates"
KIT = sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.*"))
WORDS = "Dear Ada,\n\n<b>the third night</b> \u202e नमस्ते\n"

pytestmark = pytest.mark.usefixtures("quick_and_apart")


@pytest.fixture
def noor(db: None) -> User:
    return User.objects.create_user("noor@example.org", PASSWORD)


@pytest.fixture
def signed_in(noor: User) -> Browser:
    browser = Browser()
    browser.post("/sign-in/", {"login": noor.email, "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    assert "_auth_user_id" in browser.session
    return browser


@pytest.mark.parametrize("name", KIT)
def test_every_template_of_the_kit_compiles(name):
    get_template(name)


@pytest.mark.contract("D30")
def test_anybody_can_ask_how_words_are_protected(db):
    page = Browser().get("/how-we-protect-what-you-write/")
    assert page.status_code == 200
    for heading in ("Who can read it", "How it is kept", "What we cannot promise"):
        assert heading in page.text


PUBLIC = ["/how-we-protect-what-you-write/", "/components/", "/sign-in/", "/nowhere/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_help_is_on_every_page_twice_and_needs_no_script(db, address):
    page = Browser().get(address).text
    assert page.count('href="/help/"') >= 2
    assert "<script>" not in page and " style=" not in page and "onclick" not in page


@pytest.mark.parametrize("address", PUBLIC)
def test_a_title_is_the_name_of_the_page_and_nothing_else(db, address):
    (title,) = re.findall(r"<title>(.*?)</title>", Browser().get(address).text)
    assert title in {"How we protect what you write", "Components", "Sign in", "Not here"}


def test_the_strict_policy_is_on_every_page(db):
    policy = Browser().get("/how-we-protect-what-you-write/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy


def test_words_typed_into_a_lost_session_come_back_whole(db):
    answer = Browser().post("/my/messages/", {"words": WORDS, "draft": "d1", "tick": ["a", "b"]})
    assert answer.status_code == 401
    assert "&lt;b&gt;the third night&lt;/b&gt; \u202e नमस्ते" in answer.text
    assert 'action="/my/messages/"' in answer.text
    assert answer.text.count('name="tick"') == 2 and 'name="draft" value="d1"' in answer.text


def test_a_million_characters_come_back_too(db):
    answer = Browser().post("/my/messages/", {"words": "w" * 1_000_000})
    assert answer.status_code == 401 and "w" * 1_000_000 in answer.text


@pytest.mark.parametrize("secret", sorted(public.NEVER_KEPT - {"csrfmiddlewaretoken"}))
def test_no_secret_is_printed_back(db, secret):
    answer = Browser().post("/my/messages/", {"words": WORDS, secret: "hush-hush-hush"})
    assert "hush-hush-hush" not in answer.text


def test_a_form_whose_key_is_too_old_gives_the_words_back(noor):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(noor)
    answer = browser.post("/my/messages/", {"words": WORDS})
    assert answer.status_code == 403
    assert "the third night" in answer.text and "csrfmiddlewaretoken" in answer.text


def test_an_answer_to_htmx_takes_the_whole_page(db):
    answer = Browser().post("/my/messages/", {"words": WORDS}, headers={"hx-request": "true"})
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("body", "innerHTML")


def test_our_own_fault_gives_the_words_back_without_the_database(rf: RequestFactory):
    answer = public.broken(rf.post("/my/messages/", {"words": WORDS, "draft": "d1", "password": "hush"}))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "&lt;b&gt;the third night" in page and 'value="d1"' in page and "hush" not in page
    assert 'href="/help/"' in page


def test_even_a_request_that_cannot_be_read_gets_a_calm_answer(rf: RequestFactory):
    request = rf.post("/my/messages/", b"--x\r\n", content_type="multipart/form-data; boundary=\xff")
    assert "The fault is on our side." in public.broken(request).content.decode()


def test_being_alive_needs_no_database():
    assert Browser().get("/alive/").status_code == 200


PAGES_OF_SIGN_IN = [
    ("/sign-out/", "Your drafts are kept."),
    ("/account/reauthenticate/", "Is it still you?"),
    ("/account/password/", "At least 15 characters."),
    ("/account/second-factor/", "A passkey is the easiest"),
    ("/account/second-factor/totp/activate/", "Point it at this square"),
    ("/account/second-factor/webauthn/", "None yet."),
    ("/account/second-factor/webauthn/add/", "Make the passkey"),
]


@pytest.mark.parametrize(("address", "shown"), PAGES_OF_SIGN_IN)
def test_pages_of_sign_in_are_in_our_words_and_hold_nothing_inline(signed_in, address, shown):
    page = signed_in.get(address)
    assert page.status_code == 200 and shown in page.text
    assert "data:image" not in page.text and "placeholder" not in page.text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page.text)


def test_an_app_for_codes_is_set_up_and_given_up_through_our_pages(signed_in):
    page = signed_in.get("/account/second-factor/totp/activate/").text
    assert "<svg" in page
    (secret,) = re.findall(r"<code>([A-Z2-7]+)</code>", page)
    wrong = signed_in.post("/account/second-factor/totp/activate/", {"code": "000000"}).text
    assert 'aria-invalid="true"' in wrong and secret in wrong
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    codes = signed_in.post("/account/second-factor/totp/activate/", {"code": code}, follow=True).text
    assert "Each one works once." in codes and len(re.findall(r"<li><code>", codes)) == 10
    assert "Your account is guarded" in signed_in.get("/account/second-factor/").text
    for address, shown in [
        ("recovery-codes/generate/", "The codes you have now stop working."),
        ("totp/deactivate/", "Stop using codes from your app?"),
        ("reauthenticate/", "The code from your app"),
    ]:
        assert shown in signed_in.get(f"/account/second-factor/{address}").text
    told = signed_in.post("/account/second-factor/totp/deactivate/", follow=True).text
    assert "Codes from your app are no longer asked for." in told


@pytest.mark.parametrize("address", [address for address, _ in PAGES_OF_SIGN_IN if "sign-out" not in address])
def test_nobody_reaches_them_without_signing_in(db, address):
    answer = Browser().get(address)
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def test_a_wrong_password_is_told_above_the_form_and_names_no_account(noor):
    for address in (noor.email, "stranger@example.org"):
        page = Browser().post("/sign-in/", {"login": address, "password": "wrong"}).text
        assert 'class="fixes" role="alert"' in page
        (told,) = re.findall(r'class="fixes".*?</div>', page, re.DOTALL)
        assert address not in told


def test_signing_in_is_not_told_with_an_address(signed_in, noor):
    assert noor.email not in signed_in.get("/how-we-protect-what-you-write/").text


ROOMS: list[tuple[str, list[str]]] = [
    (
        "client",
        [
            *("Home", "Write", "Conversation", "Our list"),
            *("Journal", "My things", "My plan", "Sessions"),
            "Our agreement",
            "Papers",
        ],
    ),
    (
        "clinician",
        [
            *("Check window", "Clients", "Sessions", "Promises", "Library", "Templates"),
            *("My rules", "Time away", "How it goes"),
        ],
    ),
    (
        "office",
        [
            *("Queue", "Calendar", "People", "Help lines", "Closed days", "Rules"),
            *("Nothing unseen", "Somebody cannot come", "Professional wills"),
        ],
    ),
]


OWNER = SimpleNamespace(
    office=SimpleNamespace(name="Priya", is_owner=True), clinician=None, participations=[]
)


def draw_room(room: str, rf: RequestFactory, **context: Any) -> str:
    request = rf.get("/")
    request.occupants = OWNER
    return get_template(f"ui/{room}.html").render({"help_address": "/help/alder/", **context}, request)


@pytest.mark.parametrize(("room", "places"), ROOMS)
def test_a_room_has_its_places_one_marked_and_no_numbers(room, places, rf):
    page = draw_room(room, rf, here="sessions" if "Sessions" in places else "queue")
    rail = page[page.index('class="rail__list"') : page.index("</ul>")]
    shown = re.findall(r">([^<>]+)</a>", rail)
    assert shown == places
    assert rail.count('aria-current="page"') == 1
    assert not any(sign.isdigit() for sign in "".join(shown))


@pytest.mark.parametrize(("room", "places"), ROOMS)
def test_more_leads_to_all_that_a_phone_has_no_row_for(room, places, rf):
    page = draw_room(room, rf)
    sheet = page[page.index("more__sheet") : page.index("</details>")]
    for place in places[4:]:
        assert place in sheet
    assert "Account" in sheet and "Sign out" in sheet
    assert page.count('href="/help/alder/"') == 2


def test_only_an_owner_has_a_way_to_people(rf):
    desk = SimpleNamespace(
        office=SimpleNamespace(name="Olu", is_owner=False), clinician=None, participations=[]
    )
    assert ">People<" in draw_room("office", rf) and ">People<" not in draw_room("office", rf, occupants=desk)


def test_the_demo_says_on_every_page_what_it_is(rf):
    told = "Nobody has checked its help lines."
    assert told in draw_room("client", rf, is_demo=True)
    assert told not in draw_room("client", rf)
